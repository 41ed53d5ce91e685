"""What is measured, and what it is measured against: packages from PyPI, in a cache folder of this project's own.

The folder is `.cache` beside this package, or what the environment variable HPMAN_CACHE names. It may be deleted
at any time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_PIP = ("-m", "pip", "--disable-pip-version-check", "-q")


class ProvisionError(Exception):
    """A package cannot be had; the message has what pip says."""


def cache() -> Path:
    """The cache folder, made if it is not there; no version control looks into it."""
    folder = Path(os.environ.get("HPMAN_CACHE") or ROOT / ".cache").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return folder


def environment(*requirements: str) -> Path:
    """The Python of a virtual environment that has these packages and nothing else.

    Raises: ProvisionError.
    """
    python = "{}.{}".format(*sys.version_info)
    folder = cache() / "environments" / "-".join([*requirements, python]).replace("=", "")
    interpreter = _interpreter(folder)
    stamp = folder / "complete"
    if not stamp.exists():
        # Not in place of a finished one: its scripts name the folder that it was made in.
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        _pip(interpreter, "install", *requirements)
        stamp.touch()
    return interpreter


def script(python: Path, name: str) -> Path:
    """A console script of an environment."""
    return python.with_name(name + python.suffix)


def version(python: Path, package: str) -> str:
    """The version of a package in an environment."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def wheel(package: str, release: str) -> Path:
    """What a package's wheel holds, as a folder: nobody may write in it.

    Raises: ProvisionError.
    """
    return made(cache() / "wheels" / f"{package}-{release}", lambda folder: _unpack(folder, package, release))


def made(folder: Path, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills: completely or not at all, also where several processes make it at once."""
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as unfinished:
        filled = Path(unfinished) / folder.name
        filled.mkdir()
        make(filled)
        try:
            filled.rename(folder)
        except OSError:
            if not folder.exists():  # another process was faster
                raise
    return folder


def _unpack(folder: Path, package: str, release: str) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent) as downloads:
        options = ("--no-deps", "--only-binary", ":all:", "--dest", downloads)
        _pip(Path(sys.executable), "download", *options, f"{package}=={release}")
        (archive,) = Path(downloads).glob("*.whl")
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder)


def _pip(python: Path, *arguments: str) -> None:
    command = [str(python), *_PIP, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProvisionError(f"pip {' '.join(arguments)} failed:\n{done.stderr.strip()}")


def _interpreter(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
