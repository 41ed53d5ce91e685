#!/usr/bin/env python3
"""Hints: what is told beside a default is kept, and other programs can use it.

Every keyword argument of a definition is a hint. hpman gives hints no meaning; here `choices` and
`help` become what argparse calls by these names, so that the option refuses what makes no sense.

    ./hints_example.py
    ./hints_example.py --help
    ./hints_example.py --optimizer sgd
    ./hints_example.py --optimizer rmsprop      (is refused)
"""

import argparse

from hpman.hpm_db import L
from hpman.m import _

MOMENTUM = {"adam": 0.9, "sgd": 0.0}


def describe() -> str:
    optimizer = _("optimizer", "adam", choices=["adam", "sgd"], help="how to take a step")
    return f"optimizer: {optimizer}\nmomentum: {MOMENTUM[optimizer]}"


def main() -> None:
    _.parse_file(__file__)

    parser = argparse.ArgumentParser()
    for row in _.db.select(L.has_default_value):
        parser.add_argument(f"--{row.name}", default=row.value, **row.hints)
    _.set_values(vars(parser.parse_args()))

    print(describe())


if __name__ == "__main__":
    main()
