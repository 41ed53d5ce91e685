"""Frozen values that the static parser tells of one file.

Every position is a `Span` of character offsets (code points) into the text that was parsed. Facts
depend on that text and on the candidate names alone; whether a candidate is a manager is decided by
those who read them: the library by its documented rule (`hpman.hpm`), the editor by what the name
is bound to (`hpman_lsp.workspace.index.index`).
"""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of character offsets in one text."""

    start: int
    end: int


class NotLiteral:
    """Stands for a value that `ast.literal_eval` cannot give; its one instance is `NOT_LITERAL`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOT_LITERAL"


NOT_LITERAL = NotLiteral()


class Name(NamedTuple):
    """A hyperparameter's name as a string literal in the source.

    value: what Python reads.
    span: the characters inside the quotes (of the first piece to those of the last, if pieces are
        concatenated).
    literal: the whole literal, with prefixes, quotes and all pieces.
    plain: the source inside the quotes is the value, letter by letter, so that an edit of a part of
        it is an edit of the name.
    """

    value: str
    span: Span
    literal: Span
    plain: bool

    @property
    def is_word(self) -> bool:
        """Whether it has no quotes: the keyword of `dict(lr=0.1)`."""
        return self.plain and self.span == self.literal


class Expression(NamedTuple):
    """An argument: its place, its source text, and its value if it is a literal."""

    span: Span
    text: str
    value: object  # NOT_LITERAL where it can only be known by running it


class Hint(NamedTuple):
    """A keyword argument of an occurrence."""

    key: str
    value: Expression


class Binding(NamedTuple):
    """One place that binds a candidate name.

    local: the name that is bound here.
    kind: "import" (from MODULE import NAME), "module" (import MODULE), "alias" (another name, as in
        `h = hpman.m._` or `h = _.parse_file(path)`), "made" (`h = HyperParameterManager("h")`, or another call with
        a string), or what else binds a name: "assignment", "parameter", "loop", "with", "except",
        "definition", "delete", "pattern"; "annotation" (`_: int`) only makes it the scope's own.
    module, name: for imports, as written (a relative module keeps its dots); name: for an alias the other
        name, for an assignment the attribute that it takes of what has no name, with its dot, for a parameter the type that is said; for what is made what is called, and the string; else "".
    span: the binding name's place.
    since: the offset behind which it is bound.
    until: the offset up to which that is sure, as it is in a branch; None up to the end of the scope.
    plain: what is bound is certainly no manager.
    again: where the outermost loop around it begins: what stands in that before it may run after it.
    """

    local: str
    kind: str
    module: str
    name: str
    span: Span
    since: int = 0
    until: int | None = None
    plain: bool = False
    again: int | None = None


class Occurrence(NamedTuple):
    """One call of a candidate: `_("lr")`, or with a default `_("lr", 1e-3)`.

    callee: the candidate that is called (`_`, or `hpman.m._`), and its place.
    scope: the bindings that hide the module's from this call (in a function, class body or
        comprehension); None where the name is the module's.
    name: None where it is not a literal (undeterminable).
    discarded: the call is a statement of its own, so that its value goes nowhere.
    """

    callee: str
    callee_span: Span
    call: Span
    name: Name | None
    default: Expression | None
    hints: tuple[Hint, ...]
    scope: tuple[Binding, ...] | None
    discarded: bool = False


class Access(NamedTuple):
    """A read or write by name: `_.get_value("lr")`, `_.get_values()["lr"]`, a key of `_.set_values({...})`.

    method: the manager's method; the view of it that was asked: "get_values()", "get_tree()", "tree", "db"; or `HANDED_OVER` where the manager is given to something that may set any
        value; kind: "read" or "write".
    name: None where it is not a literal (undeterminable).
    prefix: what stands before the name elsewhere: keys of outer dicts in `set_tree` and its prefix,
        each with its separator. The full name is `prefix + name.value`.
    way: the literals that the prefix stands in, outermost first.
    lenient: it asks whether there is a value, or says not to raise where there is none.
    """

    callee: str
    method: str
    kind: str
    call: Span
    name: Name | None
    prefix: str
    value: Expression | None
    scope: tuple[Binding, ...] | None
    lenient: bool = False
    way: tuple[Name, ...] = ()

    @property
    def full_name(self) -> str | None:
        """The hyperparameter's whole name, or None where it is undeterminable."""
        return None if self.name is None else self.prefix + self.name.value


class PathFact(NamedTuple):
    """A path that is known without running the code.

    anchor: what `relative` starts at: "file" (the file itself, so ".." is its folder), "cwd" (the folder that the
        program is started in), "script" (the file that the program is started with), "module" (the file of an imported
        module) or "root" (nothing: it is absolute).
    module: of a "module" its name, as it is imported, with its dots; else "".
    sure: whoever meets the call reads it; False where it is one of several.
    pattern: `relative` has wildcards, as in `glob`; "**" stands for folders of any depth.
    """

    anchor: str
    relative: str
    module: str = ""
    sure: bool = True
    pattern: bool = False


class ParseCall(NamedTuple):
    """A call `_.parse_file(ARG)`.

    paths: what of ARG is known; None where nothing is.
    sure: whoever runs the file meets the call: it stands in no branch, and in no function that may not be called.
    more: ARG may name other paths too, which can only be known by running it; always so where `paths` is None.
    """

    callee: str
    call: Span
    paths: tuple[PathFact, ...] | None
    scope: tuple[Binding, ...] | None
    sure: bool = True
    more: bool = False

    @property
    def reading(self) -> tuple[tuple[PathFact, ...] | None, bool, bool]:
        """What it reads, wherever it stands."""
        return self.paths, self.sure, self.more


class Import(NamedTuple):
    """An import of another module, at whatever depth: `module` as written, with its dots.

    names: what `from MODULE import ...` takes (("*",) for a star); empty for `import MODULE`.
    sure: whoever runs the file runs it: it stands in no function, branch or loop.
    """

    module: str
    names: tuple[str, ...]
    sure: bool = True


class Problem(NamedTuple):
    """What is wrong at one place, by a stable code; the message needs no context to be understood.

    callee, scope: of the call that it is about, as in `Occurrence`: what calls no manager has no problem
        either. callee is "" where it is about the text itself ("syntax-error").
    """

    code: str
    message: str
    span: Span
    callee: str = ""
    scope: tuple[Binding, ...] | None = None


class Sign(NamedTuple):
    """What a place does by which a manager may be used, or code may run, in ways that no call shows.

    kind: of a candidate "whole" (used as a whole), "gives" (so that any name may be set), "bound" (given to a `bind`),
        "shown" (a statement of its own) or "method"; of any other place "called" (`x._("lr", 1)`), "looked-up"
        (`getattr(x, "_")`), "executes" (text as code) or "runs-any" (files that no import names).
    name: the candidate, the attribute that is called, or what is looked up; else "".
    detail: the method, or the hyperparameter that is named; else "".
    scope: the bindings that hide the module's candidate, as in `Occurrence`.
    """

    kind: str
    span: Span
    name: str = ""
    detail: str = ""
    scope: tuple[Binding, ...] | None = None


class FileFacts(NamedTuple):
    """All that is known of one file, each list in source order."""

    occurrences: tuple[Occurrence, ...] = ()
    accesses: tuple[Access, ...] = ()
    bindings: tuple[Binding, ...] = ()  # at module level, of candidate names
    imports: tuple[Import, ...] = ()
    parse_calls: tuple[ParseCall, ...] = ()
    problems: tuple[Problem, ...] = ()
    signs: tuple[Sign, ...] = ()


NO_FACTS = FileFacts()
