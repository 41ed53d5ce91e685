"""What nobody would remember: the code map is true, layers hold, files and functions stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import code_map
import pytest

import hpman

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("hpman", "hpman_lsp")
SOURCES = {".py", ".pyi", ".ts", ".mjs", ".lua", ".el"}

FILE_LINES = 350
FUNCTION_LINES = 40
LONG_FUNCTIONS: set[str] = set()  # "hpman/module.py:function", each with its reason

# Not literals, so that this file does not hold what it looks for.
A_HOME = re.compile("/" + r"(?:home|Users)/\w+|" + "/" + "root/")
A_REGISTRY = re.compile(r'"resolved": *"https?://|index-url *=|registry *= *https?:')


def project_files() -> list[Path]:
    """What is in the repository, or would be after `git add --all`."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def texts(*suffixes: str) -> Iterator[tuple[Path, str]]:
    for path in project_files():
        if not suffixes or path.suffix in suffixes:
            yield path, path.read_text(encoding="utf-8", errors="replace")


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_code_map_is_what_the_modules_say() -> None:
    assert code_map.written() == code_map.render(), "make format writes it"


def test_every_module_says_what_it_is() -> None:
    silent = [name for package in PACKAGES for name, text in code_map.modules(ROOT / package) if not text]
    assert silent == []


def test_the_code_map_has_every_top_level_folder_and_no_other() -> None:
    folders = {f"{name_of(path).split('/')[0]}/" for path in project_files() if path.parent != ROOT}
    assert {*code_map.FOLDERS, "hpman/", "hpman_lsp/", ".ci/"} == folders


def test_every_public_name_of_the_library_can_be_imported() -> None:
    namespace: dict[str, object] = {}
    exec("from hpman import *", namespace)
    assert set(hpman.__all__) <= set(namespace)


@pytest.mark.parametrize("path", modules("hpman"), ids=name_of)
def test_the_library_imports_the_standard_library_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level
    }
    assert {name.split(".")[0] for name in imported} <= {*sys.stdlib_module_names, "hpman"}


@pytest.mark.parametrize("module", ["hpman", "hpman.m"])
def test_importing_the_library_does_not_import_what_only_parsing_needs(module: str) -> None:
    loaded = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {module}; print(*sys.modules)"
    names = subprocess.run(
        [sys.executable, "-I", "-S", "-c", loaded], capture_output=True, text=True, check=True
    )
    assert {"ast", "glob", "logging", "re"} & set(names.stdout.split()) == set()


def test_imports_keep_to_the_layers_of_the_architecture() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    command = [str(linter), "--no-logo", "--no-cache"]
    contracts = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert contracts.returncode == 0, contracts.stdout


def test_no_source_file_is_too_long() -> None:
    long = {
        name_of(path): text.count("\n") for path, text in texts(*SOURCES) if text.count("\n") > FILE_LINES
    }
    assert long == {}


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=name_of)
def test_no_function_is_too_long(path: Path) -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, functions)
    ]
    long = {f"{name_of(path)}:{f.name}" for f in found if (f.end_lineno or 0) - f.lineno >= FUNCTION_LINES}
    assert long - LONG_FUNCTIONS == set()


@pytest.mark.parametrize("pattern", [A_HOME, A_REGISTRY], ids=["a home folder", "a download address"])
def test_no_file_names_something_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = [f"{name_of(path)}: {match[0]}" for path, text in texts() for match in pattern.finditer(text)]
    assert found == []
