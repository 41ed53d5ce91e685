"""Runs the examples of docs/compilers.md."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "compilers.md").read_text(encoding="utf-8")


def check(heading: str) -> None:
    """Compare what the statements of a section's example give with the comments behind them."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    (example,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    lines, namespace, compared = example.splitlines(), {"__name__": "example"}, 0
    for statement in ast.parse(example).body:
        said = re.search(r"  # ([\d.]+)", lines[(statement.end_lineno or 1) - 1])
        if isinstance(statement, ast.Expr) and said is not None:
            assert said[1] == repr(evaluated(statement.value, namespace)), lines[statement.lineno - 1]
            compared += 1
        else:
            exec(compile(ast.Module([statement], []), "compilers.md", "exec"), namespace)
    assert compared > 1


def evaluated(expression: ast.expr, namespace: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(expression), "compilers.md", "eval"), namespace)
