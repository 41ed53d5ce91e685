"""What a file says to those that import it, beside what it binds itself: also of files that are not kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from hpman.static.characters.arrivals import makes_managers
from hpman.static.characters.imports import imports_of, modules_of
from hpman.static.facts import Import

_LISTED = re.compile(r"^__all__[ \t]*(?::[^=\n]+)?\+?=[ \t]*[\[(](?P<names>[^\])]*)", re.MULTILINE)
# `__all__` that only running the module can tell: it is computed, or changed afterwards.
_COMPUTED = re.compile(
    r"^__all__[ \t]*(?:\.|(?::[^=\n]+)?\+?="
    r"(?![ \t]*[\[(](?:\s|,|#[^\n]*(?=\n)|[\"']\w+[\"'])*[\])][ \t\r]*(?:[#;].*)?$))",
    re.MULTILINE,
)
_QUOTED = re.compile(r"""["'](\w+)["']""")
_MANAGER = re.compile(r"hpman\s*\.\s*m\s+import\b|hpman\s+import\s+m\b")


class Outline(NamedTuple):
    """What others need to know of a module.

    imports: what it imports.
    modules: the modules that its names may stand for, by name.
    listed: the names in `__all__`; None where it has none, or only running it can tell which.
    is_computed: only running it can tell what `__all__` has.
    makes: the names by which it calls the class of managers, or a subclass.
    has_manager: it may take a manager from `hpman.m`.
    """

    imports: tuple[Import, ...] = ()
    modules: Mapping[str, str] = {}
    listed: frozenset[str] | None = None
    is_computed: bool = False
    makes: frozenset[str] = frozenset()
    has_manager: bool = False

    def gives_to_star(self, name: str) -> bool:
        """Return whether a star may take a name from the module (reference, 7.11)."""
        if self.is_computed:
            return True
        return not name.startswith("_") if self.listed is None else name in self.listed


NO_OUTLINE = Outline()


def outline_of(text: str, imports: tuple[Import, ...] | None = None) -> Outline:
    """Read the outline of a text, which need not be valid source.

    imports: what it imports, where that is known already.
    """
    listed = _LISTED.findall(text) if "__all__" in text else []
    return Outline(
        imports_of(text, 0, len(text)) if imports is None else imports,
        modules_of(text),
        frozenset(_QUOTED.findall(" ".join(listed))) if listed else None,
        "__all__" in text and _COMPUTED.search(text) is not None,
        makes_managers(text),
        "hpman" in text and _MANAGER.search(text) is not None,
    )
