"""After an edit only some files are checked again: what is known then is what checking all of them gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.affected import affected
from hpman_lsp.rules.helpers.finding import Diagnostic
from hpman_lsp.rules.helpers.kinds import checked_paths
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.files import ValueFile
from tests.lsp.workspace.fixtures import snapshot_of

PATHS = [f"/w/{name}.py" for name in ("a", "b", "c")]
# What files say to each other about one thing: few statements, so that many draws have some of them together.
THEMES = {
    "defaults": [
        '_("lr")',
        '_("lr", 1)',
        '_("lrr", 1)',
        '_.get_value("lr")',
        '_.get_value("lr", False)',
        '_.set_value("lr", 1)',
        "",
    ],
    "parts": [
        '_("a")',
        '_("a", 1)',
        '_("a.b")',
        '_("a.b", 1)',
        '_.get_value("a.b")',
        '_.set_value("a", 1)',
        '_.set_value("a.b", 1)',
        '_("a..b")',
        "",
    ],
    "hints": [
        '_("lr", 1)',
        '_("lr", 3, choices=[1, 2])',
        '_("lr", choices=(3, 4))',
        '_("lr", max=2)',
        '_("lr", 3, type="str")',
        "",
    ],
    "unused": [
        '_("a.b", 1)',
        '_("lr", 1)',
        'y = _("lr", 1)',
        '_("a")',
        '_("lr")',
        "_.get_values()",
        "_.get_value(name)",
        '_.get_value(f"a.{x}")',
        '_.get_value(f"l{x}")',
        "# hpman: uses l*",
        '_("lr", 1)  # hpman: ignore',
        "",
    ],
    "programs": [
        '_("lr", 1)',
        '_("lr")',
        "_.parse_file(__file__)",
        "_.parse_file('.')",
        'if __name__ == "__main__": pass',
        "import a, b",
        "_.set_values(values)",
        "_(name, 1)",
        "_()",
        "import importlib",
        "sys.path.append(x)",
        "_.export_values()",
        'x._("lr", 1)',
        'getattr(x, "_")',
        "",
    ],
}


def text_of(lines: list[str]) -> str:
    return "\n".join(["from hpman.m import _", *lines]) + "\n"


def all_diagnostics(snapshot: Snapshot) -> dict[str, tuple[Diagnostic, ...]]:
    return {path: diagnostics(snapshot, path) for path in checked_paths(snapshot)}


@pytest.mark.parametrize("theme", THEMES)
@given(st.data())
@settings(max_examples=100, deadline=None)
def test_checking_what_an_edit_affects_gives_what_checking_all_gives(theme: str, data: st.DataObject) -> None:
    statement = st.sampled_from(THEMES[theme])
    lines = {path: data.draw(st.lists(statement, max_size=2), path) for path in PATHS}
    snapshot = snapshot_of({path: text_of(some) for path, some in lines.items()})
    known = all_diagnostics(snapshot)
    for _ in range(3):
        path = data.draw(st.sampled_from(PATHS), "edited")
        start = data.draw(st.integers(0, len(lines[path])), "line")
        lines[path][start : start + data.draw(st.integers(0, 1))] = data.draw(st.lists(statement, max_size=1))
        before = snapshot
        file = source_file(path, text_of(lines[path]), 1, before.placeholders, before.files.get(path))
        snapshot = before.with_files({path: file})
        known |= {one: diagnostics(snapshot, one) for one in affected(before, snapshot)}
        assert known == all_diagnostics(snapshot)
    assert known == all_diagnostics(snapshot_of({path: text_of(some) for path, some in lines.items()}))


def test_another_name_that_is_made_at_run_time_has_the_defaults_of_other_files_checked_again() -> None:
    snapshot = snapshot_of({PATHS[0]: text_of(['_("lr", 1)']), PATHS[1]: text_of(['_.get_value(f"l{x}")'])})
    assert diagnostics(snapshot, PATHS[0]) == ()
    file = source_file(PATHS[1], text_of(['_.get_value(f"m{x}")']), 1, snapshot.placeholders)
    after = snapshot.with_files({PATHS[1]: file})
    assert PATHS[0] in affected(snapshot, after)
    assert [one.code for one in diagnostics(after, PATHS[0])] == ["unused"]


PROJECT = {"/w/pyproject.toml": '[tool.hpman]\nvalue-files = ["*.yaml"]\n'}
VALUE_PATHS = ["/w/a.yaml", "/w/b.yaml"]
VALUE_LINES = [
    "lr: 1",
    "lr: x",
    "lrr: 1",
    "a: {b: 1}",
    "a.b: x",
    "a: 1",
    "a.c: 1",
    "kind: x",
    "lr: 1e3",
    "? [",
    "",
]
VALUE_CODE = [
    '_("lr", 1)',
    '_("lr")',
    'hp("lr", "x")',
    '_("a.b", 1)',
    '_("a.b")',
    '_("a", {"b": 1})',
    '_.set_value("a", 1)',
    '_("kind", "y", choices=["y"])',
    "_(name, 1)",
    'import yaml; _.set_values(yaml.safe_load(open("a.yaml")))',
    "f(_)",
    "",
]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_what_value_files_mean_is_remembered_only_as_long_as_it_holds(data: st.DataObject) -> None:
    """Nothing moves: what points to a file that changed is checked again by whoever has shown it."""

    def drawn(path: str) -> str:
        return f"{data.draw(st.sampled_from(VALUE_LINES if path in VALUE_PATHS else VALUE_CODE)):<60}\n"

    lines = {path: [drawn(path), drawn(path)] for path in [*PATHS[:2], *VALUE_PATHS]}
    texts = {path: text_of_kind(path, some) for path, some in lines.items()}
    snapshot = snapshot_of({**PROJECT, **texts})
    known = all_diagnostics(snapshot)
    for _ in range(4):
        path, before = data.draw(st.sampled_from([*lines]), "edited"), snapshot
        lines[path][data.draw(st.integers(0, 1), "line")] = drawn(path)
        texts[path] = text_of_kind(path, lines[path])
        if path in VALUE_PATHS:
            snapshot = before.with_value_files({path: ValueFile(path, texts[path], 1)})
        else:
            file = source_file(path, texts[path], 1, before.placeholders, before.files.get(path))
            snapshot = before.with_files({path: file})
        known |= {one: diagnostics(snapshot, one) for one in affected(before, snapshot)}
        assert known == all_diagnostics(snapshot) == all_diagnostics(snapshot_of({**PROJECT, **texts}))


def text_of_kind(path: str, lines: list[str]) -> str:
    return "".join(lines if path in VALUE_PATHS else ["from hpman.m import _, hp\n", *lines])
