"""Files that are parsed again: what they had goes, what they have comes, and nothing else is touched."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman import DoubleAssignmentException, HpmanError, HyperParameterManager

FILES = st.sampled_from(["a.py", "b.py", "<unknown>"])
NAMES = st.sampled_from(["x", "x.y", "x.y.z", "w.v", "w", "u"])
CALLS = st.lists(st.tuples(NAMES, st.sampled_from(["", ", 1", ", {'y': 2}"])), max_size=4)
STEPS = st.lists(
    st.tuples(st.just("parse"), FILES, CALLS)
    | st.tuples(st.sampled_from(["set", "call"]), NAMES, st.just(3)),
    max_size=8,
)


@given(STEPS)
def test_what_is_known_by_name_is_what_the_rows_say(steps: list[tuple[str, str, Any]]) -> None:
    manager = HyperParameterManager("_")
    for kind, subject, more in steps:
        with suppress(HpmanError):
            if kind == "parse":
                text = "\n".join(f"_({name!r}{default})" for name, default in more)
                manager.parse_source(text, subject)
            elif kind == "set":
                manager.set_value(subject, more)
            else:
                manager(subject, more)
        before = known(manager)
        manager._store.row_changed()  # derives all of it anew
        assert before == known(manager)
    numbers = [row.index for row in manager.db]
    assert numbers == sorted(set(numbers))


def known(manager: HyperParameterManager) -> object:
    store = manager._store
    store.synchronize()
    rows = {name: list(map(id, rows)) for name, rows in store.by_name.items()}
    return rows, {name: set(parts) for name, parts in store.branches.items() if parts}, manager.get_values()


def test_a_file_that_is_parsed_again_has_its_new_rows_last(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a", 1)\n_("b", 2)', "one.py").parse_source('_("c", 3)\n_("b")', "two.py")
    manager.set_value("s", 0).parse_source('_("b", 4)', "one.py")
    assert [(row.name, row.filename) for row in manager.db] == [
        ("c", "two.py"), ("b", "two.py"), ("s", "<unknown>"), ("b", "one.py"),
    ]  # fmt: skip
    assert manager.get_values() == {"c": 3, "b": 4, "s": 0}
    assert not manager.exists("a")


def test_rows_that_somebody_numbered_anew_are_found(manager: HyperParameterManager) -> None:
    manager.parse_source('_("a", 1)\n_("b", 2)', "one.py").parse_source('_("c", 3)', "two.py")
    for row in manager.db:
        row.index = 7 - row.index
    assert manager.parse_source("", "one.py").get_values() == {"c": 3}
    assert [row.name for row in manager.db] == ["c"]


def test_a_folder_that_is_parsed_again_after_a_file_was_renamed_has_no_duplicate(
    manager: HyperParameterManager, tmp_path: Path
) -> None:
    (tmp_path / "pkg" / "sub").mkdir(parents=True)
    (tmp_path / "pkg" / "sub" / "a.py").write_text('_("lr", 1)')
    (tmp_path / "pkg" / "b.py").write_text('_("gone", 2)')
    manager.parse_file(tmp_path / "pkg")
    (tmp_path / "pkg" / "sub" / "a.py").rename(tmp_path / "pkg" / "renamed.py")
    (tmp_path / "pkg" / "b.py").unlink()
    manager.parse_file([os.fspath(tmp_path / "pkg")])
    assert manager.get_values() == {"lr": 1}
    assert {Path(row.filename).name for row in manager.db} == {"renamed.py"}


def test_what_is_not_in_the_folder_or_was_not_read_from_it_stays(
    manager: HyperParameterManager, tmp_path: Path
) -> None:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg2.py").write_text('_("beside", 1)')
    manager.parse_file(tmp_path / "pkg2.py").parse_source(
        '_("given", 2)', os.fspath(tmp_path / "pkg" / "no.py")
    )
    (tmp_path / "pkg2.py").unlink()
    assert manager.parse_file(tmp_path / "pkg").get_values() == {"beside": 1, "given": 2}


def test_a_file_that_is_gone_stays_where_the_rest_is_refused(
    manager: HyperParameterManager, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text('_("lr", 1)')
    manager.parse_file(tmp_path)
    (tmp_path / "a.py").unlink()
    (tmp_path / "b.py").write_text('_("n", 1); _("n", 2)')
    with pytest.raises(DoubleAssignmentException):
        manager.parse_file(tmp_path)
    assert manager.get_values() == {"lr": 1}


@pytest.mark.parametrize("is_on", [True, False])
def test_the_garbage_collector_is_afterwards_as_it_was(manager: HyperParameterManager, is_on: bool) -> None:
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        manager.parse_source("_('a', 1)")
        with pytest.raises(HpmanError):
            manager.parse_source("_('a', 1)")
        assert gc.isenabled() == is_on
    finally:
        (gc.enable if was_on else gc.disable)()
