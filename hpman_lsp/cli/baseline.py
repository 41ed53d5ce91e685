"""Findings that are known and accepted, in a file: what is new stands out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from hpman._exchange.atomic import replace_files
from hpman_lsp.workspace.questions.describe import path_from

from .errors import CommandError
from .findings import Finding

_VERSION = 1
# What makes a finding the same after lines have moved: the file, the code, and the source that it is about.
_Identity: TypeAlias = tuple[str, str, str]


def write_baseline(path: str, base: str, found: Iterable[Finding]) -> None:
    """Write findings to a file that a person can read and merge; raises CommandError.

    base: the folder that the paths in it are from.
    """
    counted = Counter(_identity(base, one) for one in found)
    known = [
        {"path": file, "code": code, "text": text, "count": count}
        for (file, code, text), count in sorted(counted.items())
    ]
    text = json.dumps({"version": _VERSION, "known": known}, indent=2) + "\n"
    try:
        replace_files({path: text.encode("ascii")})
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror or error}") from None


def new_findings(path: str, base: str, found: Iterable[Finding]) -> list[Finding]:
    """Leave out the findings that a file knows; raises CommandError where it is no baseline."""
    left = _read(path)
    new = []
    for one in found:
        identity = _identity(base, one)
        if left[identity] > 0:
            left[identity] -= 1
        else:
            new.append(one)
    return new


def _read(path: str) -> Counter[_Identity]:
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        if data["version"] != _VERSION:
            raise CommandError(f"{path} is a baseline of another hpman: write it anew with --write-baseline")
        return Counter(
            {
                (str(one["path"]), str(one["code"]), str(one["text"])): int(one["count"])
                for one in data["known"]
            }
        )
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError):
        raise CommandError(f"{path} is no baseline: write one with --write-baseline") from None


def _identity(base: str, one: Finding) -> _Identity:
    return path_from(base, one.place.path), one.code, one.text
