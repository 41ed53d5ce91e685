"""The names that can stand in the string under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import nlargest
from typing import Literal, NamedTuple, TypeVar

from hpman.static.facts import Access, Occurrence, Span
from hpman_lsp.text.matching import score
from hpman_lsp.workspace.index.index import Key, Use, branches
from hpman_lsp.workspace.python.literals import fits, opening_quote
from hpman_lsp.workspace.python.source import SourceFile
from hpman_lsp.workspace.python.unfinished import begun_name, string_at
from hpman_lsp.workspace.questions.describe import given, shown_place, shown_value
from hpman_lsp.workspace.questions.items import item_defaults
from hpman_lsp.workspace.questions.lookup import telling, telling_use
from hpman_lsp.workspace.questions.value_meaning import meant_by
from hpman_lsp.workspace.snapshot import Snapshot
from hpman_lsp.workspace.values.cursor import ValueCursor, cursor_at
from hpman_lsp.workspace.values.files import entry_at
from hpman_lsp.workspace.values.writing import written_value

Item = TypeVar("Item")

_MOST = 1000  # more are not read by anyone, and slow to send


class Completion(NamedTuple):
    """One name.

    label: the name; detail: its value; documentation: plain text on where that is.
    replace: the characters that `new_text` replaces: those of the name inside the quotes.
    sort: the place in the list; kind: "group" is the common beginning of nested names, "value" what a name can be.
    """

    label: str
    detail: str
    documentation: str
    replace: Span
    new_text: str
    sort: str
    kind: Literal["name", "group", "value"] = "name"


class _Asked(NamedTuple):
    """A string that is being written.

    prefix: what stands before the name elsewhere, as in `Access`.
    """

    manager: str
    prefix: str
    span: Span
    quote: str


def completion(snapshot: Snapshot, path: str, offset: int) -> tuple[Completion, ...] | None:
    """List the names for the string at an offset, also in unfinished source; None outside of such a string.

    In a value file: the names for a key, and for a value the choices, or the booleans.
    """
    if path in snapshot.value_files:
        return _in_values(snapshot, path, offset)
    file = snapshot.files.get(path)
    asked = None if file is None else _asked(snapshot, file, offset)
    if file is None or asked is None:
        return None
    visible = dict(_visible(snapshot, path, asked))
    members = {key: some for key, some in _members(visible).items() if key not in visible}
    usable = [key for key in (*visible, *members) if _can_stand(key, asked)]
    typed = file.text[asked.span.start : offset]
    # Only what is offered is described: of thousands of names that is most of the work.
    offered = (
        _name(snapshot, key, visible[key], asked) if key in visible else _group(key, members[key], asked)
        for key in _closest(usable, typed, lambda key: key.name.removeprefix(asked.prefix))
    )
    return tuple(sorted(offered, key=lambda one: one.sort))


def _in_values(snapshot: Snapshot, path: str, offset: int) -> tuple[Completion, ...] | None:
    file = snapshot.value_files[path]
    cursor = cursor_at(file.text, offset)
    if cursor is None:
        return None
    if cursor.kind == "value":
        return tuple(_values(snapshot, path, cursor))
    links = snapshot.values
    entry = entry_at(links.entries(path), cursor.span.end)
    taken = {one.name for one in links.entries(path) if entry is None or one.document == entry.document}
    every = [key for keys in links.names(path).values() for key in keys]
    free = [key for key in every if key.name not in taken or (entry and entry.name == key.name)]
    offered = {
        key.name: _key(snapshot, path, key, cursor) for key in free if key.name.startswith(cursor.name)
    }
    typed = file.text[cursor.span.start : offset]
    closest = _closest(list(offered.values()), typed, lambda one: one.new_text)
    return tuple(sorted(closest, key=lambda one: one.sort))


def _key(snapshot: Snapshot, path: str, key: Key, cursor: ValueCursor) -> Completion:
    shares = snapshot.values.shares(path, key.manager)
    users = snapshot.index.users(key)
    uses = snapshot.index.uses(key, filter(shares, users.giving or users.paths))
    use = telling_use(uses)
    one = _name(snapshot, key, use, _Asked(key.manager, cursor.name, cursor.span, cursor.quote))
    colon = ": " if cursor.ends_line and not cursor.quote else ""
    return one._replace(new_text=one.new_text + colon)


def _values(snapshot: Snapshot, path: str, cursor: ValueCursor) -> Iterator[Completion]:
    """Give the choices of a name, or the booleans where its default is one."""
    seen: set[str] = set()
    for taken in meant_by(snapshot, path)(cursor.name).taken:
        choices = taken.choices or ((True, False) if isinstance(taken.default, bool) else ())
        for number, choice in enumerate(choices):
            written = written_value(choice, cursor.quote)
            if written is not None and written not in seen:
                seen.add(written)
                detail = "the default" if choice == taken.default else ""
                where = f"`{cursor.name}` in {shown_place(snapshot, taken.use)}"
                yield Completion(written, detail, where, cursor.span, written, f"{number:04}", "value")


def _asked(snapshot: Snapshot, file: SourceFile, offset: int) -> _Asked | None:
    source = _source_at(file, offset)
    if source is not None and source.name is not None:
        manager = snapshot.manager(file, source.callee, source.scope, source.call)
        prefix = source.prefix if isinstance(source, Access) else ""
        span = source.name.span
        if (
            manager is None
            or not source.name.plain
            or source.name.is_word
            or not span.start <= offset <= span.end
        ):
            return None
        span = begun_name(file.text, span.start, offset) if file.is_broken else span
        return _Asked(manager, prefix, span, opening_quote(file.text, source.name.literal))
    found = string_at(file.text, offset)
    manager = None if found is None else snapshot.manager(file, found.callee, None, found.span)
    return None if found is None or manager is None else _Asked(manager, "", found.span, found.quote)


def _source_at(file: SourceFile, offset: int) -> Occurrence | Access | None:
    sources: tuple[Occurrence | Access, ...] = (*file.facts.occurrences, *file.facts.accesses)
    for source in sources:
        if source.name is not None and source.name.literal.start < offset < source.name.literal.end:
            return source
    return None


def _visible(snapshot: Snapshot, path: str, asked: _Asked) -> Iterator[tuple[Key, Use]]:
    """Give the names that a file shares, each with the use that tells most; not the one that is being written."""
    index = snapshot.index
    shares = snapshot.reach.sees([path], asked.manager)
    for key, users in index.keys.items():
        if key.manager != asked.manager:
            continue
        uses = index.uses(key, filter(shares, users.giving or users.paths))
        others = [use for use in uses if use.path != path or use.span != asked.span]
        if others:
            yield key, telling_use(others)


def _name(snapshot: Snapshot, key: Key, use: Use, asked: _Asked) -> Completion:
    item = None if use.kind == "definition" else next(item_defaults(snapshot, key, use.path), None)
    place = shown_place(snapshot, use if item is None else item.use)
    value = shown_value(given(use) if item is None else item.value)
    detail, where = {
        "definition": (f"= {value}", f"default in {place}"),
        "write": (f"= {value}", f"no default, set in {place}"),
        "read": ("no default", f"used in {place}"),
    }["definition" if item is not None else use.kind]
    sort = f"{min(telling(use), 1)}{key.name}"
    return Completion(key.name, detail, where, asked.span, key.name.removeprefix(asked.prefix), sort)


def _members(keys: Iterable[Key]) -> Mapping[Key, list[Key]]:
    """Return the names of each group."""
    found: dict[Key, list[Key]] = {}
    for key in keys:
        for branch in branches(key):
            found.setdefault(branch, []).append(key)
    return found


def _group(key: Key, members: list[Key], asked: _Asked) -> Completion:
    names = ", ".join(sorted(member.name for member in members)[:10])
    detail = f"{len(members)} name{'' if len(members) == 1 else 's'}"
    return Completion(
        key.name, detail, names, asked.span, key.name.removeprefix(asked.prefix), f"2{key.name}", "group"
    )


def _can_stand(key: Key, asked: _Asked) -> bool:
    name, prefix = key.name, asked.prefix
    return name.startswith(prefix) and name != prefix and fits(name.removeprefix(prefix), asked.quote)


def _closest(offered: list[Item], typed: str, text: Callable[[Item], str]) -> list[Item]:
    """Return all, or those whose text answers best what was typed where there are too many."""
    if len(offered) <= _MOST:
        return offered
    rated = [(found, one) for one in offered if (found := score(typed, text(one))) is not None]
    return [one for _, one in nlargest(_MOST, rated, key=lambda pair: pair[0])]
