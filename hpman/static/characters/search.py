"""Decides over a file's bytes whether it can call a candidate: most files of a real tree cannot."""

from __future__ import annotations

import re
from functools import lru_cache
from keyword import kwlist

# Between a name and its bracket: blanks, continued lines, brackets around the name and, inside outer brackets,
# comments. A comment ends with its line and nowhere before: else a long one could be cut into parts in more ways
# than there is time to try.
_GAP = rb"(?:[ \t\f\r\n)]|\\[\r\n]|#[^\r\n]*(?=[\r\n]|\Z))*"


# The words that can stand directly before a call; and how many names in strings are passed over, for each takes a look
# at its line, and a long line must not be looked at for ever.
_BEFORE_A_CALL = frozenset(word.encode() for word in (*kwlist, "match", "case"))
_LAST_WORD = re.compile(rb"[\w\x80-\xff]+\Z")
_IN_STRINGS = 50


def may_call(data: bytes, candidates: frozenset[str]) -> bool:
    """Tell whether a source can contain a call of a candidate.

    False is certain for every source that Python accepts, in every encoding in which ASCII characters are single bytes
    of their own (all that Python reads but utf-7); True only means that the text is worth parsing.

    data: the file's bytes.
    candidates: identifiers such as "_".
    """
    pattern, start = _pattern(candidates, rb"\w.", _GAP + rb"\("), 0
    for _ in range(_IN_STRINGS if candidates else 0):
        match = pattern.search(data, start)
        if match is None:
            return False
        if not _is_in_string(data, match.start()):
            return True
        start = match.start() + 1  # not its end: a call may stand in what looks like a comment
    return bool(candidates)


def _is_in_string(data: bytes, at: int) -> bool:
    """Tell whether a name is surely in a string: after a quote on its line, and directly after what no call can follow.

    The quote is asked for because of calls that only lack an operator: Python refuses them, and that is to be told.
    """
    line = data[max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1 : at].rstrip(b" \t\f")
    if b"'" not in line and b'"' not in line:
        return False
    word = _LAST_WORD.search(line)
    return line[-1:] in b"!)]}'\"" if word is None else word[0] not in _BEFORE_A_CALL


def may_use(data: bytes, candidates: frozenset[str]) -> bool:
    """Tell whether a source can contain a call of a candidate, or of one of its methods; as certain as `may_call`."""
    return bool(candidates) and _pattern(candidates, rb"\w.", _GAP + rb"[(.]").search(data) is not None


def mentions(data: bytes, words: frozenset[str]) -> bool:
    """Tell whether one of the words stands in a source, as a word of its own."""
    return bool(words) and _pattern(words, rb"\w", b"").search(data) is not None


def takes_attribute(data: bytes, names: frozenset[str]) -> bool:
    """Tell whether an attribute that has one of some names stands in a source: `x._`; `x . _` is passed over."""
    return bool(names) and _attribute(names).search(data) is not None


@lru_cache(maxsize=64)
def _attribute(names: frozenset[str]) -> re.Pattern[bytes]:
    ordered = sorted((re.escape(name.encode()) for name in names), key=lambda name: (-len(name), name))
    return re.compile(rb"\.(?:%s)" % b"|".join(name + _end(name) for name in ordered))


@lru_cache(maxsize=64)
def _pattern(words: frozenset[str], not_before: bytes, after: bytes) -> re.Pattern[bytes]:
    r"""Give what finds one of some words, each as a word of its own.

    not_before: characters that do not stand before it; with a dot among them, attributes (x._) are passed over,
        but for "x . _", which is rare and left to the parser.
    after: what stands behind it.
    """
    # Longest first, so that no word hides one that it begins. What does not stand before a word is looked for from
    # its end: a pattern that begins with a literal is found at the speed of C.
    ordered = sorted((re.escape(word.encode()) for word in words), key=lambda word: (-len(word), word))
    found = b"|".join(rb"%s%s(?<![%s]%s)" % (word, _end(word), not_before, word) for word in ordered)
    return re.compile(rb"(?:%s)%s" % (found, after))


def _end(word: bytes) -> bytes:
    """Give what matches where a word is over; the second is slower, and knows other alphabets."""
    return rb"\b" if word.isascii() else rb"(?!\w)"
