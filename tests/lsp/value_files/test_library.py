"""The library's values in YAML: what PyYAML reads and writes, with the library's own checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hpman import HyperParameterManager, MissingPackageError, UnsavableError, ValueFileError

SOURCE = """
_("lr", 1e-3)
_("betas", (0.9, 0.99))
_("name", "run")
_("optim.kind", "adam")
_("optim.decay", 0.1)
_("options", {"x": 1})
_("free", None)
"""


def manager(source: str = SOURCE) -> HyperParameterManager:
    return HyperParameterManager("_").parse_source(source)


def loaded(tmp_path: Path, text: str | bytes, **allowed: bool) -> HyperParameterManager:
    path = tmp_path / "values.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return manager().load_values(path, **allowed)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("lr: 1e-5", {"lr": 1e-5}),
        ("lr: 1", {"lr": 1.0}),
        ("betas: [0.5, 1]", {"betas": (0.5, 1)}),
        ("betas: !!python/tuple [0.5, 1]", {"betas": (0.5, 1)}),
        ("name: 2024-01-01", {"name": "2024-01-01"}),
        ("name: |\n  two\n  lines\n", {"name": "two\nlines\n"}),
        ("optim: {kind: sgd, decay: 0}", {"optim.kind": "sgd", "optim.decay": 0.0}),
        ("optim.kind: sgd\noptim: {decay: 0}", {"optim.kind": "sgd", "optim.decay": 0.0}),
        ("options: {y: 2}", {"options": {"y": 2}}),
        ("options: {__is_dict__: true, y: 2}", {"options": {"y": 2}}),
        ("free: !!set {a, b}", {"free": {"a", "b"}}),
        ("free: !!binary aGk=", {"free": b"hi"}),
        ("free: !!python/complex 1+2j", {"free": 1 + 2j}),
        ("free: {1: [~, yes]}", {"free": {1: [None, True]}}),
        (
            "optim: &o {kind: a}\nfree: {<<: *o, decay: 1}",
            {"optim.kind": "a", "free": {"kind": "a", "decay": 1}},
        ),
        ("free: &f [1]\noptions: {x: *f}", {"free": [1], "options": {"x": [1]}}),
        ("", {}),
        ("# nothing\n---\n", {}),
        (b"\xef\xbb\xbflr: 2", {"lr": 2.0}),
        ("lr: 2".encode("utf-16"), {"lr": 2.0}),
    ],
)
def test_values_are_read(text: str | bytes, values: dict[str, object], tmp_path: Path) -> None:
    changed = loaded(tmp_path, text).get_values()
    assert changed == manager().get_values() | values
    assert [type(changed[name]) for name in values] == [type(value) for value in values.values()]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: no", "1:7: `name` takes a str like its default 'run', not the bool `no`: put it in quotes"),
        ("lr:", "1:4: `lr` takes a float like its default 0.001, not the NoneType"),
        ("lr: 0.1.2", "not the str `0.1.2`"),
        ("on: 1", "1:1: `on` is read as bool, and a name is text: put it in quotes"),
        ("lrr: 1", "1:1: `lrr`: nothing that was parsed or has run uses this name; did you mean `lr`?"),
        ("lr: 1\nlr: 2", "2:1: `lr` is twice in this mapping"),
        ("free: !!python/object/apply:os.system [x]", "1:39: `free` has a value that is no plain data"),
        ("free: !mine x", "`free` has a value that is no plain data"),
        ("lr: [1", "not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'"),
        ("lr: 1\n---\nlr: 2", "3:1: a second document: which one is meant?"),
        ("free: *nothing", "1:7: `*nothing` stands for nothing: there is no such anchor"),
        ("free: &a [*a]", "1:11: `*a` is inside of what it stands for"),
        ("free: " + "[" * 200, "nested more than 100 levels deep"),
        ("- lr", "1:1: a file of values has names at its top"),
        (b"lr: \xff", "line 1 is not utf-8"),
        ("lr: \x01", "1:5: not valid YAML: "),
        ("<<: 1", "1:1: `<<` takes a mapping, or a list of mappings"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str | bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueFileError) as caught:
        loaded(tmp_path, text)
    assert message in str(caught.value)


def test_an_alias_bomb_ends_with_an_error(tmp_path: Path) -> None:
    levels = [f"l{at}: &l{at} [{', '.join([f'*l{at - 1}'] * 10)}]" for at in range(1, 20)]
    text = "\n".join(["l0: &l0 [x]", *levels, "free: *l19"])
    with pytest.raises(ValueFileError, match="`free` has a value that is no plain data"):
        loaded(tmp_path, text, allow_unknown=True)


def test_a_bomb_of_mappings_ends_with_an_error(tmp_path: Path) -> None:
    levels = [
        f"l{at}: &l{at} {{{', '.join(f'k{key}: *l{at - 1}' for key in range(10))}}}" for at in range(1, 9)
    ]
    with pytest.raises(ValueFileError, match="too many names"):
        loaded(tmp_path, "\n".join(["l0: &l0 {x: 1}", *levels]), allow_unknown=True)


def test_what_is_saved_is_what_other_readers_of_yaml_read(tmp_path: Path) -> None:
    path = tmp_path / "values.yml"
    manager().save_values(path)
    assert path.read_text() == (
        "lr: 0.001\nbetas: [0.9, 0.99]\nname: run\noptim.kind: adam\noptim.decay: 0.1\noptions: {x: 1}\nfree: null\n"
    )
    assert yaml.safe_load(path.read_text())["betas"] == [0.9, 0.99]


def test_a_set_is_written_in_one_order(tmp_path: Path) -> None:
    path = tmp_path / "values.yaml"
    manager("_('a', {'z', 'b', 'y', 1})").save_values(path)
    assert path.read_text() == "a: !!set {1: null, b: null, y: null, z: null}\n"


def test_a_run_saved_by_hpargparse_is_read(tmp_path: Path) -> None:
    text = yaml.dump({"betas": (0.9, 0.5), "lr": 0.1, "free": {1, 2}})
    assert "!!python/tuple" in text
    assert loaded(tmp_path, text).get_values() == manager().get_values() | {
        "betas": (0.9, 0.5), "lr": 0.1, "free": {1, 2},
    }  # fmt: skip


def test_without_its_package_yaml_is_refused_and_json_works(tmp_path: Path) -> None:
    program = """
