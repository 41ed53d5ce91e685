"""What those meet who try it for the first time: a slip is told with what was meant, and nothing ends in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Hpman, Project

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534
GOOD = "#- a.py\nfrom hpman.m import _\n_('lr', 1), _('-x', 2)\nprint(_('lr'), _('-x'))\n"
EVERY = (
    *("list", "show lr", "refs lr", "check", "rename lr rate --diff", "unused", "scopes"),
    *("list --format json", "list --format yaml", "check --format sarif", "check --format github", "completion bash"),
)  # fmt: skip


def run(line: str, folder: Path, shell: str = "") -> subprocess.CompletedProcess[str]:
    """Run `hpman LINE`, with what a shell does with it behind."""
    command = f'"{sys.executable}" -m hpman {line} {shell}'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=environment,
    )


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that every user can enter, which pytest's are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.chdir(folder)
        yield Path(folder)
        monkeypatch.undo()


@contextmanager
def not_root() -> Iterator[None]:
    """Root may read and write everything."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("lst", "invalid choice: 'lst'"),
        ("", "`hpman --help` tells more"),
        ("list --fromat", "hpman list: error: unrecognized arguments: --fromat; did you mean `--format`?"),
        ("check --zzz", "hpman check: error: unrecognized arguments: --zzz; `hpman check --help` lists the options"),
        ("show -x", "behind `--`, `-x` is a name: `hpman show -- -x`"),
        ("list nowhere", "hpman: nowhere: no such file or folder"),
        ("list --root nowhere", "hpman: nowhere: no such file or folder"),
        ("diff a.yaml b.yaml", "hpman: cannot read a.yaml: No such file or directory"),
        ("diff a.py a.py", "hpman: a.py: values are kept in files that end in .yaml, .yml, .json, not in '.py'"),
        ("check --baseline a.py", "hpman: a.py is no baseline: write one with --write-baseline"),
        ("check --write-baseline no/a.json", "hpman: cannot write no/a.json: No such file or directory"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_with_what_may_be_meant(
    line: str, words: str, project: Project, hpman: Hpman
) -> None:
    project(GOOD)
    result = hpman(*line.split())
    assert (result.code, result.out) == (2, "")
    assert words in result.err


@pytest.mark.parametrize("arguments", [("list", ""), ("list", "--root", ""), ("check", "")])
def test_an_empty_path_is_not_this_folder(arguments: tuple[str, ...], project: Project, hpman: Hpman) -> None:
    project(GOOD)
    assert hpman(*arguments) == (2, "", "hpman: '': no such file or folder\n")


def test_a_name_may_begin_with_a_dash_behind_two(project: Project, hpman: Hpman) -> None:
    folder = project(GOOD)
    assert hpman("refs", "--", "-x").out.count("\n") == 2
    assert hpman("rename", "--force", "--", "-x", "-lr").code == 0
    assert "_('-lr', 2)" in (folder / "a.py").read_text()


@pytest.mark.parametrize("line", EVERY)
def test_an_empty_folder_is_no_trouble(line: str, project: Project, hpman: Hpman) -> None:
    project("")
    result = hpman(*line.split())
    assert result.code in (0, 2)
    assert "Traceback" not in result.err


@pytest.mark.parametrize("line", EVERY[:-1])
def test_a_file_that_does_not_parse_is_told_and_used_as_far_as_can_be(
    line: str, project: Project, hpman: Hpman
) -> None:
    project("#- a.py\nfrom hpman.m import _\n_('lr', 1)\n_('x', (\n")
    result = hpman(*line.split())
    assert result.code == 0
    assert "hpman: a.py:3 does not parse: what is around it is known in part\n" in result.err


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("out", "git ignores it, `exclude` names it, or it is an environment"),
        ("out/a.py", "git ignores it, `exclude` names it, or it is an environment"),
        ("notes.txt", "it is neither Python nor named by `value-files`"),
    ],
)
def test_a_path_that_is_left_out_is_told(path: str, why: str, project: Project, hpman: Hpman) -> None:
    project(f"#- .git/HEAD\n#- .gitignore\nout\n#- notes.txt\n{GOOD}{GOOD.replace('a.py', 'out/a.py')}")
    assert f"hpman: {path} is not read: {why}\n" in hpman("check", path).err


