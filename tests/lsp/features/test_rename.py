from __future__ import annotations

import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hpman_lsp.features.rename import prepare_rename, rename
from hpman_lsp.refactoring.renaming import Refusal, Renamed
from hpman_lsp.workspace.snapshot import Snapshot
from tests.lsp.features.checking import IMPORT, check_rename, renamed
from tests.lsp.workspace.fixtures import Fixture, fixture, snapshot_of


def test_rename_edits_every_use_in_every_file() -> None:
    check_rename(
        "seed",
        """
        #- train.py
        from hpman.m import _
        lr = _("l$0r", 1e-3); _.set_value('lr', 2)
        #- lib/model.py
        from hpman.m import _ as h
        h(r"lr"); h.get_value('''lr'''); h.set_values({"lr": 1, "lr2": 2})
        """,
        """
        #- train.py
        from hpman.m import _
        lr = _("seed", 1e-3); _.set_value('seed', 2)
        #- lib/model.py
        from hpman.m import _ as h
        h(r"seed"); h.get_value('''seed'''); h.set_values({"seed": 1, "lr2": 2})
        """,
    )


def test_prepare_offers_the_whole_name_and_selects_what_stands_there() -> None:
    at = fixture(IMPORT + '_.set_tree({"optim": {"l$0r": 1}})')
    prepared = prepare_rename(at.snapshot, at.path, at.offset)
    assert prepared is not None
    assert prepared.placeholder == "optim.lr"
    assert at.files[at.path][slice(*prepared.span)] == "lr"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"l" "r"', '"seed"'),
        ("'l' \"r\"", "'seed'"),
        (r'"l\x72"', '"seed"'),
        ('"""l\\\nr"""', '"""seed"""'),
        ('r"l" "r"', '"seed"'),
        ('u"lr"', 'u"seed"'),
    ],
)
def test_a_name_that_is_not_written_letter_by_letter_is_written_anew(before: str, after: str) -> None:
    check_rename("seed", f"{IMPORT}_({before}, 1); _('l$0r')", f"{IMPORT}_({after}, 1); _('seed')")


@pytest.mark.parametrize(
    ("literal", "name", "after"),
    [
        ("'lr'", "it's", r"'it\'s'"),
        ('"lr"', "it's", '"it\'s"'),
        ('r"lr"', 'a"b', r'"a\"b"'),
        ('r"lr"', "a\\b", r'"a\\b"'),
        ('"""lr"""', 'a"', r'"""a\""""'),
        ("'lr'", "größe", "'größe'"),
    ],
)
def test_quotes_that_cannot_hold_the_new_name_are_escaped(literal: str, name: str, after: str) -> None:
    check_rename(name, f"{IMPORT}_({literal}, 1); _('l$0r')", f"{IMPORT}_({after}, 1); _({_single(name)})")


