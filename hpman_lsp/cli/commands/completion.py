"""`hpman completion`: the script that completes hpman's arguments in a shell."""

from __future__ import annotations

import sys
from argparse import Namespace

from hpman_lsp.cli.errors import OK
from hpman_lsp.cli.grammar import grammar
from hpman_lsp.cli.shells import SCRIPTS


def run(options: Namespace) -> int:
    """Write the script."""
    sys.stdout.write(SCRIPTS[options.shell](grammar()))
    return OK
