#!/usr/bin/env python3
"""Hyperparameters in two files, managed as a whole: found by reading the source, set from the command line.

    ./main.py
    ./main.py --steps 5 --warmup 1 --peak 0.5

In an editor: put the cursor on "peak" below. Its value, and both of its places in lib.py, are known.
"""

import argparse
import os

from hpman.m import _

import lib


def main() -> None:
    # The folder is read, not run: this finds what lib.py and main.py define.
    _.parse_file(os.path.dirname(os.path.realpath(__file__)))

    parser = argparse.ArgumentParser(description="Print a learning rate, step by step.")
    parser.add_argument("--peak", type=float, default=_.get_value("peak"), help="default: %(default)s")
    parser.add_argument("--steps", type=int, default=_.get_value("steps"), help="default: %(default)s")
    parser.add_argument("--warmup", type=int, default=_.get_value("warmup"), help="default: %(default)s")
    _.set_values(vars(parser.parse_args()))

    print(f"warm up over {_('warmup', 3)} of {_('steps')} steps, up to {_('peak')}")
    for step in range(_("steps")):
        print(f"step {step}: {lib.learning_rate(step):.4f}")


if __name__ == "__main__":
    main()
