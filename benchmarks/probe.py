"""Measures one thing of the `hpman` that it can import, whichever that is, and prints it as JSON.

python probe.py COMMAND ARGUMENT
"""

from __future__ import annotations

import ast
import gc
import json
import resource
import sys
import timeit
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from hpman import HyperParameterManager

REPEATS = 5


def reads(others: str) -> float:
    """Seconds for `_("a")` after parsing, beside so many other names."""
    lines = ['_("a", 1)', *(f'_("other{number}", {number})' for number in range(int(others)))]
    return _call('_("a")', _=HyperParameterManager("_").parse_source("\n".join(lines)))


def definitions(_argument: str) -> float:
    """Seconds for `_("a", 1)` in a loop."""
    return _call('_("a", 1)', _=HyperParameterManager("_"))


def definitions_after_set(_argument: str) -> float:
    """Seconds for `_("a", 1)` in a loop, after another name was set."""
    manager = HyperParameterManager("_")
    manager("a", 1)
    return _call('_("a", 1)', _=manager.set_value("b", 2))


def lookups(_argument: str) -> float:
    """Seconds for a plain method call that reads a dict."""
    return _call('_.get("a")', _=_Plain())


def floor(_argument: str) -> float:
    """Seconds for calling an object with a manager's parameters that only reads a dict."""
    return _call('_("a")', _=_Floor())


class _Plain:
    def __init__(self) -> None:
        self.values = {"a": 1}

    def get(self, name: str) -> int:
        return self.values[name]


class _Floor:
    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values = {"a": 1}

    def __call__(self, /, hp_name: str, hp_value: object = None, **hints: object) -> int:  # noqa: ARG002 - as a manager has them
        return self.values[hp_name]


def parse(path: str) -> float:
    """Seconds for `parse_file`."""
    manager = HyperParameterManager("_")
    started = perf_counter()
    manager.parse_file(path)
    return perf_counter() - started


def parse_again(folder: str) -> float:
    """Seconds for `parse_file` of one file of a folder that was parsed, the files of which are alike."""
    manager = HyperParameterManager("_").parse_file(folder)
    file = min(Path(folder).glob("*.py"))
    return _seconds(lambda: manager.parse_file(file))


def parse_text(functions: str) -> float:
    """Seconds for `parse_source` of a text of so many functions, with two calls each."""
    text = _dense(int(functions))
    return _seconds(lambda: HyperParameterManager("_").parse_source(text))


def parse_tree(functions: str) -> float:
    """Seconds for Python's own parser on the same text."""
    text = _dense(int(functions))
    return _seconds(lambda: ast.parse(text))


def _dense(functions: int) -> str:
    return "from hpman.m import _\n" + "".join(
        f"""

def f{number}(x, y=None):
    width = _("w{number}", {number}, help="the width")
    for step in range(width):
        x = x + step * 2 if step % 3 else x - 1
    return x * _("w{number}")
"""
        for number in range(functions)
    )


def read(path: str) -> float:
    """Seconds for finding and reading all Python files, in the plainest way."""
    started = perf_counter()
    for file in Path(path).rglob("*.py"):
        file.read_bytes()
    return perf_counter() - started


def read_known(path: str) -> float:
    """Seconds for only reading all Python files."""
    files = [str(file) for file in Path(path).rglob("*.py")]
    started = perf_counter()
    for file in files:
        with open(file, "rb") as opened:
            opened.read()
    return perf_counter() - started


def held(path: str) -> float:
    """Bytes that are allocated for what `parse_file` found."""
    tracemalloc.start()
    manager = HyperParameterManager("_").parse_file(path)
    gc.collect()
    size, _peak = tracemalloc.get_traced_memory()
    del manager
    return size


def peak(path: str) -> float:
    """Bytes by which `parse_file` lets the process grow."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    HyperParameterManager("_").parse_file(path)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024


def _seconds(call: Callable[[], object]) -> float:
    return min(timeit.repeat(call, number=1, repeat=REPEATS))


def _call(statement: str, **names: object) -> float:
    timer = timeit.Timer(statement, globals=names)
    loops, _seconds = timer.autorange()
    return min(timer.repeat(REPEATS, loops // 2)) / (loops // 2)


if __name__ == "__main__":
    COMMANDS = (
        reads, definitions, definitions_after_set, lookups, floor,
        parse, parse_again, parse_text, parse_tree, read, read_known, held, peak,
    )  # fmt: skip
    command = {one.__name__: one for one in COMMANDS}[sys.argv[1]]
    print(json.dumps(command(sys.argv[2])))
