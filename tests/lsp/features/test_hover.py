from __future__ import annotations

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.features.hover import hover
from tests.lsp.features.checking import check_hover
from tests.lsp.workspace.fixtures import fixture


def test_hover_tells_value_type_place_hints_uses_manager_and_scope() -> None:
    check_hover(
        """
        #- train.py
        from hpman.m import _
        lr = _("l$0r", 1e-3, choices=[1e-3, 1e-4], help="step")
        #- lib/model.py
        from hpman.m import _
        _("lr"); _.get_value("lr")
        #- pyproject.toml
        """,
        """
        lr: float = 1e-3

        hyperparameter of the manager _ of hpman.m
        default in train.py:2
        hints: choices=[1e-3, 1e-4], help="step"
        3 uses in 2 files
        scope: w (the nearest folder with pyproject.toml)
        """,
    )


def test_hover_on_a_read_in_another_file_tells_the_default() -> None:
    check_hover(
        """
        #- a.py
        from hpman.m import _
        import b; _("lr$0")
        #- b.py
        from hpman.m import _
        _("lr", "x" * 3)
        """,
        """
        lr = "x" * 3

        default in b.py:2
        2 uses in 2 files
        """,
    )


def test_hover_lists_all_defaults_where_there_are_several() -> None:
    check_hover(
        """
        #- a.py
        from hpman.m import _
        import b; _("$0lr", 1)
        #- b.py
        from hpman.m import _
        _("lr", 2)
        """,
        """
        lr: int = 1  # a.py:2
        lr: int = 2  # b.py:2

        2 defaults: a.py:2, b.py:2
        2 uses in 2 files
        """,
    )


SHARED = """
#- train.py
from hpman.m import _
import lib
_.parse_file([__file__, "lib.py"])
_("lr"{0}, 0.1)
#- evaluate.py
from hpman.m import _
import lib
_.parse_file([__file__, "lib.py"])
_("lr", 0.2)
#- lib.py
from hpman.m import _
_("lr"{1})
"""


def test_hover_in_a_program_tells_its_own_value() -> None:
    text = hovered(SHARED.format("$0", ""))
    assert "lr: float = 0.1\n" in text
    assert "0.2" not in text


def test_hover_in_a_file_of_several_programs_tells_the_value_of_each() -> None:
    lines = hovered(SHARED.format("", "$0")).splitlines()
    assert [line for line in lines if line.startswith("in ")] == ["in evaluate.py: 0.2", "in train.py: 0.1"]


def test_hover_tells_the_value_of_another_program_as_such() -> None:
    text = hovered(SHARED.format("", "").replace('"lr", 0.2', '"lr$0"'))
    assert "no default\nin another program: 0.1 in train.py:4\n" in text


def hovered(text: str) -> str:
    at = fixture(text)
    found = hover(at.snapshot, at.path, at.offset)
    assert found is not None
    return found.plaintext


def test_hover_says_that_there_is_no_default() -> None:
    check_hover(
        'from hpman.m import _\n_("lr$0")',
        """
        lr

        no default, and nothing sets it
        1 use in 1 file
        """,
    )


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        ("_.set_values(cfg)", ["_.set_values(...) in main.py:3 may set it"]),
        ("_.load_values(path)\n_(name, 1)", ["_.load_values(...) in main.py:3 may set it", "_(name, 1) in main.py:4 may set it"]),
        ("f(_)", ["f(_) in main.py:3 may set it"]),
        ("_.parse_file(paths)", ["_.parse_file(...) in main.py:3 may read files that have it"]),
        ("if 'lr' in _.get_values(): pass", ["main.py:3 reckons with no value"]),
        ("_.exists('lr')", ["main.py:3 reckons with no value"]),
        ("exec(code)", ["what only running it can tell in main.py may set it"]),
        ("x._('lr', 1)", ['a call with "lr" in main.py may be the manager\'s']),
    ],
)  # fmt: skip
def test_hover_says_what_keeps_it_from_saying_that_nothing_sets_a_name(
    lines: str, reasons: list[str]
) -> None:
    at = fixture(f"from hpman.m import _\n_('l$0r')\n{lines}\n")
    found = hover(at.snapshot, at.path, at.offset)
    assert found is not None
    assert "missing-default" not in [one.code for one in diagnostics(at.snapshot, at.path)]
    shown = found.plaintext.splitlines()
    start = shown.index("no default")
    assert shown[start + 1 : start + 1 + len(reasons)] == reasons


