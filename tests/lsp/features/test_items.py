"""Items of a dict that is a default have theirs: in hover, completion and rename."""

from __future__ import annotations

import pytest

from hpman_lsp.features.rename import rename
from hpman_lsp.refactoring.renaming import Refusal, Renamed
from tests.lsp.features.checking import IMPORT, check_completion, check_hover, check_rename, renamed
from tests.lsp.workspace.fixtures import fixture

DEFAULT = '_("optimizer", {"lr": 0.1, "adam": {"eps": 1e-8}})'


def test_an_item_has_its_default_from_the_dict() -> None:
    check_hover(
        f"""
        from hpman.m import _
        {DEFAULT}
        _.set_value("optimizer.l$0r", 2)
        """,
        """
        optimizer.lr: float = 0.1

        default in main.py:2, as an item of optimizer
        set to 2 in main.py:3
        1 use in 1 file
        """,
    )


def test_an_item_of_an_item_has_its_default() -> None:
    check_hover(
        f"""
        from hpman.m import _
        _.exists("optimizer.adam.e$0ps")
        {DEFAULT}
        """,
        """
        optimizer.adam.eps: float = 1e-8

        default in main.py:3, as an item of optimizer
        1 use in 1 file
        """,
    )


def test_what_the_dict_has_not_got_has_no_default() -> None:
    check_hover(
        f'{IMPORT}{DEFAULT}\n_.get_value("optimizer.mom$0entum")',
        """
        optimizer.momentum

        no default, and nothing sets it
        1 use in 1 file
        """,
    )


def test_completion_tells_the_default_of_an_item() -> None:
    check_completion(
        f'{IMPORT}{DEFAULT}\n_.set_value("optimizer.lr", 2)\n_.get_value("optimizer.$0")',
        'optimizer = {"lr": 0.1, "adam": {"eps": 1e-8}}',
        "optimizer.lr = 0.1",
    )


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ('_("o", {"lr": 1}); _.set_value("o.l$0r", 2)', "o.rate", '_("o", {"rate": 1}); _.set_value("o.rate", 2)'),
        ('_("o", dict(lr=1)); _.set_value("o.l$0r", 2)', "o.rate", '_("o", dict(rate=1)); _.set_value("o.rate", 2)'),
        ('x = _("o", {"lr": 1})["lr"]; _.exists("o.l$0r")', "o.rate", 'x = _("o", {"rate": 1})["rate"]; _.exists("o.rate")'),
        ('x = _("o", {"a": {"lr": 1}}).get("a")["lr"]; _.exists("o.a.l$0r")', "o.a.rate",
         'x = _("o", {"a": {"rate": 1}}).get("a")["rate"]; _.exists("o.a.rate")'),
        ('_("o", {"a": {"lr": 1}}); _.exists("o.$0a.lr")', "o.b", '_("o", {"b": {"lr": 1}}); _.exists("o.b.lr")'),
        ('_("o", {"lr": 1}); _.set_values({"o": {"lr": 2}, "o.l$0r": 3})', "o.rate",
         '_("o", {"rate": 1}); _.set_values({"o": {"rate": 2}, "o.rate": 3})'),
        ('_("o", {"lr": 1}); _.get_values()["o"]["lr"]; _.exists("o.l$0r")', "o.rate",
         '_("o", {"rate": 1}); _.get_values()["o"]["rate"]; _.exists("o.rate")'),
        ('_("o", {"lr": 1}); _.exists("$0o.lr")', "p", '_("p", {"lr": 1}); _.exists("p.lr")'),
    ],
)  # fmt: skip
def test_the_key_of_an_item_is_renamed_where_it_stands(before: str, new: str, after: str) -> None:
    at = fixture(IMPORT + before)
    assert renamed(at, new)[at.path] == IMPORT + after
    found = rename(at.snapshot, at.path, at.offset, new)
    assert isinstance(found, Renamed)
    assert found.doubts == ()


def test_an_item_is_renamed_in_other_files_too() -> None:
    check_rename(
        "o.rate",
        f'#- a.py\n{IMPORT}_("o", {{"lr": 1}})\n#- b.py\n{IMPORT}_.set_value("o.l$0r", 2)\n',
        f'#- a.py\n{IMPORT}_("o", {{"rate": 1}})\n#- b.py\n{IMPORT}_.set_value("o.rate", 2)\n',
    )


@pytest.mark.parametrize("value", ["o.lr: 2", "o:\n  lr: 2"])
def test_an_item_is_renamed_in_value_files(value: str) -> None:
    project = "#- pyproject.toml\n[tool.hpman]\nvalue-files = ['*.yaml']\n"
    code = '#- main.py\nfrom hpman.m import _\n_("o", {"lr": 1}); _.exists("o.l$0r")\n'
    at = fixture(f"{project}#- a.yaml\n{value}\n{code}")
    after = renamed(at, "o.rate")
    assert after["/w/a.yaml"] == f"{value.replace('lr', 'rate')}\n"
    assert after["/w/main.py"].count("rate") == 2


@pytest.mark.parametrize(
    ("text", "new", "message"),
    [
        ('_("o", {"lr": 1}); _.exists("o.l$0r")', "rate",
         "main.py:2 names it inside `o`: the new name must begin with `o.`"),
        ('_("o", {"lr": 1, "rate": 2}); _.exists("o.l$0r")', "o.rate",
         "`o.rate` already exists: main.py:2 has it in its dict"),
    ],
)  # fmt: skip
def test_an_item_stays_in_its_dict_under_a_name_of_its_own(text: str, new: str, message: str) -> None:
    at = fixture(IMPORT + text)
    assert rename(at.snapshot, at.path, at.offset, new) == Refusal(message)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ('o = _("o", {"lr": 1}); _.exists("o.l$0r")', "reads all of `o`: a key of that dict changes with it"),
        ('_("o", make()); _.exists("o.l$0r")', "gives `o` a value that may have the name as a key"),
        ('_.set_value("o", cfg); _.exists("o.l$0r")', "gives `o` a value that may have the name as a key"),
    ],
)
def test_what_has_the_whole_dict_is_doubted(text: str, doubt: str) -> None:
    at = fixture(IMPORT + text)
    found = rename(at.snapshot, at.path, at.offset, "o.rate")
    assert isinstance(found, Renamed)
    assert [one.message for one in found.doubts] == [doubt]
