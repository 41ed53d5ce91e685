from __future__ import annotations

import pytest

from hpman_lsp.features.completion import completion
from tests.counting import counted_calls
from tests.lsp.features.checking import IMPORT, check_completion, completed
from tests.lsp.workspace.fixtures import fixture

NAMES = """
#- names.py
from hpman.m import _, hp
_("lr", 1e-3); _("optim.name", "sgd"); _("optim.decay", 0); _("seed"); hp("other", 1)
_.set_value("steps", 9)
#- main.py
from hpman.m import _
"""
ALL = ("lr = 1e-3", "optim.decay = 0", 'optim.name = "sgd"', "seed no default", "steps = 9", "optim 2 names")


@pytest.mark.parametrize(
    "call",
    [
        '_("$0")',
        '_("l$0")',
        '_("$0lr", 1)',
        '_.get_value("$0")',
        '_.set_value("$0", 1)',
        "_.exists('$0')",
        '_.set_values({"$0": 1})',
        '_.set_values({**d, "$0": 2})',
        '_(r"$0")',
        '_("""$0""")',
        '_("$0',
        "_('l$0",
        "_('''l$0",
        '_("""$0',
        'print(_("l$0',
        "f(1, [_( 'l$0\nx = 'y'\n",
        '_ (\n  "l$0',
        '_.get_value("l$0',
        '_.set_values({"l$0',
        "def f():\n    return _('l$0\n\ndef g(): pass\n",
        'x = "it\'s" # it\'s\n_("l$0',
        'for x in [_("l$0:\n    pass',
    ],
)
def test_names_are_offered_wherever_one_can_stand_also_in_unfinished_source(call: str) -> None:
    check_completion(NAMES + call, *ALL)


@pytest.mark.parametrize(
    "text",
    [
        '_("lr", "$0")',
        '_("lr", "$0',
        'print("$0")',
        'print("$0',
        'hp("$0")',
        'x._("$0',
        '_.parse_file("$0")',
        '_.parse_file("$0',
        '_.set_values({"a": "$0',
        '_(b"$0',
        '_(f"$0',
        '_(["$0',
        '{"$0',
        '_("lr"$0',
        '# _("$0',
        '"""\n_("$0\n"""',
        'def f(*_):\n    return _("$0")',
        "$0",
    ],
)
def test_nothing_is_offered_elsewhere(text: str) -> None:
    check_completion(NAMES + text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('_("l$0")', '_("lr")'),
        ('_("$0old.name", 1)', '_("lr", 1)'),
        ('_("l$0', '_("lr'),
        ('print(_("l$0), 3)', 'print(_("lr), 3)'),
        ("_('''l$0\n", "_('''lr\n"),
        ('_("l$0, "b")', '_("lr, "b")'),
        ('_.set_values({"l$0": 2})', '_.set_values({"lr": 2})'),
    ],
)
def test_a_completion_replaces_the_name_and_nothing_else(before: str, after: str) -> None:
    assert completed(NAMES + before, "lr") == IMPORT + after


def test_in_a_nested_key_the_rest_of_the_name_is_inserted() -> None:
    assert completed(NAMES + '_.set_tree({"optim": {"$0x": 1}})', "optim.name") == (
        IMPORT + '_.set_tree({"optim": {"name": 1}})'
    )


def test_the_name_that_is_being_written_is_not_offered_but_its_other_uses_are() -> None:
    check_completion(IMPORT + '_("lo$0"); _("loss")', "loss no default")
    check_completion(IMPORT + '_("lo$0"); _("lo", 1)', "lo = 1")


def test_names_come_from_the_files_that_share_a_scope() -> None:
    check_completion(
        """
        #- a.py
        from hpman.m import _
        _.parse_file(__file__); _("mine", 1); _("$0")
        #- b.py
        from hpman.m import _
        _.parse_file(__file__); _("others", 2)
        """,
        "mine = 1",
    )


def test_an_alias_offers_the_names_of_its_manager() -> None:
    check_completion(
        """
        #- common.py
        from hpman.m import hp
        hp("lr", 1)
        #- main.py
        from common import hp as h
        h("$0
        """,
        "lr = 1",
    )


def test_names_that_the_quotes_cannot_hold_are_left_out() -> None:
    check_completion(IMPORT + """_("it's", 1); _("its", 2); _('$0""", "its = 2")


def test_the_work_of_a_list_grows_with_the_names_and_not_with_the_groups() -> None:
    def calls(groups: int) -> int:
        names = "".join(f'_("g{number % groups}.n{number}", 1)\n' for number in range(600))
        found = fixture(f'from hpman.m import _\n{names}_("$0")\n')
        snapshot = found.snapshot
        return counted_calls(lambda: completion(snapshot, found.path, found.offset))

    assert calls(300) < 2 * calls(1)
