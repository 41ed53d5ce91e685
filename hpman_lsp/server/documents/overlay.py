"""Open documents over the disk: which of them are what, and what they put in the place of the disk's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from hpman_lsp.server.documents.store import Document
from hpman_lsp.server.documents.view import View
from hpman_lsp.workspace.batch import Batch
from hpman_lsp.workspace.configuration.projects import PROJECT_FILE, Project, edited_project
from hpman_lsp.workspace.disk.tree import CONFIGURATION
from hpman_lsp.workspace.values.files import ValueFile


def over_disk(view: View, batch: Batch) -> Batch:
    """Let each pyproject.toml that is open stand in the place of the disk's."""
    mine = open_projects(view, batch.projects) if batch.projects else {}
    own = {folder: project for folder, project in mine.items() if folder in batch.projects}
    return replace(batch, projects={**batch.projects, **own}) if own else batch


def open_projects(view: View, before: Mapping[str, Project | None]) -> dict[str, Project | None]:
    """Read the open pyproject.toml; before: what is known of the same ones."""
    some = ((path, one) for path, one in view.by_path.items() if is_project(path))
    folders = {os.path.dirname(path): one.lines.text for path, one in some}
    return {folder: edited_project(folder, text, before.get(folder)) for folder, text in folders.items()}


def concerns(view: View, path: str) -> bool:
    """Tell whether a path is in a workspace folder, is one or above it, is known, or was read beside an open file."""
    (folder, name), snapshot = os.path.split(path), view.snapshot
    above = folder if name in CONFIGURATION else path
    return (
        view.in_workspace(path)
        or any(os.path.join(root, "").startswith(os.path.join(above, "")) for root in snapshot.roots)
        or snapshot.exists(path)
        or any(os.path.dirname(one) == folder for one in view.documents if one in snapshot.files)
    )


def is_project(path: str) -> bool:
    """Tell whether a file is a project's pyproject.toml."""
    return os.path.basename(path) == PROJECT_FILE


def is_python(document: Document) -> bool:
    """Tell whether a document is Python to the editor, or by its name."""
    return document.language == "python" or (document.path or "").endswith(".py")


def value_file(document: Document) -> ValueFile:
    """Give a document as a file of values."""
    return ValueFile(document.path or "", document.lines.text, document.version)
