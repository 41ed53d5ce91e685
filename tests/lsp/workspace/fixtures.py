"""A workspace made of one text: files begin at `#- path`, the cursor is `$0`; a dict stands for the disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import dedent
from typing import NamedTuple

from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.disk.port import Entry, Stamp
from hpman_lsp.workspace.loading.loading import load
from hpman_lsp.workspace.snapshot import Snapshot

ROOT = "/w"
_HEADER = re.compile(r"^#- (?P<path>\S+)\n", re.MULTILINE)


class DictDisk:
    """Files by absolute path; a value that is an OSError is raised when the file is read."""

    def __init__(self, files: Mapping[str, str | bytes | OSError]) -> None:
        self.files = dict(files)

    def entries(self, folder: str) -> Iterator[Entry]:
        start = folder.rstrip("/") + "/"
        below = [path[len(start) :] for path in self.files if path.startswith(start)]
        if not below:
            raise FileNotFoundError(2, "No such file or directory", folder)
        for name in sorted({path.split("/")[0] for path in below}):
            entry = self.entry(start + name)
            assert entry is not None
            yield entry

    def entry(self, path: str) -> Entry | None:
        name = path.rsplit("/", 1)[-1]
        if path in self.files:
            return Entry(name, Stamp(hash(str(self.files[path])), 0), None)
        return Entry(name, None, None) if any(one.startswith(path + "/") for one in self.files) else None

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(2, "No such file or directory", path)
        data = self.files[path]
        if isinstance(data, OSError):
            raise data
        return data.encode() if isinstance(data, str) else data


class Fixture(NamedTuple):
    """files: texts by absolute path, without the cursor; path, offset: where it is."""

    files: dict[str, str]
    path: str
    offset: int

    @property
    def snapshot(self) -> Snapshot:
        return snapshot_of(self.files)


def fixture(text: str) -> Fixture:
    """Read a fixture; text before the first header is main.py."""
    parts = _HEADER.split(dedent(text).lstrip("\n"))
    named = list(zip(parts[1::2], parts[2::2], strict=True))
    if parts[0]:
        named.insert(0, ("main.py", parts[0]))
    files = {f"{ROOT}/{path}": content for path, content in named}
    path = next((path for path, content in files.items() if "$0" in content), f"{ROOT}/main.py")
    offset = files.get(path, "").find("$0")
    return Fixture({name: content.replace("$0", "") for name, content in files.items()}, path, offset)


def snapshot_of(files: Mapping[str, str | bytes | OSError], roots: Iterable[str] = (ROOT,)) -> Snapshot:
    """Load a workspace from scratch."""
    return loaded(DictDisk(files), tuple(roots))


def loaded(disk: DictDisk, roots: tuple[str, ...] = (ROOT,), exclude: tuple[str, ...] = ()) -> Snapshot:
    """Load a workspace from scratch, from a disk that may change later."""
    snapshot = Snapshot.empty(roots, Settings(exclude))
    for batch in load(roots, Settings(exclude), disk):
        snapshot = snapshot.with_batch(batch)
    return snapshot.with_complete()


def short(path: str) -> str:
    """Give a path as the fixture spells it."""
    return path.removeprefix(ROOT + "/")
