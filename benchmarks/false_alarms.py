"""Counts what `hpman check` says of real code: zero where `_("...")` is gettext's, and right where it is ours.

    python benchmarks/false_alarms.py [--cache FOLDER] [PACKAGE ...]

Downloads wheels (without what they depend on) into the cache, once, and checks each, and the standard library.
Exit code 1 if something is said of a package that does not use hpman.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hpman_lsp.features.diagnostics import diagnostics
from hpman_lsp.rules.helpers.kinds import checked_paths
from hpman_lsp.workspace.configuration.settings import Settings
from hpman_lsp.workspace.loading.loading import load
from hpman_lsp.workspace.questions.describe import line_of, shown_path
from hpman_lsp.workspace.snapshot import Snapshot

# Users of gettext's `_`, large ones first, and those of hpman.
TRANSLATED = (
    *(
        "django",
        "transformers",
        "nova",
        "cinder",
        "neutron",
        "keystone",
        "glance",
        "horizon",
        "wagtail",
        "kolibri",
    ),
    *(
        "weblate",
        "sphinx",
        "babel",
        "django-cms",
        "django-oscar",
        "django-allauth",
        "plone.app.content",
        "deluge",
    ),
    *(
        "nicotine-plus",
        "certbot",
        "buildbot",
        "mailman",
        "ckan",
        "trytond",
        "anki",
        "aqt",
        "beets",
        "translate-toolkit",
    ),
    *(
        "mercurial",
        "bokeh",
        "flask-babel",
        "wtforms",
        "mezzanine",
        "pretix",
        "gramps",
        "thonny",
        "spyder",
        "orange3",
    ),
)
USERS = ("hpman", "hpargparse")
_CALL = re.compile(rb"(?<![\w.])_\(\s*[\"']")


class Count(NamedTuple):
    """Python files of a tree, calls of `_` with a string in them, and what is said: `path:line code message`."""

    name: str
    files: int
    calls: int
    said: tuple[str, ...]


def main() -> int:
    """Print a line for each tree, and the sums."""
    options = _options()
    counts = []
    for name, folder in _trees(options.cache, options.packages or (*TRANSLATED, *USERS)):
        counts.append(count(name, folder))
        _print(counts[-1])
    alarms = sum(len(one.said) for one in counts if not _uses_hpman(one.name))
    files, calls = (sum(column) for column in zip(*((one.files, one.calls) for one in counts), strict=True))
    print(f"{files} files, {calls} calls of `_` with a string, {alarms} false alarms")
    return 1 if alarms else 0


def count(name: str, folder: Path) -> Count:
    """Check a tree as `hpman check --root FOLDER` does."""
    settings = Settings()
    snapshot = Snapshot.empty((str(folder),), settings)
    for batch in load((str(folder),), settings):
        snapshot = snapshot.with_batch(batch)
    snapshot = snapshot.with_complete()
    said = tuple(
        f"{shown_path(snapshot, path)}:{line_of(snapshot, path, one.span.start) + 1} {one.code} {one.message}"
        for path in sorted(checked_paths(snapshot))
        for one in diagnostics(snapshot, path)
    )
    calls = sum(len(_CALL.findall(Path(path).read_bytes())) for path in snapshot.tree.files)
    return Count(name, len(snapshot.tree.files), calls, said)


def wheel(name: str, cache: Path) -> Path | None:
    """Download and unpack a package's newest wheel, unless it is in the cache; None if there is none."""
    folder = cache / name
    if not folder.exists():
        with tempfile.TemporaryDirectory() as work:
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
            done = subprocess.run([*command, "-d", work, name], check=False)
            if done.returncode:
                return None
            (archive,) = Path(work).glob("*.whl")
            zipfile.ZipFile(archive).extractall(folder)
    return folder


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cache = Path(tempfile.gettempdir()) / "hpman-false-alarms"
    parser.add_argument(
        "--cache", type=Path, default=cache, help="where wheels are kept (default: %(default)s)"
    )
    parser.add_argument("packages", nargs="*", help="names on PyPI (default: those in this file)")
    return parser.parse_args()


def _trees(cache: Path, packages: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    yield "the standard library", Path(sysconfig.get_path("stdlib"))
    for name in packages:
        folder = wheel(name, cache)
        if folder is None:
            print(f"{name}: no wheel to download")
        else:
            yield name, folder


def _uses_hpman(name: str) -> bool:
    return name.startswith("hp")


def _print(one: Count) -> None:
    print(f"{one.name}: {one.files} files, {one.calls} calls, {len(one.said)} diagnostics", flush=True)
    for line in one.said:
        print(f"    {line}")


if __name__ == "__main__":
    sys.exit(main())
