"""Each example of the README's section on the library gives what its comments say."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

import hpman.m
from hpman import HpmanError, HyperParameterManager

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## The library\n")[2].partition("\n## ")[0]
EXAMPLES = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)

if not EXAMPLES:
    pytest.skip("the README has no examples of the library", allow_module_level=True)


@pytest.fixture(autouse=True)
def new_managers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example starts with a manager that knows nothing, in a process that exports nothing."""
    monkeypatch.setattr(hpman.m, "_", HyperParameterManager("_"), raising=False)
    monkeypatch.setenv("HPMAN_VALUES", "{}")
    monkeypatch.chdir(ROOT)


def outcome(statement: ast.stmt, namespace: dict[str, Any]) -> str:
    """What a reader would see of a statement."""
    try:
        if isinstance(statement, ast.Expr):
            return repr(eval(compile(ast.Expression(statement.value), "README.md", "eval"), namespace))
        exec(compile(ast.Module([statement], []), "README.md", "exec"), namespace)
    except HpmanError as error:
        return f"KeyError: {error}" if isinstance(error, KeyError) else repr(error)
    return ""


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_gives_what_its_comments_say(example: str) -> None:
    namespace: dict[str, Any] = {}
    lines = example.splitlines()
    for statement in ast.parse(example).body:
        found = outcome(statement, namespace)
        said = re.search(r"  # (.*)$", lines[(statement.end_lineno or 1) - 1])
        if said is not None and re.match(r"[\d'\[{(<]|True|False|None|Origin|KeyError", said[1]):
            assert said[1].startswith(found)
            assert said[1][len(found) :][:1] in ("", ",", ":")
