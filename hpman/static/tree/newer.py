"""Syntax of newer Pythons, written so that an older one parses it, with all positions as they are.

`def f[T](x)`, `class A[T]` (3.12) lose what is in the square brackets, and `type A = int` (3.12) becomes `type_A = int`;
`lazy from m import x` (3.15) becomes `from      m import x`, `t"{x}"` (3.14) becomes `f"{x}"`, and of an unpacking in
a comprehension (3.15) the stars go: `[*x for x in y]`, `{**x for x in y}`. What a call in them is stays the same.
"""

from __future__ import annotations

import re
import sys

from hpman.static.characters.lexer import QUOTED

_TEMPLATES = sys.version_info < (3, 14)
_LAZY = sys.version_info < (3, 15)
# A backslash at a line's end joins the next one.
_GAP = r"(?:[ \t\f]|\\(?:\r\n|\r|\n))+"
# Only at a statement's begin, and not in a string or a comment, which are passed over.
_NEWER = re.compile(
    rf"""
    \#[^\r\n]*
  | (?P<prefix>(?<!\w)[A-Za-z]{{1,2}})?(?P<quoted>{QUOTED})
  | (?P<generic>\b(?:def|class){_GAP}\w+[ \t]*)(?P<parameters>\[(?:[^\[\]\r\n"'#]|\[[^\[\]\r\n"'#]*\])*\])
  | (?P<type>(?:^|(?<=\r)|(?<=[;:]))[ \t\f]*type)(?P<blank>[ \t]+)(?P<alias>[^\W\d]\w*[ \t]*)
    (?P<of>\[(?:[^\[\]\r\n"'#]|\[[^\[\]\r\n"'#]*\])*\])?(?=[ \t]*=(?!=))
  | (?P<begin>(?:^|(?<=\r)|[;:])[ \t\f]*)lazy(?P<gap>{_GAP})(?P<word>from|import)\b
    """,
    re.VERBOSE | re.MULTILINE,
)
# A template string in another one; in the text around it, which no literal is made of, it may be taken for one.
_NESTED = re.compile(r"(?<!\w)[tT]([rR]?)(?=[\"'])")
_UNPACKING = re.compile(r"unpacking cannot be used in")


def rewritten(text: str, error: SyntaxError) -> str | None:
    """Return a text, that this Python refuses, without the syntax of newer ones; None if it has none.

    error: why it is refused.
    """
    if not _LAZY:
        return None
    if _UNPACKING.search(error.msg or "") is not None:
        return _without_stars(text, error)
    older = _NEWER.sub(_older, text)
    return older if older != text else None


def _older(match: re.Match[str]) -> str:
    if match["generic"] is not None:
        return match["generic"] + " " * len(match["parameters"])
    if match["type"] is not None:
        return f"{match['type']}{'_' * len(match['blank'])}{match['alias']}{' ' * len(match['of'] or '')}"
    if match["word"] is not None:
        return f"{match['begin']}{match['word']}{match['gap']}    "
    kind = (match["prefix"] or "").lower().replace("r", "")
    if not _TEMPLATES or kind not in ("f", "t"):
        return match[0]
    prefix = match["prefix"].replace("t", "f").replace("T", "F")
    return prefix + _NESTED.sub(lambda inner: "f" + inner[1], match["quoted"])


def _without_stars(text: str, error: SyntaxError) -> str | None:
    """Return a text without the stars that an error points at."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    line, column = (error.lineno or 1) - 1, (error.offset or 1) - 1
    if line >= len(lines):
        return None
    before, here = lines[line][:column], lines[line][column:]
    stars = "**" if here.startswith("**") else "*"
    if not here.startswith(stars):
        return None
    lines[line] = before + ("0:" if stars == "**" else " ") + here[len(stars) :]
    return "".join(lines)
