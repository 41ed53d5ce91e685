"""What only running the program can tell is edited by nobody, and shown to the user."""

from __future__ import annotations

import pytest

from hpman_lsp.features.rename import rename
from hpman_lsp.refactoring.renaming import Renamed
from tests.lsp.features.checking import IMPORT
from tests.lsp.workspace.fixtures import fixture


def doubted(text: str, new_name: str = "seed") -> list[str]:
    """Give what is doubted, as source text."""
    at = fixture(text)
    found = rename(at.snapshot, at.path, at.offset, new_name)
    assert isinstance(found, Renamed)
    assert found.edits
    return [at.files[one.path][slice(*one.span)] for one in found.doubts]


@pytest.mark.parametrize(
    ("argument", "may"),
    [
        ("name", True),
        ('f"{x}"', True),
        ('f"l{x}"', True),
        ('f"m{x}"', False),
        ('f"l{x}r"', True),
        ('f"{x}.lr"', False),
        ('"l" + x', True),
        ('"lr" + "_" + x', False),
        ('"%s" % x', True),
        ('"%s_x" % x', False),
        ('"l%c" % x', True),
        ('"{}".format(x)', True),
        ('"{}_{{}}".format(x)', False),
        ('"lr" if x else "wd"', True),
        ('"a" if x else "b"', False),
        ("1", False),
    ],
)
@pytest.mark.parametrize("call", ["_({})", "_({}, 1)", "_.get_value({})", "_.set_value({}, 2)"])
def test_a_name_that_is_made_at_run_time_is_doubted_where_it_may_be_the_old_one(
    call: str, argument: str, may: bool
) -> None:
    text = f'{IMPORT}_("l$0r", 1)\n{call.format(argument)}'
    assert doubted(text) == ([argument] if may else [])


def test_names_of_other_managers_and_programs_are_not_doubted() -> None:
    text = """
    #- a.py
    from hpman.m import _, hp
    _.parse_file(__file__); _("l$0r", 1); hp(name)
    #- b.py
    from hpman.m import _
    _.parse_file(__file__); _(name)
    """
    assert doubted(text) == []


def test_a_group_that_is_read_as_a_whole_is_doubted_for_its_members() -> None:
    text = IMPORT + '_("optim.l$0r", 1); SGD(**_("optim")); _.get_tree("optim")'
    assert doubted(text, "optim.rate") == ["optim", "optim"]


def test_a_dict_of_names_that_is_set_elsewhere_is_doubted_for_its_keys() -> None:
    text = IMPORT + "_('l$0r', 1)\nd = {'lr': 1, 'wd': 2}\nd['lr'] = 3\nprint(d['lr'], 'lr')\n"
    assert doubted(text + "_.set_values(d)") == ["'lr'", "'lr'"]
    assert doubted(text) == []
    assert doubted(IMPORT + "_('l$0r', 1); _.set_values({'lr': 1, **d})") == []
