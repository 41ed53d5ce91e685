"""Which manager a name stands for: what it is bound to by import, directly or through modules of the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hpman.static.characters.imports import submodule
from hpman.static.facts import Binding, Span
from hpman.static.scoping.arriving import arrivals, is_said
from hpman.static.scoping.reaching import in_force
from hpman.static.tree.enclosing import Functions
from hpman_lsp.workspace.python.outline import Outline
from hpman_lsp.workspace.python.source import SourceFile

from .modules import Modules, outline_in

_HOME = "hpman.m"
# The kinds of bindings by which a module can have a manager under a name.
_PASSING = frozenset({"import", "alias", "made", "assignment"})


class Meaning(NamedTuple):
    """What a name stands for where it is called.

    placeholder: of the manager that it may be; None if it is no manager.
    bindings: those that the call may meet; none where the name is not bound yet.
    """

    placeholder: str | None
    bindings: tuple[Binding, ...]


class _Lasting(NamedTuple):
    """What a name of a module means from an offset on."""

    since: int
    meaning: Meaning


class Managers:
    """Resolves names of a workspace's files to placeholders.

    files: those that are kept; outlines: of others, of which one may pass names on by a star alone.
    asked: the files of other modules that decided so far: the same answers hold until one of them changes.
    """

    def __init__(
        self, files: Mapping[str, SourceFile], modules: Modules, outlines: Mapping[str, Outline]
    ) -> None:
        self._files = files
        self._modules = modules
        self._outlines = outlines
        self._functions: dict[str, Functions] = {}
        self._lasting: dict[tuple[str, str], _Lasting] = {}
        self.asked: set[str] = set()

    def placeholder(
        self, file: SourceFile, name: str, scope: tuple[Binding, ...] | None, call: Span
    ) -> str | None:
        """Give the placeholder of the manager that a call's name stands for; None if it is no manager.

        scope: the bindings that hide the module's, as in `Occurrence.scope`.

        Where several imports may bind the name, the last one before the call decides: a fallback in `except
        ImportError` does not make a manager anything else.
        """
        return self.meaning(file, name, scope, call).placeholder

    def meaning(self, file: SourceFile, name: str, scope: tuple[Binding, ...] | None, call: Span) -> Meaning:
        """Tell what a call's name stands for; see `placeholder`."""
        if scope is not None:
            return self._meaning(file, name, scope, call, list(scope))
        lasting = self._lasting.get((file.path, name))
        if lasting is not None and lasting.since <= call.start:
            return lasting.meaning
        bindings = list(self._bindings(file.path, name.partition(".")[0]))
        meaning = self._meaning(file, name, None, call, bindings)
        # Of a name that one import binds for good, each call behind it means the same: most calls of most files.
        if len(bindings) == 1 and _always_holds(bindings[0], call):
            self._lasting[file.path, name] = _Lasting(bindings[0].since, meaning)
        return meaning

    def _meaning(
        self,
        file: SourceFile,
        name: str,
        scope: tuple[Binding, ...] | None,
        call: Span,
        bindings: Sequence[Binding],
    ) -> Meaning:
        met = self._met(file, bindings, call, scope is None)
        # What is imported too late is meant all the same.
        late = bindings if scope is None and not met else met
        found = self._resolved(late, name, file.path, frozenset())
        if not found and "." not in name:
            return Meaning(self._given(file, name, scope, met), met)
        return Meaning((found[0] if late is not met else found[-1]) if found else None, met)

    def is_meant(self, file: SourceFile, name: str, scope: tuple[Binding, ...] | None) -> bool:
        """Tell whether a name is a manager's anywhere around a call of it."""
        root = name.partition(".")[0]
        bindings = [*self._bindings(file.path, root), *(scope or ())]
        return bool(self._resolved(bindings, name, file.path, frozenset()))

    def resolves(self, file: SourceFile, binding: Binding) -> bool:
        """Tell whether a binding of a name in a file makes it a manager."""
        return self._resolve(binding, binding.local, file.path, frozenset()) is not None

    def passed_on(self, file: SourceFile) -> frozenset[str]:
        """Give the names under which other modules can import a manager from a file."""
        return frozenset(
            name for name in passable(file) if self._exported(file.path, name, frozenset()) is not None
        )

    def _met(
        self, file: SourceFile, bindings: Sequence[Binding], call: Span, of_module: bool
    ) -> tuple[Binding, ...]:
        if not bindings or (len(bindings) == 1 and _always_holds(bindings[0], call)):
            return tuple(bindings)
        if file.path not in self._functions:
            self._functions[file.path] = Functions(file.text)
        functions = self._functions[file.path]
        homes = frozenset({None}) if of_module else functions.of(bindings)
        return in_force(bindings, call.start, functions.around(call.start) not in homes)

    def _given(
        self, file: SourceFile, name: str, scope: tuple[Binding, ...] | None, met: Sequence[Binding]
    ) -> str | None:
        """Resolve a name that is given a manager: as an argument, or by a call."""
        arriving = arrivals(met)
        if not arriving:
            return name if name in file.arriving and any(one.kind == "alias" for one in met) else None
        if scope is None:
            return name if name in file.arriving or name in file.placeholders else None
        own = self._resolved(list(self._bindings(file.path, name)), name, file.path, frozenset())
        if own:
            return own[-1]
        if name in file.imported:
            return file.imported[name]
        known = name in file.placeholders or name in file.arriving
        return name if known or any(map(is_said, arriving)) else None

    def _resolved(self, bindings: Sequence[Binding], name: str, path: str, seen: frozenset[str]) -> list[str]:
        found = (self._resolve(binding, name, path, seen) for binding in bindings)
        return [placeholder for placeholder in found if placeholder is not None]

    def _resolve(self, binding: Binding, name: str, path: str, seen: frozenset[str]) -> str | None:
        _, _, attributes = name.partition(".")
        if attributes:
            return self._attribute(binding, attributes, path, seen)
        if binding.kind == "alias":
            return self._aliased(binding, path, seen)
        if binding.kind == "made":
            return binding.name if self._makes(binding.module, path) else None
        return self._imported(binding, name, path, seen) if binding.kind == "import" else None

    def _imported(self, binding: Binding, name: str, path: str, seen: frozenset[str]) -> str | None:
        """Resolve what an import binds, be it a star."""
        if binding.local != "*":
            return self._taken(binding.module, binding.name, path, seen)
        target = None if binding.module == _HOME else self._find(binding.module, path)
        if target is None or not outline_in(self._files, self._outlines, target).gives_to_star(name):
            return None
        return self._taken(binding.module, name, path, seen)

    def _makes(self, called: str, path: str) -> bool:
        """Whether what a module calls is the class of managers, or a subclass that it has or imports."""
        outline = outline_in(self._files, self._outlines, path)
        if called in outline.makes:
            return True
        root, _, attributes = called.partition(".")
        taken = outline.modules.get(root)
        if taken is None:
            return False
        whole = submodule(taken, attributes) if attributes else taken
        dots = len(whole) - len(whole.lstrip("."))
        module, _, name = whole[dots:].rpartition(".")
        target = self._find(whole[:dots] + module, path) if module or dots else None
        return target is not None and name in outline_in(self._files, self._outlines, target).makes

    def _attribute(self, binding: Binding, attributes: str, path: str, seen: frozenset[str]) -> str | None:
        """Resolve `hpman.m._`, `m._` and `common._`: a name of the module that the names before it stand for."""
        names = attributes.split(".")
        if binding.kind == "module":
            renamed = binding.local != binding.module.partition(".")[0]
            return self._within(binding.module if renamed else binding.local, names, path, seen)
        if binding.kind == "import" and binding.local != "*":
            return self._within(binding.module, [binding.name, *names], path, seen)
        return self._held(attributes, path, seen)

    def _held(self, attribute: str, path: str, seen: frozenset[str]) -> str | None:
        """Resolve an attribute of an object or a class of a file: `hp` of `self.hp`."""
        file, mark = self._files.get(path), f"{path}.{attribute}"
        name = None if file is None or mark in seen else file.attributes.get(attribute)
        if file is None or name is None:
            return None
        others = list(self._bindings(path, name.partition(".")[0]))
        found = self._resolved(others, name, path, seen | {mark})
        if found:
            return found[-1]
        if name in file.imported:
            return file.imported[name]
        return name if name in file.placeholders or name in file.arriving else None

    def _within(self, module: str, names: list[str], path: str, seen: frozenset[str]) -> str | None:
        """Resolve `b.c._` in a module: modules in it, by their own names or as it imports them, and the last one's name."""
        inner, rest = names[0], names[1:]
        if not rest:
            return self._taken(module, inner, path, seen)
        found = self._within(submodule(module, inner), rest, path, seen)
        target = None if found is not None or module == _HOME else self._find(module, path)
        if target is None:
            return found
        taken = outline_in(self._files, self._outlines, target).modules.get(inner)
        return self._within(taken, rest, target, seen) if taken else None

    def _taken(self, module: str, name: str, path: str, seen: frozenset[str]) -> str | None:
        """Resolve what a file takes from a module by its name."""
        if module == _HOME:
            return name
        target = self._find(module, path)
        return None if target is None or target in seen else self._exported(target, name, seen | {path})

    def _find(self, module: str, path: str) -> str | None:
        target = self._modules.find(module, path)
        self.asked |= {target} if target is not None else set()
        return target

    def _aliased(self, binding: Binding, path: str, seen: frozenset[str]) -> str | None:
        """Resolve `h = _`: what the other name stands for there."""
        mark = f"{path}:{binding.local}"
        if mark in seen:
            return None
        others = [*self._bindings(path, binding.name.partition(".")[0])]
        met = in_force(others, binding.span.start, deferred=False)
        found = self._resolved(met, binding.name, path, seen | {mark})
        return found[-1] if found else None

    def _exported(self, path: str, name: str, seen: frozenset[str]) -> str | None:
        """Resolve a name of a module as it is once the module has run."""
        bindings = list(self._bindings(path, name))
        if len(bindings) > 1:
            bindings = list(in_force(bindings, max(one.since for one in bindings), deferred=False))
        found = self._resolved(bindings, name, path, seen)
        if not found and arrivals(bindings) and path in self._files:
            return name if name in self._files[path].arriving else None
        return found[0] if found else None

    def _bindings(self, path: str, name: str) -> Iterator[Binding]:
        """Give what may bind a name in a module, each star first: what is bound by name counts more."""
        for one in outline_in(self._files, self._outlines, path).imports:
            if one.names == ("*",):
                yield Binding("*", "import", one.module, "*", Span(0, 0), until=0)
        if path in self._files:
            yield from (one for one in self._files[path].facts.bindings if one.local == name)


def passable(file: SourceFile) -> frozenset[str]:
    """Give the names under which other modules may import a manager from a file; not all of them are one."""
    modules = {name.partition(".")[0] for name in file.candidates if "." in name} - file.candidates
    return frozenset(
        one.local
        for one in file.facts.bindings
        if one.kind in _PASSING and one.local != "*" and (one.local not in modules or one.module == _HOME)
    )


def offers(file: SourceFile | None) -> tuple[object, ...]:
    """Give what other files' managers depend on in a file: equal offers, equal answers."""
    if file is None:
        return ()
    bound = [(one.local, one.kind, one.module, one.name, one.until is None) for one in file.facts.bindings]
    stars = [one.module for one in file.imports if one.names == ("*",)]
    outline = file.outline
    return (
        *bound,
        *stars,
        outline.listed,
        outline.is_computed,
        *outline.modules.items(),
        outline.makes,
        file.arriving,
    )


def _always_holds(binding: Binding, call: Span) -> bool:
    return binding.until is None and binding.since <= call.start and binding.kind != "annotation"
