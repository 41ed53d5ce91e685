"""A name that code sets and that nothing uses."""

from __future__ import annotations

import pytest

from tests.lsp.rules.checking import IMPORT, check, silent

CODE = "unknown-name"


@pytest.mark.parametrize(
    ("source", "underlined"),
    [
        ('_("lr", 1); _.set_value("lrr", 2)', '"lrr"'),
        ('_("lr", 1); _.strict = True; _.set_value("lrr", 2)', '"lrr"'),
        ('_("lr", 1); _.set_values({"lr": 1, "other": 2})', '"other"'),
        ('_("o.lr", 1); _.set_tree({"o": {"lrr": 2}})', '"lrr"'),
    ],
)
def test_a_set_name_that_nothing_uses_is_reported(source: str, underlined: str) -> None:
    check(CODE, IMPORT + source, f"main.py:2: {underlined}")


@pytest.mark.parametrize(
    "source",
    [
        '_("lr", 1); _.set_value("lr", 2)',
        '_.set_value("lr", 2); _.get_value("lr")',
        '_.set_value("lr", 2); _.exists("lr")',
        '_("opt", {"lr": 1}); _.set_value("opt.lr", 2)',
        '_("opt", None); _.set_value("opt.lr", 2)',
        '_("o.lr", 1); _.set_value("o", {"lr": 2})',
        '_.set_value("o.lr", 2); _("o")',
        '_.set_value("lr", 2); _.get_values()',
        '_.set_value("lr", 2); _(f"l{x}")',
        '_.set_value("lr", 2); train(_)',
        '_.set_value("lr", 2)  # hpman: uses lr',
        '_.set_value("lr", 2)\n_(',
    ],
)
def test_what_may_be_used_is_passed_over(source: str) -> None:
    silent(CODE, source)


def test_a_name_that_another_program_uses_is_passed_over() -> None:
    parent = f"{IMPORT}_.set_value('rate', 3)\nsubprocess.run(['child.py'])\n"
    check(CODE, f"#- main.py\n{parent}#- child.py\n{IMPORT}print(_('rate'))\n")
