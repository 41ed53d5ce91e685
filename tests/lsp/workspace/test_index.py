from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.affected import affected
from hpman_lsp.workspace.index.index import branches
from hpman_lsp.workspace.loading.loading import imported, passed_on, reread
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.workspace.fixtures import DictDisk, loaded

PATHS = ["/w/a.py", "/w/common.py", "/w/pkg/__init__.py", "/w/pkg/b.py", "/w/pyproject.toml"]
LINES = [
    "from hpman.m import _",
    "from hpman.m import _ as h, hp",
    "from common import _",
    "from common import h as _",
    "from pkg import *",
    "from . import hp as _",
    "from .b import _, hp",
    "import pkg.b",
    "from . import common",
    "import pkg",
    "from . import b as c",
    'pkg.c._("lr", 1)',
    'pkg.b.hp("lr", 1)',
    'common._("seed")',
    '__all__ = ["_"]',
    '_("lr", 1)',
    '_("lr")',
    '_("optim.lr", 1)',
    '_("optim")',
    'h("lr")',
    'hp("seed", 1)',
    '_.set_value("seed", 1)',
    "_.set_values(x)",
    "_.parse_file(__file__)",
    "_.parse_file('pkg')",
    "def f(:",
    "[tool.hpman]",
    'scopes = {one = "pkg/**"}',
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=5).map("\n".join)
STEPS = st.tuples(st.sampled_from(["edit", "close", "disk", "delete"]), st.sampled_from(PATHS), TEXTS)


class Editor:
    """A workspace that is edited, on disk and in open documents; `scratch` loads what it should be like."""

    def __init__(self, files: dict[str, str]) -> None:
        self.disk = DictDisk(files)
        self.open: dict[str, str] = {}
        self.snapshot = loaded(self.disk)

    def take(self, step: str, path: str, text: str) -> None:
        before = self.snapshot
        if step == "edit" and path.endswith(".py"):
            self.open[path] = text
            file = source_file(path, text, len(self.open), before.placeholders, before.files.get(path))
            after = before.with_files({path: file})
            self.snapshot = after.with_batch(imported(after, [path], self.disk))
        elif step == "close" and self.open.pop(path, None) is not None:
            batch = reread(before, [path], self.disk)
            self.snapshot = before.with_files({path: batch.files.get(path)}).with_batch(batch)
        elif step in ("disk", "delete"):
            self.disk.files.pop(path, None)
            self.disk.files.update({path: text} if step == "disk" else {})
            self.snapshot = before.with_batch(reread(before, [path], self.disk))
        for batch in passed_on(self.snapshot, self.disk):
            self.snapshot = self.snapshot.with_batch(batch)

    @property
    def scratch(self) -> Snapshot:
        snapshot = loaded(self.disk)
        for path, text in self.open.items():
            snapshot = snapshot.with_files({path: source_file(path, text, 1, snapshot.placeholders)})
            snapshot = snapshot.with_batch(imported(snapshot, [path], self.disk))
        for batch in passed_on(snapshot, self.disk):
            snapshot = snapshot.with_batch(batch)
        return snapshot


def answers(snapshot: Snapshot) -> dict[str, object]:
    """Give all that a snapshot says of each file."""
    return {
        path: (
            diagnostics(snapshot, path),
            [(use.key, use.span, [one.path for one in snapshot.uses(use.key, path)]) for use in file.uses],
        )
        for path, file in snapshot.index.files.items()
        if file.uses
    }


@given(st.dictionaries(st.sampled_from(PATHS), TEXTS), st.lists(STEPS, max_size=6))
@example(  # what may be a manager was looked for by names that were only passed on before
    {
        "/w/pkg/b.py": "from hpman.m import _",
        "/w/common.py": 'from hpman.m import _ as h\nfrom common import _\npkg.c._("lr", 1)\nh("lr")',
    },
    [("disk", "/w/pkg/b.py", "")],
)
def test_after_any_edits_the_index_is_as_if_it_were_read_from_scratch(
    files: dict[str, str], steps: list[tuple[str, str, str]]
) -> None:
    editor = Editor(files)
    for step in steps:
        editor.take(*step)
        answers(editor.snapshot)  # fills what is carried over to the next one
    scratch = editor.scratch
    assert editor.snapshot.index.open_ended == scratch.index.open_ended
    assert editor.snapshot.index.keys == scratch.index.keys
    above = {branch for key in scratch.index.keys for branch in branches(key)}
    assert [editor.snapshot.index.nested(one) for one in above] == [
        scratch.index.nested(one) for one in above
    ]
    assert answers(editor.snapshot) == answers(scratch)


@given(st.dictionaries(st.sampled_from(PATHS), TEXTS), STEPS)
def test_an_edit_affects_every_file_whose_answer_it_changes(
    files: dict[str, str], step: tuple[str, str, str]
) -> None:
    editor = Editor(files)
    before = editor.snapshot
    old = {path: diagnostics(before, path) for path in before.index.files}
    editor.take(*step)
    new = {path: diagnostics(editor.snapshot, path) for path in editor.snapshot.index.files}
    differ = {path for path in old.keys() | new.keys() if old.get(path, ()) != new.get(path, ())}
    assert differ <= affected(before, editor.snapshot)


def test_a_text_whose_names_are_typed_away_is_as_one_that_is_opened_so() -> None:
    file = source_file("/w/a.py", "from hpman.m import _", 1, frozenset({"_"}))
    for text in ("from hpman.m import", "if (_ := 3): pass\nif (", ""):
        file = source_file("/w/a.py", text, 2, frozenset({"_"}), file)
        fresh = source_file("/w/a.py", text, 2, frozenset({"_"}))
        assert (file.facts, file.candidates, file.matters) == (fresh.facts, fresh.candidates, fresh.matters)


def test_an_edit_shares_what_it_does_not_touch() -> None:
    files = {f"/w/{name}.py": f'from hpman.m import _\n_("{name}", 1)' for name in "abc"}
    before = loaded(DictDisk(files))
    answers(before)
    file = source_file("/w/a.py", files["/w/a.py"] + "\n", 1, before.placeholders)
    after = before.with_files({file.path: file})
    assert after.index.keys is before.index.keys
    assert after.scopes is before.scopes
    assert after.reach is before.reach
    assert after.index.files["/w/b.py"] is before.index.files["/w/b.py"]
