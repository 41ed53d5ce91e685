from __future__ import annotations

import pytest

from hpman.static.facts import Span
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.affected import affected
from hpman_lsp.rules.helpers.finding import Related
from hpman_lsp.workspace.python.source import source_file
from hpman_lsp.workspace.snapshot import Snapshot
from tests.counting import counted_calls
from tests.lsp.features.checking import IMPORT, check_diagnostics, said
from tests.lsp.workspace.fixtures import fixture, snapshot_of


def test_a_duplicate_is_told_at_each_place_and_points_to_the_others() -> None:
    at = fixture(
        "#- a.py\nfrom hpman.m import _; import b\n_('lr', 1)\n#- b.py\nfrom hpman.m import _\n_('lr', 2)\n_('lr', 3)"
    )
    first, *_ = diagnostics(at.snapshot, "/w/a.py")
    assert (first.severity, first.message) == (
        "error",
        "`lr` has more than one default: also 2 in b.py:2 and 1 more; keep one, and read it elsewhere",
    )
    start = at.files["/w/b.py"].index("'lr', 2")
    assert first.related[0] == Related("/w/b.py", Span(start, start + 4), "`lr` has the default 2 here")
    check_diagnostics(
        "#- a.py\nfrom hpman.m import _; import b\n_('lr', 1)\n#- b.py\nfrom hpman.m import _\n_('lr', 2)\n_('lr', 3)",
        "a.py:2 duplicate-default lr",
        "b.py:2 duplicate-default lr",
        "b.py:3 duplicate-default lr",
    )


def test_a_missing_default_is_told_at_each_read() -> None:
    at = fixture(IMPORT + '_("lr"); _.get_value("lr")')
    one, two = diagnostics(at.snapshot, at.path)
    assert one.span < two.span
    assert one.message == (
        '`lr` has no default, and nothing sets it: reading it raises KeyError; give it a default: _("lr", ...)'
    )
    check_diagnostics(
        IMPORT + '_("lr")\n_.get_value("lr")', "main.py:2 missing-default lr", "main.py:3 missing-default lr"
    )


SIDE_BY_SIDE = """
#- a.py
from hpman.m import _
{0}
_("lr", 1)
#- b.py
from hpman.m import _
{0}
_("lr", 2)
"""


@pytest.mark.parametrize(
    "program",
    [
        "_.parse_file(__file__)",
        "",
        'if __name__ == "__main__": main()',
        "import os; _.parse_file(os.path.realpath(__file__))",
        "from pathlib import Path; _.parse_file(Path(__file__).resolve())",
    ],
)
def test_scripts_side_by_side_are_no_duplicates(program: str) -> None:
    check_diagnostics(SIDE_BY_SIDE.format(program))


@pytest.mark.parametrize(
    "program", ["_.parse_file('.')", "import os; _.parse_file(os.path.dirname(__file__))"]
)
def test_files_of_one_program_are_duplicates(program: str) -> None:
    found = said(fixture(SIDE_BY_SIDE.format(program)).snapshot)
    assert found == ["a.py:3 duplicate-default lr", "b.py:3 duplicate-default lr"]


def test_projects_in_one_workspace_are_no_duplicates() -> None:
    check_diagnostics(
        """
        #- one/pyproject.toml
        #- one/a.py
        from hpman.m import _
        _("lr", 1)
        #- two/setup.py
        #- two/a.py
        from hpman.m import _
        _("lr", 2)
        """
    )


def test_explicit_scopes_decide_over_calls() -> None:
    check_diagnostics(
        """
        #- pyproject.toml
        [tool.hpman]
        scopes = {train = ["train.py", "lib/**"], eval = ["eval.py", "lib/**"]}
        #- train.py
        from hpman.m import _
        _.parse_file(".")
        _("lr", 1); _("seed", 1); _("width")
        #- eval.py
        from hpman.m import _
        _("lr", 2)
        #- lib/deep/net.py
        from hpman.m import _
        _("seed", 3); _("width", 3)
        """,
        "lib/deep/net.py:2 duplicate-default seed",
        "train.py:3 duplicate-default seed",
    )


