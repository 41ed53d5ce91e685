"""Where an expression stands, for those who evaluate it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .module import Module, Part
from .values import UNKNOWN, Value


class Environment(NamedTuple):
    """The place of an expression.

    node: it, or what is around it.
    given: what names stand for here alone: parameters of a call that is looked into, variables of comprehensions.
    depth: how much deeper names and calls are followed; beyond it nothing is known.
    form: evaluates an expression in an environment.
    """

    module: Module
    part: Part
    node: ast.AST
    given: Mapping[str, Value]
    depth: int
    form: Callable[[ast.expr, Environment], Value]

    def value(self, node: ast.expr) -> Value:
        """Return what an expression in this environment may be."""
        return self.form(node, self._replace(depth=self.depth - 1)) if self.depth > 0 else UNKNOWN

    def at(self, node: ast.AST, part: Part | None = None) -> Environment:
        """Return the environment of another node, of which nothing is given."""
        return self._replace(part=part or self.part, node=node, given={}, depth=self.depth - 1)

    def within(self, node: ast.AST) -> Environment:
        """Return the environment of another node of the same function."""
        return self._replace(node=node, depth=self.depth - 1)

    def with_given(self, given: Mapping[str, Value]) -> Environment:
        """Return this environment with more names."""
        return self._replace(given={**self.given, **given})
