"""While a line of a value file is typed, the others keep their values, and nothing is said of what is unsure."""

from __future__ import annotations

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.workspace.values.files import ValueFile
from tests.lsp.workspace.fixtures import ROOT, fixture


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a: 1\nlr\nfoo: 1\n", ["a", "foo"]),
        ("a: 1\nlr\n", ["a"]),
        ("a: 1\nb: [1\nfoo: 1\n", ["a", "foo"]),
        ("m:\n  d: 1\noptim\n  lr: 1\nz: 3\n", ["m.d", "z"]),
        ("m:\n  d: 1\n  lr\n  e: 2\nz: 3\n", ["m.d", "m.e", "z"]),
        ("a: 1\n  lr: 2\nz: 1\n", ["a", "z"]),
        ("a: 1\nz: *x\nq: 1\n", ["a", "q"]),
        ("a: 1\r\nlr\r\nfoo: 1\r\n", ["a", "foo"]),
        ("a: {b: 1\nz: 2\n", ["z"]),
        ('a: 1\nx: "abc\nfoo: 1\n', ["a"]),
    ],
)
def test_the_other_lines_keep_their_values(text: str, names: list[str]) -> None:
    file = ValueFile(f"{ROOT}/a.yaml", text).read()
    assert file.is_broken
    assert [one.name for one in file.named.entries if one.kind == "value"][: len(names)] == names
    for one in file.named.entries:
        assert text[slice(*one.key.span)] == one.key.text


def test_nothing_but_the_fault_is_reported_below_it() -> None:
    project = '#- pyproject.toml\n[tool.hpman]\nvalue-files = ["*.yaml"]\n'
    code = '#- main.py\nfrom hpman.m import _\n_("lr", 1)\n'
    at = fixture(project + code + "#- a.yaml\nfirst: 1\ntyped\nsecond: 2\nlr: x\n")
    found = [(one.code, one.span.start) for one in diagnostics(at.snapshot, f"{ROOT}/a.yaml")]
    assert [code for code, _ in found] == ["unknown-name", "unreadable-values"]
