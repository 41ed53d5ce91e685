#!/usr/bin/env python3
"""Nested names: a dot in a name makes a group, and a group is read and set as one dictionary.

    ./main.py
    ./main.py small

All names stay flat names too: `optimizer.lr` is one hyperparameter, wherever it is used.
"""

import json
import sys

from hpman.m import _

# What a configuration file could hold: the same names, nested.
PRESETS = {
    "small": {"model": {"depth": 2, "width": 16}, "optimizer": {"lr": 0.5}},
    "large": {"model": {"depth": 24, "width": 1024}},
}


def describe_model() -> str:
    return f"{_('model.depth', 6)} layers, {_('model.width', 128)} wide"


def describe_optimizer() -> str:
    return f"learning rate {_('optimizer.lr', 0.1)}, decay {_('optimizer.decay.rate', 0.9)}"


def main() -> None:
    _.parse_file(__file__)
    for preset in sys.argv[1:]:
        _.set_tree(PRESETS[preset])

    print("all:", json.dumps(_.get_tree(), sort_keys=True))
    print("optimizer:", json.dumps(_.get_tree("optimizer"), sort_keys=True))
    print("one name:", _.get_value("optimizer.decay.rate"))
    print(describe_model())
    print(describe_optimizer())


if __name__ == "__main__":
    main()
