"""`python -m hpman`: the command line `hpman`."""

from __future__ import annotations

import sys
from importlib import import_module


def main() -> int:
    """Run the command line; where it is not installed, say so, and give the exit code 2."""
    try:
        # By its name: the library does not depend on its command line.
        command_line = import_module("hpman_lsp.cli")
    except ModuleNotFoundError:
        sys.stderr.write("hpman: the command line is not installed: python -m pip install 'hpman[cli]'\n")
        return 2
    code: int = command_line.main()
    return code


if __name__ == "__main__":
    sys.exit(main())
