from __future__ import annotations

import pytest

from hpman_lsp.workspace.configuration.projects import read_project
from hpman_lsp.workspace.questions.describe import scope_name, scope_reason
from tests.lsp.workspace.fixtures import fixture, snapshot_of


def scopes(text: str, path: str, manager: str = "_") -> list[str]:
    """Give the scopes of a file as `kind name`."""
    snapshot = fixture(text).snapshot
    found = snapshot.scopes.of(f"/w/{path}", manager).scopes
    return sorted(f"{scope.kind} {scope_name(snapshot, scope)}" for scope in found)


DEFAULT = """
#- a.py
#- one/pyproject.toml
#- one/lib/deep/b.py
#- one/lib/setup.cfg
#- two/.git/HEAD
#- two/c.py
#- three/setup.py
#- three/d.py
"""


@pytest.mark.parametrize(
    ("path", "name", "reason"),
    [
        ("a.py", "w", "the workspace folder"),
        ("one/x.py", "one", "the nearest folder with pyproject.toml"),
        ("one/lib/deep/b.py", "one/lib", "the nearest folder with setup.cfg"),
        ("two/c.py", "two", "the nearest folder with .git"),
        ("three/d.py", "three", "the nearest folder with setup.py"),
    ],
)
def test_a_file_belongs_to_the_nearest_project(path: str, name: str, reason: str) -> None:
    snapshot = fixture(DEFAULT).snapshot
    (scope,) = snapshot.scopes.of(f"/w/{path}", "_").scopes
    assert (scope_name(snapshot, scope), scope_reason(snapshot, scope)) == (name, reason)


def test_a_file_outside_of_all_workspace_folders_belongs_to_its_folder() -> None:
    snapshot = snapshot_of({}, ())
    (scope,) = snapshot.scopes.of("/somewhere/lib/a.py", "_").scopes
    assert (scope_name(snapshot, scope), scope_reason(snapshot, scope)) == ("lib", "the file's folder")


PROGRAM = """
#- lib/net.py
#- lib/sub/deep.py
#- run/data.py
#- run/lib/own.py
#- run/train.py
import os, sys
from pathlib import Path
from hpman.m import _
HERE = os.path.dirname(os.path.abspath(__file__))
{0}
"""


@pytest.mark.parametrize(
    ("call", "parsed"),
    [
        ("_.parse_file(__file__)", ["run/train.py"]),
        ("_.parse_file('.')", ["run/data.py", "run/lib/own.py", "run/train.py"]),
        ("_.parse_file('train.py')", ["run/train.py"]),
        ("_.parse_file('run/train.py')", ["run/train.py"]),
        ("_.parse_file('lib')", ["run/lib/own.py"]),
        ("_.parse_file('../lib')", ["lib/net.py", "lib/sub/deep.py"]),
        ("_.parse_file('/w/lib/sub')", ["lib/sub/deep.py"]),
        ("_.parse_file(['train.py', 'data.py'])", ["run/data.py", "run/train.py"]),
        ("_.parse_file(HERE)", ["run/data.py", "run/lib/own.py", "run/train.py"]),
        ("_.parse_file(os.path.join(HERE, '..', 'lib', 'net.py'))", ["lib/net.py"]),
        ("_.parse_file(Path(__file__).resolve().parent)", ["run/data.py", "run/lib/own.py", "run/train.py"]),
        ("_.parse_file(Path(__file__).parent.parent / 'lib')", ["lib/net.py", "lib/sub/deep.py"]),
        ("_.parse_file(__file__); _.parse_file('data.py')", ["run/data.py", "run/train.py"]),
        ("def main():\n    _.parse_file(__file__)", ["run/train.py"]),
        ("_.parse_file(os.path.join(os.path.dirname(__file__), 'lib'))", ["run/lib/own.py"]),
        (
            "_.parse_file(os.path.join(os.path.dirname(__file__), os.pardir, 'lib'))",
            ["lib/net.py", "lib/sub/deep.py"],
        ),
        (
            "_.parse_file(os.path.dirname(os.path.dirname(__file__)) + '/lib')",
            ["lib/net.py", "lib/sub/deep.py"],
        ),
        ("_.parse_file(f'{HERE}/data.py')", ["run/data.py"]),
        (
            "_.parse_file(os.path.split(os.path.realpath(__file__))[0])",
            ["run/data.py", "run/lib/own.py", "run/train.py"],
        ),
        ("_.parse_file((Path(__file__).with_name('data.py'), __file__))", ["run/data.py", "run/train.py"]),
        ("_.parse_file(Path(__file__).resolve().parents[1] / 'lib' / 'sub')", ["lib/sub/deep.py"]),
        ("_.parse_file(Path('lib'))", ["run/lib/own.py"]),
        ("_.parse_file(Path(__file__).parent.joinpath('lib'))", ["run/lib/own.py"]),
        ("hp_manager = _.parse_file('data.py').set_value('x', 1)", ["run/data.py"]),
        (
            "ROOT = Path(HERE)\nFILES = [ROOT / 'data.py', ROOT / 'train.py']\n_.parse_file(FILES)",
            ["run/data.py", "run/train.py"],
        ),
        ("_.parse_file(os.getcwd())", ["run/data.py", "run/lib/own.py", "run/train.py"]),
        ("_.parse_file(Path.cwd() / 'lib')", ["run/lib/own.py"]),
        ("_.parse_file(Path(__file__).parent.glob('*.py'))", ["run/data.py", "run/train.py"]),
        (
            "_.parse_file(Path(__file__).parent.rglob('*.py'))",
            ["run/data.py", "run/lib/own.py", "run/train.py"],
        ),
        ("_.parse_file(Path(__file__).parent.glob('l*'))", ["run/lib/own.py"]),
        ("_.parse_file(glob.glob('d*.py'))", ["run/data.py"]),
        ("_.parse_file(glob.glob('[!d]*.py'))", ["run/train.py"]),
        ("_.parse_file(['data.py', *sys.argv])", ["run/data.py"]),
        ("_.parse_file(sys.argv[0])", ["run/train.py"]),
        ("import data\n_.parse_file(data.__file__)", ["run/data.py"]),
        ("FILES = [__file__]\nFILES.append('data.py')\n_.parse_file(FILES)", ["run/data.py", "run/train.py"]),
        ("for path in ('data.py', 'train.py'):\n    _.parse_file(path)", ["run/data.py", "run/train.py"]),
    ],
)
def test_what_a_program_parses_is_a_scope(call: str, parsed: list[str]) -> None:
    at = fixture(PROGRAM.format(call))
    found = [
        path.removeprefix("/w/")
        for path in sorted(at.files)
        if any(scope.kind == "inferred" for scope in at.snapshot.scopes.of(path, "_").parsed)
    ]
    assert found == parsed


