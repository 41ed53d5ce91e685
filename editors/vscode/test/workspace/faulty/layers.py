from hpman.m import _


def describe():
    return _("hidden", 32), _("dropout", 0.5)