def test_a_program_that_lacks_what_another_one_defines_is_told() -> None:
    check_diagnostics(
        """
        #- a.py
        from hpman.m import _
        _.parse_file(__file__)
        _("lr")
        #- b.py
        from hpman.m import _
        _.parse_file(__file__)
        _("lr", 2)
        """,
        "a.py:3 missing-default lr",
    )


@pytest.mark.parametrize(
    "giving",
    [
        '_.set_value("lr", 1)',
        '_.set_values({"lr": 1})',
        "_.set_values(config)",
        "_.set_values(vars(args))",
        "manager = _.parse_file('.')\nmanager.set_values(config)",
        "def f():\n    manager = _.parse_file(p).set_value('x', 1)\n    manager.set_values(config)",
        "apply(_, config)",
        "self.apply(config, manager=_)",
        "m = _\napply(m)",
        "_.set_value(name, 1)",
        "_.set_tree(config)",
        "_(name, 1)",
        "_.parse_file(sys.argv[1])",
        "_.parse_source(text)",
        '_("lr", make())',
        'if _.exists("lr"): pass',
        '_.get_value("lr", raise_exception=False)',
    ],
)
def test_what_may_have_a_value_is_not_missing(giving: str) -> None:
    at = fixture(f'#- a.py\nfrom hpman.m import _\n{giving}\n#- b.py\nfrom hpman.m import _\n_("lr")')
    assert not [one for one in said(at.snapshot) if "missing-default" in one]


@pytest.mark.parametrize(
    "taking",
    ["hpargparse.bind(parser, _)", "print(_)", "apply(hp)", "def f(_): apply(_)", "x = [_ for _ in ()]"],
)
def test_what_gives_no_value_does_not_help(taking: str) -> None:
    check_diagnostics(f'from hpman.m import _, hp\n{taking}\n_("lr")', "main.py:3 missing-default lr")


def test_a_value_for_another_manager_or_name_does_not_help() -> None:
    check_diagnostics(
        'from hpman.m import _, hp\nhp.set_values(config); hp("lr", 1); _.set_value("l", 1)\n_("lr")',
        "main.py:2 unknown-name l",
        "main.py:3 missing-default lr",
    )


def test_a_group_is_there_if_it_has_a_member() -> None:
    check_diagnostics(IMPORT + '_("optim.lr", 1); _("optim"); _.get_value("optim")')
    check_diagnostics(IMPORT + '_("optim.lr"); _("optim.lr", 1); _("opt")', "main.py:2 missing-default opt")


def test_a_key_of_a_default_that_is_a_dict_is_missing_unless_something_sets_it() -> None:
    check_diagnostics(IMPORT + '_("c", {"d": 2})\n_.get_value("c.d")', "main.py:3 missing-default c.d")
    check_diagnostics(IMPORT + '_.set_value("c", {"d": 2})\n_.get_value("c.d")')
    check_diagnostics(IMPORT + '_.set_tree({"c": {"d": 2}})\n_("c.d")')


@pytest.mark.parametrize(
    "through", ["import lib.net", "from lib import net", "from lib.net import build", "import util"]
)
def test_what_a_program_imports_may_define_its_names(through: str) -> None:
    check_diagnostics(
        f"""
        #- train.py
        from hpman.m import _
        {through}
        _.parse_file(__file__)
        _("width")
        #- util.py
        def f():
            from lib import net
        #- lib/net.py
        from hpman.m import _
        _("width", 3); _("depth")
        #- main.py
        from hpman.m import _
        _.parse_file(__file__)
        import train
        _("depth", 3)
        """,
        "lib/net.py:2 unparsed-file width",
    )


