"""An error of ours in one file: the others are read, it is reported there, and nothing is renamed."""

from __future__ import annotations

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.features.rename import rename
from hpman_lsp.refactoring.renaming import Refusal
from hpman_lsp.rules import leaf_and_branch
from hpman_lsp.workspace.index import updating
from hpman_lsp.workspace.python import source
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values import files as value_files
from tests.lsp.workspace.fixtures import ROOT, snapshot_of

pytestmark = pytest.mark.usefixtures("_errors_are_reported")
CODE = 'from hpman.m import _\n_("lr", 1)\n'
GOOD, BAD, VALUES = f"{ROOT}/good.py", f"{ROOT}/bad.py", f"{ROOT}/run.yaml"
FILES = {GOOD: CODE, BAD: CODE.replace("lr", "hard"), VALUES: "lr: 2\n"}
FILES[f"{ROOT}/pyproject.toml"] = '[tool.hpman]\nvalue-files = ["*.yaml"]\n'


def fail(*_: object) -> None:
    raise IndexError("pop from empty list")


def fail_at_hard(read: object) -> object:
    def failing(*arguments: object) -> object:
        if any("hard" in getattr(one, "text", str(one)) for one in arguments):
            fail()
        return read(*arguments)  # type: ignore[operator]

    return failing


def broken(monkeypatch: pytest.MonkeyPatch, where: str) -> Snapshot:
    module, name = {"text": (source, "parse"), "index": (updating, "contribution")}[where]
    monkeypatch.setattr(module, name, fail_at_hard(getattr(module, name)))
    return snapshot_of(FILES)


@pytest.mark.parametrize("where", ["text", "index"])
def test_other_files_are_read_where_one_cannot_be(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    snapshot = broken(monkeypatch, where)
    assert list(snapshot.unreadable) == [BAD]
    assert "IndexError" in snapshot.unreadable[BAD]
    assert [key.name for key in snapshot.index.files[GOOD].by_key] == ["lr"]
    assert [one.code for one in diagnostics(snapshot, GOOD) if one.code == "internal-error"] == []
    assert [one.code for one in diagnostics(snapshot, BAD)] == ["internal-error"]


@pytest.mark.parametrize("where", ["text", "index"])
def test_nothing_is_renamed_while_a_file_was_not_read(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    assert isinstance(rename(broken(monkeypatch, where), GOOD, CODE.index("lr"), "rate"), Refusal)


def test_a_file_that_is_read_again_is_as_if_it_had_been_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = broken(monkeypatch, "text")
    monkeypatch.undo()  # of the error
    mended = source.source_file(BAD, FILES[BAD], None, snapshot.placeholders)
    assert not snapshot.with_files({BAD: mended}).unreadable


def test_a_value_file_that_cannot_be_read_is_reported_and_not_renamed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(value_files, "parse_values", fail)
    snapshot = snapshot_of(FILES)
    assert [one.code for one in diagnostics(snapshot, VALUES)] == ["unreadable-values"]
    assert isinstance(rename(snapshot, GOOD, CODE.index("lr"), "rate"), Refusal)


def test_a_rule_that_fails_leaves_the_others_their_word(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = snapshot_of({GOOD: f'{CODE}_("n", 1, min=2)\n'})
    monkeypatch.setattr(leaf_and_branch, "clash", fail)
    codes = {one.code for one in diagnostics(snapshot, GOOD)}
    assert {"internal-error", "default-out-of-range"} <= codes
