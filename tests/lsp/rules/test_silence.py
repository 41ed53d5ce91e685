from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpman_lsp.workspace.python.directives import directives_of
from tests.lsp.features.checking import check_diagnostics, said
from tests.lsp.rules.checking import IMPORT, check, messages
from tests.lsp.workspace.fixtures import fixture

UNUSED = "unused-ignore"


@pytest.mark.parametrize(
    "source",
    [
        '_("a")  # hpman: ignore[missing-default]',
        '_("a")  # hpman: ignore',
        '_("a")  # noqa: F821  # hpman:ignore[ missing-default , bad-name ]',
        '_(\n    "a"\n)  # hpman: ignore[missing-default]',
        '_(\n    "a"  # hpman: ignore[missing-default]\n)',
        '_("a"); _("a")  # hpman: ignore[missing-default]',
        '# hpman: ignore-file\n_("a")',
        '_("a")\n# hpman: ignore-file[missing-default]',
    ],
)
def test_a_comment_silences_what_is_on_its_line_or_in_its_file(source: str) -> None:
    check("missing-default", IMPORT + source)


@pytest.mark.parametrize(
    "source",
    [
        '_("a")  # hpman: ignore[bad-name]',
        '_("a")  # ignore[missing-default]',
        '_("a")  # hpman: the missing-default',
        '# hpman: ignore[missing-default]\n_("a")',
        '_("a"); x = "# hpman: ignore"',
        '_("a")\nx = """\n# hpman: ignore-file\n"""',
        '_("a")\n# hpman: ignore-file[bad-name]',
    ],
)
def test_another_comment_or_a_string_silences_nothing(source: str) -> None:
    found = said(fixture(IMPORT + source).snapshot)
    assert any("missing-default a" in one for one in found)


def test_other_lines_and_files_are_not_silenced() -> None:
    check_diagnostics(
        """
        #- a.py
        from hpman.m import _; import b
        x = _("lr", 1)  # hpman: ignore
        x = _("lr", 2)
        #- b.py
        # hpman: ignore-file
        from hpman.m import _
        x = _("lr", 3)
        """,
        "a.py:3 duplicate-default lr",
    )


@pytest.mark.parametrize(
    ("source", "underlined"),
    [
        ('x = _("a", 1)  # hpman: ignore', "# hpman: ignore"),
        ('_("a")  # hpman: ignore[missing-default, bad-name]', "bad-name"),
        ('x = _("a", 1)  # hpman: ignore-file', "# hpman: ignore-file"),
        ('_("a", 1)  # hpman: ignore[no-such]', "no-such"),
        ('_("a", 1)  # hpman: ingore', "# hpman: ingore"),
        ('_("a", 1)  # hpman: uses', "# hpman: uses"),
    ],
)
def test_a_comment_that_does_nothing_is_told(source: str, underlined: str) -> None:
    check(UNUSED, IMPORT + source, f"main.py:2: {underlined}")


@pytest.mark.parametrize(
    "source",
    [
        '_("a")  # hpman: ignore',
        '_("a")  # hpman: ignore[missing-default]',
        "# hpman: see the documentation",
        "# hpman: uses a*",
        '_("a", 1)  # hpman: ignore[missing-default]\n_("b"',
    ],
)
def test_a_comment_that_does_something_or_may_do_so_is_passed_over(source: str) -> None:
    check(UNUSED, IMPORT + source)


def test_a_comment_against_what_is_off_is_not_idle() -> None:
    table = '#- pyproject.toml\n[tool.hpman.diagnostics]\nmissing-default = "off"\n'
    check_diagnostics(f'{table}#- a.py\n{IMPORT}_("a")  # hpman: ignore[missing-default]')


def test_a_message_says_what_is_meant() -> None:
    assert messages(UNUSED, IMPORT + "# hpman: ignore[missing-defalt]") == [
        "no problem has the code `missing-defalt`; did you mean `missing-default`?"
    ]
    assert messages(UNUSED, IMPORT + "# hpman: ignroe") == [
        "hpman knows no `ignroe` in a comment; did you mean `ignore`?"
    ]
    assert messages(UNUSED, IMPORT + 'x = _("a", 1)  # hpman: ignore') == [
        "there is nothing on this line to ignore: remove this comment"
    ]


@given(st.text("#hpman: ignore[]'\"\\\nuses", max_size=60), st.text("#hpman: ignore[]'\"\\\n", max_size=30))
def test_any_text_gives_directives_that_stand_in_it(before: str, after: str) -> None:
    text = f"{before}# hpman: ignore[{after}"
    for one in directives_of(text):
        assert text[one.span.start] == "#"
        assert all(text[slice(*word.span)] == word.text for word in one.words)
