from __future__ import annotations

import pytest

from tests.lsp.features.checking import (
    IMPORT,
    check_definition,
    check_highlights,
    check_outline,
    check_references,
    check_search,
)

TWO_FILES = """
#- train.py
from hpman.m import _
lr = _("lr", 1e-3)
_.set_value("lr", 2)
#- lib/model.py
from hpman.m import _
_("l$0r"); _.exists("lr")
_.set_tree({"lr": 3, "optim": {"lr": 4}})
"""


def test_definition_is_the_call_with_the_default() -> None:
    check_definition(TWO_FILES, 'train.py: _("lr", 1e-3)')


def test_definition_gives_all_defaults() -> None:
    check_definition(IMPORT + '_("lr$0", 1); _("lr", 2)', 'main.py: _("lr", 1)', 'main.py: _("lr", 2)')


def test_without_a_default_definition_gives_what_sets_the_value() -> None:
    check_definition(IMPORT + '_("lr$0"); _.set_value("lr", 2)', 'main.py: _.set_value("lr", 2)')


def test_without_any_value_definition_gives_the_uses() -> None:
    check_definition(IMPORT + '_("lr$0"); _.exists("lr")', 'main.py: _("lr")', 'main.py: _.exists("lr")')


def test_definition_of_a_group_gives_its_members() -> None:
    check_definition(IMPORT + '_("optim.lr", 1); _.get_tree("opt$0im")', 'main.py: _("optim.lr", 1)')


def test_references_are_all_occurrences_reads_and_writes_of_all_files() -> None:
    check_references(
        TWO_FILES,
        "lib/model.py:2: lr",
        "lib/model.py:2: lr",
        "lib/model.py:3: lr",
        "train.py:2: lr",
        "train.py:3: lr",
    )


def test_references_without_the_declaration_leave_out_the_defaults() -> None:
    check_references(IMPORT + '_("lr$0", 1)\n_("lr")', "main.py:3: lr", declaration=False)


def test_references_of_a_nested_name_know_nested_keys() -> None:
    check_references(
        IMPORT + '_("optim.l$0r", 1)\n_.set_tree({"optim": {"lr": 4}})\n_.set_tree({"lr": 4}, "optim")',
        "main.py:2: optim.lr",
        "main.py:3: lr",
        "main.py:4: lr",
    )


@pytest.mark.parametrize(
    ("literal", "inside"),
    [
        ("'l$0r'", "lr"),
        ('r"l$0r"', "lr"),
        ('"""l$0r"""', "lr"),
        (r'"l$0\x72"', r"l\x72"),
        ('"l$0" "r"', 'l" "r'),
        ('$0"lr"', "lr"),
        ('"lr"$0', "lr"),
    ],
)
def test_a_name_is_found_however_it_is_written(literal: str, inside: str) -> None:
    check_references(f'{IMPORT}_({literal}, 1)\n_("lr")', f"main.py:2: {inside}", "main.py:3: lr")


def test_managers_of_different_names_do_not_mix() -> None:
    check_references('from hpman.m import _, hp\n_("l$0r", 1); hp("lr", 2)', "main.py:2: lr")


def test_an_alias_is_the_manager_that_it_stands_for() -> None:
    check_references(
        """
        #- a.py
        from hpman.m import _ as h
        h("l$0r", 1)
        #- b.py
        from hpman.m import _
        _("lr")
        """,
        "a.py:2: lr",
        "b.py:2: lr",
    )


def test_two_programs_side_by_side_do_not_share_names() -> None:
    check_references(
        """
        #- a.py
        from hpman.m import _
        _.parse_file(__file__)
        _("l$0r", 1)
        #- b.py
        from hpman.m import _
        _.parse_file(__file__)
        _("lr", 1)
        """,
        "a.py:3: lr",
    )


def test_two_programs_share_a_name_that_their_common_library_uses() -> None:
    check_references(
        """
        #- a.py
        from hpman.m import _
        _.parse_file(["a.py", "lib"])
        _("l$0r", 1); _("seed", 1)
        #- b.py
        from hpman.m import _
        _.parse_file(["b.py", "lib"])
        _("lr", 1); _("seed", 1)
        #- lib/net.py
        from hpman.m import _
        _("lr")
        """,
        "a.py:3: lr",
        "b.py:3: lr",
        "lib/net.py:2: lr",
    )


def test_a_program_shares_names_with_what_it_imports_through_files_without_any() -> None:
    check_references(
        """
        #- train.py
        from hpman.m import _
        import engine.loop
        _.parse_file(__file__)
        _("l$0r", 1)
        #- engine/loop.py
        from . import net
        #- engine/net.py
        from hpman.m import _
        _("lr")
        #- other/net.py
        from hpman.m import _
        _("lr")
        #- other/setup.py
        """,
        "engine/net.py:2: lr",
        "train.py:4: lr",
    )


def test_highlights_tell_reads_from_writes_in_this_file_alone() -> None:
    check_highlights(TWO_FILES, "2 read", "2 read", "3 write")
    check_highlights(TWO_FILES.replace("$0", "").replace('_("lr",', '_("lr$0",'), "2 write", "3 write")


def test_off_our_names_nothing_is_answered() -> None:
    for text in ('x$0 = _("lr", 1)', '_$0("lr", 1)', '_("lr", "l$0r")', 'print("l$0r")', "#- empty.py\n$0"):
        check_references(IMPORT + text)
        check_definition(IMPORT + text)
        check_highlights(IMPORT + text)


def test_the_outline_lists_each_name_once_where_it_gets_its_value() -> None:
    check_outline(
        IMPORT
        + '_("b")\n_("optim.lr", 0.1)\n_("a"); _("a")\n_.set_value("b", 2)\n_("optim.lr")\n_("d", f(1,\n  2))',
        "definition optim.lr = 0.1",
        "read a",
        "write b = 2",
        "definition d = f(1, 2)",
    )


SEARCHED = """
#- a.py
from hpman.m import _, hp
_("lr", 1); _("color", 2); _("optim.lr", 3); hp("lr_decay", 4); _("lower", 5); _("seed")
#- b.py
from hpman.m import _
_.set_value("lr", 6); _("lr")
"""


def test_workspace_symbols_find_all_uses_best_match_first() -> None:
    check_search(
        "lr",
        SEARCHED,
        "definition lr (= 1, manager _)",
        "write lr (= 6, manager _)",
        "read lr (manager _)",
        "definition lr_decay (= 4, manager hp)",
        "definition optim.lr (= 3, manager _)",
        "definition color (= 2, manager _)",
        "definition lower (= 5, manager _)",
    )


def test_workspace_symbols_ignore_case_and_find_nothing_without_a_match() -> None:
    check_search("SED", SEARCHED, "read seed (manager _)")
    check_search("xyz", SEARCHED)


def test_an_empty_query_finds_all_uses() -> None:
    check_search("", IMPORT + '_("b"); _("a", 1)', "definition a (= 1, manager _)", "read b (manager _)")


def test_a_use_by_an_attribute_of_a_module_is_found_from_elsewhere() -> None:
    check_references(
        """
        from hpman.m import _
        _("l$0r")
        #- lib.py
        import main
        main._("lr", 1)
        """,
        "lib.py:2: lr",
        "main.py:2: lr",
    )
