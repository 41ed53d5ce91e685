"""Measures one thing of the `hpman` that it can import, whichever that is, and prints it as JSON.

python probe.py COMMAND ARGUMENT
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import timeit
import tracemalloc
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


def lookups(_argument: str) -> float:
    """Seconds for a plain method call that reads a dict."""
    return _call('_.get("a")', _=_Plain())


class _Plain:
    def __init__(self) -> None:
        self.values = {"a": 1}

    def get(self, name: str) -> int:
        return self.values[name]


def parse(path: str) -> float:
    """Seconds for `parse_file`."""
    manager = HyperParameterManager("_")
    started = perf_counter()
    manager.parse_file(path)
    return perf_counter() - started


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


def _call(statement: str, **names: object) -> float:
    timer = timeit.Timer(statement, globals=names)
    loops, _seconds = timer.autorange()
    return min(timer.repeat(REPEATS, loops // 2)) / (loops // 2)


if __name__ == "__main__":
    COMMANDS = (reads, definitions, lookups, parse, read, read_known, held, peak)
    command = {one.__name__: one for one in COMMANDS}[sys.argv[1]]
    print(json.dumps(command(sys.argv[2])))
