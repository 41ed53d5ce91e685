"""Fixes of what is wrong in value files: their titles, and what they leave."""

from __future__ import annotations

import pytest

from tests.lsp.fixes.fixing import ALWAYS, done, offered, told
from tests.lsp.workspace.fixtures import ROOT, fixture

PROJECT = """
#- pyproject.toml
[tool.hpman]
value-files = ["*.yaml", "*.json"]
#- train.py
from hpman.m import _
_("learning_rate", 1e-3)
_("steps", 100)
_("name", "run")
_("kind", "sgd", choices=["sgd", "adam", "no"])
_("model.depth", 4)
_("flags", [True])
"""


@pytest.mark.parametrize(
    ("values", "fixes"),
    [
        (
            "steps: 1\n$0lerning_rate: 1 # c\n",
            {"Change to `learning_rate`": "steps: 1\nlearning_rate: 1 # c\n", "Remove `lerning_rate` here": "steps: 1\n"},
        ),
        ("$0'lerning_rate': 1\nsteps: 2\n", {"Change to `learning_rate`": "'learning_rate': 1\nsteps: 2\n", "Remove `lerning_rate` here": "steps: 2\n"}),
        ("model:\n  $0dept: 1\n", {"Change to `model.depth`": "model:\n  depth: 1\n"}),
        ("{$0lerning_rate: 1, steps: 2}\n", {"Change to `learning_rate`": "{learning_rate: 1, steps: 2}\n"}),
        ("steps: $0'5'\n", {"Write it as int": "steps: 5\n", "Change to the default": "steps: 100\n"}),
        ("steps: $0[1] # c\n", {"Change to the default": "steps: 100 # c\n"}),
        ("name: $05 # c\n", {"Put `5` in quotes": 'name: "5" # c\n', "Change to the default": "name: run # c\n"}),
        ("kind: $0adm\n", {"Change to 'adam'": "kind: adam\n", "Change to 'sgd'": "kind: sgd\n", "Change to 'no'": 'kind: "no"\n'}),
        (
            "steps: 1\n$0steps: 2\n",
            {"Remove `steps` here": "steps: 1\n", "Remove `steps` in line 1": "steps: 2\n"},
        ),
        ("$0model: 3\nsteps: 1\n", {"Remove `model` here": "steps: 1\n"}),
        ("$01: 2\n", {}),
        ("base: &b\n  x: 1\n<<: *b\n", {}),
    ],
)  # fmt: skip
def test_each_violation_is_mended_as_its_fixes_say(values: str, fixes: dict[str, str]) -> None:
    at = fixture(f"{PROJECT}#- a.yaml\n{values}")
    actions = {title: one for title, one in offered(at).items() if not title.startswith(ALWAYS)}
    assert {title: done(at, one).files[f"{ROOT}/a.yaml"] for title, one in actions.items()} == fixes
    for action in actions.values():
        assert told(done(at, action).files) < told(at.files)


def test_a_fix_in_json_writes_json() -> None:
    at = fixture(PROJECT + '#- a.json\n{"kind": $0"adm"}\n')
    after = done(at, offered(at)["Change to 'adam'"]).files
    assert after[f"{ROOT}/a.json"] == '{"kind": "adam"}\n'


def test_a_key_that_is_no_text_is_quoted() -> None:
    at = fixture('#- pyproject.toml\n[tool.hpman]\nvalue-files = ["*.yaml"]\n#- a.yaml\n$0on: 2\n')
    assert done(at, offered(at)["Put `on` in quotes"]).files[f"{ROOT}/a.yaml"] == '"on": 2\n'
