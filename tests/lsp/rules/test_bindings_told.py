"""The words of `shadowed-manager` and `unseen-alias`; where they are told is in tests/lsp/workspace/bindings/."""

from __future__ import annotations

from hpman.static.facts import Span
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.helpers.finding import Related
from tests.lsp.features.checking import IMPORT, check_diagnostics
from tests.lsp.workspace.fixtures import fixture

LOOP = IMPORT + 'def f():\n    x = _("x")\n    for _ in range(x): pass\n'


def test_a_shadowed_manager_is_told_with_what_hides_it() -> None:
    at = fixture(LOOP)
    (one,) = diagnostics(at.snapshot, at.path)
    loop = at.files[at.path].index("_ in range")
    assert one.message == (
        "`_` is not the manager here, calling it fails: a loop variable makes it a name that has no value here; "
        "give the other one another name"
    )
    assert (one.severity, one.span) == ("error", Span(39, 40))
    assert one.related == (Related(at.path, Span(loop, loop + 1), "`_` is bound here"),)


def test_a_call_of_another_object_is_told_as_such() -> None:
    at = fixture(IMPORT + '_ = str\n_("x")')
    (one,) = diagnostics(at.snapshot, at.path)
    assert one.message == (
        "`_` is not the manager here, an assignment binds it to something else; give the other one another name"
    )


def test_an_unseen_alias_is_told_once_where_it_comes_from() -> None:
    at = fixture('from hpman.m import _, hp as h\nh("x", 1), h("y", 2)')
    (one,) = diagnostics(at.snapshot, at.path)
    assert at.files[at.path][slice(*one.span)] == "hp as h"
    assert one.message.startswith(
        "`h` is the manager `hp`, but `hp.parse_file` looks for calls of `hp` alone"
    )


def test_an_alias_that_only_methods_are_called_on_is_silent() -> None:
    check_diagnostics(IMPORT + 'm = _\nm.set_value("lr", 1); m.parse_file(__file__)\n_("lr")')
    check_diagnostics('import hpman.m\nhpman.m._.set_value("lr", 1)\nfrom hpman.m import _\n_("lr")')


def test_what_an_alias_defines_is_neither_missing_nor_a_duplicate() -> None:
    check_diagnostics(
        IMPORT + 'h = _\nh("lr", 1), _("lr"), _("seed", 1), h("seed", 2)', "main.py:2 unseen-alias h"
    )


def test_what_is_defined_by_an_attribute_of_a_module_is_neither_missing_nor_a_duplicate() -> None:
    check_diagnostics(
        """
        import common
        import pkg.common as c
        from pkg import common as d
        common._("a", 1), c._("b", 1), d._("c", 1), d._("c", 2)
        #- common.py
        from hpman.m import _
        _("a"), _("b"), _("c")
        #- pkg/common.py
        from hpman.m import _
        """,
        "main.py:4 unseen-alias common._",
        "main.py:4 unseen-alias c._",
        "main.py:4 unseen-alias d._",
        "main.py:4 unseen-alias d._",
    )


def test_a_call_without_a_literal_name_is_not_told() -> None:
    check_diagnostics(IMPORT + "for _ in (str, int): _(3)")
