"""Fixes that depend on other files, or are made in them."""

from __future__ import annotations

import pytest

from tests.lsp.features.checking import IMPORT
from tests.lsp.fixes.fixing import done, fixed, mending
from tests.lsp.workspace.fixtures import ROOT, fixture


def mended(text: str, path: str) -> dict[str, str]:
    """Give a file after each quick fix at the cursor, by title."""
    at = fixture(text)
    return {title: done(at, one).files[f"{ROOT}/{path}"] for title, one in mending(at).items()}


def test_the_default_of_another_program_is_suggested() -> None:
    at = f"""
#- a.py
{IMPORT}_.parse_file(__file__)
_("g$0one")
#- b.py
{IMPORT}_.parse_file(__file__)
_("gone", [1])
"""
    assert list(mended(at, "a.py")) == ["Give `gone` the default [1] here"]


def test_the_value_of_a_value_file_of_another_program_is_suggested() -> None:
    at = f"""
#- a.py
{IMPORT}_("g$0one", choices=[3, 7])
#- sub/pyproject.toml
[tool.hpman]
value-files = "*.yaml"
#- sub/a.yaml
gone: 7
"""
    assert list(mended(at, "a.py")) == ["Give `gone` the default 7 here"]


@pytest.mark.parametrize(
    ("program", "argument"),
    [
        ("_.parse_file(__file__)", '[__file__, "lib/net.py"]'),
        ("_.parse_file('main.py')", "['main.py', \"lib/net.py\"]"),
        ("_.parse_file(['main.py'])", "['main.py', \"lib/net.py\"]"),
        ("_.parse_file((__file__,))", '(__file__, "lib/net.py",)'),
        ("_.parse_file(path=[\n  __file__,  # own\n])", 'path=[\n  __file__, "lib/net.py",  # own\n]'),
        (
            "import os\n_.parse_file(__file__)",
            '[__file__, os.path.join(os.path.dirname(__file__), "lib/net.py")]',
        ),
        (
            "from pathlib import Path\n_.parse_file(Path(__file__))",
            '[Path(__file__), Path(__file__).parent / "lib/net.py"]',
        ),
        ("FILES = [__file__]\n_.parse_file(FILES)", None),
        ("_.parse_file([(__file__)])", None),
    ],
)
def test_a_program_is_made_to_parse_a_file(program: str, argument: str | None) -> None:
    text = f'{IMPORT}import lib.net\n{program}\n#- lib/net.py\n{IMPORT}_("l$0r", 1)\n'
    found = mended(text, "main.py")
    if argument is None:
        assert found == {}
    else:
        start = program.partition("_.parse_file")[0]
        after = f"{IMPORT}import lib.net\n{start}_.parse_file({argument})\n"
        assert found == {"Let main.py parse this file too": after}


