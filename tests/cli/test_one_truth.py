"""Command line, server and library read the same facts: names, values, places and problems are the same.

The server is the process that editors start, asked over its pipe.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hpman import HpmanError, HyperParameterManager, ValueFileError
from hpman_lsp.cli import main
from tests.lsp.server.client import Client, at
from tests.lsp.server.harness import write_files

ROOT = Path(__file__).resolve().parents[2]
PROJECT = '[tool.hpman]\nvalue-files = ["values/*"]\n'
HEAD = "from hpman.m import _\n_.parse_file(['a.py', 'b.py'])\n"
SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}
# Diagnostics are asked for, so that there is a moment when all are there; and columns are characters.
CAPABILITIES = {"general": {"positionEncodings": ["utf-32"]}, "textDocument": {"diagnostic": {}}}

Json = dict[str, Any]


class Place(NamedTuple):
    """Line and column from 1."""

    path: str
    line: int
    column: int


class Problem(NamedTuple):
    start: Place
    end: tuple[int, int]
    code: str
    severity: str
    message: str


@pytest.fixture(scope="module")
def server() -> Iterator[Client]:
    """One process, whose workspace is another folder for each tree."""
    with Client() as started:
        started.initialize(capabilities=CAPABILITIES)
        yield started
        assert started.end() == 0


# --- what each of them says


class CommandLine:
    """`hpman` in a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            self.hyperparameters: list[Json] = self._asked("list")["hyperparameters"]
            self.problems = sorted(map(_told, self._asked("check")["problems"]))

    def _asked(self, *arguments: str) -> Json:
        self._capsys.readouterr()
        main((*arguments, "--root", ".", "--format", "json"))
        answer: Json = json.loads(self._capsys.readouterr().out)
        return answer


def _told(one: Json) -> Problem:
    return Problem(
        _at(one), (one["end_line"], one["end_column"]), one["code"], one["severity"], one["message"]
    )


def _at(one: Json) -> Place:
    return Place(one["path"], one["line"], one["column"])


class Server:
    """The server with one folder as its workspace."""

    def __init__(self, client: Client, folder: Path) -> None:
        self._client = client
        self._folder = folder
        self._workspace(added=[folder])

    def close(self) -> None:
        self._workspace(removed=[self._folder])

    def symbols(self) -> list[tuple[str, Place]]:
        found = self._client.ask("workspace/symbol", {"query": ""})
        return sorted((one["name"], self._place(one["location"])) for one in found)

    def references(self, place: Place) -> list[Place]:
        found = self._client.ask(
            "textDocument/references", self._at(place, context={"includeDeclaration": True})
        )
        return sorted(map(self._place, found))

    def hovered(self, place: Place) -> str:
        return str(self._client.ask("textDocument/hover", self._at(place))["contents"]["value"])

    def problems(self) -> list[Problem]:
        files = (path for path in self._folder.rglob("*") if path.is_file())
        return sorted(problem for path in files for problem in self._problems(path))

    def _problems(self, path: Path) -> Iterator[Problem]:
        asked = {"textDocument": {"uri": path.as_uri()}}
        for one in self._client.ask("textDocument/diagnostic", asked)["items"]:
            end = one["range"]["end"]
            place = self._place({"uri": path.as_uri(), "range": one["range"]})
            yield Problem(
                place,
                (end["line"] + 1, end["character"] + 1),
                one["code"],
                SEVERITIES[one["severity"]],
                one["message"],
            )

    def _workspace(self, added: list[Path] | None = None, removed: list[Path] | None = None) -> None:
        some = {"added": added or [], "removed": removed or []}
        event = {
            key: [{"uri": one.as_uri(), "name": one.name} for one in folders] for key, folders in some.items()
        }
        self._client.tell("workspace/didChangeWorkspaceFolders", {"event": event})
        # A rename is answered once everything has been read; there is nothing to rename here.
        self._client.answer(
            self._client.request("textDocument/rename", at(self._folder.as_uri(), 0, 0, newName="x"))
        )

    def _at(self, place: Place, **more: object) -> Json:
        return at((self._folder / place.path).as_uri(), place.line - 1, place.column - 1, **more)

    def _place(self, location: Json) -> Place:
        path = next(one for one in self._folder.rglob("*") if one.as_uri() == location["uri"])
        start = location["range"]["start"]
        return Place(path.relative_to(self._folder).as_posix(), start["line"] + 1, start["character"] + 1)


