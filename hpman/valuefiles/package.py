"""PyYAML, if it is there: the library itself needs the standard library only."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from hpman.primitives import MissingPackageError


def pyyaml() -> Any:
    """Give the package; raises MissingPackageError."""
    try:
        return import_module("yaml")
    except ImportError:
        raise MissingPackageError(
            "YAML needs PyYAML: python -m pip install 'hpman[yaml]', or use a .json file", package="yaml"
        ) from None
