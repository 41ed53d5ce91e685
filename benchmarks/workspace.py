"""Workspaces to measure on: real files, with hyperparameters added in functions, as people have them.

They come in two dialects: with calls of a manager, and, for peers that know nothing of those, the same files with
one module of values that they import.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks import provision
from benchmarks.inserting import with_lines

TREE = ("transformers", "5.23.0")
FILES = 2000  # the first ones of the tree
USING, USES = 200, 6  # files with hyperparameters, and how many each has
NAMES = 300
LONG = "modeling_utils.py"  # 5,300 lines, most of them one class
SHORT_LINES = 300

# ty reads nothing that version control ignores, and no version control looks into the cache folder.
_PROJECT = '[project]\nname = "measured"\n\n[tool.ty.src]\nrespect-ignore-files = false\n'

_USE = re.compile(r'^ +(hyperparameter_\d+) = (?:_\("|C\.)([\w.]+)', re.MULTILINE)


class Place(NamedTuple):
    """A position as the protocol counts it."""

    line: int
    character: int


class Use(NamedTuple):
    """An added line: `hyperparameter_7 = _("block7.width7")`.

    at: the first character of the name; typed: the end of the variable's name, where somebody types.
    """

    path: Path
    name: str
    at: Place
    typed: Place


class Workspace(NamedTuple):
    """A folder, and what was added to its files.

    short, long: uses in a file of 300 lines, and in one of some 5,000.
    declarations: of each name, besides its uses.
    """

    root: Path
    uses: tuple[Use, ...]
    short: Use
    long: Use
    declarations: int

    def references(self, use: Use) -> int:
        """How many there are of a name, declarations included."""
        return sum(one.name == use.name for one in self.uses) + self.declarations


class Dialect(NamedTuple):
    """How hyperparameters are written.

    header: imports what `use` needs; use: from the prefix of all names, the number of the name, and its default or None.
    module: the module of values, from their names; None where there is no need of one.
    """

    name: str
    header: str
    use: Callable[[str, int, int | None], str]
    module: Callable[[Sequence[str]], str] | None


def _call(prefix: str, name: int, default: int | None) -> str:
    value = "" if default is None else f", {default}"
    return f'_("{prefix}block{name % 10}.width{name}"{value})'


def _value(prefix: str, name: int, _default: int | None) -> str:
    return f"C.{prefix.upper()}WIDTH{name}"


def _values(expressions: Sequence[str]) -> str:
    names = dict.fromkeys(expression.removeprefix("C.") for expression in expressions)
    return "".join(f"{name} = {value}\n" for value, name in enumerate(names))


CALLS = Dialect("calls", "from hpman.m import _", _call, None)
VALUES = Dialect("values", "import config_values as C", _value, _values)


def workspace(dialect: Dialect, copies: int = 1) -> Workspace:
    """Make a workspace in the cache, unless it is there; copies: how many times the files, each with its own names.

    Raises: ProvisionError.
    """
    folder = provision.cache() / "workspaces" / f"{dialect.name}-{FILES * copies}"
    root = provision.made(folder, partial(_make, dialect=dialect, copies=copies)) / "root"
    changed = json.loads((folder / "changed.json").read_text(encoding="utf-8"))
    uses = [use for name in changed for use in _uses(root / name)]
    long, short = uses[USES // 2], uses[USES + USES // 2]
    return Workspace(root, tuple(uses), short, long, int(dialect.module is not None))


def write_files(folder: Path, texts: dict[str, str]) -> None:
    """Write files by their relative paths, as they are."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def read_tree(files: int | None = FILES) -> dict[str, str]:
    """The first files of the tree (None: all), with the long one among them, by their relative paths.

    Raises: ProvisionError.
    """
    source = provision.wheel(*TREE) / TREE[0]
    first = [path.relative_to(source).as_posix() for path in sorted(source.rglob("*.py"))][:files]
    names = first if LONG in first else [*first[:-1], LONG]
    return {name: (source / name).read_bytes().decode() for name in names}


def changed_files(texts: dict[str, str], dialect: Dialect, prefix: str = "") -> dict[str, str]:
    """Those of the files that hyperparameters are added to: the long one, a short one, then others.

    What gives the names their defaults comes last: the first files only read.
    """
    changed: dict[str, str] = {}
    for name in _in_order(texts):
        if len(changed) < USING:
            added = [_line(dialect, prefix, len(changed) * USES + number) for number in range(USES)]
            text = with_lines(texts[name], dialect.header, added)
            changed |= {} if text is None else {name: text}
    return changed


def _make(folder: Path, dialect: Dialect, copies: int) -> None:
    texts, names = read_tree(), []
    for copy in range(copies):
        prefix, part = (f"copy{copy}_", f"copy{copy}/") if copies > 1 else ("", "")
        changed = changed_files(texts, dialect, prefix)
        names += [f"{part}{TREE[0]}/{name}" for name in changed]
        write_files(folder / "root" / part / TREE[0], texts | changed)
    added = {"pyproject.toml": _PROJECT}
    if dialect.module is not None:
        added["config_values.py"] = dialect.module([dialect.use("", name, None) for name in range(NAMES)])
    write_files(folder / "root", added)
    (folder / "changed.json").write_text(json.dumps(names), encoding="utf-8")


def _in_order(texts: dict[str, str]) -> dict[str, None]:
    """The long file, some short ones (the first may have too few functions), and then any: always the same."""
    names = sorted(texts)
    random.Random(0).shuffle(names)
    short = sorted(names, key=lambda name: abs(texts[name].count("\n") - SHORT_LINES))
    return dict.fromkeys([LONG, *short[:9], *names])


def _line(dialect: Dialect, prefix: str, number: int) -> str:
    default = number if number >= USING * USES - NAMES else None
    return f"hyperparameter_{number} = {dialect.use(prefix, number % NAMES, default)}"


def _uses(path: Path) -> list[Use]:
    text = path.read_bytes().decode()
    found = []
    for match in _USE.finditer(text):
        line, start = text.count("\n", 0, match.start()), match.start()
        typed, at = Place(line, match.end(1) - start), Place(line, match.start(2) - start)
        found.append(Use(path, match[2], at, typed))
    return found
