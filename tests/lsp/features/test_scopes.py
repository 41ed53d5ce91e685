from __future__ import annotations

from hpman_lsp.features.scopes import scopes
from tests.lsp.workspace.fixtures import Fixture, fixture

TREE = """
#- run/train.py
from hpman.m import _, hp
_.parse_file("../lib")
_("steps", 1); hp("own", 1)
#- run/eval.py
from hpman.m import _
_.parse_file(["eval.py", "../lib"])
#- lib/net.py
from hpman.m import _
_("width", 1)
#- lib/plain.py
print()
#- app/pyproject.toml
[tool.hpman.scopes]
app = "**"
#- app/main.py
from hpman.m import _
_("seed", 1)
"""


def told(at: Fixture, path: str) -> list[str]:
    """Give the scopes of a file as `name: reason (managers)`, those that do not parse it with a star."""
    return [
        f"{one.name}{'' if one.parses else '*'}: {one.reason} ({' '.join(one.managers)})"
        for one in scopes(at.snapshot, f"/w/{path}")
    ]


def test_a_library_is_in_the_scope_of_each_program_that_parses_it() -> None:
    assert told(fixture(TREE), "lib/net.py") == [
        "run/eval.py: inferred from _.parse_file(...) in run/eval.py:2 (_)",
        "run/train.py: inferred from _.parse_file(...) in run/train.py:2 (_)",
    ]


def test_a_program_is_in_its_scope_even_if_it_does_not_parse_itself() -> None:
    assert told(fixture(TREE), "run/train.py") == [
        "w: the workspace folder (hp)",
        "run/train.py*: inferred from _.parse_file(...) in run/train.py:2 (_)",
    ]


def test_an_explicit_scope_names_its_file() -> None:
    at = fixture(TREE)
    assert told(at, "app/main.py") == ["app: [tool.hpman] in app/pyproject.toml (_)"]
    assert scopes(at.snapshot, "/w/app/main.py")[0].home == "/w/app/pyproject.toml"


def test_a_file_without_hyperparameters_is_in_the_scope_that_they_would_be_in() -> None:
    assert told(fixture(TREE), "lib/other.py") == ["w: the workspace folder ()"]
    assert told(fixture(TREE), "app/other.py") == ["app: [tool.hpman] in app/pyproject.toml ()"]


def test_an_inferred_scope_points_to_its_call() -> None:
    at = fixture(TREE)
    one = scopes(at.snapshot, "/w/lib/net.py")[1]
    assert at.files[one.home][slice(*one.place)] == '_.parse_file("../lib")'
