from __future__ import annotations

import pytest

from hpman_lsp.server.handshake.settings import settings_of
from hpman_lsp.workspace.configuration.display import Change, Display, read_display


def test_an_editors_settings_and_a_project_spell_the_same_switches() -> None:
    faults: list[str] = []
    of_editor = read_display(
        {"inlayHints": {"enabled": False, "maxLength": 9}, "codeLens": {"enabled": True}}, faults
    )
    of_project = read_display(
        {"inlay-hints": {"enabled": False, "max-length": 9}, "code-lens": {"enabled": True}},
        faults,
        kebab=True,
    )
    expected = [Change("inlay_hints", False), Change("inlay_length", 9), Change("code_lens", True)]
    assert [*of_editor] == [*of_project] == expected
    assert faults == []


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ({"inlayHints": True}, "`inlayHints` must hold `enabled`"),
        ({"inlayHints": {"enabled": 1}}, "`inlayHints.enabled` must be true or false"),
        ({"inlayHints": {"maxLength": True}}, "`inlayHints.maxLength` must be a whole number from 4 on"),
        ({"inlayHints": {"maxLength": 3}}, "`inlayHints.maxLength` must be a whole number from 4 on"),
        ({"codeLens": {"enabled": None}}, "`codeLens.enabled` must be true or false"),
    ],
)
def test_a_wrong_switch_is_told_and_the_default_holds(section: dict[str, object], fault: str) -> None:
    settings, problems = settings_of(section)
    assert settings.display == Display()
    assert problems[0] == f"settings: in `hpman`: {fault}; the default is used"


def test_the_other_switches_hold_beside_a_wrong_one() -> None:
    settings, _ = settings_of({"inlayHints": {"enabled": "no", "maxLength": 12}})
    assert settings.display == Display(inlay_length=12)
