"""Starts the language server from the packages beside this file, and from nothing else that is installed."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "packages"))

from hpman_lsp.__main__ import main

if __name__ == "__main__":
    main()