import sys; sys.modules["yaml"] = None
from hpman.m import _
_.parse_source("_('a', 1)").save_values("v.json").load_values("v.json")
_.save_values("v.yaml")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (
        f"{MissingPackageError.__name__}: YAML needs PyYAML: python -m pip install 'hpman[yaml]'"
        in done.stderr
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["v.json"]


part = st.text(min_size=1, max_size=8).filter(lambda text: "." not in text)
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
    | st.complex_numbers(allow_nan=False)
)  # fmt: skip
keys = scalars | st.tuples(scalars, scalars)
literals = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(keys, inner) | st.sets(keys),
    max_leaves=8,
)
names = st.lists(st.lists(part, min_size=1, max_size=3).map(".".join), max_size=4, unique=True)


def defined(values: dict[str, object]) -> HyperParameterManager:
    """By calls: a literal in a source cannot be every value (`inf` is a name there)."""
    made = HyperParameterManager("_")
    for name, value in values.items():
        made(name, value)
    return made


def exactly(value: object) -> object:
    """Give what is equal for values that are the same in all but the order of sets: 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return dict, [(exactly(key), exactly(item)) for key, item in value.items()]
    if isinstance(value, (list, tuple)):
        return type(value), [exactly(item) for item in value]
    if isinstance(value, set):
        return set, sorted(map(repr, map(exactly, value)))
    return type(value), repr(value)


@pytest.mark.parametrize("loader", ["libyaml", "python"])
@given(st.data())
def test_literals_that_are_saved_and_loaded_are_the_same(
    loader: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / f"{loader}.yaml"
    taken: dict[str, object] = {}
    for name in data.draw(names):
        if not any(f"{one}.".startswith(f"{name}.") or name.startswith(f"{one}.") for one in taken):
            taken[name] = data.draw(literals)
    with pytest.MonkeyPatch.context() as patch:
        if loader == "python":
            patch.delattr(yaml, "CSafeLoader", raising=False)
        try:
            defined(taken).save_values(path)
        except UnsavableError as error:
            assert all(
                "half a character" in reason or "a mark" in reason for reason in error.reasons.values()
            )
        else:
            again = defined(taken).load_values(path).get_values()
            assert {name: exactly(value) for name, value in again.items()} == {
                name: exactly(value) for name, value in taken.items()
            }


@given(st.dictionaries(part, literals, max_size=3))
def test_values_that_nothing_defines_are_the_same_again(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    path = tmp_path_factory.getbasetemp() / "unknown.yaml"
    try:
        manager("").set_values(values).save_values(path)
    except UnsavableError:
        return
    assert manager("").load_values(path, allow_unknown=True).get_values() == values


def test_a_branch_that_is_read_as_a_whole_is_still_a_branch(tmp_path: Path) -> None:
    path = tmp_path / "values.yaml"
    path.write_text("model: {depth: 8}")
    one = manager('_("model.depth", 4); print(_("model"))').load_values(path)
    assert one.get_values() == {"model.depth": 8}