@pytest.mark.parametrize(
    "call",
    [
        "_.parse_file(sys.argv[1])",
        "_.parse_file('no/such.py')",
        "hp.parse_file(__file__)",
        "_.parse_file(os.environ['ROOT'])",
        "def main(path):\n    _.parse_file(path)",
        "for path in find():\n    _.parse_file(path)",
    ],
)
def test_what_is_parsed_and_cannot_be_known_is_no_scope(call: str) -> None:
    assert scopes(PROGRAM.format(call), "run/train.py") == ["default w"]


def test_a_program_belongs_to_its_scope_even_if_it_does_not_parse_itself() -> None:
    text = PROGRAM.format("_.parse_file('../lib')")
    assert scopes(text, "run/train.py") == ["inferred run/train.py"]
    assert scopes(text, "lib/net.py") == ["inferred run/train.py"]
    assert scopes(text, "run/data.py") == ["default w"]


def test_an_inferred_scope_is_one_of_the_manager_that_parses() -> None:
    text = PROGRAM.format("_.parse_file('.')")
    assert scopes(text, "run/data.py", "_") == ["inferred run/train.py"]
    assert scopes(text, "run/data.py", "hp") == ["default w"]


EXPLICIT = """
#- shared/net.py
#- proj/pyproject.toml
[tool.hpman.scopes]
train = ["train.py", "lib/**", "../shared/**"]
eval = "eval_*.py"
folder = "lib/sub"
all-tests = ["**/test_*.py"]
#- proj/train.py
#- proj/inner/pyproject.toml
[tool.ruff]
#- proj/other/pyproject.toml
[tool.hpman]
"""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("proj/train.py", ["explicit train"]),
        ("proj/lib/a/b.py", ["explicit train"]),
        ("proj/lib/sub/b.py", ["explicit folder", "explicit train"]),
        ("proj/eval_one.py", ["explicit eval"]),
        ("proj/test_a.py", ["explicit all-tests"]),
        ("proj/x/y/test_a.py", ["explicit all-tests"]),
        ("shared/net.py", ["explicit train"]),
        ("proj/x/train.py", ["default proj"]),
        ("proj/inner/test_a.py", ["explicit all-tests"]),
        ("proj/other/test_a.py", ["default proj/other"]),
        ("train.py", ["default w"]),
    ],
)
def test_explicit_scopes_are_those_of_the_nearest_project_that_has_some(path: str, found: list[str]) -> None:
    assert scopes(EXPLICIT, path) == found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "[tool.hpman",
            "not valid TOML: Expected ']' at the end of a table declaration (at end of document)",
        ),
        ("[tool]\nhpman = 1", "[tool.hpman] scopes must be a table: name = [patterns]"),
        ("[tool.hpman]\nscopes = 1", "[tool.hpman] scopes must be a table: name = [patterns]"),
        ("[tool.hpman]\nscopes = {a = 1}", "[tool.hpman] scopes.a must be a pattern or a list of patterns"),
        (
            "[tool.hpman]\nscopes = {a = ['x', 1]}",
            "[tool.hpman] scopes.a must be a pattern or a list of patterns",
        ),
    ],
)
def test_a_wrong_table_is_a_fault_and_no_exception(text: str, fault: str) -> None:
    project = read_project("/w", text.encode())
    assert project is not None
    assert project.faults == (fault,)
    assert project.scopes == ()