def _single(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


@pytest.mark.parametrize(
    ("new_name", "why"),
    [
        ("", "the new name is empty"),
        ("  ", "the new name is empty"),
        (" a", "` a` begins or ends with a space"),
        ("a\nb", "the new name has a character in it that cannot be seen"),
        ("a..b", "`a..b` has an empty segment: names are nested by single dots, as in `optim.lr`"),
        ("a.", "`a.` has an empty segment: names are nested by single dots, as in `optim.lr`"),
        ("seed", "`seed` already exists: main.py:2"),
        ("read", "`read` already exists: main.py:3"),
        ("optim", "`optim` is a group already: main.py:2 has `optim.lr`"),
        ("seed.a", "`seed` is a value already (main.py:2), so it cannot hold `seed.a`"),
    ],
)
def test_a_bad_new_name_is_refused(new_name: str, why: str) -> None:
    text = IMPORT + '_("l$0r", 1); _("seed", 2); _("optim.lr", 3)\n_("read")'
    check_rename(new_name, text, f"error: {why}")


def test_a_name_of_another_manager_or_another_program_is_no_obstacle() -> None:
    text = """
    #- a.py
    from hpman.m import _, hp
    _.parse_file(__file__); _("{}$0", 1); hp("seed", 2)
    #- b.py
    from hpman.m import _
    _.parse_file(__file__); _("seed", 1)
    """
    at = fixture(text.replace("{}", "lr"))
    assert renamed(at, "seed") == {"/w/a.py": at.files["/w/a.py"].replace("lr", "seed")}


def test_a_name_may_move_into_or_out_of_its_own_group() -> None:
    check_rename("lr.value", IMPORT + '_("l$0r", 1)', IMPORT + '_("lr.value", 1)')
    check_rename("lr", IMPORT + '_("lr.val$0ue", 1)', IMPORT + '_("lr", 1)')


def test_a_nested_key_is_edited_where_the_new_name_keeps_its_group() -> None:
    text = IMPORT + '_("optim.l$0r", 1); _.set_tree({"optim": {"lr": 4}})'
    check_rename("optim.rate", text, IMPORT + '_("optim.rate", 1); _.set_tree({"optim": {"rate": 4}})')
    check_rename(
        "rate", text, "error: main.py:2 names it inside `optim`: the new name must begin with `optim.`"
    )


def test_the_same_name_edits_nothing() -> None:
    at = fixture(IMPORT + '_("l$0r", 1); _("lr")')
    assert renamed(at, "lr") == {}


def test_off_our_names_rename_answers_nothing() -> None:
    check_rename("a", IMPORT + 'l$0r = _("lr", 1)', None)
    check_rename("a", 'from gettext import gettext as _\n_("l$0r")', None)


def test_an_unreadable_file_that_may_use_the_name_is_in_the_way() -> None:
    source = IMPORT + '_("lr", 1)'
    snapshot = snapshot_of({"/w/a.py": source, "/w/b.py": b"import hpman\n\xff"})
    refused = rename(snapshot, "/w/a.py", source.index("lr"), "seed")
    assert refused == Refusal("b.py may use `lr`, but line 2 is not utf-8: invalid start byte")


def test_a_file_that_was_not_read_may_be_of_any_program() -> None:
    source = IMPORT + '_.parse_file(__file__); _("lr", 1)'
    snapshot = snapshot_of({"/w/a.py": source, "/w/other/b.py": b"import hpman\n\xff"})
    refused = rename(snapshot, "/w/a.py", source.index("lr"), "seed")
    assert refused == Refusal("other/b.py may use `lr`, but line 2 is not utf-8: invalid start byte")


@pytest.mark.parametrize("typed", ['"seed"', "'seed'", "seed"])
def test_quotes_around_the_new_name_are_not_part_of_it(typed: str) -> None:
    check_rename(typed, IMPORT + '_("l$0r", 1)', IMPORT + '_("seed", 1)')


def test_a_group_that_would_be_below_itself_is_asked_about() -> None:
    at = fixture(IMPORT + '_("op$0tim.lr", 1); _("optim.eps", 1); _("optim.lr")')
    found = rename(at.snapshot, at.path, at.offset, "optim.rate")
    assert isinstance(found, Renamed)
    assert [one.message for one in found.doubts] == [
        "has `optim.eps`: 2 names of `optim` would be below `optim.rate`"
    ]
    alone = fixture(IMPORT + '_("l$0r", 1)')
    found = rename(alone.snapshot, alone.path, alone.offset, "lr.base")
    assert isinstance(found, Renamed)
    assert found.doubts == ()


def test_rename_waits_for_the_index() -> None:
    at = fixture(IMPORT + '_("l$0r", 1)')
    incomplete = Snapshot.empty(("/w",), at.snapshot.settings).with_files(at.snapshot.files)
    refused = rename(incomplete, at.path, at.offset, "seed")
    assert refused == Refusal("hpman is still reading the workspace: try again in a moment")


def test_a_comment_between_the_pieces_of_a_name_is_not_lost() -> None:
    text = IMPORT + '_("l$0"  # left\n  "r", 1)'
    check_rename(
        "seed", text, "error: main.py:2 has a comment inside of the name: write it in one piece first"
    )


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="sys.platform: from Python 3.12 on an f-string takes any quote"
)
def test_a_quote_that_would_end_an_f_string_is_refused() -> None:
    text = IMPORT + "f'{_(\"l$0r\")}'"
    check_rename("it's", text, "error: `it's` cannot be written in main.py: its quotes do not take it")


NAMES = st.from_regex(r"[a-zäöü_]\w{0,8}(\.[a-z]\w{0,3}){0,2}", fullmatch=True)
LITERALS = st.tuples(st.sampled_from(["", "r", "u", "R"]), st.sampled_from(["'", '"', "'''", '"""']))
CALLS = st.sampled_from(
    [
        "_({}, 1)",
        "_({})",
        "_.get_value({})",
        "_.set_value({}, 1)",
        "_.set_values({{{}: 1}})",
        "_.get_tree({})",
    ]
)


@given(st.lists(st.tuples(CALLS, LITERALS), min_size=1), st.sampled_from(["\n", "\r\n", "\r"]), NAMES, NAMES)
def test_there_and_back_again_gives_the_same_bytes(
    calls: list[tuple[str, tuple[str, str]]], line_end: str, old: str, new: str
) -> None:
    lines = [call.format(f"{prefix}{quote}{old}{quote}") for call, (prefix, quote) in calls]
    files = {"/w/a.py": line_end.join([IMPORT, *lines]), "/w/b.py": f'{IMPORT}_("{old}"); _("other", 1)'}
    at = Fixture(files, "/w/b.py", len(IMPORT) + 3 + len(old))
    assume(not isinstance(rename(at.snapshot, at.path, at.offset, new), Refusal))
    there = {**files, **renamed(at, new)}
    assert there["/w/b.py"] == f'{IMPORT}_("{new}"); _("other", 1)'
    back = at._replace(files=there, offset=len(IMPORT) + 3 + len(new))
    assert {**there, **renamed(back, old)} == files
