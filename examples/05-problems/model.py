"""Half of a faulty program; see train.py."""

from hpman.m import _


def describe() -> str:
    return f"{_('hidden', 32)} hidden units, dropout {_('dropout', 0.5)}"
