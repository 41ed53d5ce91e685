from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from hpman.static.parser import parse
from hpman_lsp.text.edits import apply_edits
from hpman_lsp.workspace.python.literals import fits, renaming

PIECES = st.lists(
    st.tuples(
        st.sampled_from(["", "r", "u", "R"]),
        st.sampled_from(["'", '"', "'''", '"""']),
        st.text("ab.\\'\"ä😀\n", max_size=4),
    ),
    min_size=1,
    max_size=3,
)


@given(PIECES, st.text("ab.\\'\"ä😀{}#", min_size=1))
def test_a_renamed_literal_reads_as_the_new_name(pieces: list[tuple[str, str, str]], name: str) -> None:
    source = " ".join(f"{prefix}{quote}{body}{quote}" for prefix, quote, body in pieces)
    text = f"from hpman.m import _\n_({source}, 1)\n"
    found = [one.name for one in parse(text, frozenset()).occurrences if one.name is not None]
    try:
        readable = isinstance(ast.literal_eval(source), str)
    except (SyntaxError, ValueError):
        readable = False
    if not readable or not found:
        return
    edit = renaming(text, found[0], name)
    assert edit is not None
    after = apply_edits(text, [edit])
    assert after.startswith("from hpman.m import _\n_(")
    assert ast.literal_eval(after[len("from hpman.m import _\n_(") : -len(", 1)\n")]) == name


@given(
    st.text("a.'\"\\ \n\x00\ud800"),
    st.sampled_from(["'", '"', "'''", '"""']),
    st.sampled_from(["", "r", "u"]),
)
def test_what_fits_between_quotes_can_be_written_as_it_is(name: str, quote: str, prefix: str) -> None:
    if fits(name, quote):
        assert ast.literal_eval(f"{prefix}{quote}{name}{quote}") == name