def compare(folder: Path, client: Client, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Compare what the command line and the server say of a folder; gives what the command line says."""
    ours, server = CommandLine(folder, capsys), Server(client, folder)
    try:
        assert server.problems() == ours.problems
        assert server.symbols() == sorted(
            (one["name"], _at(use)) for one in ours.hyperparameters for use in one["uses"]
        )
        for one in ours.hyperparameters:
            compare_one(one, server)
    finally:
        server.close()
    return ours


def compare_one(one: Json, server: Server) -> None:
    places = sorted(map(_at, (*one["uses"], *one["values"])))
    for place in (places[0], places[-1]):
        assert server.references(place) == places
        hover = server.hovered(place)
        if len(one["defaults"]) == 1:
            assert f"{one['name']}: {one['type']} = {one['source']}" in hover
        for value in one["values"]:
            assert f"{value['source']} in {value['path']}:{value['line']}" in hover.replace("`", "")


# --- real trees


@pytest.mark.parametrize("example", sorted(one.name for one in (ROOT / "examples").iterdir() if one.is_dir()))
def test_for_real_trees_with_value_files_command_line_and_server_agree(
    example: str, tmp_path: Path, server: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / example
    shutil.copytree(ROOT / "examples" / example, folder)
    known = {
        one["name"]: one["value"] for one in CommandLine(folder, capsys).hyperparameters if one["defaults"]
    }
    assert known
    lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in known.items())
    values = {
        "run.yaml": f"# a run\n{lines}",
        "odd.json": json.dumps({name: [1] for name in [*known, "typo", f"{min(known)}.x"]}),
    }
    write_files(
        folder, {"pyproject.toml": PROJECT, **{f"values/{name}": text for name, text in values.items()}}
    )
    ours = compare(folder, server, capsys)
    assert all(len(one["values"]) >= 2 for one in ours.hyperparameters if one["defaults"])
    assert {"unknown-name"} <= {one.code for one in ours.problems}


# --- generated trees

NAMES = st.sampled_from(["lr", "steps", "optim.lr", "optim.eps", "名", "x y"])
VALUES = st.one_of(
    st.integers(-9, 9), st.floats(allow_nan=False, allow_infinity=False), st.text("ab'\"\\é", max_size=3), st.booleans(), st.none(),
    st.lists(st.integers(0, 3), max_size=2), st.tuples(st.integers(0, 3)), st.dictionaries(st.text("ab", max_size=2), st.integers(0, 3), max_size=2),
)  # fmt: skip
CALLS = st.lists(st.tuples(NAMES, st.one_of(st.just("read"), VALUES.map(repr))), max_size=6)
KEYS = NAMES | st.sampled_from(["lrr", "optim", "", "steps.x", "optim.lr.a"])
SETTINGS = st.lists(st.tuples(KEYS, VALUES.map(json.dumps)), max_size=5)


class Tree(NamedTuple):
    """The calls of two files, and the keys of two value files."""

    a: list[tuple[str, str]]
    b: list[tuple[str, str]]
    yaml: list[tuple[str, str]]
    json: list[tuple[str, str]]

    def files(self) -> dict[str, str]:
        return {
            "pyproject.toml": PROJECT,
            "a.py": HEAD + calls(self.a),
            "b.py": "from hpman.m import _\n" + calls(self.b),
            "values/x.yaml": "".join(f"{line}\n" for line in entries(self.yaml)),
            "values/y.json": f"{{{', '.join(entries(self.json))}}}",
        }


def calls(some: list[tuple[str, str]]) -> str:
    lines = (f"_({name!r})" if value == "read" else f"_({name!r}, {value})" for name, value in some)
    return "\n".join([*lines, ""])


def entries(some: list[tuple[str, str]]) -> list[str]:
    return [f"{json.dumps(name)}: {value}" for name, value in some]


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tree=st.builds(Tree, CALLS, CALLS, SETTINGS, SETTINGS))
def test_for_generated_trees_all_three_agree(
    tree: Tree,
    tmp_path_factory: pytest.TempPathFactory,
    server: Client,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path_factory.mktemp("tree")
    write_files(folder, tree.files())
    ours = compare(folder, server, capsys)
    manager = HyperParameterManager("_")
    try:
        manager.parse_file([str(folder / "a.py"), str(folder / "b.py")])
    except HpmanError:
        assert any(one.severity == "error" for one in ours.problems)
        return
    compare_with_library(ours, manager, folder)
    if ours.hyperparameters:  # where there are no names, none is called unknown
        for name in ("values/x.yaml", "values/y.json"):
            compare_values_with_library(ours, manager, folder, name)


def compare_with_library(ours: CommandLine, manager: HyperParameterManager, folder: Path) -> None:
    assert not any(
        one.code in ("duplicate-default", "leaf-and-branch", "name-not-literal", "wrong-arguments")
        for one in ours.problems
        if one.start.path.endswith(".py")
    )
    rows = {(row.name, row.filename, row.lineno) for row in manager.db}
    assert rows == {
        (one["name"], str(folder / use["path"]), use["line"])
        for one in ours.hyperparameters
        for use in one["uses"]
    }
    values = manager.get_values()
    defaults = {one["name"]: one for one in ours.hyperparameters if one["defaults"]}
    assert defaults.keys() == values.keys()
    for name, one in defaults.items():
        assert repr(values[name]) == repr(eval(one["source"], {}))


def compare_values_with_library(
    ours: CommandLine, manager: HyperParameterManager, folder: Path, name: str
) -> None:
    told = shared(
        (one.start.line, one.start.column, one.code) for one in ours.problems if one.start.path == name
    )
    try:
        manager.load_values(folder / name)
    except ValueFileError as error:
        assert shared((one.line, one.column, one.code) for one in error.faults) == told
        return
    assert told == set()
    for one in ours.hyperparameters:
        for value in one["values"]:
            if value["path"] == name:
                assert json.loads(json.dumps(manager.get_value(one["name"]))) == value["value"]


def shared(problems: Iterable[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    """Those that library and editor tell."""
    codes = ("unknown-name", "value-not-of-type", "duplicate-key", "leaf-and-branch")
    return {one for one in problems if one[2] in codes}
