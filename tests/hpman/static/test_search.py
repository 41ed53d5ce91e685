"""Which files are worth parsing is decided over their bytes, quickly and never wrongly."""

from __future__ import annotations

import ast
import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hpman.static.characters.search import may_call, may_use, mentions

ONE = frozenset({"_"})
PIECES = ["_", "hp", "__", "x", "ä", ".", "(", ")", " ", "\n", "\t", "\\\n", "# (\n", '"a"', "#", ", ", "_("]
IN_STRINGS = [
    "_ ('a')",
    "_(",
    '"',
    "'",
    "f'{",
    "}'",
    "!r",
    "x ",
    "if ",
    "else ",
    "0",
    "match ",
    ":",
    ")",
    "# ",
    "\n(",
    " + ",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.sampled_from([ONE, frozenset({"hp", "_"}), frozenset({"ä"})]),
)
def test_a_source_that_calls_a_candidate_is_never_passed_over(source: str, names: frozenset[str]) -> None:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    direct = any(isinstance(one, ast.Name) and one.id in names for one in called)
    methods = [one.value for one in called if isinstance(one, ast.Attribute)]
    assert may_call(source.encode(), names) or not direct
    assert may_use(source.encode(), names) or not direct
    assert may_use(source.encode(), names) or not any(
        isinstance(one, ast.Name) and one.id in names for one in methods
    )


@given(st.lists(st.sampled_from(IN_STRINGS), max_size=9).map("".join))
@example("x = f'{1 if 2 else _(3)}'")
@example('x = "a _ # " + _(1)\n(2)')
@example("'a'\nmatch _('a'):\n case _('b'): pass")
def test_a_call_beside_strings_is_never_passed_over(source: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except SyntaxError:
        return
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert may_call(source.encode(), ONE) or not any(
        isinstance(one, ast.Name) and one.id == "_" for one in called
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (rb'r(r"(?<!_)(?<!\w)norm\.")', False),
        (rb're.sub(r"([\s.,()])_([a-z])__([a-z])", x)', False),
        (rb're.sub(r".*_ _ _ (_ ){10,}_ _ ", "", x)', False),
        (b"'call f_ _(x)'; _('a')", True),
        (b"lr _('lr', 1)  # Python refuses it, and that is told", True),
        (b'"_(" * 3' * 60, True),
    ],
)
def test_a_name_in_a_string_is_not_worth_parsing(source: bytes, found: bool) -> None:
    assert may_call(source, ONE) is found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (b"_('a')", True),
        (b"x = [_ (", True),
        (b"f(_ # why\n  (1))", True),
        (b"_ \\\r\n('a')", True),
        (b"__init__(", False),
        (b"x._('a')", False),
        (b"_x(", False),
        (b"for _ in x: f()", False),
        (b"_.get_value('a')", False),
        (b"", False),
    ],
)
def test_only_a_call_of_the_name_itself_counts(source: bytes, found: bool) -> None:
    assert may_call(source, ONE) is found


def test_methods_count_as_uses() -> None:
    assert may_use(b"x = _ . get_value('a')", ONE)
    assert not may_use(b"_, x = f()", ONE)


@pytest.mark.parametrize(("source", "found"), [(b"from m import _", True), (b"from m import x_", False)])
def test_words_are_whole(source: bytes, found: bool) -> None:
    assert mentions(source, ONE) is found


@pytest.mark.parametrize("comment", [b"#" * 50_000, b"# " * 50_000, b"#\n" * 50_000, b"\\\n" * 50_000])
def test_a_long_comment_behind_a_name_is_read_once(comment: bytes) -> None:
    # Exponential time would never end: a run of `#` can be cut into comments in 2**50_000 ways.
    assert not may_call(b"x = _ " + comment + b"\nx", ONE)
    assert may_call(b"x = (_ " + comment + b"\n('a'))", ONE)
