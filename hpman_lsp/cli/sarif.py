"""Findings as SARIF 2.1.0, the form that code scanning services read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from hpman._version import __version__
from hpman_lsp.rules.table import RULES, Rule

from .findings import Finding, Place
from .refused import REFUSED

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "information": "note", "hint": "note"}
_ROOT = "SRCROOT"


def sarif(found: Sequence[Finding]) -> dict[str, object]:
    """Give the log of one run."""
    rules = (*RULES, REFUSED)
    codes = [rule.code for rule in rules]
    seen: Counter[str] = Counter()
    driver = {
        "name": "hpman",
        "version": __version__,
        "rules": [_rule(one) for one in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The repository, or the folder that was read."}}
        },
        "results": [_result(one, codes, seen) for one in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": _camel(rule.code),
        "shortDescription": {"text": rule.summary},
        "helpUri": rule.link,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(one: Finding, codes: list[str], seen: Counter[str]) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": one.code,
        "ruleIndex": codes.index(one.code),
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [_location(one.place)],
        "partialFingerprints": {"hpman/v1": _fingerprint(one, seen)},
    }
    if one.related:
        result["relatedLocations"] = [
            {"id": number, **_location(remark.place), "message": {"text": remark.message}}
            for number, remark in enumerate(one.related)
        ]
    return result


def _location(place: Place) -> dict[str, object]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    uri = quote(place.shown, errors="surrogateescape")
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, "region": region}}


def _fingerprint(one: Finding, seen: Counter[str]) -> str:
    """Stays the same while lines move; equal findings of one file are told apart by their order."""
    digest = hashlib.sha256(
        f"{one.place.shown}\0{one.code}\0{one.text}".encode("utf-8", "surrogatepass")
    ).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}/{seen[digest]}"


def _camel(code: str) -> str:
    return "".join(part.capitalize() for part in code.split("-"))
