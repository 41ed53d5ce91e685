"""What the rules say of a program is what happens when it runs on the library.

Each program is written to a file and one that it imports, checked, and run, its statements in any order. It has a manager of its own, so that all run in one process.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman.primitives import HpmanError, ImpossibleTree, InvalidNameError, UnknownNameError
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading.loading import load
from hpman_lsp.workspace.snapshot import Snapshot

NUMBERS = count()
NAMES = st.sampled_from(["a", "a", "a.b", "a.b.c", "lr", "lr", "x..y"])
# What is set, what is defined, what is read, in any order; what `parse_file` refuses, and what shadows the manager.
WRITES = ['M.set_value("{}", 1)', 'M.set_values({{"{}": 2}})', "M.set_tree({{'{}': 3}})"]
DEFINITIONS = [
    'M("{}", 1)',
    'y = M("{}", 2)',
    'M("{}", int("3"))',
    'M("{}", 1, help="h")',
    "M(hp_name='{}', hp_value=1)",
]
# Who asks whether a name has a value doubts it, which silences `missing-default`: so only of a name of its own.
READS = ['M("{}")', 'M.get_value("{}")', 'M.exists("z"); M.get_value("z", False); M("{}")']
# They define a name when they run, and `parse_file` does not see it.
UNSEEN = [
    'h = M\nh("{}", 1)',
    'import hpman.m\nhpman.m.M("{}", 1)',
    'def g(m=M): return m("{}", 1)\ng()',
    'class C:\n    hp = M\nC.hp("{}", 1)',
]
BY_MODULE = ['import part\npart.M("{}", 1)', 'from part import M as k\nk("{}", 1)']
REFUSED = ["M(name, 1)", "M()", 'M("k", 1, 2)', 'M("k", 1, help=name)', 'M("k", {[]: 1})', 'M("k", *name)']
SHADOWS = [
    'def f():\n    M("k1", 1)\n    for M in range(2): pass\nf()',
    'def f():\n    for M in range(2): pass\n    M("k1", 1)\nf()',
    'for M in range(2): pass\nM("k2", 1)',
    'print([M for M in range(2)])\nM("k3", 1)',
]
RAISED: dict[str, type[Exception] | tuple[type[Exception], ...]] = {
    "missing-default": UnknownNameError,
    "leaf-and-branch": (
        ImpossibleTree,
        UnknownNameError,
    ),  # a part is not there before what it clashes with is
    "bad-name": (InvalidNameError, UnknownNameError),  # what cannot be is not found
    "shadowed-manager": (TypeError, UnboundLocalError),
}
REFUSALS = {"invalid-name": "bad-name", "impossible-tree": "leaf-and-branch"}


class Program(NamedTuple):
    """A file, and another that it imports; parse: whether it parses that too.

    last: what ends the run, or may.
    """

    main: list[str]
    part: list[str]
    parse: bool
    last: list[str]

    @property
    def files(self) -> dict[str, str]:
        paths = "[__file__, os.path.join(os.path.dirname(__file__), 'part.py')]" if self.parse else "__file__"
        head = "import os\nfrom hpman.m import M"
        return {
            "program.py": "\n".join([head, f"M.parse_file({paths})", *self.main, *self.last]) + "\n",
            "part.py": "\n".join([head, *self.part]) + "\n",
        }

    def may_come_too_late(self, name: str) -> bool:
        """Tell whether something gives a name a value only when it runs: that may be behind what reads it."""
        late = (
            [*self.main, *self.part]
            if not self.parse
            else [one for one in self.main + self.part if _is_late(one)]
        )
        return any(f'"{name}' in one or f"'{name}" in one for one in late)


def _is_late(statement: str) -> bool:
    return "set_" in statement or "int(" in statement or "\n" in statement


def calls(templates: list[str]) -> st.SearchStrategy[str]:
    return st.builds(str.format, st.sampled_from(templates), NAMES)


def statements(*more: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(
        st.one_of(calls(WRITES), calls(DEFINITIONS), calls(READS), calls(UNSEEN), *more), max_size=6
    )


def importing(before: list[str], after: list[str]) -> list[str]:
    return [*before, "import part", *after]


PROGRAMS = st.builds(
    Program,
    st.builds(importing, statements(calls(BY_MODULE)), statements(calls(BY_MODULE))),
    statements(),
    st.booleans(),
    st.lists(st.sampled_from([*REFUSED, *SHADOWS]), max_size=1) | st.just([]),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("programs")


def told(folder: Path, program: Program) -> set[str]:
    """What the rules say: the codes of all that fails."""
    snapshot = Snapshot.empty((str(folder),), Settings())
    for batch in load((str(folder),), Settings()):
        snapshot = snapshot.with_batch(batch)
    snapshot = snapshot.with_complete()
    found = {
        (name, one.code)
        for name in program.files
        for one in diagnostics(snapshot, str(folder / name))
        if one.severity == "error" or one.code in RAISED
    }
    # Of two defaults in a file that no program parses it is told that no program can; this one does not try.
    unasked = set() if program.parse else {("part.py", "duplicate-default")}
    return {code for _, code in found - unasked}


def run(path: Path) -> BaseException | None:
    """What happens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(path.parent))
        patch.setattr(sys, "dont_write_bytecode", True)
        patch.delitem(sys.modules, "part", raising=False)
        try:
            code = compile(path.read_text(), str(path), "exec")
            exec(code, {"__file__": str(path), "__name__": "program", "name": "k"})
        except Exception as error:  # noqa: BLE001 - whatever it is, the rules have to say it
            return error
        finally:
            sys.modules.pop("part", None)
    return None


@given(PROGRAMS)
@settings(max_examples=100, deadline=None)
def test_what_rules_say_is_what_happens(folder: Path, program: Program) -> None:
    manager = f"M{next(NUMBERS)}"
    for name, text in program.files.items():
        (folder / name).write_text(text.replace("M", manager), encoding="utf-8")
    codes, error = told(folder, program), run(folder / "program.py")
    if isinstance(error, HpmanError) and error.problems:
        refused = {REFUSALS.get(one.code, one.code) for one in error.problems}
        # A call that clashes twice is told of once by the library.
        also = {"duplicate-default"} if "leaf-and-branch" in refused else set()
        assert refused <= codes <= refused | RAISED.keys() | also
    elif error is None:
        assert codes == set()
    elif not is_beyond_the_rules(program, error):
        assert any(isinstance(error, RAISED.get(code, ())) for code in codes), error


def is_beyond_the_rules(program: Program, error: BaseException) -> bool:
    """Tell whether a program fails where no rule has to say so.

    That is where what it needs may come later, and where a call is in a file that it does not parse, or of a manager
    that was handed on.
    """
    is_handed_on = any(one.startswith(("def g", "class C")) for one in program.main + program.part)
    if isinstance(error, (ImpossibleTree, InvalidNameError)):
        return is_handed_on or not program.parse
    return isinstance(error, UnknownNameError) and (
        is_handed_on or program.may_come_too_late(error.name or "")
    )