def test_one_wrong_scope_leaves_the_others() -> None:
    project = read_project("/w", b"[tool.hpman]\nscopes = {a = 1, b = '*.py', c = '[z-a]'}")
    assert project is not None
    assert [scope.name for scope in project.scopes] == ["b"]
    assert len(project.faults) == 2


@pytest.mark.parametrize("data", [b"", b"[project]\nname = 'hpman'", b"[tool.ruff]\n# hpman"])
def test_a_pyproject_without_our_table_says_nothing(data: bytes) -> None:
    assert read_project("/w", data) is None


def test_severities_of_a_project_are_read_and_wrong_ones_are_faults() -> None:
    table = '[tool.hpman.diagnostics]\nunused = "off"\nother = 3\n'
    project = read_project("/w", table.encode())
    assert project is not None
    assert project.severities == (("unused", "off"),)
    assert project.faults == ("[tool.hpman.diagnostics] other must be a severity, as a string",)
    assert project.text == table
    wrong = read_project("/w", b"[tool.hpman]\ndiagnostics = 'off'")
    assert wrong is not None
    assert wrong.faults == ('[tool.hpman] diagnostics must be a table: code = "severity"',)


SHARED = """
#- shared/net.py
#- one/pyproject.toml
[tool.hpman.scopes]
one = ["**", "../shared/**"]
#- one/train.py
#- two/main.py
from hpman.m import _
_.parse_file([__file__, "../shared"])
#- three/main.py
import os
from hpman.m import _
_.parse_file(os.path.join(os.path.dirname(__file__), "..", "shared"))
#- nested/pyproject.toml
#- nested/a.py
#- nested/inner/setup.py
#- nested/inner/b.py
"""


def of_roots(path: str, *roots: str) -> list[str]:
    """Give the scopes of a file where several folders are open, as `kind name`."""
    at = fixture(SHARED)
    snapshot = snapshot_of(at.files, [f"/w/{root}" for root in roots])
    found = snapshot.scopes.of(f"/w/{path}", "_").scopes
    return sorted(f"{scope.kind} {scope_name(snapshot, scope)}" for scope in found)


def test_a_shared_library_is_in_the_scope_of_each_program_unless_a_project_says_where_it_is() -> None:
    assert of_roots("shared/net.py", "two", "three", "shared") == [
        "inferred three/main.py",
        "inferred two/main.py",
    ]
    assert scopes(SHARED, "shared/net.py") == ["explicit one"]


def test_scopes_reach_from_one_workspace_folder_into_another() -> None:
    assert of_roots("shared/net.py", "one", "shared") == ["explicit one"]
    assert of_roots("shared/net.py", "shared", "nested") == ["default shared"]


def test_a_project_in_a_project_is_one_of_its_own() -> None:
    assert scopes(SHARED, "nested/a.py") == ["default nested"]
    assert scopes(SHARED, "nested/inner/b.py") == ["default nested/inner"]
    assert of_roots("nested/inner/b.py", "nested", "nested/inner") == ["default inner"]


def test_a_path_of_a_program_is_looked_for_in_its_own_workspace_folder() -> None:
    text = """
    #- one/run/main.py
    from hpman.m import _
    _.parse_file("lib")
    #- one/lib/a.py
    #- two/lib/b.py
    """
    snapshot = snapshot_of(fixture(text).files, ["/w/one", "/w/two"])
    kinds = [
        {scope.kind for scope in snapshot.scopes.of(f"/w/{path}", "_").scopes}
        for path in ("one/lib/a.py", "two/lib/b.py")
    ]
    assert kinds == [{"inferred"}, {"default"}]
