"""Values that some readers of YAML take for numbers and others for text: the default says which they are here."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hpman import HyperParameterManager, ValueFileError
from hpman.static.facts import NOT_LITERAL
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.workspace.values.files import ValueFile
from tests.lsp.workspace.fixtures import snapshot_of

SOURCE = """
_("text", "x")
_("number", 0.1)
_("count", 1)
_("free", None)
_("words", ["a"])
_("kinds", {"a"})
_("by_word", {"k": "v", "w": 0.1})
_("by_number", {0.001: 1})
"""
FITTING = [
    ("text: 12e4567", {"text": "12e4567"}),
    ("text: 7e4", {"text": "7e4"}),
    ("text: 1e-3", {"text": "1e-3"}),
    ("text: -.5", {"text": "-.5"}),
    ("number: -.5", {"number": -0.5}),
    ("number: +.5", {"number": 0.5}),
    ("number: 1e-3", {"number": 0.001}),
    ("count: 7e4", {"count": 70000}),
    ("free: 1e-3", {"free": 0.001}),
    ("free: 12e4567", {"free": "12e4567"}),  # a commit rather than infinity
    ("words: [1e-3, b, 7e4]", {"words": ["1e-3", "b", "7e4"]}),
    ("kinds: [1e-3, b]", {"kinds": {"1e-3", "b"}}),
    ("by_word: {k: 1e-3, w: 1e-3, new: 1e3}", {"by_word": {"k": "1e-3", "w": 0.001, "new": 1000.0}}),
    ("by_word: {1e-3: 2}", {"by_word": {"1e-3": 2}}),
    ("by_number: {1e-3: 2}", {"by_number": {0.001: 2}}),
]
MISFITS = ["text: 12", "text: 0.5", "count: -.5", "number: 1_0e3", "number: 0o17", "words: 1e-3"]


def loaded(tmp_path: Path, text: str) -> dict[str, object]:
    (tmp_path / "run.yaml").write_text(text)
    return HyperParameterManager("_").parse_source(SOURCE).load_values(tmp_path / "run.yaml").get_values()


def marked(text: str) -> list[str]:
    project = '[tool.hpman]\nvalue-files = ["*.yaml"]\n'
    files = {"/w/pyproject.toml": project, "/w/a.py": "from hpman.m import _\n" + SOURCE, "/w/run.yaml": text}
    return [one.message for one in diagnostics(snapshot_of(files), "/w/run.yaml")]


@pytest.mark.parametrize(("text", "values"), FITTING)
def test_what_readers_differ_about_is_what_the_default_is(
    text: str, values: dict[str, object], tmp_path: Path
) -> None:
    got = loaded(tmp_path, text)
    ((name, value),) = values.items()
    assert (got[name], type(got[name])) == (value, type(value))
    assert marked(text) == []


@pytest.mark.parametrize("text", MISFITS)
def test_what_every_reader_takes_for_another_type_does_not_fit(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueFileError, match="like its default"):
        loaded(tmp_path, text)
    assert len(marked(text)) == 1


def test_a_name_that_looks_like_a_number_to_some_readers_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text("1e-3: 5\n")
    one = HyperParameterManager("_").parse_source('_("1e-3", 1)').load_values(tmp_path / "run.yaml")
    assert one.get_values() == {"1e-3": 5}


@pytest.mark.parametrize(
    "text",
    ["1e-3", "12e4567", "-.5", "+.5", "0o17", "08", "1_0e3", "._5", "0x1F", "1:30", "190:20:30.15", "5."],
)
def test_text_that_a_reader_takes_for_a_number_is_saved_in_quotes(text: str, tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    HyperParameterManager("_").set_value("text", text).set_value("items", [text]).save_values(path)
    assert path.read_text().count(f'"{text}"') + path.read_text().count(f"'{text}'") == 2
    assert yaml.safe_load(path.read_text()) == {"text": text, "items": [text]}


@pytest.mark.parametrize("text", ["run", "e5", "1.2.3", "v1", "12 e4", "deadbeef", "_", "."])
def test_other_text_is_saved_without_quotes(text: str, tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    HyperParameterManager("_").set_value("text", text).save_values(path)
    assert path.read_text() == f"text: {text}\n"


def test_half_a_character_costs_the_value_or_key_that_it_is_in() -> None:
    """An editor may send such text; there are no bytes that it could be read from."""
    file = ValueFile("/w/run.yaml", "lr: 0.1\nx: '\ud800'\n\ud801: 3\nz: 2 # \udfff\n").read()
    assert {entry.name: file.value(entry) for entry in file.named.entries} == {
        "lr": 0.1, "x": NOT_LITERAL, "z": 2,
    }  # fmt: skip
    assert [problem.code for problem in file.named.problems] == ["bad-name"]
    assert not file.is_broken


VALUES = [
    {1: 2}, {"a": {"b.c": 1}}, {"a": {1: 2}}, {}, {"a": {}}, {True: 1}, {(1, 2): 3}, {None: 1}, {"": 1}, {"1e3": "1e3"},
    {"a": [{1: 2}]}, {1, 2}, [{1: {2: 3}}],
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("is_defined", [False, True])
def test_values_come_back_in_a_program_that_knows_nothing_of_them(
    value: object, is_defined: bool, tmp_path: Path
) -> None:
    one, path = HyperParameterManager("_"), tmp_path / "run.yaml"
    one.parse_source(f"_('x', {value!r})") if is_defined else one.set_value("x", value)
    one.save_values(path)
    other = HyperParameterManager("_").load_values(path, allow_unknown=True)
    assert (other("x"), repr(other("x"))) == (value, repr(value))


OF_OMEGACONF = "number: ${oc.env:LR}\ncount: ???\ntext: ${number}\nmode: ${oc.env:MODE}\n"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('_.set_tree(OmegaConf.load("run.yaml"))', 0),
        ("", 0),
        ('_.load_values("run.yaml")', 3),
    ],
)
def test_what_omegaconf_finds_out_is_no_error_where_nothing_loads_values(code: str, told: int) -> None:
    source = f'from hpman.m import _\n{SOURCE}_("mode", "a", choices=["a", "b"])\n{code}\n'
    files = {"/w/pyproject.toml": '[tool.hpman]\nvalue-files = ["*.yaml"]\n', "/w/a.py": source}
    codes = [
        one.code for one in diagnostics(snapshot_of({**files, "/w/run.yaml": OF_OMEGACONF}), "/w/run.yaml")
    ]
    assert sorted(codes) == ["value-not-in-choices", "value-not-of-type", "value-not-of-type"][:told]


@pytest.mark.parametrize("text", ["number: $LR", "number: ????", "number: fast", "number: $ {x}"])
def test_other_text_is_no_interpolation(text: str) -> None:
    assert len(marked(text)) == 1
