"""What our own extension says beyond the protocol: names, and what comes with them.

`editors/vscode/src/protocol.ts` has the same from the other side, and tells what each means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lsprotocol import types

TREE: Final = "hpman/tree"
USES: Final = "hpman/uses"
SCOPE: Final = "hpman/scope"
YAML: Final = "hpman/yaml"
DEBUG_INFO: Final = "hpman/debugInfo"

STATUS: Final = "hpman/status"
TREE_CHANGED: Final = "hpman/treeChanged"

SHOW_REFERENCES: Final = "hpman.showReferences"
FIND_USES: Final = "hpman.findUses"
RENAME: Final = "hpman.rename"
REVEAL_IN_VIEW: Final = "hpman.revealInView"


@dataclass(frozen=True)
class HyperparameterReference:
    """One hyperparameter; scope: the id of one."""

    scope: str
    manager: str
    name: str


@dataclass(frozen=True)
class ManagerReference:
    """One manager of a scope."""

    scope: str
    manager: str


@dataclass(frozen=True)
class DocumentReference:
    """The document that a request is about; in the protocol's spelling."""

    textDocument: types.TextDocumentIdentifier  # noqa: N815


# The type of each request's params; None where they hold nothing.
PARAMS: Final[Mapping[str, Any]] = {
    TREE: None,
    USES: HyperparameterReference,
    SCOPE: DocumentReference,
    YAML: ManagerReference,
    DEBUG_INFO: None,
}
