"""A learning rate that rises, and then falls: its shape is made of three hyperparameters.

`peak` and `steps` are used here and given their defaults here; `warmup` is used here too, but its
default is in main.py. One call per hyperparameter has the default; which one does not matter.
"""

from hpman.m import _


def learning_rate(step: int) -> float:
    if step < _("warmup"):
        return _("peak", 0.1) * (step + 1) / _("warmup")
    remaining = _("steps", 10) - step
    return _("peak") * remaining / (_("steps") - _("warmup"))
