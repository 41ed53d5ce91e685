"""Places of TOML keys. The oracle is the reader itself: what stands at a value's place reads as the value."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpman_lsp.text.toml import Path, places

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TEXT = """\
# [tool.hpman] in a comment
title = "a # b" # c
[tool.hpman]
exclude = [
    "a",  # the first
    'b]', \"""c
]\""",
]
"quoted key".'lit' = {x = 1, y = [2, {z = 3}]}
inlay-hints.enabled = true
[tool.hpman . scopes]
train = ["train.py", "lib/**"]
when = 1979-05-27 07:32:00
[[tool.list]]
a = 1
[[tool.list]]
a = 2
[tool.list.below]
b = -1_000.5
"""


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def check(text: str) -> None:
    found = places(text)
    for path, value in leaves(tomllib.loads(text)):
        assert tomllib.loads(f"v = {text[slice(*found[path].value)]}") == {"v": value}


def test_every_value_stands_at_its_place() -> None:
    check(TEXT)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("tool", "hpman"), "hpman"),
        (("tool", "hpman", "exclude"), "exclude"),
        (("tool", "hpman", "exclude", 0), '"a"'),
        (("tool", "hpman", "quoted key"), '"quoted key"'),
        (("tool", "hpman", "quoted key", "lit", "y", 1, "z"), "z"),
        (("tool", "hpman", "inlay-hints", "enabled"), "enabled"),
        (("tool", "hpman", "scopes"), "scopes"),
        (("tool", "list", 1, "a"), "a"),
    ],
)
def test_every_key_stands_at_its_place(path: Path, key: str) -> None:
    assert TEXT[slice(*places(TEXT)[path].key)] == key


KEYS = st.sampled_from(["a", "b-c", '"d e"', "'f.g'", r'"h\"i"', "1"])
SCALARS = st.sampled_from(["1", "true", '"x, y]"', "'#'", "1.5e3", '"""\nm"""', "2020-01-01", "''"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: f"[ {' , '.join(some)} ]"),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda some: "{" + ", ".join(f"{key} = {value}" for key, value in some.items()) + "}"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(KEYS, st.dictionaries(KEYS, VALUES, max_size=4)), max_size=3, unique_by=lambda t: t[0])
)
def test_any_document_has_its_values_at_their_places(tables: list[tuple[str, dict[str, str]]]) -> None:
    check(
        "".join(
            f"[t.{name}] # x\n" + "".join(f"{key} = {value}\n" for key, value in table.items())
            for name, table in tables
        )
    )


@given(st.text(alphabet="[]{}=\"'.,#\n ab\\", max_size=40))
def test_no_text_is_too_broken(text: str) -> None:
    assert isinstance(places(text), dict)
