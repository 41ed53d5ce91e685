"""The network, and how it learns."""

from hpman.m import _


class Network:
    def __init__(self, width, rate):
        self.width = width
        self.rate = rate

    def learn(self, rate, batch_size):
        self.rate = rate or _("optimizer.lr")


def build():
    name = _("optimizer.name", "adam", choices=["adam", "sgd"])
    rate = _("optimizer.lr", 1e-3, help="the highest learning rate")
    print("optimizer", name)
    return Network(_("hidden", 64), rate)
