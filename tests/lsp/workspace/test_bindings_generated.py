"""Generated programs are run: where the analysis sees no manager, no call reaches one, whatever hides it."""

from __future__ import annotations

from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpman import HyperParameterManager
from hpman_lsp.features.diagnostics import diagnostics
from tests.lsp.workspace.fixtures import snapshot_of

# `@` becomes a name of its own for each call, `%` a number; BODY and REST are blocks.
SIMPLE = (
    "from hpman.m import _", "_ = 3", "_ = hp", "_ += 1", "_: int", "_: int = 4", "del _", "a, _ = 1, 2",
    "a, _ = divmod(7, 2)", "import os as _", "from os import path as _", "(_ := 5)", "def _(name): pass",
    "class _: pass", "[_ for _ in range(2)]", "[(_ := i + 1) for i in range(2)]", "lambda _: _",
    "_ = lambda name: name", "try:\n    1 / 0\nexcept ZeroDivisionError as _:\n    pass",
)  # fmt: skip
CALLS = (
    '_("@")',
    '[_("@") for _ in range(1)]',
    '[_ for _ in [_("@")]]',
    '(lambda: _("@"))()',
    '(lambda _=_: 0)(_("@"))',
    'list(_("@") for i in range(1))',
)
BLOCKS = (
    "for _ in range(2):\nBODY",
    "for i in range(2):\nBODY\nelse:\nREST",
    "if flag():\nBODY\nelse:\nREST",
    "while flag():\nBODY",
    "try:\nBODY\nexcept Exception:\nREST",
    "try:\nBODY\nfinally:\nREST",
    "with open(__file__) as _:\nBODY",
    "class C%:\nBODY",
    "def f%():\nBODY\nguarded(f%)",
    "def f%():\n    global _\nBODY\nguarded(f%)",
    "def f%(*_):\nBODY\nguarded(f%)",
    "def f%():\nBODY\n    return f%\nlater(f%)",
)
GUARDED = "try:\n    {0}\nexcept Exception:\n    pass"
HEAD = "from hpman.m import hp\n"
TAIL = "\nfor function in functions:\n    guarded(function)\n"


def leaves() -> st.SearchStrategy[str]:
    simple = st.sampled_from(SIMPLE)
    calls = st.sampled_from(CALLS).map(GUARDED.format)
    return st.one_of(
        calls,
        calls,
        simple,
        simple.map(lambda one: f"try:\n{indent(one, '    ')}\nexcept Exception:\n    pass"),
    )


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=4).map(lambda some: indent("\n".join(some), "    "))
    return st.tuples(st.sampled_from(BLOCKS), body, body).map(
        lambda one: one[0].replace("BODY", one[1]).replace("REST", one[2])
    )


PROGRAMS = st.lists(st.recursive(leaves(), blocks, max_leaves=8), min_size=1, max_size=6)


def numbered(text: str) -> str:
    """Give each call a name of its own."""
    first, *parts = text.split("@")
    return first + "".join(f"n{index}{part}" for index, part in enumerate(parts))


def reached(text: str, choices: list[bool]) -> set[str] | None:
    """Run a program, and give the names of the calls that reach a manager; None if Python refuses it."""
    found: set[str] = set()
    functions: list[object] = []
    answers = iter(choices)

    def guarded(function: object) -> None:
        try:
            function()  # type: ignore[operator]
        except Exception:  # noqa: BLE001 - whatever the program does
            return

    try:
        code = compile(text, __file__, "exec")
    except SyntaxError:
        return None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HyperParameterManager, "__call__", lambda _manager, name, *_: found.add(name))
        space: dict[str, object] = {
            "flag": lambda: next(answers, False),
            "guarded": guarded,
            "later": functions.append,
        }
        space |= {"functions": functions, "__file__": __file__, "__name__": "generated"}
        guarded(lambda: exec(code, space))
    return found


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROGRAMS, st.lists(st.booleans(), max_size=6))
def test_no_call_that_is_not_counted_reaches_a_manager(program: list[str], choices: list[bool]) -> None:
    parts = [one.replace("%", str(index)) for index, one in enumerate(program)]
    text = numbered(HEAD + "\n".join(parts) + TAIL)
    found = reached(text, choices)
    if found is None:
        return
    snapshot = snapshot_of({"/w/main.py": text})
    index = snapshot.index.files.get("/w/main.py")
    counted = {use.key.name for use in (index.uses if index is not None else ())}
    shadowed = {
        snapshot.files["/w/main.py"].text[one.span.end :].split('"')[1]
        for one in diagnostics(snapshot, "/w/main.py")
        if one.code == "shadowed-manager"
    }
    assert found <= counted, text
    assert not found & shadowed, text
