"""`from hpman.m import NAME` gives the process's one manager whose placeholder is NAME.

Any identifier will do (`_`, `hp`, `__` ...) but the names that Python and tools look for in every module:
`__wrapped__`, `pytest_plugins`, `_repr_html_` and the like. This module has no other names of its own:
they would hide managers.
"""

__all__ = ()  # so that `from hpman.m import *` gives nothing


def __getattr__(placeholder):  # type: ignore[no-untyped-def] # m.pyi says it; imports here would be managers
    from hpman._names import is_probe  # noqa: PLC0415
    from hpman.hpm import shared  # noqa: PLC0415

    if is_probe(placeholder):
        raise AttributeError(
            f"module 'hpman.m' gives no manager called {placeholder!r}: tools look for this name"
        )
    return shared(placeholder)