def test_a_file_that_cannot_be_read_may_define_anything() -> None:
    snapshot = snapshot_of({"/w/a.py": IMPORT + '_("lr")', "/w/b.py": b"import hpman\n\xff"})
    assert said(snapshot) == []


def test_nothing_is_missing_before_all_files_are_read() -> None:
    at = fixture(IMPORT + '_("lr"); _("a", 1); _("a", 2)')
    snapshot = Snapshot.empty(("/w",), at.snapshot.settings).with_files(at.snapshot.files)
    assert said(snapshot) == ["main.py:2 duplicate-default a"] * 2


def test_gettext_loops_and_parameters_are_silent() -> None:
    check_diagnostics(
        """
        #- a.py
        from gettext import gettext as _
        _("Save"); _("Open", 1); _("Open", 2)
        #- b.py
        def f(_): return _("a")
        for _ in range(3): _("b")
        #- c.py
        from hpman.m import _
        def f(_): return _
        print([_ for _ in ()])
        #- d.py
        import builtins
        _("builtin")
        """
    )


def test_a_broken_statement_does_not_take_its_neighbours_names_away() -> None:
    check_diagnostics(IMPORT + '_("lr", 1)\n\ndef f(:\n    pass\n\n_("lr")\n_("seed", 1\n\n_("seed")')


AFFECTED = """
#- a.py
from hpman.m import _
_("lr"); _("own", 1)
#- b.py
from hpman.m import _
_("lr", 1); _("optim.rate", 1)
#- c.py
from hpman.m import _
_("optim")
#- d.py
from hpman.m import _
_("d", 1)
"""


@pytest.mark.parametrize(
    ("path", "text", "others"),
    [
        ("a.py", '\n_("lr"); _("own", 1)', []),
        ("b.py", '_("optim.rate", 1)', ["a.py"]),
        ("b.py", '_("lr", 1)', ["c.py"]),
        ("b.py", "", ["a.py", "c.py"]),
        ("d.py", '_("lr", 1)', ["a.py", "b.py"]),
        ("d.py", "_.set_values(x)", ["a.py", "b.py", "c.py"]),
    ],
)
def test_an_edit_affects_the_files_whose_answers_may_differ(path: str, text: str, others: list[str]) -> None:
    before = fixture(AFFECTED).snapshot
    said(before)
    file = source_file(f"/w/{path}", IMPORT + text, 1, before.placeholders)
    after = before.with_files({file.path: file})
    assert sorted(affected(before, after)) == sorted(f"/w/{one}" for one in [path, *others])


def test_completion_of_the_index_affects_all_files() -> None:
    at = fixture(AFFECTED)
    before = Snapshot.empty(("/w",), at.snapshot.settings).with_files(at.snapshot.files)
    assert affected(before, before.with_complete()) == set(at.files)


@pytest.mark.parametrize(
    ("value", "answer"), [("{'b': 1}", []), ("made()", []), ("1", ["main.py:3 missing-default a.b"])]
)
def test_a_branch_that_is_set_gives_its_parts_if_it_may_be_a_dict(value: str, answer: list[str]) -> None:
    check_diagnostics(IMPORT + f'_.set_value("a", {value})\nprint(_.get_value("a.b"))', *answer)


@pytest.mark.parametrize(
    "line", ['_("name_{0}")', '_("lr", {0})', '_("lr", min={0})', '_("name_{0}", {0}, choices=[])'],
    ids=["undefined names", "defaults of one name", "conflicting hints", "defaults with hints"],
)  # fmt: skip
def test_the_work_of_diagnostics_grows_with_the_calls_and_no_faster(line: str) -> None:
    def calls(count: int) -> int:
        at = fixture(f"{IMPORT}_.parse_file(__file__)\n" + "\n".join(map(line.format, range(count))))
        snapshot = at.snapshot
        return counted_calls(lambda: diagnostics(snapshot, at.path))

    assert calls(400) < 5 * calls(100)
