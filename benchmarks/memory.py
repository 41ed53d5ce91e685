"""How much memory a server holds, with all the processes that it started, and what time of the processor it took."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def resident(process: int) -> float:
    """Bytes of the process and of all below it; what is gone meanwhile counts nothing."""
    children = _children()
    pending, total = [process], 0
    while pending:
        one = pending.pop()
        pending += children.get(one, [])
        total += _resident(one)
    return float(total)


def cpu_seconds(process: int) -> float:
    """Seconds that a process has computed, which no other process on the machine makes longer."""
    fields = (_PROC / str(process) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")  # utime and stime of proc(5)


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        parent = _fields(folder).get("PPid")
        if parent is not None:
            children.setdefault(int(parent), []).append(int(folder.name))
    return children


def _resident(process: int) -> int:
    size = _fields(_PROC / str(process)).get("VmRSS", "0 kB")
    return int(size.split()[0]) * 1024


def _fields(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / "status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
