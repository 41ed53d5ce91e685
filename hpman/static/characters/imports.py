"""The imports of a text, read without parsing it; a line in a docstring that looks like one is taken too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hpman.static.facts import Binding, Import, Span
from hpman.static.tree.nodes import GIVES_ITSELF

# To the end of the line, and of those that a backslash joins to it.
_ROW = r"[^;\r\n#\\]*(?:\\(?:\r\n|[\s\S])[^;\r\n#\\]*)*"
_GROUP = r"[^()#]*(?:#[^\r\n]*[^()#]*)*"
_NAMES = rf"(?:\((?P<group>{_GROUP})\)|(?P<row>{_ROW}))"
_IMPORT = re.compile(
    r"(?:^|(?<=\r)|[;:])[ \t\f]*(?:lazy[ \t]+)?(?:from[ \t]+(?P<module>[.\w][. \t\w]*?)[ \t]+import\b[ \t]*"
    + _NAMES
    + rf"|import[ \t]+(?P<modules>{_ROW}))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\r\n]*|\\")
_CHAINING = "|".join(sorted(GIVES_ITSELF))
# What an attribute is taken of, up to its dot.
_OWNER = re.compile(r"(?<![\w.])[^\W\d]\w*(?:\.[^\W\d]\w*)*\Z")
_BLANKS = re.compile(r"[ \t\f]*")
_SURE_HEAD = re.compile(r"(?:try[ \t]*:|with\b)")
_NEAR_LINES = 40  # above an import: a `try` further up is taken for a function
_NEAR = 200  # characters before that dot that are looked at
# It begins with a literal, for that is found at the speed of C.
_DIRECT = re.compile(r"from(?<!\wfrom)[ \t]+hpman[ \t]*\.[ \t]*m[ \t]+import\b[ \t]*" + _NAMES)


def imports_of(text: str, start: int, end: int) -> tuple[Import, ...]:
    """Give the imports between two offsets, in source order."""
    found: list[Import] = []
    for match in _statements(text, start, end):
        sure = _is_sure(text, match.start())
        if match["modules"] is not None:
            found += (Import(name, (), sure) for name, _ in _aliases(match["modules"]))
        else:
            names = tuple(name for name, _ in _aliases(match["group"] or match["row"] or ""))
            found.append(Import("".join(match["module"].split()), names, sure))
    return tuple(found)


def modules_of(text: str) -> dict[str, str]:
    """Give what the imports of a text may bind to a module, by local name: `alias` to `.common` or to `pkg.common`."""
    found: dict[str, str] = {}
    for match in _statements(text, 0, len(text)):
        if match["modules"] is not None:
            for name, local in _aliases(match["modules"]):
                found[local.partition(".")[0]] = name if local != name else name.partition(".")[0]
        else:
            module = "".join(match["module"].split())
            for name, local in _aliases(match["group"] or match["row"] or ""):
                found[local] = submodule(module, name)
    return found


def local_names(text: str) -> tuple[tuple[str, str, str], ...]:
    """Give (module, name, local name) of what the imports of a text bind; the name is "" where it is the module."""
    found: list[tuple[str, str, str]] = []
    for match in _statements(text, 0, len(text)):
        if match["modules"] is not None:
            found += ((name, "", local) for name, local in _aliases(match["modules"]))
        else:
            module = "".join(match["module"].split())
            taken = _aliases(match["group"] or match["row"] or "")
            found += ((module, name, local) for name, local in taken)
    return tuple(found)


def submodule(module: str, name: str) -> str:
    """Give the module of a name in a package: `.common` for `common` of `.`."""
    return f"{module}{name}" if not name or module.endswith(".") else f"{module}.{name}"


def manager_aliases(text: str) -> tuple[tuple[str, str], ...]:
    """Give (placeholder, local name) of what a text imports from `hpman.m`."""
    if "hpman" not in text:
        return ()
    return tuple(
        alias for match in _DIRECT.finditer(text) for alias in _aliases(match["group"] or match["row"] or "")
    )


def dotted_managers(text: str, imports: Iterable[Import]) -> frozenset[str]:
    """Give the managers that a text names as attributes: `hpman.m._`, or `m._` after `from hpman import m`."""
    if not any(_is_home(one) for one in imports):
        return frozenset()
    heads: set[str] = set()
    for match in _statements(text, 0, len(text)):
        if match["modules"] is not None:
            heads.update(_head(*alias) for alias in _aliases(match["modules"]))
        elif "".join(match["module"].split()) == "hpman":
            taken = _aliases(match["group"] or match["row"] or "")
            heads.update(local for name, local in taken if name == "m")
    words = "|".join(map(re.escape, sorted(heads - {""})))
    return frozenset(re.findall(rf"(?<![\w.])(?:{words})\.[^\W\d]\w*", text)) if words else frozenset()


def imported_attributes(text: str, names: Iterable[str]) -> frozenset[str]:
    """Give the attributes of what a text imports that have one of some names: `common._` after `import common`."""
    words = "|".join(sorted(map(re.escape, names)))
    found = {
        (owner[0], attribute["name"])
        for attribute in (re.finditer(rf"\.(?P<name>{words})(?!\w)", text) if words else ())
        if (owner := _OWNER.search(text, max(0, attribute.start() - _NEAR), attribute.start()))
    }
    local = _locals(text) if found else frozenset()
    return frozenset(f"{owner}.{name}" for owner, name in found if owner.partition(".")[0] in local)


def names_for(text: str, names: frozenset[str]) -> frozenset[str]:
    """Give the names that a text assigns managers of some names to: `hello = _`, `manager = _.parse_file(path)`."""
    words = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    # Most texts have none: what begins with a literal is found at the speed of C.
    if not names or re.search(rf"= ?(?:{words})(?:[\n\r \t;]|\.(?:{_CHAINING})|\Z)", text) is None:
        return frozenset()
    found = re.findall(
        rf"^[ \t]*(\w+)[ \t]*(?::[^=\n]+)?=[ \t]*(?:{words})"
        rf"(?:[ \t]*(?:\#.*|;.*|\r)?$|[ \t]*\.[ \t]*(?:{_CHAINING})\b)",
        text,
        re.MULTILINE,
    )
    return frozenset(found) - names


def bindings_of(text: str, start: int, end: int, candidates: frozenset[str]) -> Iterator[Binding]:
    """Give the imports that bind a candidate, in text that does not parse."""
    for match in _statements(text, start, end):
        if match["modules"] is None:
            module, place = "".join(match["module"].split()), Span(*match.span())
            for name, local in _aliases(match["group"] or match["row"] or ""):
                if local in candidates:
                    yield Binding(local, "import", module, name, place, place.end)


def _statements(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Give what `_IMPORT` finds between two offsets: it is tried only where the word stands that each has."""
    at = start
    while (word := text.find("import", at, end)) >= 0:
        line = max(text.rfind("\n", at, word), text.rfind("\r", at, word)) + 1 or at
        begin = max(line, text.rfind(";", line, word), text.rfind(":", line, word))
        match = _IMPORT.match(text, begin, end)
        if match is not None:
            yield match
        at = word + len("import") if match is None else match.end()


