"""The command line `hpman`: what the editor knows, for a terminal, a script and CI."""

from __future__ import annotations

from .app import main

__all__ = ["main"]
