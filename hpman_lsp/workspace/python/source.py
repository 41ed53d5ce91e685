"""One source file as the editor sees it: its text, and the facts that its text alone decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from hpman.static.characters.arrivals import given_names, may_be_given, own_arrivals
from hpman.static.characters.attributes import attribute_calls, attributes_of
from hpman.static.characters.imports import (
    dotted_managers,
    imported_attributes,
    imports_of,
    manager_aliases,
    names_for,
)
from hpman.static.characters.search import may_use, mentions, takes_attribute
from hpman.static.facts import NO_FACTS, FileFacts, Import
from hpman.static.incremental import reparsed
from hpman.static.parser import Parsed, all_candidates, parse, parsed
from hpman_lsp.text.lines import Lines
from hpman_lsp.text.packing import Packed, PackedLines
from hpman_lsp.workspace import faults

from .directives import Directive, directives_of
from .outline import Outline, outline_of

# An import's names, over bytes: the rest of its line, or of its bracket. It begins with a literal, for that
# is found at the speed of C.
_IMPORTED = re.compile(rb"import\b[ \t]*(?:\((?:[^)#]|#[^\r\n]*)*\)?|[^\r\n\\]*(?:\\\r?\n[^\r\n\\]*)*)")
_STAR = re.compile(rb"import[ \t]*\*")
_PROGRAM = re.compile(r"^if[ \t(]+__name__[ \t]*==", re.MULTILINE)


@dataclass(frozen=True)
class SourceFile:
    """A file that matters: one with hyperparameters, one that passes a manager on, or an open one.

    path: absolute, native, normalised.
    content: what the editor shows if it is open, else what is on disk; `text` is the same in plain.
    facts: what the static parser tells of the text.
    version: the open document's version; None where the text is the disk's.
    placeholders: the names that modules were known to pass on when it was parsed.
    candidates: those local names among them that were read as managers.
    parsed: what the next edit of an open document starts from.
    fault: why hpman could not read it, though it should read any text: nothing is known of it then.
    """

    path: str
    content: str | Packed = field(repr=False)
    facts: FileFacts
    version: int | None = None
    placeholders: frozenset[str] = frozenset()
    candidates: frozenset[str] = frozenset()
    parsed: Parsed | None = field(default=None, repr=False, compare=False)
    fault: str | None = None

    def failed(self, error: Exception) -> SourceFile:
        """Return the same text without facts, after an error of ours: other files are read all the same."""
        return SourceFile(
            self.path, self.content, NO_FACTS, self.version, self.placeholders, fault=faults.words(error)
        )

    def packed(self) -> SourceFile:
        """Give the same file with its text packed, unless it is open: then the text is needed all the time."""
        if self.version is not None or isinstance(self.content, Packed):
            return self
        return replace(self, content=Packed(self.content))

    @property
    def text(self) -> str:
        """All its characters."""
        return self.content.text if isinstance(self.content, Packed) else self.content

    @cached_property
    def lines(self) -> Lines:
        """The line table of the text."""
        return PackedLines(self.content) if isinstance(self.content, Packed) else Lines(self.content)

    @cached_property
    def directives(self) -> tuple[Directive, ...]:
        """What its comments say to hpman, in order."""
        return directives_of(self.text)

    @cached_property
    def is_program(self) -> bool:
        """Tell whether it is made to be started by itself (`if __name__ == "__main__"`)."""
        return _PROGRAM.search(self.text) is not None

    @property
    def is_broken(self) -> bool:
        """Tell whether a statement that could have hyperparameters does not parse."""
        return any(one.code == "syntax-error" for one in self.facts.problems)

    @cached_property
    def outline(self) -> Outline:
        """What it says to those that import it."""
        return outline_of(self.text, self.imports)

    @property
    def imports(self) -> tuple[Import, ...]:
        """What it imports."""
        return self.facts.imports if self.matters else imports_of(self.text, 0, len(self.text))

    @property
    def matters(self) -> bool:
        """Tell whether the index has to know it: it has what may be a manager, be it in a function alone."""
        return (
            bool(self.candidates)
            or self.fault is not None
            or any(one.module == "hpman.m" for one in self.facts.imports)
        )

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """The managers that it imports from `hpman.m`, at whatever depth, by local name."""
        return {local: placeholder for placeholder, local in manager_aliases(self.text)}

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """The attributes of its objects and classes that hold a manager, each with the name of that."""
        return attributes_of(self.text, self.names)

    @cached_property
    def arriving(self) -> frozenset[str]:
        """The names that it shows itself to be managers, though it imports them from nowhere."""
        return own_arrivals(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names by which it may call a manager."""
        return all_candidates(self.text, self.candidates) if self.parsed is None else self.parsed.names


