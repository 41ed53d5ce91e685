"""What is done without looking leaves every program that runs as it was."""

from __future__ import annotations

import pytest

from hpman.static.facts import Span
from hpman_lsp.features.code_actions import code_actions
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.fixes.checked import safe_edits
from hpman_lsp.text.edits import apply_edits
from tests.lsp.workspace.fixtures import fixture, short, snapshot_of


def mended(text: str) -> dict[str, str]:
    """Give the files that are mended without looking."""
    at = fixture(text)
    found = {path: safe_edits(at.snapshot, path, diagnostics) for path in at.files}
    return {short(path): apply_edits(at.files[path], edits) for path, edits in found.items() if edits}


_READS = 'from hpman.m import _\nprint(_("lr", 1e-3))\n'

ALONE = {
    "two scripts": f"#- a.py\n{_READS}#- b.py\n{_READS}",
    "two stages of one file": """
        from hpman.m import _
        def pretrain(): return _("step", 0.01)
        def finetune(): return _("step", 0.01)
        """,
    "two branches": """
        import sys
        from hpman.m import _
        if sys.argv[1:]:
            size = _("size", 16)
        else:
            size = _("size", 16)
        """,
    "two methods": """
        from hpman.m import hp
        class Loop:
            def fit(self): return hp("rounds", 3)
            def test(self): return hp("rounds", 3)
        """,
    "a tool that parses itself alone": """
        #- main.py
        from hpman.m import _
        _.parse_file(".")
        print(_("size", 7))
        #- tool.py
        from hpman.m import _
        _.parse_file(__file__)
        print(_("size", 7))
        """,
    "a test that imports a part of the program": """
        #- main.py
        from hpman.m import _
        _.parse_file("lib")
        import lib.a, lib.b
        #- lib/__init__.py
        #- lib/a.py
        from hpman.m import _
        def a(): return _("size", 7)
        #- lib/b.py
        from hpman.m import _
        def b(): return _("size", 7)
        #- tests/test_b.py
        from hpman.m import _
        from lib.b import b
        def test(): assert b() == 7 and _.get_value("size") is None
        """,
    "files that a project names, and no program parses": """
        #- pyproject.toml
        [tool.hpman.scopes]
        all = ["*.py"]
        #- a.py
        from hpman.m import _
        print(_("lr", 1))
        #- b.py
        from hpman.m import _
        print(_("lr", 1))
        """,
    "a parse_file that not each run meets": """
        import sys
        from hpman.m import _
        if sys.argv[1:]:
            _.parse_file(__file__)
        a = _("size", 7)
        b = _("size", 7)
        """,
    "a parse_file in a function": """
        from hpman.m import _
        def main():
            _.parse_file(__file__)
        a = _("size", 7)
        b = _("size", 7)
        """,
    "a folder that is not known": """
        #- main.py
        import sys
        from hpman.m import _
        _.parse_file(sys.argv[1])
        print(_("size", 7))
        #- lib.py
        from hpman.m import _
        print(_("size", 7))
        """,
    "a program that imports one and parses neither": """
        #- main.py
        from hpman.m import _
        _.parse_file(["main.py", "zlib_.py"])
        print(_("size", 7))
        #- zlib_.py
        from hpman.m import _
        def f(): return _("size", 7)
        #- other.py
        from hpman.m import _
        from zlib_ import f
        print(f(), _("other", 1))
        """,
    "a call that parse_file does not find": """
        from hpman.m import _, _ as h
        _.parse_file(__file__)
        print(_("lr", 1))
        print(h("lr", 1))
        """,
}


@pytest.mark.parametrize("name", ALONE)
def test_a_default_stays_where_a_run_may_meet_it_alone(name: str) -> None:
    assert mended(ALONE[name]) == {}


def test_a_default_goes_where_all_programs_of_its_file_parse_another_call_with_it() -> None:
    text = """
        #- main.py
        from hpman.m import _
        _.parse_file(["main.py", "lib.py"])
        print(_("size", 7))
        #- other.py
        from hpman.m import _
        _.parse_file(["main.py", "lib.py"])
        #- lib.py
        from hpman.m import _
        print(_("size", 7))
        """
    assert mended(text) == {
        "main.py": 'from hpman.m import _\n_.parse_file(["main.py", "lib.py"])\nprint(_("size"))\n'
    }


def test_nothing_is_fixed_in_a_file_with_two_versions_of_a_part() -> None:
    source = """\
from hpman.m import _
_.parse_file(__file__)
lr = _("lr", 1)  # hpman: ignore[missing-default]
<<<<<<< ours
print(_("gone"))
=======
print(_("lr", 1))
>>>>>>> theirs
"""
    snapshot = snapshot_of({"/w/main.py": source})
    found = code_actions(snapshot, "/w/main.py", Span(0, len(source)), lambda _: True, diagnostics)
    mending = [one.title for one in found if one.kind in ("quickfix", "source.fixAll.hpman")]
    assert mending == []
