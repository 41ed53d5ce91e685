"""A server that has been through anything says what a server says that has just been started."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.features.hover import hover
from hpman_lsp.features.references import references
from hpman_lsp.features.rename import rename
from hpman_lsp.features.report import report
from hpman_lsp.features.scopes import scopes
from hpman_lsp.features.symbols import document_symbols, workspace_symbols
from hpman_lsp.rules.helpers.kinds import checked_paths
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.server.workbench import Bench

PYTHON = [
    "one/a.py",
    "one/common.py",
    "one/pkg/__init__.py",
    "one/pkg/b.py",
    "one/pkg/deep/c.py",
    "two/a.py",
    "out/x.py",
]
HEADS = [
    *["from hpman.m import _"] * 6,
    "from hpman.m import _ as h, hp",
    "from hpman.m import cfg",
    "from hpman.m import _, cfg, hp",
    "from common import _",
    "from common import h as _",
    "from common import cfg",
    "from common import *",
    "from pkg import *",
    "from pkg.b import _",
    "from . import hp as _",
    "from .b import _, hp",
    "import pkg.b",
    "from . import common",
    "",
]
STATEMENTS = [
    "from hpman.m import cfg",
    "_ = h",
    'pkg.b.hp("lr", 1)',
    'common._("seed")',
    'cfg("lr", 2)',
    '__all__ = ["_"]',
    '_("lr", 1)',
    '_("lr")',
    '_("lr", 3, choices=[1, 2])',
    '_("optim.lr", 1)',
    '_("optim")',
    'h("lr")',
    'hp("seed", 1)',
    '_.set_value("seed", 1)',
    "_.set_values(x)",
    "_(name)",
    "_.parse_file(__file__)",
    "_.parse_file('pkg')",
    "_.parse_file('common.py')",
    "# hpman: uses l*",
    'x = _("lr", 4)  # hpman: ignore',
    'if __name__ == "__main__": pass',
    "def f():",
    "    return _('lr', 5)",
    "def f(:",
    '_("lr"',
]
CONFIGURATIONS = ["one/pyproject.toml", "one/pkg/pyproject.toml", "two/pyproject.toml"]
OPTIONS = [
    'scopes = {one = "pkg/**"}',
    'scopes = {one = ["a.py", "common.py"], two = "*"}',
    'exclude = ["pkg"]',
    'exclude = ["b.py"]',
    'value-files = ["conf/*"]',
    'value-files = "*.yaml"',
    'diagnostics = {unused = "off", missing-default = "error"}',
    "scopes = [",
    "what = 1",
]
IGNORES = [".gitignore", "one/.gitignore", "one/pkg/.gitignore"]
IGNORED = ["one", "b.py", "pkg/", "*.yaml", "conf", "!b.py", "deep", "common.py"]
VALUES = ["one/conf/run.yaml", "one/run.yaml", "one/pkg/conf/more.yaml"]
ENTRIES = ["lr: 1", "lrr: 2", "seed: 3", "optim.lr: 4", "optim:\n  lr: 5", "optim:", "lr: [", "seed: x"]
MARKERS = ["one/pkg/setup.cfg", "one/setup.py", ".git/HEAD", "one/.git/HEAD"]


# A workspace in which everything is connected, before some of its files are drawn anew.
WORKSPACE = {
    "one/a.py": 'from common import _, cfg\nx = _("lr"), cfg("seed"), _("optim.lr")\n',
    "one/common.py": 'from hpman.m import _, cfg\n_("lr", 1)\n',
    "one/pkg/__init__.py": "from .b import *\n",
    "one/pkg/b.py": 'from hpman.m import _, hp\n_("optim.lr", 1, help="step")\nhp("seed", 1)\n',
    "one/pyproject.toml": '[tool.hpman]\nvalue-files = ["conf/*"]\n',
    "one/conf/run.yaml": "lr: 1\noptim:\n  lr: 5\n",
    "two/a.py": 'from hpman.m import _\n_("lr", 2)\n_("gone")\n',
}
Drawn = TypeVar("Drawn")
Text: TypeAlias = st.SearchStrategy[str]
File: TypeAlias = tuple[str, str]
Step: TypeAlias = tuple[object, ...]


def lines(some: Sequence[str], most: int) -> Text:
    return st.lists(st.sampled_from(some), max_size=most).map(
        lambda drawn: "".join(f"{one}\n" for one in drawn)
    )


def often(*weighted: tuple[int, st.SearchStrategy[Drawn]]) -> st.SearchStrategy[Drawn]:
    """Choose by weight, which `one_of` would not."""
    every = [one for weight, one in weighted for _ in range(weight)]
    return st.sampled_from(every).flatmap(lambda one: one)


def configuration(options: list[str]) -> str:
    return "".join(f"{one}\n" for one in ("[tool.hpman]", *options))


SOURCE = st.builds("{}\n{}".format, st.sampled_from(HEADS), lines(STATEMENTS, 4))
OPTION_LISTS = st.lists(st.sampled_from(OPTIONS), max_size=3, unique_by=lambda one: one.split(" ")[0])
CONFIGURATION = often((4, OPTION_LISTS.map(configuration)), (1, st.sampled_from(["", "[project]\n"])))
KINDS: tuple[tuple[int, list[str], Text], ...] = (
    (12, PYTHON, SOURCE),
    (3, CONFIGURATIONS, CONFIGURATION),
    (3, VALUES, lines(ENTRIES, 3)),
    (1, IGNORES, lines(IGNORED, 2)),
    (1, MARKERS, st.just("")),
)
DOCUMENT = often(*((weight, st.tuples(st.sampled_from(paths), text)) for weight, paths, text in KINDS[:3]))
FILE = often(*((weight, st.tuples(st.sampled_from(paths), text)) for weight, paths, text in KINDS))
PATH = st.sampled_from([*WORKSPACE, *WORKSPACE, *PYTHON, *CONFIGURATIONS])
CELLS = st.lists(st.tuples(st.sampled_from("abc"), SOURCE), max_size=3, unique_by=lambda one: one[0])
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "exclude": st.sampled_from([["pkg"], ["b.py"], ["a.py"], ["conf"]]),
        "valueFiles": st.sampled_from([["conf/*"], ["*.yaml"], ["pkg/**"]]),
        "diagnostics": st.sampled_from([{}, {"unused": "off"}, {"missing-default": "hint"}]),
    },
)
ROOTS = st.sampled_from([["one"], ["one", "two"], ["two"], ["one/pkg"], ["one", "one/pkg"], []])


def step(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(name), *arguments)


STEP = often(
    (3, st.builds(lambda file: ("open", *file), DOCUMENT)),
    (3, step("open_disk", PATH)),
    (5, st.builds(lambda file: ("edit", *file), DOCUMENT)),
    (2, step("close", PATH)),
    (2, step("save", PATH)),
    (3, st.builds(lambda file: ("write", *file), FILE)),
    (1, st.builds(lambda file: ("write_unseen", *file), FILE)),
    (2, step("delete", PATH)),
    (1, step("move", PATH)),
    (1, step("move_folder")),
    (1, step("delete_folder")),
    (1, step("set", SETTINGS)),
    (1, step("hold", ROOTS)),
    (2, step("notebook", CELLS)),
    (1, step("close_notebook")),
    (2, step("work")),
    (2, step("take")),
    (3, step("rest")),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / "w"


@settings(max_examples=200)
@given(st.lists(FILE, max_size=4).map(dict), st.lists(STEP, min_size=2, max_size=12))
def test_after_any_steps_it_answers_as_a_server_that_has_just_started(
    base: Path, files: dict[str, str], steps: list[Step]
) -> None:
    hold(base, WORKSPACE | files, [*steps, ("settle",), ("look",)])


HEAD = "from hpman.m import _\n"
# What has once gone wrong: the files that are others than in the workspace, and the steps.
CASES: dict[str, tuple[dict[str, str], list[Step]]] = {
    "a file that is gone again before it was taken": (
        {},
        [
            ("settle",),
            ("write", "one/new.py", f'{HEAD}_("new", 1)\n'),
            ("work",),
            ("delete", "one/new.py"),
        ],
    ),
    "a document that passes on a new name while the workspace is read": (
        {"one/pkg/b.py": 'from common import new\nnew("lr", 4)\n'},
        [("open", "one/common.py", "from hpman.m import new\n")],
    ),
    "a file that is written while the name that it imports is none": (
        {"one/common.py": "from hpman.m import new\n"},
        [
            ("settle",),
            ("open", "one/common.py", "\n"),
            ("write", "one/pkg/b.py", 'from common import new\nnew("lr", 4)\n'),
            ("settle",),
            ("edit", "one/common.py", "from hpman.m import new\n"),
        ],
    ),
    "a document outside of the workspace": ({}, [("open_disk", "two/a.py"), ("close", "two/a.py")]),
    "a document outside that is saved": (
        {},
        [("open", "out/x.py", f'{HEAD}_("lr")\n'), ("save", "out/x.py"), ("close", "out/x.py")],
    ),
    "a notebook outside of the workspace": (
        {},
        [("hold", ["two"]), ("notebook", [("a", HEAD)]), ("close_notebook",)],
    ),
    "a .gitignore that is closed beside a document": (
        {},
        [
            ("settle",),
            ("open", "one/a.py", f'{HEAD}_("typed", 1)\n'),
            ("open", "one/.gitignore", ""),
            ("close", "one/.gitignore"),
        ],
    ),
    "a .gitignore above the workspace": ({".git/HEAD": ""}, [("settle",), ("write", ".gitignore", "pkg/\n")]),
    "a project above the workspace": (
        {"one/pyproject.toml": "[tool.hpman]\n"},
        [("settle",), ("delete", "one/pyproject.toml"), ("write", "setup.cfg", "")],
    ),
    "a comment in a file that has no manager any more": (
        {"one/common.py": "", "one/pkg/b.py": "", "one/pkg/__init__.py": ""},
        [
            ("settle",),
            ("open", "one/a.py", HEAD),
            ("edit", "one/a.py", "import common\ncommon._(1)  # hpman: ignore\n"),
        ],
    ),
    "a value file that breaks": (
        {"one/a.py": f'{HEAD}_("gone")\n'},
        [("open_disk", "one/conf/run.yaml"), ("settle",), ("edit", "one/conf/run.yaml", "lr: [\n")],
    ),
    "an excluded file": (
        {"one/pyproject.toml": '[tool.hpman]\nscopes = {one = "pkg/new.py"}\nexclude = ["new.py"]\n'},
        [("settle",), ("write", "one/pkg/new.py", "")],
    ),
    "a repository that is made": (
        {},
        [("settle",), ("write_unseen", "one/pkg/.git/HEAD", ""), ("look",)],
    ),
    "a document that imports other modules than the file does": (
        {},
        [("open", "one/pkg/__init__.py", f"{HEAD}_.parse_file(__file__)\n"), ("settle",)],
    ),
    "a document that imports other modules than the file, once it is known": (
        {},
        [("settle",), ("open", "one/pkg/__init__.py", f"{HEAD}_.parse_file(__file__)\n")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_has_once_differed_does_not(base: Path, case: str) -> None:
    hold(base, WORKSPACE | CASES[case][0], CASES[case][1])


def hold(base: Path, files: dict[str, str], steps: list[Step]) -> None:
    bench = Bench(base, files)
    for name, *arguments in steps:
        getattr(bench, str(name))(*arguments)
        if name == "rest":
            dict(answers(bench.server.snapshot))  # fills what is carried over to the next one
    finish_typing(bench)
    bench.server.settle()
    fresh = bench.fresh()
    assert bench.server.shown.errors == fresh.shown.errors == []
    assert dict(answers(bench.server.snapshot)) == dict(answers(fresh.snapshot))
    assert bench.server.shown_by_path == bench.server.told_by_path


def finish_typing(bench: Bench) -> None:
    """Mend each document that cannot be read: until then what it said before is still in force."""
    for path, text in bench.texts.items():
        if path.endswith(".py") and not parses(text):
            bench.edit(path, 'from hpman.m import _\n_("lr", 7)\n')
        if path.endswith(".toml") and "[\n" in text:
            bench.edit(path, "[tool.hpman]\n")
    if bench.cells and not parses("\n".join(text for _, text in bench.cells)):
        bench.notebook([(name, "_ = 1\n") for name, _ in bench.cells])


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def answers(snapshot: Snapshot) -> Iterator[tuple[object, object]]:
    """All that a snapshot says, by what is asked."""
    yield "names", workspace_symbols(snapshot, "")
    yield "tree", report(snapshot, partial(diagnostics, snapshot))
    yield "unreadable", snapshot.unreadable
    for path in checked_paths(snapshot):
        if told := diagnostics(snapshot, path):
            yield (path, "diagnostics"), told
        if found := document_symbols(snapshot, path):
            yield (path, "symbols"), found
            yield (path, "scopes"), scopes(snapshot, path)
        for at in (one.selection.start for one in found):
            yield (path, at, "hover"), hover(snapshot, path, at)
            yield (path, at, "references"), references(snapshot, path, at, include_declaration=True)
            yield (path, at, "rename"), rename(snapshot, path, at, "new_one")
