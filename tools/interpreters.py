"""Run the library's tests on every Python version that it supports, each in an environment of its own.

Versions are read from pyproject.toml; interpreters are looked for on PATH, among pyenv's, and in the small Debian
that `.ci/pythons` makes. One that this machine lacks is named in the summary and is no failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

Command: TypeAlias = list[str]

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = ROOT / "pyproject.toml"
TESTS = ["-m", "pytest", "-q", "-ra", "-n", "auto", "-m", "not network and not editor", "tests/hpman"]


def main() -> int:
    results = {version: run(version) for version in supported()}
    print("\nThe library's tests on each Python:")
    for version, result in results.items():
        print(f"  {version}  {result}")
    return any(result == "FAILED" for result in results.values())


def supported() -> list[str]:
    return re.findall(r"Python :: (3\.\d+)\"", PYPROJECT.read_text(encoding="utf-8"))


def run(version: str) -> str:
    if version == ".".join(map(str, sys.version_info[:2])):
        return "passed before, with all other tests"
    interpreter = find(version)
    if interpreter is None:
        return f"NOT TESTED: python{version} is missing; where there is apt, `sudo bash .ci/pythons` makes it"
    python = environment(version, interpreter)
    print(f"\nPython {version} ({' '.join(interpreter)})", flush=True)
    tests = subprocess.run([*python, *TESTS], cwd=ROOT, check=False)
    return "FAILED" if tests.returncode else "passed"


def find(version: str) -> Command | None:
    """The first interpreter that starts and is of this version: pyenv's shims exist for what is not chosen."""
    probe = "import sys, ensurepip; print('.'.join(map(str, sys.version_info[:2])))"
    for candidate in candidates(version):
        answer = subprocess.run(
            [*candidate, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if answer.stdout.strip() == version:
            return candidate
    return None


def candidates(version: str) -> Iterator[Command]:
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield [on_path]
    for folder in sorted(pyenv_versions().glob(f"{version}.*"), reverse=True):
        if (folder / "bin" / "python").exists():
            yield [str(folder / "bin" / "python")]
    if debian().exists():
        yield [str(debian()), f"/usr/bin/python{version}"]


def pyenv_versions() -> Path:
    return Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"


def debian() -> Path:
    """What runs a command in the Debian that `.ci/pythons` makes."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "hpman" / "debian" / "enter"


def environment(version: str, interpreter: Command) -> Command:
    """Its Python; made once, and filled again when pyproject.toml is newer than what was installed.

    Where a command has to be run in a Debian of its own, so has the environment's Python.
    """
    folder = ROOT / f".venv-{version}"
    python, stamp = [*interpreter[:-1], str(folder / "bin" / "python")], folder / ".installed"
    if not folder.exists():
        subprocess.run([*interpreter, "-m", "venv", folder], cwd=ROOT, check=True)
    if not stamp.exists() or stamp.stat().st_mtime < PYPROJECT.stat().st_mtime:
        install = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "-e", ".[test]"]
        subprocess.run([*python, *install], cwd=ROOT, check=True)
        stamp.touch()
    return python


if __name__ == "__main__":
    sys.exit(main())
