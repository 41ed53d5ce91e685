"""What can stand in the place of lines that Python refuses, so that it reads the lines around them."""

from __future__ import annotations

import re

from hpman.static.scoping.binders import word
from hpman.static.tree.nodes import GIVES_ITSELF

# Begins a line that lines indented deeper may follow.
_COMPOUND = re.compile(
    r"[ \t\f]*(?:(?:async[ \t]+)?(?:def|for|with)|class|if|elif|else|try|except|finally|while|match|case)\b"
)
_DEFINITION = re.compile(r"(?:(?:async[ \t]+)?def|class)\b")
_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENTATION = re.compile(r"[ \t\f]*")
_CLAUSES = {
    "case": "case 0:",
    "class": "class A:",
    "elif": "elif 1:",
    "else": "else:",
    "except": "except ():",
    "finally": "finally:",
    "match": "match 0:",
    "try": "try:",
}
# What binds names and has lines below it, up to where the names stand, and those; what to write instead of what is
# around them.
_BINDING = (
    (re.compile(r"(?:async[ \t]+)?def\b[ \t]*\w*[ \t]*\(?(?P<names>[\s\S]*)"), "def f(", "):"),
    (re.compile(r"(?:async[ \t]+)?for\b(?P<names>(?:(?!\bin\b)[^\r\n])*)"), "for", "in():"),
    (
        re.compile(r"(?:async[ \t]+)?with\b(?:(?!\bas\b)[^\r\n])*\bas\b(?P<names>[^\r\n]*)"),
        "with()as(",
        "):",
    ),
)
_ASSIGNMENT = re.compile(r"(?P<targets>[\w \t,]+)(?::[^=\r\n]*)?=(?!=)[ \t]*(?P<value>[\s\S]*)")
# The value is the candidate itself.
_CHAIN = re.compile(rf"(?P<name>[\w.]+?)[ \t]*(?:\Z|[\r\n;#]|\.[ \t]*(?:{'|'.join(sorted(GIVES_ITSELF))})\b)")
_OTHER = re.compile(r"[^\r\n]")


def is_code(line: str) -> bool:
    """Tell whether a line is neither blank nor a comment."""
    return line.strip()[:1] not in ("", "#")


def indentation(line: str) -> str:
    """Give what stands before the first word of a line."""
    return _INDENTATION.match(line).group()  # type: ignore[union-attr] # it matches nothing too


def is_header(written: str) -> bool:
    """Tell whether lines that are indented deeper may follow: it says so, or ends with a colon."""
    return _COMPOUND.match(written) is not None or written.rstrip().endswith(":")


def placeholder(written: str, opens: bool, candidates: frozenset[str]) -> str:
    """Give what Python reads in the place of lines: as many of them, without the first one's indentation.

    It binds the same candidates, each in its place as far as that can be.

    opens: lines that are indented deeper follow.
    """
    body = written[len(indentation(written)) :].rstrip("\r\n")
    end = written[len(indentation(written)) + len(body) :]
    if not candidates:
        return ("if 1:" if opens else "pass") + _ends(body) + end
    if opens:
        return _header(body, candidates) + end
    # Behind a decorator there has to be a definition.
    is_definition = _DEFINITION.match(body) is not None
    return (_header(body, candidates) + "pass" if is_definition else _assignment(body, candidates)) + end


def _header(body: str, candidates: frozenset[str]) -> str:
    for pattern, before, after in _BINDING:
        match = pattern.match(body)
        names = _masked(match["names"], candidates) if match is not None else ""
        if match is not None and ("," in names or before == "def f("):
            return before.ljust(match.start("names")) + names + after + _ends(body[match.end() :])
    first = re.split(r"\W", body, maxsplit=1)[0]
    return _CLAUSES.get(first, "if 1:") + _ends(body)


def _masked(written: str, candidates: frozenset[str]) -> str:
    """Blank all but line ends and the candidates that may be bound there, and put a comma behind each."""
    names = re.compile(rf"(?:{word(candidates).pattern})(?![ \t]*[(.])")
    masked = list(_OTHER.sub(" ", written))
    for match in names.finditer(written):
        masked[match.start() : match.end() + 1] = [*match.group(), ","]
    return "".join(masked)


def _assignment(body: str, candidates: frozenset[str]) -> str:
    match = _ASSIGNMENT.match(body)
    if match is None or word(candidates).search(match["targets"]) is None:
        return "pass" + _ends(body)
    known = _CHAIN.match(match["value"])
    value = known["name"] if known is not None and known["name"] in candidates else "f()"
    return f"{match['targets']}={value}{_ends(body)}"


def _ends(written: str) -> str:
    return "".join(_LINE_END.findall(written))
