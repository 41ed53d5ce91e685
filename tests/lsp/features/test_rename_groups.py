"""A segment before the last one stands for the group, with all that is below it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hpman_lsp.features.rename import prepare_rename, rename, rename_whole
from hpman_lsp.refactoring import renaming
from hpman_lsp.refactoring.renaming import Refusal
from hpman_lsp.refactoring.target import Target
from hpman_lsp.text.edits import apply_edits
from hpman_lsp.workspace.index.index import Key
from tests.lsp.features.checking import IMPORT, check_rename, renamed
from tests.lsp.workspace.fixtures import Fixture, fixture


@pytest.mark.parametrize(
    ("text", "selected", "placeholder"),
    [
        ('_("op$0tim.adam.lr", 1)', "optim", "optim"),
        ('_("$0optim.adam.lr", 1)', "optim", "optim"),
        ('_("optim$0.adam.lr", 1)', "optim", "optim"),
        ('_("optim.$0adam.lr", 1)', "adam", "optim.adam"),
        ('_("optim.adam.$0lr", 1)', "optim.adam.lr", "optim.adam.lr"),
        ('_("optim.adam.lr$0", 1)', "optim.adam.lr", "optim.adam.lr"),
        ('_($0"optim.adam.lr", 1)', "optim.adam.lr", "optim.adam.lr"),
        ('_("opt" "im.$0lr", 1)', 'opt" "im.lr', "optim.lr"),
        ('_.set_tree({"op$0tim": {"adam": {"lr": 1}}})', "optim", "optim"),
        ('_.set_tree({"optim": {"ad$0am": {"lr": 1}}})', "adam", "optim.adam"),
        ('_.set_tree({"optim": {"ad$0am.x": {"lr": 1}}})', "adam", "optim.adam"),
        ('_.set_tree({"lr": 1}, prefix="op$0tim.adam")', "optim", "optim"),
        ('_.set_tree({"lr": 1}, "optim.ad$0am")', "optim.adam", "optim.adam"),
    ],
)
def test_the_segment_at_the_cursor_says_what_is_renamed(text: str, selected: str, placeholder: str) -> None:
    at = fixture(IMPORT + text)
    prepared = prepare_rename(at.snapshot, at.path, at.offset)
    assert prepared is not None
    assert at.files[at.path][slice(*prepared.span)] == selected
    assert prepared.placeholder == placeholder


def test_a_group_is_renamed_in_all_that_is_below_it_and_wherever_it_is_read_or_set() -> None:
    check_rename(
        "o",
        """
        #- a.py
        from hpman.m import _
        _("opti$0m.lr", 1), _("optim.name", "sgd"), _("optimizer", 2), _("optim"), _("x.optim", 3)
        _.set_tree({"optim": {"lr": 4, **more}, "x": {"optim": 5}})
        #- b.py
        from hpman.m import _
        _.get_tree("optim"), _.get_value("optim"), _.get_tree(prefix="optim"), _.exists("optim.lr")
        _.set_tree({"lr": 1}, prefix="optim"); _.set_tree(values, "optim"); _.set_values({"optim.lr": 1})
        """,
        """
        #- a.py
        from hpman.m import _
        _("o.lr", 1), _("o.name", "sgd"), _("optimizer", 2), _("o"), _("x.optim", 3)
        _.set_tree({"o": {"lr": 4, **more}, "x": {"optim": 5}})
        #- b.py
        from hpman.m import _
        _.get_tree("o"), _.get_value("o"), _.get_tree(prefix="o"), _.exists("o.lr")
        _.set_tree({"lr": 1}, prefix="o"); _.set_tree(values, "o"); _.set_values({"o.lr": 1})
        """,
    )


def test_the_items_of_a_value_that_is_a_dict_go_with_it() -> None:
    check_rename(
        "opt",
        IMPORT + '_("opt$0imizer", {"lr": 1}); _.set_value("optimizer.lr", 2)',
        IMPORT + '_("opt", {"lr": 1}); _.set_value("opt.lr", 2)',
    )


def test_a_group_may_move_where_its_places_keep_what_stands_before_them() -> None:
    text = IMPORT + '_("a.b$0.c", 1); _.set_tree({"a": {"b": {"c": 2}}})'
    check_rename("a.x.y", text, IMPORT + '_("a.x.y.c", 1); _.set_tree({"a": {"x.y": {"c": 2}}})')
    check_rename("x", text, "error: main.py:2 names it inside `a`: the new name must begin with `a.`")


@pytest.mark.parametrize(
    ("new_name", "why"),
    [
        ("seed", "`seed` already exists: main.py:2"),
        ("model", "`model` is a group already: main.py:2 has `model.lr`"),
        ("seed.optim", "`seed` is a value already (main.py:2), so it cannot hold `seed.optim`"),
    ],
)
def test_a_group_neither_merges_with_another_nor_becomes_a_part_of_a_value(new_name: str, why: str) -> None:
    check_rename(new_name, IMPORT + '_("opt$0im.lr", 1); _("model.lr", 2); _("seed", 3)', f"error: {why}")


def test_a_file_that_shares_but_one_name_of_a_group_links_the_programs_of_the_others() -> None:
    files = """
        #- a.py
        from hpman.m import _
        _.parse_file(["a.py", "lib.py"]); _("opt$0im.lr", 1)
        #- b.py
        from hpman.m import _
        _.parse_file(["b.py", "lib.py"]); _("optim.decay", 1)
        #- lib.py
        from hpman.m import _
        _("optim.lr"), _("optim.decay")
        """
    check_rename("o", files, files.replace("opt$0im", "o").replace("optim", "o"))


def test_an_editor_that_does_not_show_what_is_renamed_renames_the_whole_name() -> None:
    at = fixture(IMPORT + '_("opt$0im.lr", 1); _("optim.name", 2)')
    found = rename_whole(at.snapshot, at.path, at.offset, "lr")
    assert found is not None
    assert not isinstance(found, Refusal)
    assert [edit.new_text for edit in found.edits[at.path]] == ["lr"]


SEGMENT = st.sampled_from(["a", "b", "ab", "ä", "it's"])
NAMES = st.lists(SEGMENT, min_size=1, max_size=3).map(".".join)
NEW_NAMES = st.tuples(st.sampled_from(["a", "a.new", "new", "it's.new", "ö"]), NAMES).map(".".join)


def _quoted(name: str, form: str) -> str:
    return {
        "plain": repr(name),
        "raw": f'r"{name}"',
        "triple": f'"""{name}"""',
    }[form]


FORMS = st.sampled_from(["plain", "raw", "triple"])
PLACES = st.sampled_from(
    ["_({}, 1)", "_({})", "_.get_tree({})", "_.set_tree({{{}: 1}})", "_.set_tree({{'a': {{{}: 1}}}})",
     "_.set_tree({{{}: {{'b': 2}}}})", "_.set_tree({{'b': 1}}, prefix={})"]
)  # fmt: skip


@given(
    st.lists(st.tuples(PLACES, NAMES, FORMS), min_size=1, max_size=5),
    st.integers(0, 20),
    st.one_of(NEW_NAMES, NAMES),
)
def test_a_group_there_and_back_again_gives_the_same_bytes(
    places: list[tuple[str, str, str]], at: int, new: str
) -> None:
    lines = [place.format(_quoted(name, form)) for place, name, form in places]
    text = IMPORT + "\r\n".join(lines)
    start = Fixture({"/w/a.py": text, "/w/b.py": IMPORT + '_("a.a"), _("b.a.b")'}, "/w/a.py", 0)
    # What is a value and a group at once is no program; it may be renamed so that it becomes one.
    given = {use.key.name for use in start.snapshot.index.files["/w/a.py"].uses if use.kind != "read"}
    names = {name for _, name, _ in places} | given
    assume(not any(one.startswith(f"{other}.") for one in names for other in names))
    first = _quoted(*places[0][1:])
    offset = text.index(first) + at % len(first)
    prepared = prepare_rename(start.snapshot, start.path, offset)
    found = rename(start.snapshot, start.path, offset, new)
    if found is None or isinstance(found, Refusal) or not found.edits:
        return
    there = renamed(start._replace(offset=offset), new)
    everywhere = start._replace(files={**start.files, **there})
    assert prepared is not None
    target = Target(Key("_", new), next(iter(there)))
    back = renaming.renamed(everywhere.snapshot, target, prepared.placeholder)
    assert isinstance(back, renaming.Renamed)
    edited = {path: apply_edits(everywhere.files[path], edits) for path, edits in back.edits.items()}
    assert {**everywhere.files, **edited} == start.files
