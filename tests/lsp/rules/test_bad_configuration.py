"""What is told of a pyproject.toml: `place: message`, where the place is the source that it is about."""

from __future__ import annotations

import pytest

from hpman_lsp.features.diagnostics import diagnostics
from tests.lsp.workspace.fixtures import snapshot_of

RIGHT = """
[project]
name = "x"
[tool.hpman]
exclude = ["old/**", "!old/new.py"]
value-files = "configs/*.yaml"
inlay-hints = { enabled = true, max-length = 30 }
code-lens.enabled = false
[tool.hpman.scopes]
train = ["train.py"]
rest = "lib"
[tool.hpman.diagnostics]
missing-default = "error"
"duplicate-default" = 'off'
"""


KEYS = "`scopes`, `exclude`, `value-files`, `diagnostics`, `inlay-hints` and `code-lens`"


def told(text: str) -> list[str]:
    files = {"/w/pyproject.toml": text, "/w/train.py": "", "/w/lib/net.py": ""}
    found = diagnostics(snapshot_of(files), "/w/pyproject.toml")
    return [f"{text[slice(*one.span)]}: {one.message}" for one in found if one.code == "bad-configuration"]


@pytest.mark.parametrize("text", [RIGHT, "", "[tool.ruff]\nx = 1 # hpman", "[tool.hpman]", "hpman = [1,"])
def test_what_is_right_is_silent(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("tool.hpman = 1", f"1: [tool.hpman] must be a table of {KEYS}, not 1"),
        ("[tool.hpman]\nscope = {}", "scope: [tool.hpman] has no key `scope`; did you mean `scopes`?"),
        ("[tool.hpman]\ninlay_hints.enabled = true",
         "inlay_hints: [tool.hpman] has no key `inlay_hints`; did you mean `inlay-hints`?"),
        ("[tool.hpman]\nx = 1", f"x: [tool.hpman] has no key `x`; there are {KEYS}"),
        ("[tool.hpman]\nscopes = ['a']", "['a']: `scopes` must be a table: name = [patterns], not a list"),
        ("[tool.hpman.scopes]\na = 1", "1: `scopes.a` must be a pattern or a list of patterns, not 1"),
        ("[tool.hpman.scopes]\na = ['train.py', 2.5]", "2.5: a pattern is a string, such as `lib/**`, not 2.5"),
        ("[tool.hpman.scopes]\na = ''", "'': a pattern is a string, such as `lib/**`, not \"\""),
        ("[tool.hpman.scopes]\na = ['train.py', '[z-a]']",
         "'[z-a]': `[z-a]` is no pattern: bad character range z-a at position 10"),
        ("[tool.hpman.scopes]\na = ['train.py', 'trian.py']",
         "'trian.py': no Python file matches the pattern `trian.py`"),
        ("[tool.hpman.scopes]\na = 'trian.py'", "'trian.py': no Python file matches the pattern `trian.py`"),
        ("[tool.hpman]\nexclude = true", "true: `exclude` must be a pattern or a list of patterns, not true"),
        ("[tool.hpman]\nvalue-files = {}", "{}: `value-files` must be a pattern or a list of patterns, not a table"),
        ("[tool.hpman]\ndiagnostics = 'off'",
         "'off': `diagnostics` must be a table: code = \"severity\", not \"off\""),
        ("[tool.hpman.diagnostics]\nmissing-defualt = 'off'",
         "missing-defualt: `missing-defualt` is no problem's code; did you mean `missing-default`?"),
        ("[tool.hpman.diagnostics]\nmissing-default = 'fatal'",
         "'fatal': a severity is one of `off`, `hint`, `information`, `warning` and `error`, not \"fatal\""),
        ("[tool.hpman.diagnostics]\nmissing-default = [\n  1,\n]",
         "[\n  1,\n]: a severity is one of `off`, `hint`, `information`, `warning` and `error`, not a list"),
        ("[tool.hpman]\ninlay-hints = true", "true: `inlay-hints` must be a table of `enabled` and `max-length`, not true"),
        ("[tool.hpman.inlay-hints]\nmax-length = 3", "3: `inlay-hints.max-length` must be a whole number from 4 on, not 3"),
        ("[tool.hpman.inlay-hints]\nmax = 3",
         "max: `inlay-hints` has no key `max`; there are `enabled` and `max-length`"),
        ("tool.hpman.code-lens.enabled = 'yes' # x", "'yes': `code-lens.enabled` must be true or false, not \"yes\""),
        ("[tool.hpman]\nexclude = [\n[tool.x]",
         "tool.x]: this is no TOML, so that nothing of [tool.hpman] counts: Invalid value"),
        ("[tool.hpman]\nexclude = [\n",
         "[: this is no TOML, so that nothing of [tool.hpman] counts: Invalid value"),
        ("[tool.hpman]\nexclude == 1\n", "= 1: this is no TOML, so that nothing of [tool.hpman] counts: Invalid value"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands(text: str, fault: str) -> None:
    assert told(text) == [fault]


def test_all_faults_are_told() -> None:
    assert len(told("[tool.hpman]\nscope = 1\nexclude = 1\ncode-lens = 1")) == 3


def test_a_project_can_turn_it_off() -> None:
    assert told('[tool.hpman]\nscope = 1\ndiagnostics = {bad-configuration = "off"}') == []
