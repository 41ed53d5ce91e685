"""Writes the code map of README.md: a line for each folder, and for each module what its docstring says first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SECTION = re.compile(r"(?<=<!-- code map -->\n).*(?=<!-- end of code map -->)", re.DOTALL)

PACKAGES = ["hpman", "hpman_lsp"]
FOLDERS = {
    "editors/": "Configuration for Neovim, Emacs and Helix, to copy, and the extension for VS Code.",
    "examples/": "Small programs, each run by a test, each a scope of its own.",
    "tests/": "`hpman/` and `lsp/` beside the code that they test, `e2e/` with real editors, `downstream/` with programs that use hpman, `real/` over large trees.",
    "benchmarks/": "What `make bench` measures.",
    "tools/": "What the Makefile runs: the demo, this map, the tests on each Python.",
    "docs/": "What was decided, and why; a page for each rule.",
}


def main() -> None:
    text = README.read_text(encoding="utf-8")
    README.write_text(SECTION.sub(lambda _match: render(), text), encoding="utf-8")


def written() -> str:
    """The code map as the README has it."""
    match = SECTION.search(README.read_text(encoding="utf-8"))
    return match[0] if match else ""


def render() -> str:
    """The code map as it should be, a table in Markdown."""
    rows = [row for package in PACKAGES for row in package_rows(ROOT / package)]
    lines = [f"| `{path}` | {text} |" for path, text in [*rows, *FOLDERS.items()]]
    return "\n".join(["\n| where | what |", "|---|---|", *lines, "\n"])


def package_rows(folder: Path) -> Iterator[tuple[str, str]]:
    """The package itself, its modules, and then the packages in it."""
    yield f"{name_of(folder)}/", first_paragraph(folder / "__init__.py")
    for module in sorted(folder.glob("*.py")):
        if module.name not in {"__init__.py", "_version.py"}:
            yield name_of(module), first_paragraph(module)
    for inner in sorted(folder.glob("*/__init__.py")):
        yield from package_rows(inner.parent)


def first_paragraph(module: Path) -> str:
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split()).replace("|", "\\|")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main()
