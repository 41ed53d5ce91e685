"""Writes docs/rooms.md: a line for each folder of the code, which is what its `__init__.py` says first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "docs" / "rooms.md"

PACKAGES = ["hpman", "hpman_lsp"]
FOLDERS = {
    "editors/": "Configuration for Neovim, Emacs and Helix, to copy, and the extension for VS Code.",
    "examples/": "Small programs, each run by a test, each a scope of its own.",
    "tests/": "`hpman/` and `lsp/` beside the code that they test, `e2e/` with real editors, `downstream/` with programs that use hpman, `programs/` that are run and compared with what hpman says of them, `real/` over large trees.",
    "benchmarks/": "What `make bench` measures.",
    "tools/": "What the Makefile runs: the demo, this map, the tests on each Python.",
    "docs/": "What was decided, and why; a page for each rule.",
    "findings/": "What surprised us in other packages: each file installs exact versions, and shows it.",
}


def main() -> None:
    ROOMS.write_text(render(), encoding="utf-8")


def written() -> str:
    """The map as it is in the documentation."""
    return ROOMS.read_text(encoding="utf-8")


def render() -> str:
    """The map as it should be: a page with a table."""
    rows = [row for package in PACKAGES for row in room_rows(ROOT / package)]
    lines = [f"| `{path}` | {text} |" for path, text in [*rows, *FOLDERS.items()]]
    return "\n".join(
        ["# Rooms\n", "`make format` writes this page.\n", "| where | what |", "|---|---|", *lines, ""]
    )


def room_rows(folder: Path) -> Iterator[tuple[str, str]]:
    """The package itself, and then the packages in it."""
    yield f"{name_of(folder)}/", first_paragraph(folder / "__init__.py")
    for inner in sorted(folder.glob("*/__init__.py")):
        yield from room_rows(inner.parent)


def modules(package: Path) -> Iterator[tuple[str, str]]:
    """Each module of a package, with what it says first."""
    for module in sorted(package.rglob("*.py")):
        if module.name != "_version.py":
            yield name_of(module), first_paragraph(module)


def first_paragraph(module: Path) -> str:
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split()).replace("|", "\\|")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main()
