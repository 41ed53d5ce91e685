from __future__ import annotations

from dataclasses import replace

from hpman_lsp.features.code_lens import code_lenses
from hpman_lsp.workspace.configuration.display import Display
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.features.checking import IMPORT
from tests.lsp.workspace.fixtures import fixture


def switched_on(snapshot: Snapshot) -> Snapshot:
    return snapshot.with_settings(replace(snapshot.settings, display=Display(code_lens=True)))


def lenses(text: str) -> list[str]:
    at = fixture(text)
    found = code_lenses(switched_on(at.snapshot), at.path)
    return [f"{at.files[at.path][slice(*one.span)]}: {one.title}" for one in found]


def test_a_default_tells_how_often_it_is_used_in_all_files() -> None:
    text = """
        #- a.py
        $0from hpman.m import _
        _("lr", 1e-3)
        _("lr")
        _("depth", 2)
        #- b.py
        from hpman.m import _
        _("lr"); _.get_value("lr")
    """
    assert lenses(text) == ["lr: 4 uses in 2 files", "depth: 1 use in 1 file"]


def test_what_has_no_default_has_none() -> None:
    assert lenses(IMPORT + '_("lr"); _.set_value("depth", 1)') == []


def test_there_are_none_unless_they_are_switched_on() -> None:
    at = fixture(IMPORT + '_("lr", 1)')
    assert code_lenses(at.snapshot, at.path) == ()


def test_a_project_can_switch_them_on() -> None:
    at = fixture(
        '#- a.py\n$0from hpman.m import _\n_("lr", 1)\n#- pyproject.toml\n[tool.hpman]\ncode-lens.enabled = true\n'
    )
    assert [one.title for one in code_lenses(at.snapshot, at.path)] == ["1 use in 1 file"]
