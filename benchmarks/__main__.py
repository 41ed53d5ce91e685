"""`python -m benchmarks [GROUP ...]`: measure, and print what came to beside what it is to be."""

from __future__ import annotations

import argparse
import compileall
import importlib
import os
import platform
import time

from benchmarks.client import ServerError
from benchmarks.provision import ROOT, ProvisionError

GROUPS = ("library", "cli", "server", "peers", "scale", "switching", "values", "refactoring")


def main() -> None:
    """Run the groups that are named; all, if none is."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure hpman beside its peers."
    )
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], metavar="GROUP", help=", ".join(GROUPS))
    groups = parser.parse_args().groups or GROUPS
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores. Medians; ratios of one run.")
    # As pip does; where Python is told to write no compiled files, each start would be measured with compiling.
    for package in ("hpman", "hpman_lsp"):
        compileall.compile_dir(ROOT / package, quiet=1)
    failed = [group for group in groups if not _runs(group)]
    if failed:
        raise SystemExit(f"benchmarks: not measured: {', '.join(failed)}")


def _runs(group: str) -> bool:
    """Run a group; what is in its way is printed, and keeps no other from being measured."""
    started = time.monotonic()
    try:
        importlib.import_module(f"benchmarks.{group}").run()
    except (ProvisionError, ServerError) as error:
        print(f"\n{group}: {error}", flush=True)
        return False
    print(f"\n({group}: {time.monotonic() - started:.0f} s)", flush=True)
    return True


if __name__ == "__main__":
    main()
