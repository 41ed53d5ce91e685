"""Comments to hpman in value files and in pyproject.toml: they do what they do in Python."""

from __future__ import annotations

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from tests.lsp.features.checking import IMPORT
from tests.lsp.fixes.fixing import done, offered
from tests.lsp.workspace.fixtures import fixture

HEAD = f'#- pyproject.toml\n[tool.hpman]\nvalue-files = ["*.yaml", "*.json"]\n#- main.py\n{IMPORT}_("lr", 1)\n#- a.yaml\n'


def told(text: str, path: str) -> list[str]:
    snapshot = fixture(text).snapshot
    return [one.code for one in diagnostics(snapshot, f"/w/{path}")]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ("lrr: 1\n", ["unknown-name"]),
        ("lrr: 1  # hpman: ignore[unknown-name]\n", []),
        ("lrr: it's  # hpman: ignore\n", []),
        ("lrr:\n  - 1\n  - 2 # hpman: ignore\n", ["unknown-name", "unused-ignore"]),
        ("lrr: # hpman: ignore\n  - 1\n", []),
        ("# hpman: ignore-file[unknown-name]\nlrr: 1\nxyz: 2\n", []),
        ("lr: 1  # hpman: ignore[unknown-name]\n", ["unused-ignore"]),
        ("lr: 1  # hpman: ignore[unknown-nam]\n", ["unused-ignore"]),
        ("lrr: 'a # hpman: ignore'\n", ["unknown-name"]),
        ("lrr: |\n  # hpman: ignore-file\n", ["unknown-name"]),
        ("lrr: a#hpman:ignore\n", ["unknown-name"]),
        ("lr: 1  # hpman: uses lr*\n", ["unused-ignore"]),
    ],
)
def test_a_comment_in_a_value_file_silences(values: str, codes: list[str]) -> None:
    assert told(HEAD + values, "a.yaml") == codes


@pytest.mark.parametrize(
    ("project", "codes"),
    [
        ("scope = 1\n", ["bad-configuration"]),
        ("scope = 1  # hpman: ignore[bad-configuration]\n", []),
        ("exclude = [\n  1,  # hpman: ignore\n  2,\n]\n", ["bad-configuration"]),
        ("exclude = ['a']  # hpman: ignore\n", ["unused-ignore"]),
        ("scope = '# hpman: ignore'\n", ["bad-configuration"]),
        ("exclude = ['a']  # hpman: uses lr_*\n", ["unused-ignore"]),
    ],
)
def test_a_comment_in_a_pyproject_silences(project: str, codes: list[str]) -> None:
    assert told(f"#- pyproject.toml\n[tool.hpman]\n{project}", "pyproject.toml") == codes


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"{HEAD}l$0rr: 1\n", "lrr: 1  # hpman: ignore[unknown-name]\n"),
        (f"{HEAD}l$0rr: |\n  a\n", None),
        (f'{HEAD}#- a.json\n{{"l$0rr": 1}}\n', None),
        (
            "#- pyproject.toml\n[tool.hpman]\nsco$0pe = 1",
            "[tool.hpman]\nscope = 1  # hpman: ignore[bad-configuration]",
        ),
    ],
)
def test_the_comment_is_written_where_there_can_be_one(text: str, after: str | None) -> None:
    at = fixture(text)
    (action,) = [one for title, one in offered(at).items() if title.startswith("Ignore")] or (None,)
    assert (None if action is None else done(at, action).files[at.path]) == after


def test_a_comment_in_a_value_file_that_does_nothing_is_removed() -> None:
    at = fixture(f"{HEAD}lr: 1  # hpman: i$0gnore\n")
    assert done(at, offered(at)["Remove this comment"]).files[at.path] == "lr: 1\n"


def test_what_a_value_file_cannot_say_is_told_and_removed() -> None:
    at = fixture(f"{HEAD}lr: 1  # hpman: u$0ses lr*\n")
    assert done(at, offered(at)["Remove this comment"]).files[at.path] == "lr: 1\n"
