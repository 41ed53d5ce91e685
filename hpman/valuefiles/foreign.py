"""Values of other packages (numpy, torch, OmegaConf) as Python's own; none of these packages is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SCALARS = frozenset({bool, int, float, complex, str, bytes})
_OWN = _SCALARS | {type(None), list, dict, tuple, set}


def unwrapped(value: object) -> object:
    """Return a scalar of arrays and tensors, or a container of OmegaConf, as Python's own; anything else as it is."""
    kind = type(value)
    if kind in _OWN:
        return value
    try:
        if kind.__module__.startswith("omegaconf."):
            return _container(value)
        plain = value.item() if value.shape == () else value  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001 - whatever it is, it holds no value that can be read
        return value
    return plain if type(plain) in _SCALARS else value


def _container(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, Sequence) else value
