"""The editor marks exactly those keys of a value file that `load_values` refuses, for the same reasons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hpman import HpmanError, HyperParameterManager, ValueFileError
from hpman_lsp.features.diagnostics import diagnostics
from tests.lsp.workspace.fixtures import snapshot_of

PROJECT = '[tool.hpman]\nvalue-files = ["*.yaml"]\n'
CODES = ("unknown-name", "value-not-of-type", "duplicate-key", "leaf-and-branch")
Told = set[tuple[int, int, str]]

NAMES = ["steps", "optim", "optim.lr", "optim.lr.x", "optim.adam.eps", "free"]
DEFAULTS = ["10", "0.5", "'a'", "None", "[1]", "{'x': 1, 'in': {'y': None}}", "today()"]
CALLS = [
    *(f"_({name!r}, {default})" for name in NAMES for default in DEFAULTS),
    *(f"_({name!r})" for name in NAMES),
]
SCALARS: st.SearchStrategy[object] = st.sampled_from([None, 1, 0.5, True, "a", [], [1], {}])
KEYS = st.sampled_from(
    [*NAMES, "x", "lr", "in", "in.y", "steps.x", "free.x", "free.in.y.z", "optim.in.z", "stepz"]
)
VALUES = st.recursive(SCALARS, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=4)


@settings(max_examples=300, deadline=None)
@given(
    calls=st.lists(st.sampled_from(CALLS), max_size=4, unique=True),
    entries=st.lists(st.tuples(KEYS, VALUES), max_size=4),
)
@example(calls=["_('steps', 10)"], entries=[("steps.x", 1)])
@example(calls=["_('steps', None)"], entries=[("steps.x", 1)])
@example(calls=["_('optim.lr', 1)"], entries=[("optim", 1)])
@example(calls=["_('optim.lr', 1)"], entries=[("optim", {})])
@example(calls=["_('optim.lr', 1)", "_('optim')"], entries=[("optim", None)])
@example(calls=["_('optim.lr', 1)", "_('optim')"], entries=[("optim", {"__is_dict__": True, "lr": 2})])
def test_the_editor_marks_what_the_library_refuses(
    calls: list[str], entries: list[tuple[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    code = "\n".join(["from hpman.m import _", *calls, ""])
    values = "".join(f"{json.dumps(key)}: {json.dumps(value)}\n" for key, value in entries)
    manager = HyperParameterManager("_")
    try:
        manager.parse_source(code)
    except HpmanError:
        return  # a program that does not run takes no values
    if calls:  # where there are no names, none is called unknown
        path = tmp_path_factory.getbasetemp() / "run.yaml"
        path.write_text(values, encoding="utf-8")
        assert marked(code, values) == refused(manager, path)


def refused(manager: HyperParameterManager, path: Path) -> Told:
    try:
        manager.load_values(path)
    except ValueFileError as error:
        return {(one.line, one.column, one.code) for one in error.faults if one.code in CODES}
    return set()


def marked(code: str, values: str) -> Told:
    snapshot = snapshot_of({"/w/pyproject.toml": PROJECT, "/w/main.py": code, "/w/run.yaml": values})
    found = [one for one in diagnostics(snapshot, "/w/run.yaml") if one.code in CODES]
    places = [snapshot.value_files["/w/run.yaml"].lines.position(one.span.start, "utf-32") for one in found]
    return {(line + 1, column + 1, one.code) for (line, column), one in zip(places, found, strict=True)}
