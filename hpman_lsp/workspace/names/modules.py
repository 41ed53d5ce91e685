"""Which file of the workspace an import means."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from hpman.static.facts import Import
from hpman_lsp.workspace.disk.tree import ancestors
from hpman_lsp.workspace.python.outline import NO_OUTLINE, Outline
from hpman_lsp.workspace.python.source import SourceFile

_PACKAGE = os.sep + "__init__.py"


class Modules:
    """Finds modules among the files of a workspace, as Python would with the usual search paths.

    Those are, for one file: its folder and the folders around it up to its workspace folder, then the workspace
    folders; each with its `src`.

    files: the paths that exist.
    """

    def __init__(self, roots: tuple[str, ...], files: Mapping[str, object]) -> None:
        self._roots = roots
        self._files = files
        self._found: dict[str, dict[str, str | None]] = {}  # by the importer's folder
        self._bases: dict[str, tuple[str, ...]] = {}

    def find(self, module: str, importer: str) -> str | None:
        """Find the file of a module.

        module: as it is written, with its dots.
        importer: the path of the file that imports it.
        """
        folder = os.path.dirname(importer)
        found = self._found.setdefault(folder, {})
        if module not in found:
            found[module] = self._search(module, folder)
        return found[module]

    def imported(self, one: Import, importer: str) -> Iterator[str]:
        """Give the files that an import runs: the module, its packages, and submodules among its names."""
        name = one.module.lstrip(".")
        dots = one.module[: len(one.module) - len(name)]
        parts = name.split(".") if name else []
        modules = [dots + ".".join(parts[:count]) for count in range(0 if dots else 1, len(parts) + 1)]
        modules += (f"{one.module}{'.' if name else ''}{taken}" for taken in one.names)
        found = (self.find(module, importer) for module in modules)
        yield from (path for path in found if path is not None and path != importer)

    def is_elsewhere(self, module: str, importer: str) -> bool:
        """Tell whether a module is not where it is looked for, but would be with another search path."""
        top = module.partition(".")[0]
        return top in self._tops and self.find(top, importer) is None

    def has(self, path: str) -> bool:
        """Return whether a file is one of the workspace's."""
        return path in self._files

    def places(self, module: str, importer: str) -> tuple[str, ...]:
        """Give the files that a module may be, the first that there is; they need not be of the workspace."""
        return self._places(module, os.path.dirname(importer))

    @cached_property
    def _tops(self) -> frozenset[str]:
        """The names of modules and packages, in whatever folder."""
        packages = (os.path.dirname(path) for path in self._files if path.endswith(_PACKAGE))
        return frozenset(
            os.path.basename(one.removesuffix(".py")) for some in (self._files, packages) for one in some
        )

    def _search(self, module: str, folder: str) -> str | None:
        return next((path for path in self._places(module, folder) if path in self._files), None)

    def _places(self, module: str, folder: str) -> tuple[str, ...]:
        name = module.lstrip(".")
        dots = len(module) - len(name)
        for _ in range(dots - 1):
            folder = os.path.dirname(folder)
        if not name:
            return (os.path.join(folder, "__init__.py"),)
        place = os.sep + name.replace(".", os.sep)
        bases = (folder,) if dots else self._search_path(folder)
        return tuple(base + place + end for base in bases for end in (_PACKAGE, ".py"))

    def _search_path(self, folder: str) -> tuple[str, ...]:
        if folder not in self._bases:
            bases = dict.fromkeys([*_up_to_root(folder, self._roots), *self._roots])
            ends = ("", os.sep + "src")
            self._bases[folder] = tuple(base.rstrip(os.sep) + end for base in bases for end in ends)
        return self._bases[folder]


def _up_to_root(folder: str, roots: tuple[str, ...]) -> Iterator[str]:
    """Give a folder and those around it up to its workspace folder; outside of all, itself alone."""
    folders = [folder, *ancestors(folder)]
    inside = [index for index, one in enumerate(folders) if one in roots]
    yield from folders[: inside[-1] + 1] if inside else folders[:1]


# What imports or runs modules by names that only running the program can tell, and what of it does not.
_LOADERS = frozenset({"importlib", "imp", "pkgutil", "runpy"})
_LOADS_NOTHING = frozenset({"metadata", "resources", "abc"})


class ImportGraph:
    """Which files of the workspace a file imports, directly or through others; remembers what it has read.

    read: gives the imports of a file, whether or not the index knows it.
    """

    def __init__(self, modules: Modules, read: Callable[[str], tuple[Import, ...]]) -> None:
        self._modules = modules
        self._read = read
        self._direct: dict[str, frozenset[str]] = {}
        self._sure: dict[str, frozenset[str]] = {}
        self._loaders: set[str] = set()

    def direct(self, path: str) -> frozenset[str]:
        """Give the files that a file imports itself."""
        if path not in self._direct:
            imports = self._read(path)
            sure, others = (
                frozenset(
                    target
                    for one in imports
                    if one.sure is is_sure
                    for target in self._modules.imported(one, path)
                )
                for is_sure in (True, False)
            )
            self._direct[path], self._sure[path] = sure | others, sure
            unseen = any(_loads(one) or self._modules.is_elsewhere(one.module, path) for one in imports)
            self._loaders |= {path} if unseen else set()
        return self._direct[path]

    def surely(self, path: str) -> frozenset[str]:
        """Return those of the files that a file imports itself which it imports whenever it runs."""
        self.direct(path)
        return self._sure[path]

    def loads(self, path: str) -> bool:
        """Tell whether a file can import modules whose names or places are not in its text."""
        self.direct(path)
        return path in self._loaders

    def knows(self, path: str) -> bool:
        """Tell whether it has answered for a file."""
        return path in self._direct

    def reached(self, paths: Iterable[str]) -> frozenset[str]:
        """Give the files that run when these do: themselves, and all that they import, directly or not."""
        seen = set(paths)
        pending = list(seen)
        while pending:
            new = self.direct(pending.pop()) - seen
            seen |= new
            pending += new
        return frozenset(seen)

    def without(self, paths: Iterable[str], read: Callable[[str], tuple[Import, ...]]) -> ImportGraph:
        """Give the graph after files have changed, with what is still known of the others."""
        graph = ImportGraph(self._modules, read)
        graph._direct, graph._sure = {**self._direct}, self._sure
        gone = frozenset(paths)
        graph._loaders = self._loaders - gone
        for path in gone:
            graph._direct.pop(path, None)
        return graph


def _loads(one: Import) -> bool:
    package, _, module = one.module.partition(".")
    parts = {module.partition(".")[0]} if module else set(one.names)
    return package in _LOADERS and (not parts or not parts <= _LOADS_NOTHING)


def outline_in(files: Mapping[str, SourceFile], outlines: Mapping[str, Outline], path: str) -> Outline:
    """Return the outline of a file; one without anything where it is not known."""
    return files[path].outline if path in files else outlines.get(path, NO_OUTLINE)


def imports_in(
    files: Mapping[str, SourceFile], outlines: Mapping[str, Outline], path: str
) -> tuple[Import, ...]:
    """Return what a file imports; nothing where it is not known."""
    return files[path].imports if path in files else outlines.get(path, NO_OUTLINE).imports
