"""A real Emacs and its Eglot with exactly the file that users load: what they see, and what is on disk afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import Report, drive, renamed

pytestmark = pytest.mark.editor

HERE = Path(__file__).parent
CONFIGURATION = HERE.parents[1] / "editors/emacs/hpman.el"


@pytest.fixture(scope="module")
def report(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What the driver saw, in one run of the editor."""
    emacs = shutil.which("emacs")
    if emacs is None:
        pytest.skip("no Emacs: `apt-get install emacs-nox elpa-eglot` brings it, with Eglot")
    command = [emacs, "--batch", "-Q", "-l", str(HERE / "emacs_driver.el")]
    home = tmp_path_factory.mktemp("home")
    found = drive(command, home, project, {"CONFIGURATION": str(CONFIGURATION)})
    if "missing" in found:
        pytest.skip(f"no {found['missing']} in Emacs: `apt-get install elpa-{found['missing']}` brings it")
    return found


def test_the_echo_area_tells_value_and_manager(report: Report) -> None:
    assert "lr: int = 1" in report["hover"]


def test_references_are_those_of_open_and_closed_files(report: Report) -> None:
    assert sorted((item["file"], item["line"]) for item in report["references"]) == [
        ("model.py", 3),
        ("run.json", 2),
        ("run.yaml", 2),
        ("train.py", 3),
        ("train.py", 4),
    ]


def test_definition_leads_from_a_key_to_the_default_and_from_the_default_to_the_keys(report: Report) -> None:
    assert report["definition-of-key"] == [{"file": "train.py", "line": 3}]
    places = sorted((item["file"], item["line"]) for item in report["definition-of-default"])
    assert places == [("run.json", 2), ("run.yaml", 2), ("train.py", 3)]


def test_in_a_value_file_the_echo_area_tells_the_default(report: Report) -> None:
    assert "lr: int = 1" in report["value-hover"]


def test_a_key_that_nothing_uses_is_told_in_the_value_file(report: Report) -> None:
    assert [(item["line"], "lrr" in item["text"]) for item in report["value-diagnostics"]] == [(3, True)]


def test_completion_offers_the_names(report: Report) -> None:
    assert {"lr", "gone"} <= set(report["completions"])


def test_a_rename_from_either_side_reaches_all_files_on_disk(report: Report, project: Path) -> None:
    assert report["renamed-from-code"] == "rate: 5  # lr"
    for name in ("lib/model.py", "configs/run.yaml", "configs/run.json"):
        assert (project / name).read_text(encoding="utf-8") == renamed(name, "speed")
    assert (project / "train.py").read_text(encoding="utf-8") == renamed(
        "train.py", "speed"
    ) + '_("gone", 0)\n'


def test_diagnostics_appear_and_go(report: Report) -> None:
    assert [(item["line"], "gone" in item["text"]) for item in report["diagnostics"]] == [(5, True)]
    assert report["mended"]


def test_the_server_ends_with_the_session(report: Report) -> None:
    assert report["ended"]
