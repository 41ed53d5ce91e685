"""Checks the extension for VS Code, and tries it in a real one: `python tools/extension.py [check|host|vsix]`.

check: types, lint, tests of what needs no editor, and that the .vsix is the same byte for byte when it is built again.
host: the tests inside a real VS Code, and a run through its windows. vsix: builds it. Without a word: check and host.
What cannot run here is said, and is a failure under CI.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

EXTENSION = Path(__file__).resolve().parent.parent / "editors" / "vscode"
OUT = EXTENSION / "out"
OLDEST_NODE = 20


class Skip(Exception):  # noqa: N818 - it is no error, but for CI
    """Why something cannot run here, and what to do."""


def main(asked: list[str]) -> int:
    try:
        install()
        for name in asked or ["check", "host"]:
            {"check": check, "host": host, "vsix": vsix}[name]()
    except Skip as reason:
        print(f"\n*** SKIPPED: the extension for VS Code: {reason} ***\n", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    except subprocess.CalledProcessError as error:
        print(f"failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


def install() -> None:
    """Install what the build needs, unless that is there from this lock file."""
    node = output("node", "-p", "process.versions.node") if shutil.which("node") else ""
    if not node or int(node.split(".")[0]) < OLDEST_NODE or not shutil.which("npm"):
        raise Skip(f"it needs Node.js {OLDEST_NODE} or newer, and npm")
    wanted = (EXTENSION / "package-lock.json").read_bytes()
    stamp = EXTENSION / "node_modules" / ".installed"
    if not stamp.exists() or stamp.read_bytes() != wanted:
        run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_bytes(wanted)


def check() -> None:
    run("npm", "run", "--silent", "check")
    first, second = (build(OUT / name) for name in ("first.vsix", "hpman.vsix"))
    if first != second:
        sys.exit("failed: the same source gave two different .vsix files")


def host() -> None:
    reason = output("node", "test-host/missing.mjs")
    if reason:
        raise Skip(f"{reason}; `bash editors/vscode/test-host/install.sh` installs what its tests need")
    run("node", "test/exthost/run.mjs")
    run("node", "test/ui/run.mjs", "--vsix", str(OUT / "hpman.vsix"))


def vsix() -> None:
    manifest = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    file = EXTENSION / f"{manifest['name']}-{manifest['version']}.vsix"
    size = len(build(file))
    print(f"{os.path.relpath(file)}: {size / 1e6:.2f} MB; install it with `code --install-extension`")


def build(file: Path) -> bytes:
    run("node", "scripts/package.mjs", str(file), quiet=True)
    return file.read_bytes()


def run(*command: str, quiet: bool = False) -> None:
    environment = {**os.environ, "PYTHON": sys.executable}
    stdout = subprocess.DEVNULL if quiet else None
    subprocess.run(command, cwd=EXTENSION, env=environment, stdout=stdout, check=True)


def output(*command: str) -> str:
    return subprocess.run(command, cwd=EXTENSION, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
