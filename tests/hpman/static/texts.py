"""Sources for property tests: pieces that are hard to cut, real files, and edits of both."""

from __future__ import annotations

import sysconfig
import textwrap
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

CANDIDATES = frozenset({"_", "len", "isinstance"})

CALLS = (
    '_("a", 1)',
    "_('b')",
    '_.get_value("n")',
    '_.set_values({"k": 1})',
    "_.parse_file(P)",
    'h("z", 2)',
    'lambda _: _("q")',
)
LINES = (
    "from hpman.m import _\n",
    "from hpman.m import hp as h\n",
    "import x\n",
    "# -*- coding: latin-1 -*-\n",
    "P = __file__\n",
    "@d\n",
    "if x:\n",
    "else:\n",
    "elif x:\n",
    "try:\n",
    "except E:\n",
    "finally:\n",
    "match x:\n",
    "case _:\n",
    "def f():\n",
    "async def g(_):\n",
    "class A:\n",
    '    _("i", 2)\n',
    "global _\n",
    "\\\n",
    "# c\n",
)
SIGNS = (
    *("\n", "\r\n", "\r", "\f", "\t", " ", "    ", "\\", "\x00", "\x0b", "\u2028", "\ufeff"),
    *('"', "'", '"""', "'''", 'f"', "f'", 'rf"""', 'f"{', '}"', "{{", "!r:", 'b"', '_("', '", '),
    *("(", ")", "[", "]", "{", "}", ",", ";", ":", "=", ".", "0", "x", "_", "é", "😀"),
)
PIECES = st.sampled_from((*CALLS, *LINES, *SIGNS))
SMALL = st.lists(PIECES, max_size=25).map("".join)


# Statements that name a manager, and what other statements are below: made to programs that mostly parse.
SIMPLE = [
    "_('a', 1)", "x = _('b') + f(_('c', [1,\n2]))", "return _.get_value('d')", "_, y = _('e', 1), 2", "'''_('no')\n'''",
    "x = f'{_(\"n\", 1):{_(\"w\")}}'", "[_('m', 1) for _ in _('n')]", "f(_)", "global _", "nonlocal _", "_.set_value('k', _('j'))",
    "# _('no'", "x = (  # _(\n  _('ö', 1))", "lambda _: _('l')", "del _", "import _", "x: int = _('o', -1)", "x = \\\n  _('p')",
    "_.parse_file(__file__)", "P = 'x'", "(_)('q')", "_ ('r', 1)", "raise _('s')", "assert _('t'), _('u')", "for _ in x: _('v')",
    "hpman.m._('w', 1)", "g(hpman.m._)", "import hpman.m", "x = '#' + _('x') # '", "for i, _ in x: pass", "_", "if x: _('y')",
    "a, _ = b", "return _, x in y", "hp = _", "x = 1; _ = 2", "_ in x", "x = {'a': _('z', {1: 2})}", "\"\"\"{_('no')}\"\"\"", "_('\"\"\"')",
]  # fmt: skip
HEADS = [
    "class A:", "class A(_('base')):", "@_('dec')\nclass A:", "class _:", "def f(self):", "def f(self, _):", "def f(a=_('da', 1)):",
    "@_('d')\n@e\nasync def f():", "if _('if'):", "for _ in x:", "for x in _('for', 1):", "while _('while'):", "with _('with') as _:",
    "with open(_('o')) as f:", "match _('m'):\n  case _('c'):\n    pass\nif 1:", "try:\n  pass\nexcept _('e') as _:", "def _(x):",
    "if x:\n  pass\nelif _('elif'):", "try:\n  _('try')\nfinally:", "if x: _('one')\nelse:", "class A(\n  B,\n):  # _('no')",
    "@property\ndef f(self) -> _('ann'):", "match x:\n case _ if _('guard'):",
]  # fmt: skip


def block(below: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Statements, one after the other; those that are below others are made of such."""
    simple = st.sampled_from(SIMPLE)
    nested = st.tuples(st.sampled_from(HEADS), below, st.sampled_from(["  ", "    ", "\t"])).map(
        lambda one: f"{one[0]}\n{textwrap.indent(one[1], one[2])}"
    )
    return st.lists(st.one_of(simple, nested), min_size=1, max_size=5).map("\n".join)


PROGRAMS = st.recursive(block(st.just("pass")), block, max_leaves=6)


def chosen(step: int, most: int = 60_000) -> list[Path]:
    """Every `step`-th file of the standard library and of what is installed that is not too large."""
    folders = (Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib")))
    files = sorted(path for folder in folders for path in folder.glob("*/*.py") if path.stat().st_size < most)
    return files[::step]


def read(path: Path) -> str:
    """A file's text with its own line ends; whatever is not UTF-8 in it stands for anything."""
    return path.read_bytes().decode("utf-8", "replace")


@cache
def real_texts() -> tuple[str, ...]:
    return tuple(read(path) for path in chosen(step=100, most=12_000))


# Drawn by their number, so that a failure is not reported as a page of source.
REAL = st.builds(
    lambda number, ends: real_texts()[number % len(real_texts())].replace("\n", ends),
    st.integers(0, 1000),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """Insert, delete, replace or paste somewhere."""
    start = draw(st.integers(0, len(text)))
    removed = draw(st.sampled_from([0, 0, 0, 1, 2, 10, 300]))
    pasted = draw(st.integers(0, len(text)))
    inserted = draw(
        st.one_of(
            st.just(""),
            PIECES,
            st.lists(PIECES, max_size=5).map("".join),
            st.just(text[pasted : pasted + 300]),
        )
    )
    return text[:start] + inserted + text[start + removed :]


@st.composite
def histories(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> list[str]:
    """The texts of one document: each an edit of the one before, or any former one again (undo)."""
    history = [draw(texts)]
    for _ in range(draw(st.integers(1, 6))):
        undone = draw(st.booleans()) and draw(st.booleans())
        history.append(draw(st.sampled_from(history)) if undone else draw(edited(history[-1])))
    return history