def _is_sure(text: str, start: int) -> bool:
    """Return whether what runs a module runs an import in it: it stands outermost, or in a `try` or `with` there."""
    line = _line_start(text, start)
    indent = _indent(text, line)
    return text[start] != ":" and (
        not indent or _SURE_HEAD.match(text, _above(text, line, indent)) is not None
    )


def _above(text: str, line: int, indent: int) -> int:
    """Return where the nearest line above begins that is less indented; where it is far away, any in between."""
    for _ in range(_NEAR_LINES if indent else 0):
        line = _line_start(text, max(line - 1, 0))
        depth = _indent(text, line)
        if depth < indent and text[line + depth] not in "#\r\n":
            break
    return line


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _indent(text: str, line: int) -> int:
    blanks = _BLANKS.match(text, line)
    return 0 if blanks is None else blanks.end() - line


def _aliases(written: str) -> list[tuple[str, str]]:
    """Split `a, b as c` to (name, local name); what no import can take is left out, as `.` before its name is typed."""
    pairs = []
    for item in _COMMENT.sub(" ", written).split(","):
        words = item.replace("(", " ").split()
        if (len(words) == 1 or (len(words) == 3 and words[1] == "as")) and _are_names(words):
            pairs.append((words[0], words[-1]))
    return pairs


def _are_names(words: Iterable[str]) -> bool:
    return all(word == "*" or all(part.isidentifier() for part in word.split(".")) for word in words)


def _locals(text: str) -> frozenset[str]:
    """Give the names that the imports of a text bind."""
    taken = (
        match["modules"] or match["group"] or match["row"] or "" for match in _statements(text, 0, len(text))
    )
    return frozenset(local.partition(".")[0] for some in taken for _, local in _aliases(some))


def _is_home(one: Import) -> bool:
    """Tell whether an import makes `hpman.m` itself known."""
    if one.names:
        return one.module == "hpman" and "m" in one.names
    return one.module in ("hpman", "hpman.m")


def _head(module: str, local: str) -> str:
    """Give how `import MODULE as LOCAL` makes `hpman.m` known; "" if it does not."""
    if module == "hpman.m":
        return local
    return f"{local}.m" if module == "hpman" else ""
