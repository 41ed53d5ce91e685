"""CPython's own parser is the judge: what it finds in real files, and in files made up, we find."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from hpman.static.characters.lexer import segments
from hpman.static.characters.search import may_call, may_use
from hpman.static.parser import body_start, parse
from hpman.static.tree.syntax import module
from tests.hpman.static.texts import CANDIDATES, SMALL, chosen, read

PLACES_IN_F_STRINGS = sys.version_info >= (3, 12)


def tree_of(text: str) -> ast.Module | None:
    """What CPython reads; None where it refuses."""
    tree = module(text.removeprefix("\ufeff"))
    return tree if isinstance(tree, ast.Module) else None


def called(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls of a candidate that have an argument; before PEP 701 places in f-strings are wrong."""
    for node in ast.iter_child_nodes(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in CANDIDATES
            and node.args
        ):
            yield node
        if PLACES_IN_F_STRINGS or not isinstance(node, ast.JoinedStr):
            yield from called(node)


def offset(lines: list[str], line: int, column: int) -> int:
    before = "".join(lines[: line - 1])
    return len(before) + len(
        lines[line - 1].encode("utf-8", "surrogatepass")[:column].decode("utf-8", "surrogatepass")
    )


def places(text: str, tree: ast.Module) -> set[tuple[int, int]]:
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text)
    return {
        (
            offset(lines, node.lineno, node.col_offset),
            offset(lines, node.end_lineno or 0, node.end_col_offset or 0),
        )
        for node in called(tree)
    }


@pytest.mark.parametrize("path", chosen(step=60, most=40_000), ids=lambda path: path.name)
def test_the_calls_of_a_real_file_are_those_of_its_syntax_tree(path: Path) -> None:
    text = read(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = tree_of(text)
    if tree is None or text.startswith("\ufeff"):
        return
    facts = parse(text, CANDIDATES)
    found = {tuple(one.call) for one in facts.occurrences}
    expected = places(text, tree)
    assert expected <= found
    assert PLACES_IN_F_STRINGS is False or found == expected
    assert [one for one in facts.problems if one.code == "syntax-error"] == []
    assert all(one.closed for one in segments(text))


@settings(max_examples=200)
@given(text=SMALL)
def test_what_cpython_reads_we_read_without_a_syntax_error(text: str) -> None:
    tree = tree_of(text)
    facts = parse(text, CANDIDATES)
    if tree is not None:
        assert [one.message for one in facts.problems if one.code == "syntax-error"] == []
        assert len(facts.occurrences) >= len(list(called(tree)))


@settings(max_examples=200)
@given(text=SMALL)
def test_statements_tile_the_text(text: str) -> None:
    cut = list(segments(text, body_start(text)))
    assert "".join(text[one.start : one.end] for one in cut) == text[body_start(text) :]


@settings(max_examples=200)
@given(text=SMALL)
def test_a_file_that_the_search_passes_over_calls_nothing(text: str) -> None:
    tree = tree_of(text)
    if tree is not None and any(called(tree)):
        assert may_call(text.encode("utf-8", "surrogatepass"), CANDIDATES)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (b'_("a")', True),
        (b'_ ("a")', True),
        (b'_\\\n("a")', True),
        (b'_\\\r\n("a")', True),
        (b'_\\\r("a")', True),
        (b'(_)("a")', True),
        (b'((\n_ # c\n)\n)("a")', True),
        (b'(_).get_value("a")', True),
        (b'_\n.get_value("a")', True),
        (b'# coding: latin-1\n\xe9 = _("a")', True),
        (b'x._("a")', False),
        (b"for _ in x: f(1)", False),
        (b"__(1)", False),
        (b"_x(1)", False),
        (b"_ = 1; f(2)", False),
        (b"", False),
    ],
)
def test_the_search_over_bytes(text: bytes, answer: bool) -> None:
    assert may_use(text, frozenset({"_"})) is answer
    assert may_call(text, frozenset({"_"})) is (answer and b"get_value" not in text)