def test_many_files_that_cannot_be_read_are_told_briefly(project: Project, hpman: Hpman) -> None:
    folder = project(GOOD)
    for number in range(30):
        (folder / f"b{number}.py").write_text("from hpman.m import _\n_((\n")
    assert hpman("list").err.splitlines()[9:] == [
        "hpman: b17.py:2 does not parse: what is around it is known in part",
        "hpman: and 20 more files that cannot be read",
    ]


@pytest.mark.parametrize("line", EVERY)
def test_a_reader_that_leaves_after_a_line_is_no_error(line: str, project: Project) -> None:
    result = run(line, project(GOOD), "| head -n 1")
    assert (result.returncode, "Traceback" in result.stderr) == (0, False)


@pytest.mark.parametrize("line", ["list", "check --strict", "refs lr --color always"])
def test_output_that_cannot_be_written_is_told(line: str, project: Project) -> None:
    result = run(line, project(GOOD.replace("_('lr', 1)", "0")), ">/dev/full")
    assert (result.returncode, result.stderr.splitlines()[-1]) == (2, "hpman: cannot write the output: No space left on device")  # fmt: skip


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_output_that_is_closed_is_no_error(closed: str, project: Project) -> None:
    result = run("list", project(GOOD), closed)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_plain_locale_is_no_trouble(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project("#- dir é/ü.py\nfrom hpman.m import _\n_('café', 1), _('café', 2)\n")
    monkeypatch.setenv("LC_ALL", "C")
    assert "dir é/ü.py:2:3: error duplicate-default: `café`" in run("check", folder).stdout
    assert run("rename café thé", folder).stderr.endswith("hpman: `café` is `thé` now: 2 places in 1 file\n")


@pytest.mark.parametrize("width", ["20", "60", "100"])
def test_names_and_places_stay_whole_on_a_narrow_terminal(
    width: str, project: Project, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(f"#- some/deep/module.py\nfrom hpman.m import _\n_('optim.scheduler.warmup', {'long ' * 20!r})\n")
    monkeypatch.setenv("COLUMNS", width)
    (line,) = (one for one in hpman("list", "--color", "always").out.splitlines() if "warmup" in one)
    assert "optim.scheduler.warmup " in line
    assert "some/deep/module.py:2" in line


def test_a_folder_that_may_not_be_listed_is_told(open_folder: Path, hpman: Hpman) -> None:
    (open_folder / "closed").mkdir(mode=0o000)
    hpman("check")  # all that it imports: the interpreter's modules may be root's alone
    with not_root():
        result = hpman("check")
    assert result.err == "hpman: closed may not be listed: what is in it is not known\nhpman: no problems\n"


def test_a_file_that_may_not_be_written_is_told_and_nothing_is_changed(
    open_folder: Path, hpman: Hpman
) -> None:
    file = open_folder / "a.py"
    file.write_text("from hpman.m import _\n_('lr', 1)\n")
    file.chmod(0o444)
    open_folder.chmod(0o555)
    hpman("rename", "lr", "rate", "--diff")
    with not_root():
        result = hpman("rename", "lr", "rate")
    open_folder.chmod(0o755)
    told = "hpman: nothing was changed: cannot write a.py: Permission denied\n"
    assert result == (2, "", told)
    assert "'lr'" in file.read_text()


def test_a_current_folder_that_is_gone_is_told(
    tmp_path: Path, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert hpman("list") == (2, "", "hpman: the current folder is gone: change to another one\n")
    monkeypatch.chdir(tmp_path)
