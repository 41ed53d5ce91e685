#!/usr/bin/env python3
"""Made to be wrong: in an editor, this folder shows what hpman has to say about faulty programs.

- duplicate-default: `hidden` has a default here and another one in model.py. Which one would count?
- missing-default: `drop_out` is read here, but nothing gives it a value; model.py spells it `dropout`.

    ./train.py      (tells both places of `hidden`, and ends)
"""

import os
import sys

import hpman
from hpman.m import _

import model


def main() -> None:
    try:
        _.parse_file(os.path.dirname(os.path.abspath(__file__)))
    except hpman.DoubleAssignmentException as error:
        sys.exit(str(error))
    print(model.describe())
    print(_("hidden", 64), _("drop_out"))


if __name__ == "__main__":
    main()
