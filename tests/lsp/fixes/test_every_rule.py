"""Each rule that can be mended by an edit is: after each of its fixes it is gone, no other came, and the file parses."""

from __future__ import annotations

from typing import Final

import pytest

from hpman_lsp.features.code_actions import code_actions
from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.fixes.table import FIXERS
from hpman_lsp.rules.table import CODES
from hpman_lsp.text.lines import Lines
from tests.lsp.features.checking import IMPORT
from tests.lsp.fixes.fixing import ALWAYS, check_fixes
from tests.lsp.workspace.fixtures import fixture

VALUES: Final = f'#- pyproject.toml\n[tool.hpman]\nvalue-files = "*.yaml"\n#- main.py\n{IMPORT}'
SECTION: Final = "#- pyproject.toml\n[tool.hpman]\n"
# Workspaces of which a rule tells something that a fix mends.
CASES: Final = {
    "duplicate-default": ['_("lr", 1); _("lr", 2)', '_("lr", 1); _("lr", 1)'],
    "missing-default": ['_("lr", 1); _("lrr")', '_("lr", choices=["a", "b"])'],
    "name-not-literal": ["_('a' + 'b', 1)", "_(f'a', 1)"],
    "wrong-arguments": ["_('lr', 1, 2)"],
    "hint-not-literal": ["_('lr', 1, help=x)", "H = 'x'\n_('lr', 1, help=H)"],
    "bad-literal": ['_("lr", {[1]: 2})', '_("lr", (), choices={[], (1, [2])})'],
    "leaf-and-branch": [
        '_("a", 1); _("a.b", 2)',
        '_.set_value("a", 1); _("a"); _("a.b.c", 2)',
        f'{VALUES}_("a.b", 1)\n#- a.yaml\na: 1\nc: 2\n',
    ],
    "bad-name": ["_('a..b', 1)"],
    "conflicting-hints": ["_('lr', 1, help='x'); _('lr', help='y')"],
    "default-not-in-choices": ["_('m', 'adan', choices=['adam'])"],
    "default-out-of-range": ["_('m', 3, range=(0, 2))"],
    "hint-not-a-space": [
        "_('m', 0.5, range=(1, 0))",
        "_('m', 2.5, range=[9, 1], scale='log')",
        "_('m', 0.5, min=1, max=0)",
        "_('m', 0.5, range=(0, 1), scale='log')",
        "_('m', 4, range=(1, 9), step=2, scale='log')",
        "_('m', 4, range=(0.5, 8.5))",
    ],
    "default-not-of-type": ["_('m', '3', type='int')"],
    "default-not-literal": ["LR = 1\n_('lr', LR)"],
    "shadowed-manager": ["def f():\n    for _ in x: pass\n    _('lr', 1)"],
    "unseen-alias": ["h = _\nh('lr', 1)", "import lib\nlib._('lr', 1)\n#- lib.py\n" + IMPORT],
    "missing-path": ["_.parse_file('libb.py')\n#- lib.py\n" + IMPORT],
    "unknown-method": ["_.set_vale('lr', 1); _('lr', 2)"],
    "unused": ['_("lr", 1)\n'],
    "unused-ignore": ["_('lr')  # hpman: ignore[bad-name]"],
    "unparsed-file": [
        "import lib\n_.parse_file(__file__)\n#- lib.py\n" + IMPORT + '_("lr", 1)',
        "import lib\n_.parse_file(['main.py'])\n#- lib.py\n" + IMPORT + '_("lr", 1)',
    ],
    "bad-configuration": [
        SECTION + "scope = {}\n",
        SECTION + "inlay-hints.enabled = 'yes'\n",
        SECTION + "exclude = ['a', 2]\n",
        "#- pyproject.toml\n[tool.hpman.scopes]\na = 'mian.py'\n#- main.py\n",
        "#- pyproject.toml\n[tool.hpman.diagnostics]\nunused = 'warn'\n",
    ],
    "unreadable-values": [VALUES + '_("1", 2)\n#- a.yaml\n1: 2\n'],
    "unknown-name": [
        "_('lr', 1); _.set_value('lrr', 2)",
        "_('lr', 1); _.set_values({'lrr': 2})",
        "_('o.lr', 1); _.set_tree({'o': {'lrr': 2}})",
        VALUES + '_("lr", 2)\n#- a.yaml\nlrr: 2\n',
    ],
    "value-not-of-type": [VALUES + '_("lr", 2)\n#- a.yaml\nlr: x\n'],
    "number-read-as-text": [
        VALUES
        + 'import yaml\n_.set_values(yaml.safe_load(open("a.yaml"))); _("lr", 2.0)\n#- a.yaml\nlr: 1e-3\n'
    ],
    "value-not-in-choices": [VALUES + '_("m", 1, choices=[1])\n#- a.yaml\nm: 2\n'],
    "duplicate-key": [VALUES + '_("lr", 2)\n#- a.yaml\nlr: 1\nlr: 2\n'],
}
# Rules that no edit can mend, each with the reason.
UNMENDABLE: Final[dict[str, str]] = {"internal-error": "the fault is ours, and nothing in the file is wrong"}


def test_each_rule_is_here() -> None:
    assert CASES.keys() | UNMENDABLE.keys() == CODES
    assert not CASES.keys() & UNMENDABLE.keys()
    assert CASES.keys() == FIXERS.keys()


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, some in CASES.items() for text in some])
def test_each_rule_is_mended(code: str, text: str) -> None:
    at = fixture(text if text.startswith("#-") else IMPORT + text)
    told = [(path, one) for path in at.files for one in diagnostics(at.snapshot, path) if one.code == code]
    assert told
    for path, one in told:
        actions = list(
            code_actions(at.snapshot, path, one.span, lambda kind: kind == "quickfix", diagnostics)
        )
        mending = [each for each in actions if each.mends == one and not each.title.startswith(ALWAYS)]
        assert mending, Lines(at.files[path]).text
        assert [each.preferred for each in mending] == [len(mending) == 1] * len(mending)
    assert check_fixes(at.files) > 0
