"""The list of all hyperparameters, the uses of one, and their values as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from hpman import HyperParameterManager
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.features.report import report
from hpman_lsp.features.saved_values import saved_values
from hpman_lsp.features.uses import uses
from hpman_lsp.workspace.index.index import Key
from hpman_lsp.workspace.programs.scopes import Scope
from hpman_lsp.workspace.questions.describe import scope_name, shown_value
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.features.checking import IMPORT
from tests.lsp.workspace.fixtures import ROOT, fixture, short


def listed(text: str) -> list[str]:
    """Give `scope manager name = value uses problems` for each."""
    snapshot = fixture(text).snapshot
    return [
        f"{scope_name(snapshot, scope.scope)} {manager.manager} {entry.symbol.key.name}"
        f" = {shown_value(entry.value)} {len(entry.symbol.uses)} {' '.join(entry.problems)}".strip()
        for scope in report(snapshot, partial(diagnostics, snapshot))
        for manager in scope.managers
        for entry in manager.entries
    ]


def default_scope(folder: str = ROOT) -> Scope:
    return Scope("default", "", folder)


def test_all_names_are_listed_by_scope_manager_and_name() -> None:
    text = """
        #- train/run.py
        from hpman.m import _, hp
        _.parse_file(__file__)
        _("lr", 1e-3); _("lr"); x = hp("depth", 2)
        #- serve.py
        from hpman.m import _
        x = _("port", 80); x = _("lr", 2)
    """
    assert listed(text) == [
        "train/run.py _ lr = 1e-3 2",
        "w _ lr = 2 1",
        "w _ port = 80 1",
        "w hp depth = 2 1",
    ]


def test_a_value_that_is_only_set_is_listed_and_one_that_is_nowhere_is_not_known() -> None:
    text = IMPORT + '_.set_value("a", 1); _("a"); _("b")'
    assert listed(text) == ["w _ a = 1 2", "w _ b = ... 1 missing-default"]


def test_a_problem_belongs_to_the_name_that_it_is_about() -> None:
    text = """
        #- a.py
        from hpman.m import _
        _.parse_file([__file__, "b.py"])
        x = _("outer", _("inner", 1))
        #- b.py
        from hpman.m import _
        _("inner", 2)
    """
    assert [line.split(" ", 2)[2] for line in listed(text)] == [
        "inner = 1 2 duplicate-default",
        'outer = _("inner", 1) 1',
    ]


def test_a_hint_is_no_problem_of_a_name() -> None:
    assert listed(IMPORT + '_("a", 1); x = _("b", f())') == ["w _ a = 1 1", "w _ b = f() 1"]


def test_a_problem_of_a_name_with_a_list_among_its_hints_is_told() -> None:
    text = IMPORT + '_.parse_file(__file__)\n_("a", 1, choices=[1, 2]); _("a", [1])'
    assert ["duplicate-default" in line for line in listed(text)] == [True]


def test_the_uses_of_a_name_are_found_with_their_lines() -> None:
    at = fixture(
        """
        #- a.py
        from hpman.m import _
        x = 1;  _("lr", 1e-3)  # here
        #- b.py
        from hpman.m import _
        if True:
            print(_("lr"))
        """
    )
    found = uses(at.snapshot, default_scope(), Key("_", "lr"))
    assert [(short(one.path), one.kind, one.text) for one in found] == [
        ("a.py", "definition", 'x = 1;  _("lr", 1e-3)  # here'),
        ("b.py", "read", 'print(_("lr"))'),
    ]


def test_a_name_that_is_not_in_the_scope_has_no_uses() -> None:
    snapshot = fixture(IMPORT + '_("lr", 1)').snapshot
    assert uses(snapshot, default_scope(), Key("_", "depth")) == ()
    assert uses(snapshot, default_scope("/elsewhere"), Key("_", "lr")) == ()


def saved(source: str) -> tuple[str, list[str]]:
    found = saved_values(snapshot_with(source), default_scope(), "_")
    return found.text, [f"{one.name}: {one.reason}" for one in found.omitted]


def snapshot_with(source: str) -> Snapshot:
    return fixture(IMPORT + source).snapshot


def test_saved_values_are_what_the_library_loads(tmp_path: Path) -> None:
    source = '_("lr", 1e-3); _("o.name", "adam"); _("sizes", (1, 2)); _("set", {1}); _.set_value("only", None); _("only")'
    text, omitted = saved(source)
    assert omitted == []
    file = tmp_path / "values.yaml"
    file.write_text(text, encoding="utf-8")
    manager = HyperParameterManager("_")
    manager.parse_source(source)
    manager.load_values(file)
    assert manager.get_values() == {
        "lr": 1e-3, "o.name": "adam", "sizes": (1, 2), "set": {1}, "only": None,
    }  # fmt: skip


def test_what_has_no_single_known_value_is_left_out_with_the_reason() -> None:
    text, omitted = saved('_("a"); _("b", 1); _.set_value("b", 2); _("c", f()); _("d", 4); _("e.", 1)')
    assert text == "d: 4\n"
    assert omitted == [
        "a: nothing gives it a value",
        "b: it has several values",
        "c: only running the program can tell its value",
        "e.: `e.` has an empty part: each part between `.` needs a name",
    ]
