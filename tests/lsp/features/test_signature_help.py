from __future__ import annotations

import pytest

from hpman_lsp.features.signature_help import SignatureHelp, signature_help
from tests.lsp.features.checking import IMPORT
from tests.lsp.workspace.fixtures import fixture


def asked(source: str) -> SignatureHelp | None:
    at = fixture(IMPORT + source)
    return signature_help(at.snapshot, at.path, at.offset)


def active(source: str) -> str | None:
    """Give the parameter under the cursor."""
    found = asked(source)
    return None if found is None else found.label[slice(*found.parameters[found.active].span)]


@pytest.mark.parametrize(
    ("source", "parameter"),
    [
        ("_($0", "name"),
        ('_("l$0r")', "name"),
        ('_("lr", $0', "default"),
        ('_("lr", 1e-3$0)', "default"),
        ('x = [_("a, (b", [1, 2$0, (3', "default"),
        ('_("lr", 1, $0)', "**hints"),
        ('_("lr", help="$0")', "**hints"),
        ('_("lr", 1, help="x", choices=[1, $0])', "**hints"),
        ('_("lr", a == $0', "default"),
        ("_(\n    'lr',  # a, comment (\n    $0", "default"),
        ('_("lr", (1 + $0', "default"),
    ],
)
def test_the_parameter_under_the_cursor_is_told(source: str, parameter: str) -> None:
    assert active(source) == parameter


@pytest.mark.parametrize(
    "source",
    ["$0_()", '_("lr")$0', "print($0", '_("lr", print($0', "_.get_value($0", "other($0)", "x = 1$0"],
)
def test_outside_of_a_managers_call_there_is_none(source: str) -> None:
    assert asked(source) is None


def test_another_function_of_that_name_is_no_manager() -> None:
    at = fixture("from gettext import gettext as _\n_($0")
    assert signature_help(at.snapshot, at.path, at.offset) is None


def test_the_signature_has_the_managers_own_name() -> None:
    at = fixture("from hpman.m import hp\nhp($0")
    found = signature_help(at.snapshot, at.path, at.offset)
    assert found is not None
    assert found.label == "hp(name, default, **hints)"


def test_what_the_name_has_elsewhere_is_told() -> None:
    found = asked('_("lr", 1e-3)\n_("lr"$0)')
    assert found is not None
    assert found.documentation == "`lr: float = 1e-3`, given in main.py:2."


def test_a_name_with_several_values_is_told_with_all_of_them() -> None:
    found = asked('_("lr", 1e-3)\n_.set_value("lr", 2)\n_("lr"$0)')
    assert found is not None
    assert found.documentation == "`lr` is given several values: `1e-3` in main.py:2, `2` in main.py:3."


def test_a_name_without_a_value_is_told() -> None:
    found = asked('_("lr"$0)')
    assert found is not None
    assert found.documentation == "`lr` has no default yet."
