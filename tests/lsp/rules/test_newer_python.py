"""Texts of newer Pythons than the one that runs hpman."""

from __future__ import annotations

from tests.lsp.rules.checking import IMPORT, silent

PROGRAM = IMPORT + '_.parse_file([__file__, "lib.py"])\nprint(_("lr"))\n#- lib.py\n' + IMPORT


def test_a_line_that_only_a_newer_python_reads_may_give_any_name() -> None:
    nested = 'cfg = {"a": 1}\nname = f"run-{cfg["a"]}-{_("lr", 0.1)}"\n'
    silent("missing-default", PROGRAM + nested)
    silent("missing-default", PROGRAM + nested.replace('"lr"', 'f"{x}"'))


def test_type_parameters_hide_no_default() -> None:
    silent("missing-default", PROGRAM + "def train[T](x: T, lr=_('lr', 0.1)):\n    return lr\n")