def test_each_program_that_could_parse_a_file_is_offered() -> None:
    program = f"{IMPORT}import lib\n_.parse_file(__file__)\n"
    text = f'#- a.py\n{program}#- b.py\n{program}#- lib.py\n{IMPORT}_("l$0r", 1)\n'
    assert list(mended(text, "lib.py")) == ["Let a.py parse this file too", "Let b.py parse this file too"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('_("l$0r", {[1]: 2})', '_("lr", {(1,): 2})'),
        ('_("lr", $0{[1, 2]: [3]})', '_("lr", {(1, 2): [3]})'),
        ('_("lr", $0{[1,], (2, [])})', '_("lr", {(1,), (2, ())})'),
        ('_("lr", $0{{}: 1})', None),
    ],
)
def test_lists_that_have_to_be_compared_by_their_hash_become_tuples(text: str, after: str | None) -> None:
    found = {one for title, one in fixed(text.replace("l$0r", "lr").replace("{[1]", "$0{[1]")).items()}
    assert found == (set() if after is None else {after})


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        (
            '_("a$0", 1); _("a.b", 2)',
            {
                "Call the value `a.value`": '_("a.value", 1); _("a.b", 2)',
                "Call `a.b` `a_b`": '_("a", 1); _("a_b", 2)',
            },
        ),
        (
            '_("a", 1); _("a.b$0", 2); _("a_b", 3)',
            {
                "Call the value `a.value`": '_("a.value", 1); _("a.b", 2); _("a_b", 3)',
                "Call `a.b` `a_b_2`": '_("a", 1); _("a_b_2", 2); _("a_b", 3)',
            },
        ),
        (
            '_("a", 1); _("a.b$0", 2); print(_("a"))',
            {"Call the value `a.value`": '_("a.value", 1); _("a.b", 2); print(_("a.value"))'},
        ),
        ('_("a$0", 1); _("a.b", 2); _("a.c", 2)', {
            "Call the value `a.value`": '_("a.value", 1); _("a.b", 2); _("a.c", 2)',
        }),
        ('_("a$0", 1); _("a.b.c", 2); _("a.b.d", 2)', {
            "Call the value `a.value`": '_("a.value", 1); _("a.b.c", 2); _("a.b.d", 2)',
            "Call `a.b` `a_b`": '_("a", 1); _("a_b.c", 2); _("a_b.d", 2)',
        }),
        ('_("a$0", 1); _("a.b", 2); _("a.c", 2); _(name)', {}),
    ],
)  # fmt: skip
def test_a_value_that_is_a_group_too_becomes_a_part_of_it_or_the_part_is_taken_out(
    text: str, fixes: dict[str, str]
) -> None:
    assert fixed(text) == fixes


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        ("[tool.hpman]\nsco$0pe = {}\n", {"Write `scopes`": "[tool.hpman]\nscopes = {}\n", "Remove `scope`": "[tool.hpman]\n"}),
        ("[tool.hpman]\nxy$0z = [\n 1,\n] # why\n", {"Remove `xyz`": "[tool.hpman]\n"}),
        ("[tool.hpman]\nexclude = ['a', 2$0]\n", {"Remove `exclude`": "[tool.hpman]\nexclude = ['a']\n"}),
        ("[tool.hpman]\nexclude = [2$0, 'a']\n", {"Remove `exclude`": "[tool.hpman]\nexclude = ['a']\n"}),
        (
            "[tool.hpman]\ninlay-hints = {max-length = 3$0, enabled = true}",
            {
                "Write `4`": "[tool.hpman]\ninlay-hints = {max-length = 4, enabled = true}",
                "Remove `max-length`": "[tool.hpman]\ninlay-hints = {enabled = true}",
            },
        ),
        (
            "[tool.hpman]\ncode-lens.enabled = 'of$0f'\n",
            {"Write `false`": "[tool.hpman]\ncode-lens.enabled = false\n", "Remove `enabled`": "[tool.hpman]\n"},
        ),
        (
            "[tool.hpman.diagnostics]\nunused = 'wa$0rn'\n",
            {
                "Write `warning`": '[tool.hpman.diagnostics]\nunused = "warning"\n',
                "Remove `unused`": "[tool.hpman.diagnostics]\n",
            },
        ),
        ("[tool.hpman.diagnostics]\nunusde$0 = 'off'", {
            "Write `unused`": "[tool.hpman.diagnostics]\nunused = 'off'", "Remove `unusde`": "[tool.hpman.diagnostics]\n"}),
        (
            "[tool.hpman.scopes]\na = ['mian$0.py']\n#- main.py\n",
            {
                "Write `main.py`": '[tool.hpman.scopes]\na = ["main.py"]\n',
                "Remove `a`": "[tool.hpman.scopes]\na = []\n",
            },
        ),
        ("[tool.hpman]\nscopes = [\n$0", {}),
        ("[tool.hpman.x$0yz]\na = 1\n", {}),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_project_is_written_as_it_was_meant_or_removed(
    text: str, fixes: dict[str, str]
) -> None:
    assert mended(f"#- pyproject.toml\n{text}", "pyproject.toml") == fixes