def is_notebook(path: str) -> bool:
    """Tell whether a file is a notebook: its text is that of its cells, and no `parse_file` reads it."""
    return path.endswith(".ipynb")


def source_file(
    path: str,
    text: str,
    version: int | None,
    placeholders: frozenset[str],
    previous: SourceFile | None = None,
) -> SourceFile:
    """Find the facts of a text; an error of ours is a fact of it (`SourceFile.fault`).

    placeholders: the names that modules of the workspace may pass on (`Snapshot.placeholders`).
    previous: the same file before an edit, so that only what the edit touches is parsed again.
    """
    try:
        return _read(path, text, version, placeholders, previous)
    except Exception as error:  # noqa: BLE001 - one text must not keep the others from being read
        return SourceFile(path, text, NO_FACTS, version, placeholders).failed(error)


def _read(
    path: str, text: str, version: int | None, placeholders: frozenset[str], previous: SourceFile | None
) -> SourceFile:
    if version is not None and previous is not None and previous.parsed is not None:
        state = reparsed(previous.parsed, text)
        if _candidates(state.facts.imports, text, placeholders, state.names) == previous.candidates:
            # As of a text that is opened: what names no manager has no facts, broken or not.
            facts = state.facts if state.names else NO_FACTS
            return SourceFile(path, text, facts, version, placeholders, previous.candidates, state)
    candidates = candidates_of(text, placeholders)
    if not candidates and not manager_aliases(text):
        return SourceFile(path, text, NO_FACTS, version, placeholders)
    if version is None:
        return SourceFile(path, text, parse(text, candidates), None, placeholders, candidates)
    state = parsed(text, candidates)
    return SourceFile(path, text, state.facts, version, placeholders, candidates, state)


def candidates_of(text: str, placeholders: frozenset[str]) -> frozenset[str]:
    """Give what a text may call a manager by, but for what it imports from `hpman.m` by name.

    That is what it imports of the placeholders from other modules, as a name or with the module (`common._`),
    `hpman.m._`, and names assigned from these.
    """
    direct = frozenset(local for _, local in manager_aliases(text))
    return _candidates(imports_of(text, 0, len(text)), text, placeholders, direct)


def _candidates(
    imports: Iterable[Import], text: str, placeholders: frozenset[str], direct: frozenset[str]
) -> frozenset[str]:
    names = _passed_on(imports, text, placeholders) | dotted_managers(text, imports)
    names |= imported_attributes(text, placeholders) | own_arrivals(text)
    names |= given_names(text, placeholders - names - direct)
    names |= names_for(text, names | direct)
    return names | attribute_calls(text, attributes_of(text, names | direct))


def _passed_on(imports: Iterable[Import], text: str, placeholders: frozenset[str]) -> frozenset[str]:
    names: set[str] = set()
    for one in imports:
        if one.module != "hpman.m":
            names |= placeholders if "*" in one.names else placeholders.intersection(one.names)
    if not names:
        return frozenset()
    words = "|".join(sorted(map(re.escape, names)))
    renamed = re.findall(rf"(?<!\w)(?:{words})[ \t]+as[ \t]+(\w+)", text)
    return frozenset(names).union(renamed)


def may_import(data: bytes, placeholders: frozenset[str]) -> bool:
    """Tell over a file's bytes whether it can import a placeholder, or a module that has it.

    A star, and a module, count where the placeholder can be called.
    """
    if not placeholders:
        return False
    if takes_attribute(data, placeholders) or may_be_given(data, placeholders):
        return True
    imported = b"\n".join(_IMPORTED.findall(data))
    return mentions(imported, placeholders) or (
        _STAR.search(imported) is not None and may_use(data, placeholders)
    )
