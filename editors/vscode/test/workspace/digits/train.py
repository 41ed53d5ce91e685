"""Learns to read digits."""

import os

from hpman.m import _

import model


def learning_rate(epoch):
    """Rise, then stay."""
    peak = _("optimizer.lr")
    return peak * min(1, (epoch + 1) / _("warmup", 3))


def main():
    _.parse_file(os.path.dirname(os.path.abspath(__file__)))
    network = model.build()
    for epoch in range(_("epochs", 20)):
        network.learn(learning_rate(epoch), _("batch_size", 128))


if __name__ == "__main__":
    main()
