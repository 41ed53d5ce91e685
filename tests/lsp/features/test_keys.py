"""Names that are keys of dicts and of views are uses like others: counted, found, completed, renamed."""

from __future__ import annotations

import pytest

from hpman_lsp.features.rename import rename
from hpman_lsp.refactoring.renaming import Refusal, Renamed
from tests.lsp.features.checking import IMPORT, check_references, completed, renamed, said
from tests.lsp.workspace.fixtures import fixture

LR = [
    "_.set_values(dict(lr=2))",
    "_.set_values(dict(wd=1, **{'lr': 2}))",
    "_.set_values({key: 2 for key in ('lr',)})",
    "_.set_values({'wd': 1} | {'lr': 2})",
    "_.set_values(dict([('lr', 2)]))",
    "_.set_values({'lr': 2} if x else {})",
    "_.set_tree(dict(lr=2))",
    "_.get_values()['lr']",
    "_.get_values().get('lr')",
    "_.get_values().pop('lr', None)",
    "'lr' in _.get_values()",
    "_.get_tree()['lr']",
    "_.tree['lr'] = 2",
    "_.tree.get('lr')",
    "_.db.count(L.of_name('lr'))",
    "_.db.select(lambda row: row.name == 'lr')",
]


@pytest.mark.parametrize("line", LR)
def test_a_key_is_a_use(line: str) -> None:
    text = f"{IMPORT}x = _('l$0r', 1)\n{line}\n"
    check_references(text, "main.py:2: lr", "main.py:3: lr")
    at = fixture(text)
    assert renamed(at, "rate")[at.path] == f"{IMPORT}x = _('rate', 1)\n{line.replace('lr', 'rate')}\n"


@pytest.mark.parametrize(
    "line",
    [
        "_.get_tree()['optim']['lr']",
        "_.get_tree('optim')['lr']",
        "_.set_tree({'optim': dict(lr=2)})",
        "_.set_tree(dict(optim={'lr': 2}))",
        "_.tree.get('optim').get('lr')",
    ],
)
@pytest.mark.parametrize(("cursor", "new"), [("optim.l$0r", "optim.rate"), ("op$0tim.lr", "solver")])
def test_a_key_in_a_group_is_renamed_piece_by_piece(line: str, cursor: str, new: str) -> None:
    at = fixture(f"{IMPORT}x = _('{cursor}', 1)\n{line}\n")
    old, name = ("lr", "rate") if new == "optim.rate" else ("optim", "solver")
    after = renamed(at, new)[at.path]
    assert after == f"{IMPORT}x = _('{new if '.' in new else new + '.lr'}', 1)\n{line.replace(old, name)}\n"


def test_the_key_of_a_group_can_be_renamed_where_it_stands() -> None:
    at = fixture(f"{IMPORT}x = _('optim.lr', 1)\n_.get_tree()['op$0tim']['lr']\n")
    assert renamed(at, "solver")[at.path] == f"{IMPORT}x = _('solver.lr', 1)\n_.get_tree()['solver']['lr']\n"


@pytest.mark.parametrize("new", ["optim.lr", "learning-rate", "lambda"])
def test_a_keyword_cannot_be_every_name(new: str) -> None:
    at = fixture(f"{IMPORT}x = _('l$0r', 1)\n_.set_values(dict(lr=2))\n")
    found = rename(at.snapshot, at.path, at.offset, new)
    assert isinstance(found, Refusal)
    assert found.message == (
        "main.py:3 has it as a keyword, `lr=`, which the new name cannot be: write a dict with strings first"
    )


def test_a_name_is_completed_in_a_view() -> None:
    assert completed(f"{IMPORT}x = _('optim.lr', 1)\n_.get_values()['op$0']\n", "optim.lr").endswith(
        "_.get_values()['optim.lr']\n"
    )


def test_a_view_of_another_manager_is_its_own() -> None:
    at = fixture("from hpman.m import _, hp\nx = _('l$0r', 1)\nhp.get_values()['lr']\n")
    found = rename(at.snapshot, at.path, at.offset, "rate")
    assert isinstance(found, Renamed)
    assert [len(edits) for edits in found.edits.values()] == [1]


def test_nothing_is_said_of_what_views_are_asked_for() -> None:
    text = f"""{IMPORT}x = _('optim.lr', 1), _('o', {{'lr': 1}})
_.get_values().get('x'), _.tree.get('optim'), _.db.count(lambda row: row.name == 'x')
_.get_tree()['optim'], _.get_tree('optim').get('lr'), _.get_tree()['o']['lr'], _.get_values().pop('y', 1)
"""
    assert said(fixture(text).snapshot) == []


def test_an_item_of_all_values_that_no_name_has_is_missing() -> None:
    text = f"{IMPORT}x = _('lr', 1)\n_.get_values()['lrr'], _.get_tree()['optim']['lr'], _.get_values().pop('wd')\n"
    assert said(fixture(text).snapshot) == [
        "main.py:3 missing-default lrr",
        "main.py:3 missing-default lr",
        "main.py:3 missing-default wd",
    ]
