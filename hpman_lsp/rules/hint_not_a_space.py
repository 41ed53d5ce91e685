"""`hint-not-a-space`: hints that describe a search space, and together describe none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hpman.static.facts import Occurrence
from hpman.valuefiles.fitting import written
from hpman_lsp.workspace.index.index import Use
from hpman_lsp.workspace.questions.describe import given, shown_value
from hpman_lsp.workspace.snapshot import Snapshot

from .helpers.defaults import known_value, related
from .helpers.finding import Violation
from .helpers.hints import Hinted, bounds, is_number, uses_with_hints

_SPACE = ("range", "min", "max", "step", "scale", "choices")


class _Fault(NamedTuple):
    """What hints say that no search can do; keys: of the hints that say it, the first one to be mended."""

    keys: tuple[str, ...]
    message: str
    fix: str = ""


def check(snapshot: Snapshot, path: str) -> Iterator[Violation]:
    """Report it at a hint of the call; where only the default is at odds with hints of other calls, there."""
    for use, every in uses_with_hints(snapshot, path):
        if not isinstance(use.source, Occurrence) or not (use.source.hints or use.kind == "definition"):
            continue
        hints = {key: every[key] for key in _SPACE if key in every}
        if hints:
            yield from _contradictions(use, hints)
            yield from _default(use, hints)


def _contradictions(use: Use, hints: Mapping[str, Hinted]) -> Iterator[Violation]:
    for fault in _faults(use.key.name, hints):
        own = [hints[key] for key in fault.keys if key in hints and hints[key].use is use]
        if own:
            others = (hints[key] for key in fault.keys if key in hints)
            yield Violation(own[0].value.span, fault.message, related(use, *others), data=fault.fix)


def _faults(name: str, hints: Mapping[str, Hinted]) -> Iterator[_Fault]:
    low, high = bounds(hints)
    around = ("range",) if "range" in hints else ("min", "max")
    if low is not None and high is not None and low > high:
        if not _is_space(hints):
            return
        message = f"the range of `{name}` begins at {written(low)}, above its end {written(high)}: swap them"
        yield _Fault(around, message, "swap")
        return
    step = hints["step"].value.value if "step" in hints else None
    if is_number(step) and step <= 0 and (low, high) != (None, None):
        yield _Fault(("step", *around), f"the `step` of `{name}` is {written(step)}: it has to be above 0")
    if "scale" not in hints or hints["scale"].value.value != "log":
        return
    lowest = low if low is not None else high
    if lowest is not None and lowest <= 0:
        message = (
            f"a logarithmic scale has only numbers above 0, and the range of `{name}` has {written(lowest)}"
        )
        yield _Fault((*around, "scale"), f"{message}: begin above it, or leave out `scale`", "scale")
    if is_number(step):
        message = f"`{name}` cannot have both `step` and a logarithmic scale: leave one out"
        yield _Fault(("step", "scale"), message, "scale")


def _is_space(hints: Mapping[str, Hinted]) -> bool:
    """Whether bounds are meant for a search: a list of two numbers alone, `range=[10, 0]`, may mean something else."""
    return not ("range" in hints and isinstance(hints["range"].value.value, list)) or bool(
        hints.keys() & {"scale", "step"}
    )


def _default(use: Use, hints: Mapping[str, Hinted]) -> Iterator[Violation]:
    """Compare an int default with a space of floats, which gives values that an int does not take."""
    default = given(use) if use.kind == "definition" else None
    value = None if default is None else known_value(default)
    if default is None or not isinstance(value, int) or isinstance(value, bool):
        return
    fractional = next((key for key in _SPACE if key in hints and _has_floats(hints, key)), None)
    if fractional is None:
        return
    hint = hints[fractional]
    what = f"the default {written(value)} of `{use.key.name}` is an int, which takes no fraction"
    message = (
        f"{what}, and `{fractional}` is {shown_value(hint.value, 40)}: write {value}.0, or ints in the hint"
    )
    yield Violation(default.span, message, related(use, hint), data="float")


def _has_floats(hints: Mapping[str, Hinted], key: str) -> bool:
    """Whether a hint makes a space of floats; one whole number as a float, as in `(1, 1e6)`, makes none."""
    if key == "step":
        step = hints["step"].value.value
        return isinstance(step, float) and not step.is_integer() and bounds(hints) != (None, None)
    low, high = bounds(hints)
    if key not in ("range", "min") or low is None or high is None or low > high:
        return False
    ends = (low, high)
    return all(type(one) is float for one in ends) or not all(float(one).is_integer() for one in ends)
