"""Completion in value files: names at keys, choices and booleans at values, while the file does not parse."""

from __future__ import annotations

import pytest

from tests.lsp.features.checking import check_completion, completed

PROJECT = """
#- pyproject.toml
[tool.hpman]
value-files = ["*.yaml", "*.json"]
#- train.py
from hpman.m import _
_("lr", 1e-3)
_("model.depth", 4)
_("model.norm", True)
_("kind", "sgd", choices=["sgd", "adam", "no"])
"""
ALL = ('kind = "sgd"', "lr = 1e-3", "model.depth = 4", "model.norm = True")


@pytest.mark.parametrize("values", ["$0", "x: [\nl$0", "# c\n$0\nother: 1", '"$0', "'l$0'", "---\n$0"])
def test_a_key_is_completed_with_the_names_of_the_project(values: str) -> None:
    check_completion(f"{PROJECT}#- a.yaml\n{values}\n", *ALL)


def test_names_that_the_document_has_are_not_offered_again() -> None:
    check_completion(
        PROJECT + "#- a.yaml\nlr: 1\nmodel: {depth: 2}\n$0\n", 'kind = "sgd"', "model.norm = True"
    )


def test_inside_of_a_group_its_names_are_offered() -> None:
    check_completion(
        PROJECT + "#- a.yaml\nlr: 1\nmodel:\n  # c\n  $0\n", "model.depth = 4", "model.norm = True"
    )
    assert completed(PROJECT + "#- a.yaml\nmodel:\n  d$0\n", "model.depth") == "model:\n  depth: \n"


def test_what_is_taken_has_a_colon_where_nothing_follows() -> None:
    assert completed(PROJECT + "#- a.yaml\nl$0\n", "lr") == "lr: \n"
    assert completed(PROJECT + "#- a.yaml\nl$0r: 1\n", "lr") == "lr: 1\n"
    assert completed(PROJECT + "#- a.yaml\n'l$0': 1\n", "lr") == "'lr': 1\n"


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ("kind: $0", ("sgd the default", "adam", '"no"')),
        ("kind: 'a$0'", ("sgd the default", "adam", "no")),
        ("model:\n  norm: t$0", ("true the default", "false")),
        ("model.norm: $0", ("true the default", "false")),
        ("lr: $0", ()),
        ("kind: sgd # $0", ()),
    ],
)
def test_a_value_is_completed_with_choices_and_booleans(values: str, answer: tuple[str, ...]) -> None:
    check_completion(f"{PROJECT}#- a.yaml\n{values}\n", *answer)


def test_a_value_that_is_taken_replaces_what_was_begun() -> None:
    assert completed(PROJECT + "#- a.yaml\nkind: ad$0x # c\n", "adam") == "kind: adam # c\n"


def test_json_is_completed_too() -> None:
    check_completion(PROJECT + '#- a.json\n{\n  "model": {\n    "d$0"\n  }\n}\n', ALL[2], ALL[3])
