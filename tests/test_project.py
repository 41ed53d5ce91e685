"""The project's own machinery: what its documentation and its CI promise."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("editors/*/README.md")])

SKIPS = """
import pytest, sys

def test_needs_an_editor():
    pytest.skip("no editor here")

@pytest.mark.skipif(sys.platform != "no such system", reason="sys.platform: only there")
def test_of_another_platform(): ...

@pytest.mark.xfail(reason="known")
def test_known_fault():
    assert False
"""


@pytest.fixture
def skipping(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite that skips, with this project's conftest.py."""
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(test_one=SKIPS, test_other="import pytest; pytest.importorskip('no_such_module')")
    return pytester


def test_a_skip_is_a_failure_under_ci_unless_the_platform_is_the_reason(
    skipping: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    result = skipping.runpytest_subprocess("-p", "no:cacheprovider", "--continue-on-collection-errors")
    result.assert_outcomes(failed=1, skipped=1, xfailed=1, errors=1)
    result.stdout.fnmatch_lines(["*skipped, which is a failure under CI: no editor here*"])


def test_a_skip_is_a_skip_on_a_developers_machine(
    skipping: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    skipping.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(skipped=3, xfailed=1)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "-w", folder, ROOT], check=True)
    (path,) = folder.glob("hpman-*.whl")
    return zipfile.ZipFile(path)


@pytest.mark.network
def test_the_wheel_holds_both_packages_their_types_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert {"hpman/py.typed", "hpman/m.pyi", "hpman_lsp/py.typed", "hpman_lsp/__main__.py"} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"hpman", "hpman_lsp"}


@pytest.mark.network
def test_the_wheel_needs_nothing_but_in_extras(wheel: zipfile.ZipFile) -> None:
    (path,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = wheel.read(path).decode()
    requirements = re.findall(r"^Requires-Dist: (.+)$", metadata, re.MULTILINE)
    assert requirements
    assert [requirement for requirement in requirements if "extra ==" not in requirement] == []
    assert "Requires-Python: >=3.10\n" in metadata


def test_pre_commit_hooks_are_local_and_are_make_targets() -> None:
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert {repository["repo"] for repository in repositories} == {"local"}
    entries = [hook["entry"].split() for repository in repositories for hook in repository["hooks"]]
    assert {command for command, _target in entries} == {"make"}
    assert {target for _command, target in entries} <= make_targets()


def test_the_documentations_development_section_has_what_it_names() -> None:
    assert {"format", "style-check", "test", "demo"} <= make_targets()
    assert (ROOT / "requirements.dev.txt").exists()
    assert (ROOT / ".git-commit-template.txt").exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_has_its_file(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
