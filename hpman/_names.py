"""What a hyperparameter may be called, and what a name that is not known may have meant."""

from __future__ import annotations

from hpman.primitives import InvalidArgumentError, InvalidNameError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# What pytest, unittest and IPython ask modules and objects for; an answer would change what they do.
_PROBES = frozenset({"load_tests", "setUpModule", "setup_module", "tearDownModule", "teardown_module"})
_FARTHEST = 4  # the last part of a long name
_PROBE_STARTS = ("pytest_", "pytestmark", "_pytest", "_ipython_", "_repr_")


def plain(name: object) -> str:
    """Give a name as a string of the type `str`; raises InvalidArgumentError for what is none."""
    if not isinstance(name, str):
        raise InvalidArgumentError(
            f"the name of a hyperparameter is a string, not {type(name).__name__}: {name!r}"
        )
    return str.__str__(name)  # of a subclass, whose own __str__ may give something else


def checked(name: object, separator: str) -> str:
    """Give a name that a hyperparameter can have; raises InvalidArgumentError or InvalidNameError."""
    text = plain(name)
    fault = fault_of(text, separator)
    if fault:
        raise InvalidNameError(fault, name=text)
    return text


def checked_separator(separator: object) -> str:
    """Give a separator; raises InvalidArgumentError unless it is one character."""
    if not isinstance(separator, str) or len(separator) != 1:
        raise InvalidArgumentError(f"a separator is one character, not {separator!r}")
    return separator


def checked_placeholder(placeholder: object) -> str:
    """Give a placeholder; raises InvalidArgumentError unless it is an identifier."""
    if not isinstance(placeholder, str) or not placeholder.isidentifier():
        raise InvalidArgumentError(f"a placeholder is an identifier, not {placeholder!r}")
    return placeholder


def fault_of(name: str, separator: str) -> str:
    """Say what is wrong with a name; "" where nothing is."""
    if not name:
        return "the name of a hyperparameter must not be empty"
    if separator in name and not all(name.split(separator)):
        return f"`{name}` has an empty part: each part between `{separator}` needs a name"
    return ""


def is_probe(name: str) -> bool:
    """Tell whether an attribute's name is one that tools look for in any module, rather than a placeholder."""
    is_dunder = name.startswith("__") and name.endswith("__") and bool(name.strip("_"))
    return is_dunder or not name.isidentifier() or name in _PROBES or name.startswith(_PROBE_STARTS)


def prefixes(name: str, separator: str) -> Iterator[str]:
    """Give the branches that a name stands in, the outermost first: `a`, `a.b` of `a.b.c`."""
    at = name.find(separator)
    while at >= 0:
        yield name[:at]
        at = name.find(separator, at + 1)


def alike(name: str, known: Iterable[str], usable: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
    """Give the known names that a name may be meant for, the nearest first: at most three.

    usable: says of a name that is near whether it counts.
    """
    compared = _Compared(name)
    near: list[tuple[int, str]] = []
    for least, one in sorted(_in_reach(compared, known)):
        # Once there are three, only what may come before the last of them is looked at.
        if len(near) == 3 and (least, one) > near[2]:
            break
        limit = near[2][0] - (one > near[2][1]) if len(near) == 3 else _FARTHEST
        far = compared.within(one, limit) if least <= limit else None
        if far is not None and (far, one) not in near and usable(one):
            near = sorted([*near, (far, one)])[:3]
    return tuple(one for _, one in near)


def distance_from(name: str) -> Callable[[str], int | None]:
    """Give what tells how many slips of the keyboard lie between a name and another; None where that is too many.

    A slip is a letter too much, too few, another, or two that changed places; a letter's case is none. A name that
    is the last part of the other is as far as can be.
    """
    compared = _Compared(name)
    return lambda other: compared.within(other, _FARTHEST) if compared.least(other) <= _FARTHEST else None


def _in_reach(name: _Compared, known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Give the names that a name may be meant for, each with what is surely no more than its distance."""
    for one in known:
        least = name.least(one)
        if least <= _FARTHEST and one != name.text:
            yield least, one


class _Compared:
    """A name that others are compared with: thousands, so that what depends on it alone is found out once."""

    def __init__(self, name: str) -> None:
        self.text = name
        self._lower = name.lower()
        self._letters = frozenset(self._lower)
        self._counts = [(letter, self._lower.count(letter)) for letter in self._letters]
        self._places = dict.fromkeys(self._lower, 0)  # of each letter, as bits
        for at, letter in enumerate(self._lower):
            self._places[letter] |= 1 << at

    def least(self, other: str) -> int:
        """Give what is surely no more than the distance, by lengths and letters alone."""
        different = (len(self._letters.symmetric_difference(other.lower())) + 1) // 2
        least = max(abs(len(other) - len(self.text)), different)
        if least > 1 and (other.endswith(f".{self.text}") or self.text.endswith(f".{other}")):
            return 1
        return least

    def within(self, other: str, limit: int) -> int | None:
        """Give the distance; None if it is above a limit."""
        name = self.text
        short, long = (name, other) if len(name) <= len(other) else (other, name)
        length = len(long)
        most = 0 if length < 3 else 1 if len(short) < 6 else 2 if len(short) < 12 else 3
        near = min(limit, most)
        slips = self._slips(other.lower(), near) if length - len(short) <= near else None
        if slips is None and most < limit and long.endswith(short) and long[: -len(short)].endswith("."):
            return most + 1
        return slips

    def _slips(self, other: str, most: int) -> int | None:
        """Give the optimal string alignment distance; None if it is above `most`.

        Most pairs are told apart by their letters, at a tenth of the cost. Of others a column of the recurrence is a
        number with one bit for each letter (Hyyro 2003, "A bit-vector algorithm for computing Levenshtein and Damerau
        edit distances"): `more` and `less` are where it is one more, or one less, than in the row above.
        """
        length = len(self._lower)
        lacking = self._lacking(other)
        if lacking > most or lacking + len(other) - length > most:
            return None
        every = (1 << length) - 1
        slips, more, less, same, before = length, every, 0, 0, 0
        for letter in other:
            here = self._places.get(letter, 0)
            swapped = ((~same & here) << 1) & before
            same = (((here & more) + more) ^ more) | here | less | swapped
            grown, shrunk = less | ~(same | more), same & more
            slips += ((grown & every) > every >> 1) - ((shrunk & every) > every >> 1)
            grown = grown << 1 | 1
            more, less = (shrunk << 1 | ~(same | grown)) & every, grown & same & every
            before = here
        return slips if slips <= most else None

    def _lacking(self, other: str) -> int:
        """Give how many letters of the name another one has not; it has as many others as it is longer."""
        return sum(count - there for letter, count in self._counts if (there := other.count(letter)) < count)


def did_you_mean(suggestions: tuple[str, ...]) -> str:
    """Word the suggestions as the end of a message."""
    return f"; did you mean {' or '.join(f'`{one}`' for one in suggestions)}?" if suggestions else ""