def test_hover_says_what_may_set_a_name_beside_its_default() -> None:
    check_hover(
        """
        from hpman.m import _
        _("$0lr", 1)
        _.load_values(path)
        """,
        """
        lr: int = 1

        default in main.py:2
        _.load_values(...) in main.py:3 may set it
        1 use in 1 file
        """,
    )


def test_hover_says_that_an_error_is_expected() -> None:
    check_hover(
        """
        from hpman.m import _
        try:
            _("$0lr")
        except KeyError:
            pass
        """,
        """
        lr

        no default
        main.py:3 expects a KeyError
        1 use in 1 file
        """,
    )


def test_hover_says_that_a_branch_may_have_it() -> None:
    check_hover(
        """
        from hpman.m import _
        _("optim.l$0r")
        _.set_value("optim", cfg)
        """,
        """
        optim.lr

        no default
        the dict that sets optim in main.py:3 may have it
        1 use in 1 file
        """,
    )


def test_hover_tells_where_a_value_is_set() -> None:
    check_hover(
        """
        from hpman.m import _
        _.set_value("lr", 5)
        _.set_values({"lr": get()})
        _("$0lr")
        """,
        """
        lr

        no default
        set to 5 in main.py:2
        set to get() in main.py:3
        3 uses in 1 file
        """,
    )


def test_hover_on_a_group_lists_its_members() -> None:
    check_hover(
        """
        from hpman.m import _
        _("optim.lr", 0.1); _("optim.name", "sgd"); _("optimum", 1)
        _("opti$0m")
        """,
        """
        optim.lr: float = 0.1  # main.py:2
        optim.name: str = "sgd"  # main.py:2

        2 names in it
        1 use in 1 file
        """,
    )


def test_hover_on_the_manager_of_a_call_tells_the_same() -> None:
    check_hover(
        'from hpman.m import _\n$0_("lr", None)',
        """
        lr: NoneType = None

        default in main.py:2
        1 use in 1 file
        """,
    )


def test_off_our_names_there_is_no_hover() -> None:
    check_hover('from hpman.m import _\nlr$0 = _("lr", 1)', None)
    check_hover('from hpman.m import _\n_("lr", $01)', None)
    check_hover('from gettext import gettext as _\n_("lr$0")', None)


def test_a_scope_says_why_it_is_one() -> None:
    for text, answer in (
        ("#- a.py\n$CALL", "scope: a.py (inferred from _.parse_file(...) in a.py:2)"),
        ("#- lib/a.py\n$CALL", "scope: lib/a.py (inferred from _.parse_file(...) in lib/a.py:2)"),
    ):
        at = fixture(text.replace("$CALL", 'from hpman.m import _\n_.parse_file(__file__)\n_("lr$0", 1)'))
        found = hover(at.snapshot, at.path, at.offset)
        assert found is not None
        assert found.plaintext.splitlines()[-1] == answer


def test_an_explicit_scope_is_told_by_its_name() -> None:
    check_hover(
        """
        #- pyproject.toml
        [tool.hpman]
        scopes = {train = ["a.py"], test = "*.py"}
        #- a.py
        from hpman.m import _
        _("lr$0", 1)
        """,
        """
        lr: int = 1

        hyperparameter of the manager _ of hpman.m
        default in a.py:2
        1 use in 1 file
        scope: test ([tool.hpman] in pyproject.toml)
        scope: train ([tool.hpman] in pyproject.toml)
        """,
    )


def test_markdown_links_to_the_default_and_escapes_what_users_wrote() -> None:
    at = fixture('#- a_b.py\nfrom hpman.m import _\n_("l`r$0|x", "```", note="a`b")')
    found = hover(at.snapshot, at.path, at.offset, lambda path, line: f"file://{path}#L{line + 1}")
    assert found is not None
    assert found.markdown.splitlines() == [
        "````python",
        'l`r|x: str = "```"',
        "````",
        "",
        "hyperparameter of the manager `_` of `hpman.m`  ",
        r"default in [a\_b.py:2](<file:///w/a_b.py#L2>)  ",
        'hints: ``note="a`b"``  ',
        "1 use in 1 file  ",
        r"scope: w \(the workspace folder\)",
    ]


def test_huge_values_and_line_ends_are_shortened_to_one_line() -> None:
    at = fixture(f'from hpman.m import _\n_("l$0r", [{"1," * 90_000}\n2])\n')
    found = hover(at.snapshot, at.path, at.offset)
    assert found is not None
    first = found.plaintext.splitlines()[0]
    assert first.startswith("lr: list = [1,1,")
    assert first.endswith("...")
    assert len(found.markdown) < 1_000
