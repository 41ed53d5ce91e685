#!/usr/bin/env python3
"""A small training run, with hyperparameters where they are used: data.py, model.py and this file.

    ./train.py
    ./train.py --optimizer.lr 0.05 --train.schedule constant --model.hidden 24
    ./train.py --help

No file lists the options: they are what parsing this folder finds. Nothing but Python is needed.
"""

import argparse
import math
import random
from pathlib import Path

from hpman.hpm_db import L
from hpman.m import _

from data import batches, samples
from model import Network

HERE = Path(__file__).resolve().parent


def learning_rate(epoch: int) -> float:
    progress = epoch / _("train.epochs")
    if _("train.schedule", "cosine", choices=["cosine", "constant"]) == "constant":
        return _("optimizer.lr")
    return _("optimizer.lr") * (1 + math.cos(math.pi * progress)) / 2


def train() -> None:
    generator = random.Random(_("seed", 0))
    data = samples(generator)
    network = Network(generator)
    for epoch in range(_("train.epochs", 20)):
        lr = learning_rate(epoch)
        for batch in batches(data, generator):
            network.train_batch(batch, lr)
        if epoch % _("train.log_every", 5) == 0 or epoch == _("train.epochs") - 1:
            print(f"epoch {epoch:3}  lr {lr:.4f}  loss {network.loss(data):.4f}")
    print(f"accuracy {network.accuracy(data):.3f}")


def override_from_command_line() -> None:
    """An option for each hyperparameter: its type is the default's, its choices are the hint's."""
    parser = argparse.ArgumentParser()
    for row in _.db.select(L.has_default_value).sorted(key=lambda row: row.name):
        kind, choices = type(row.value), row.hints.get("choices")
        shown = "default: %(default)s"
        parser.add_argument(f"--{row.name}", type=kind, default=row.value, choices=choices, help=shown)
    _.set_values(vars(parser.parse_args()))


def main() -> None:
    _.parse_file(HERE)
    override_from_command_line()
    print(f"{_('train.batch_size', 20)} samples a batch, lr {_('optimizer.lr', 0.3)}, seed {_('seed')}")
    train()


if __name__ == "__main__":
    main()
