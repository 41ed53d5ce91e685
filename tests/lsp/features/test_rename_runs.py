"""After a rename a program prints what it printed, or the user was told where it may not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hpman_lsp.refactoring.renaming import Refusal, renamed
from hpman_lsp.refactoring.target import Target
from hpman_lsp.text.edits import apply_edits
from hpman_lsp.workspace.index.index import Key
from tests.lsp.workspace.fixtures import snapshot_of

START = "from hpman.m import _\nfrom hpman.hpm_db import L\n_.parse_file(__file__)\n"

# What is renamed, what to, and the program behind START.
SURE = {
    "dicts of all kinds": (
        "lr",
        "rate",
        """
_('lr', 1)
_.set_values(dict(lr=2, **{'wd': 3}) | {'eps': 1})
_.set_values({key: 4 for key in ('lr', 'wd')})
_.set_values({**{'lr': 5}})
print(_('lr'), _('wd', 1), _('eps', 1))
""",
    ),
    "views": (
        "lr",
        "rate",
        """
_('lr', 1)
_.tree['lr'] = 4
print(_.get_values()['lr'], 'lr' in _.get_values(), _.get_tree().get('lr'), _.tree.get('lr').node.get().value)
print(_.db.count(L.of_name('lr')), _.db.count(lambda row: row.name == 'lr'))
print(f"{_.get_values()['lr']} {_('lr')} {_.get_tree()['lr']}")
""",
    ),
    "nested views": (
        "optim.lr",
        "optim.rate",
        """
_('optim.lr', 1)
_.set_tree({'optim': dict(lr=2)})
print(_.get_tree()['optim']['lr'], _.get_tree('optim')['lr'], _.tree.get('optim').get('lr').count())
""",
    ),
    "a group": (
        "optim",
        "solver",
        """
_('optim.lr', 1)
_.set_tree({'lr': 2}, prefix='optim')
print(_('optim.lr'), _.get_tree('optim'), sorted(_.get_tree()['optim']))
""",
    ),
    "an item": (
        "o.lr",
        "o.rate",
        """
_.set_value('o.lr', 3)
print(_('o', {'lr': 1})['lr'], _('o')['lr'], _.get_values()['o']['lr'], _.get_value('o').get('lr'))
""",
    ),
}
DOUBTED = {
    "values in a variable": "values = _.get_values()\nprint(_('lr', 1), values['lr'])",
    "keys of all values": "print(_('lr', 1), [key == 'lr' for key in _.get_values()])",
    "a pattern": "_('lr', 1)\nmatch _.get_values():\n    case {'lr': value}:\n        print(value)",
    "keywords": "_('lr', 1)\ndef f(lr): return lr\nprint(f(**_.get_values()))",
    "a format": "_('lr', 1)\nprint('{lr}'.format(**_.get_values()))",
    "a method in a variable": "get = _.get_value\nprint(_('lr', 1), get('lr'))",
    "a method by its name": "print(_('lr', 1), getattr(_, 'get_value')('lr'))",
    "a loop over names": "_('lr', 1)\nfor name in ('lr',):\n    print(_.get_value(name))",
    "names elsewhere": "_('lr', 1)\nNAMES = ('lr',)\n_.set_values({name: 2 for name in NAMES})\nprint(_('lr'))",
    "text": "import json\n_('lr', 1)\n_.set_values(json.loads('{\"lr\": 3}'))\nprint(_('lr'))",
    "arguments": "import argparse\n_('lr', 1)\nparser = argparse.ArgumentParser()\n"
    "parser.add_argument('--lr', default=3)\n_.set_values(vars(parser.parse_args([])))\nprint(_('lr'))",
    "rows": "_('lr', 1)\nprint([row.value for row in _.db if row.name == 'lr'])",
}


@pytest.mark.parametrize("name", SURE)
def test_a_program_prints_the_same_after_a_rename_without_doubts(name: str, tmp_path: Path) -> None:
    old, new, lines = SURE[name]
    after, doubts = _renamed(START + lines, old, new)
    assert doubts == 0
    leaf, part = (one.rpartition(".")[2] for one in (old, new))
    assert _printed(tmp_path, after) == _printed(tmp_path, START + lines).replace(leaf, part)


@pytest.mark.parametrize("name", DOUBTED)
def test_a_program_that_prints_something_else_was_doubted(name: str, tmp_path: Path) -> None:
    before = f"{START}{DOUBTED[name]}\n"
    after, doubts = _renamed(before, "lr", "rate")
    assert _printed(tmp_path, after) != _printed(tmp_path, before)
    assert doubts > 0


def _renamed(text: str, old: str, new: str) -> tuple[str, int]:
    found = renamed(snapshot_of({"/w/main.py": text}), Target(Key("_", old), "/w/main.py"), new)
    assert not isinstance(found, Refusal), found.message
    return apply_edits(text, found.edits["/w/main.py"]), len(found.doubts)


def _printed(folder: Path, text: str) -> str:
    (folder / "main.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else f"{done.stdout}fails"
