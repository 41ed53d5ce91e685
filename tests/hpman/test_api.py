"""All names of both earlier generations are there, take what they took, and have an example in the README."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import hpman
from hpman import hpm_db

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = "\n".join(
    re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
)

# As users call them: required and optional parameters, by the names that they may be given by.
METHODS = {
    hpman.HyperParameterManager: """
        __init__(placeholder, separator) parse_file(path) parse_source(source, filename) exists(hp_name)
        get_value(name, raise_exception) get_occurrence_of_value(name) get_occurrence(name) get_values() get_nodes()
        get_tree(prefix, annotate_dict) set_tree(tree_values, prefix) set_value(name, value) set_values(values)
        __call__(hp_name, hp_value)""",
    hpman.HyperParameterDB: """
        copy() group_by(column) indexing(idx) select(where) count(where) extract_column(column) choose_columns(columns)
        apply(func) reduce(func, initial) empty() sorted(key, reverse) any(func) all(func) find_first(where)
        format_occurrence(occurrence) push_occurrence(occurrence, source_helper)""",
    hpman.HyperParameterDBLambdas: """
        value_priority(row) order_by(column) has_default_value(row) exist_attr(attr) of_name(name) of_name_prefix(prefix)
        of_name_suffix(suffix) of_value(value) of_priority(priority) apply_column(column, func) land(args) lor(args)
        lnot(func)""",
    hpman.HyperParamNode: "__init__(name) push(occ) get() format_occurrence(occurrence) __len__()",
    hpman.HyperParamTree: """
        __init__(separator, name) flatten() count() is_leaf() is_branch() is_valid(strict) tree_values(annotate_dict)
        validate() push_occurrence(occurrence, source_helper) get(key) __setitem__(key, value)""",
    hpman.SourceHelper: """
        __init__(source) from_file(path) format_lines(from_line, to_line, lineno, indent_spaces)
        format_line_with_context(lineno, before, after) format_given_filename_and_lineno(filename, lineno)
        format_given_source_and_lineno(source, lineno)
        format_given_filename_and_source_and_lineno(filename, source, lineno, indent_spaces)
        format_given_filepath_and_lineno(path, lineno)""",
}
ATTRIBUTES = {
    hpman.HyperParameterManager("_"): "placeholder separator db tree",
    hpman.HyperParamNode("a"): "name db value empty",
    hpman.HyperParamTree(): "sep name children node empty DICT_ANNOTATION",
    hpman.SourceHelper(""): "source lines",
    hpman.HyperParameterPriority: """
        PRIORITY_PARSED_FROM_SOURCE_CODE PRIORITY_SET_FROM_CALLABLE PRIORITY_SET_FROM_SETTER""",
}
ROW = "name value filename lineno ast_node hints priority has_default_value value_priority"
CLASSES = """
    DoubleAssignmentException NotLiteralNameException NotLiteralEvaluable EmptyValue ImpossibleTree SourceHelper
    HyperParameterManager HyperParameterDB HyperParameterOccurrence HyperParamNode HyperParamTree"""
TOLD_IN_PROSE = {"EmptyValue", "ImpossibleTree", "NotLiteralEvaluable", "lines", "source", "value_priority"}

CALLS = [
    (kind, name, parameters.split(", ") if parameters else [])
    for kind, text in METHODS.items()
    for name, parameters in re.findall(r"(\w+)\(([^)]*)\)", text)
]


@pytest.mark.parametrize(
    ("kind", "name", "parameters"), CALLS, ids=[f"{kind.__name__}.{name}" for kind, name, _ in CALLS]
)
def test_a_method_takes_its_arguments_in_order_and_by_name(
    kind: type, name: str, parameters: list[str]
) -> None:
    taken = [one for one in inspect.signature(getattr(kind, name)).parameters.values() if one.name != "self"]
    assert [one.name for one in taken][: len(parameters)] == parameters or set(parameters) <= {
        one.name for one in taken
    }
    assert all(
        one.default is not one.empty or one.kind in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
        for one in taken
        if one.name not in parameters
    ), "a parameter that nobody gave before must not be needed"


@pytest.mark.parametrize(("thing", "names"), ATTRIBUTES.items(), ids=lambda one: type(one).__name__)
def test_attributes_are_there(thing: object, names: str) -> None:
    assert [name for name in names.split() if not hasattr(thing, name)] == []


def test_a_row_has_its_columns_as_attributes_and_items() -> None:
    row = hpman.HyperParameterManager("_").parse_source("_('a', 1)").db[0]
    assert [name for name in ROW.split() if not hasattr(row, name)] == []
    assert {*ROW.split()} - {*row} == {"has_default_value", "value_priority"}


def test_every_name_has_an_example_in_the_readme() -> None:
    named = {name for text in (*METHODS.values(), CLASSES) for name in re.findall(r"(\w+)(?=[\s(]|$)", text)}
    named |= {name for text in ATTRIBUTES.values() for name in text.split()}
    named = {name for name in named if not name.startswith("__")} - TOLD_IN_PROSE
    assert [name for name in sorted(named) if re.search(rf"\b{name}\b", EXAMPLES) is None] == []


def test_short_names_are_the_classes() -> None:
    assert hpm_db.L is hpman.HyperParameterDBLambdas
    assert hpm_db.P is hpman.HyperParameterPriority
