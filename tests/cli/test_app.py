"""The command line as a program: what it imports, how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hpman import __version__
from tests.cli.conftest import Hpman, Project

ROOT = Path(__file__).resolve().parent.parent.parent
RUN = [sys.executable, "-m", "hpman"]


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def test_a_module_run_by_python_is_the_command_line(project: Project) -> None:
    project("#- a.py\nfrom hpman.m import _\n_('lr', 1)\n")
    listed = subprocess.run([*RUN, "list", "--format", "names"], capture_output=True, text=True, check=True)
    assert listed.stdout == "lr\n"


@pytest.mark.parametrize(
    "command", ["list", "check", "refs lr", "show lr", "scopes", "rename lr rate --diff"]
)
def test_no_command_imports_what_it_does_not_need(command: str, project: Project) -> None:
    project("#- a.py\nfrom hpman.m import _\n_('lr', 1)\n")
    program = f"import sys; from hpman_lsp.cli import main; main({command.split()!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert loaded & {"pygls", "lsprotocol", "rich", "yaml", "asyncio", "hpman_lsp.server"} == set()


def test_the_version_is_that_of_the_library(hpman: Hpman) -> None:
    assert hpman("--version").out == f"hpman {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [(), ("nothing",), ("list", "--form", "json"), ("show",), ("show", "lr", "--context", "-1")]
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...], hpman: Hpman) -> None:
    assert hpman(*arguments).code == 2


def test_a_reader_that_leaves_is_no_error(project: Project) -> None:
    calls = "\n".join(f"_('name{number}', 1)" for number in range(20_000))
    project(f"#- a.py\nfrom hpman.m import _\n{calls}\n")
    process = subprocess.Popen([*RUN, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert (process.wait(), process.stderr.read()) == (0, b"")
    process.stderr.close()


def test_a_character_that_the_terminal_lacks_is_escaped(project: Project) -> None:
    project("#- a.py\nfrom hpman.m import _\n_('lern\u5b66', 1)\n")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    listed = subprocess.run(
        [*RUN, "list", "--format", "names"], capture_output=True, check=True, env=environment
    )
    assert listed.stdout == b"lern\\u5b66\n"


def test_a_missing_package_is_named_with_the_way_to_get_it(project: Project) -> None:
    project("")
    program = "import sys, runpy; sys.modules['pathspec'] = None; sys.argv[1:] = ['list']; runpy.run_module('hpman', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pathspec: python -m pip install 'hpman[cli]'" in done.stderr


def test_what_is_read_is_the_repository_around_the_paths(
    project: Project, hpman: Hpman, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project("""
        #- .git/HEAD
        #- pkg/a.py
        from hpman.m import _
        _("lr")
        #- common.py
        from hpman.m import _
        import pkg.a
        _("lr", 1)
    """)
    monkeypatch.chdir(folder / "pkg")
    assert hpman("check", "--strict").code == 0
    assert hpman("check", "--strict", "--root", ".").code == 1


def test_a_path_outside_of_the_root_is_refused(project: Project, hpman: Hpman) -> None:
    folder = project("#- a/x.py\n#- b/y.py\n")
    assert (
        hpman("list", str(folder / "a"), "--root", "b").err
        == "hpman: a is not in b: give --root a folder that holds both\n"
    )


def test_a_root_that_does_not_hold_this_folder_is_told_of_whole(project: Project, hpman: Hpman) -> None:
    project(
        "#- a/one.py\nfrom hpman.m import _\n_('lr', 1)\n#- b/two.py\nfrom hpman.m import _\n_('seed', 2)\n"
    )
    assert hpman("list", "--format", "names", "--root", "b").out == "seed\n"
