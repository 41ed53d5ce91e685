"""The library beside hpman 0.13.0, the last of the earlier generation."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

from benchmarks import provision
from benchmarks.report import Comparison, Fact, Goal, print_comparisons, print_title, shown
from benchmarks.sources import CALLS, write_sources

EARLIER = "0.13.0"
TREE = ("transformers", "5.23.0")
FILES = 1000
FUNCTIONS = 3000
AGAIN = 0.002  # seconds

ROUNDS = 5
STARTS = 12  # of a process in each round: one takes some 15 ms, and not always the same
ONLY_PARSING_NEEDS = {"ast", "glob", "logging", "re"}

Probe: TypeAlias = Callable[[str, object], float]


def run() -> None:
    """Measure, and print the tables."""
    python = provision.environment(f"hpman=={EARLIER}")
    ours, earlier = partial(_probe, python, _with_ours()), partial(_probe, python, _bare())
    print_title(f"Library, beside hpman {EARLIER} ({ROUNDS} interleaved rounds)")
    print_comparisons(
        [*_calls(ours, earlier), *_imports(python), *_large_tree(ours, earlier), *_dense_text(ours)]
    )
    made = provision.cache() / f"{FILES}-sources"
    print_title(f"parse_file of files with {CALLS} calls each, beside hpman {EARLIER}")
    print_comparisons([*_dense_tree(ours, earlier, made), *_growth(ours, made), _again(ours, made)])


def _calls(ours: Probe, earlier: Probe) -> list[Comparison | Fact]:
    rounds = [
        {
            "read": (ours("reads", 1), earlier("reads", 1)),
            "read of many": (ours("reads", 500), earlier("reads", 500)),
            "define": (ours("definitions", 0), earlier("definitions", 0)),
            "define after a set": (ours("definitions_after_set", 0), 0.0),
            "lookup": (ours("lookups", 0), 0.0),
            "floor": (ours("floor", 0), 0.0),
        }
        for _ in range(ROUNDS)
    ]

    def samples(name: str, side: int = 0) -> list[float]:
        return [one[name][side] for one in rounds]

    few, many, define = samples("read"), samples("read of many"), samples("define")
    after = samples("define after a set")
    return [
        Comparison('_("a") beside 1 other name', few, EARLIER, samples("read", 1), Goal("faster", 10)),
        Comparison(
            '_("a") beside 500 other names', many, EARLIER, samples("read of many", 1), Goal("faster", 10)
        ),
        Comparison(
            '_("a"), which costs',
            few,
            "the same call that reads a dict",
            samples("floor"),
            Goal("within", 1.5),
        ),
        Comparison(
            '_("a"), which costs', few, "a method that reads a dict", samples("lookup"), Goal("within", 3)
        ),
        Comparison('_("a") beside 500 other names', many, "beside 1", few, Goal("within", 1.15)),
        Comparison('_("a", 1) in a loop', define, EARLIER, samples("define", 1), Goal("faster", 15)),
        Comparison('_("a", 1) after another name was set', after, "without", define, Goal("within", 1.15)),
    ]


def _imports(python: Path) -> list[Comparison | Fact]:
    lines: list[Comparison | Fact] = []
    for statement in ("import hpman.m", "from hpman.m import _"):
        samples: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            for side, above in zip(samples, _above_bare(python, statement), strict=True):
                side.append(above)
        lines.append(
            Comparison(
                f"{statement}, above bare Python", samples[0], EARLIER, samples[1], Goal("within", 0.26)
            )
        )
    code = "import sys; import hpman.m; from hpman.m import _; print(*sys.modules)"
    loaded = _run(
        [python, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(provision.ROOT)!r}); {code}"], {}
    )
    found = ONLY_PARSING_NEEDS.intersection(loaded.split())
    lines.append(
        Fact("imported with it", ", ".join(sorted(found)) or "-", "no ast, glob, logging", not found)
    )
    return lines


def _above_bare(python: Path, statement: str) -> tuple[float, float]:
    """How much longer a process takes that imports hpman, ours and the earlier one: medians of interleaved starts."""
    starts = [
        (
            _started(python, statement, _with_ours()),
            _started(python, statement, _bare()),
            _started(python, "pass", _bare()),
        )
        for _ in range(STARTS)
    ]
    ours, earlier, bare = (statistics.median(samples) for samples in zip(*starts, strict=True))
    return ours - bare, earlier - bare


def _large_tree(ours: Probe, earlier: Probe) -> list[Comparison | Fact]:
    tree = provision.wheel(*TREE)
    rounds = [(ours("parse", tree), ours("read_known", tree), ours("read", tree)) for _ in range(ROUNDS)]
    parse, known, found = map(list, zip(*rounds, strict=True))
    what = f"parse_file of {TREE[0]} {TREE[1]}"
    # The earlier one takes most of a minute: one sample is enough to tell eighty from one.
    return [
        Comparison(what, parse, EARLIER, [earlier("parse", tree)] * ROUNDS, Goal("faster", 80)),
        Comparison(what, parse, "only reading the files", known, Goal("within", 2.5)),
        Comparison(what, parse, "finding and reading them", found, None),
    ]


def _dense_text(ours: Probe) -> list[Comparison | Fact]:
    rounds = [(ours("parse_text", FUNCTIONS), ours("parse_tree", FUNCTIONS)) for _ in range(ROUNDS)]
    mine, tree = map(list, zip(*rounds, strict=True))
    what = f"a text of {FUNCTIONS:,} functions, {2 * FUNCTIONS:,} calls"
    return [Comparison(what, mine, "ast.parse of it alone", tree, Goal("within", 1.25))]


def _again(ours: Probe, made: Path) -> Fact:
    """How long one file takes that is parsed again, whatever the others have."""
    seconds = statistics.median(ours("parse_again", _sources(made, FILES)) for _ in range(ROUNDS))
    what = f"one file parsed again among {FILES * CALLS:,} names"
    return Fact(what, shown(seconds), f"at most {shown(AGAIN)}", seconds <= AGAIN)


def _dense_tree(ours: Probe, earlier: Probe, made: Path) -> list[Comparison | Fact]:
    folder = _sources(made, FILES)
    times = [(ours("parse", folder), earlier("parse", folder)) for _ in range(ROUNDS)]
    sizes = {name: ([ours(name, folder)], [earlier(name, folder)]) for name in ("held", "peak")}
    mine, theirs = map(list, zip(*times, strict=True))
    return [
        Comparison(f"{FILES} files", mine, EARLIER, theirs, Goal("faster", 4)),
        Comparison(
            "memory allocated afterwards",
            sizes["held"][0],
            EARLIER,
            sizes["held"][1],
            Goal("within", 0.5),
            "B",
        ),
        Comparison(
            "growth of the process", sizes["peak"][0], EARLIER, sizes["peak"][1], Goal("within", 0.5), "B"
        ),
    ]


def _growth(ours: Probe, made: Path) -> list[Comparison | Fact]:
    """Whether twice the files take twice the time, each figure taken beside that of a quarter of the files."""
    quarter = _sources(made, FILES // 4)
    rounds = [
        [ours("parse", _sources(made, FILES // 4 * share)) / share for share in (1, 2, 4)]
        for _ in range(ROUNDS)
    ]
    first, second, fourth = map(list, zip(*rounds, strict=True))
    against = f"a quarter: {quarter.name}"
    return [
        Comparison(
            f"{FILES // 2} files, for each {FILES // 4}", second, against, first, Goal("within", 1.15)
        ),
        Comparison(f"{FILES} files, for each {FILES // 4}", fourth, against, first, Goal("within", 1.15)),
    ]


def _sources(made: Path, files: int) -> Path:
    return provision.made(made / str(files), partial(write_sources, files=files))


def _probe(python: Path, environ: Mapping[str, str], command: str, argument: object) -> float:
    probe = Path(__file__).with_name("probe.py")
    return float(json.loads(_run([python, probe, command, str(argument)], environ)))


def _started(python: Path, code: str, environ: Mapping[str, str]) -> float:
    started = perf_counter()
    _run([python, "-c", code], environ)
    return perf_counter() - started


def _run(command: list[str | Path], environ: Mapping[str, str]) -> str:
    """What a process prints; it is started where no `hpman` lies about, for Python looks there first."""
    elsewhere = provision.cache()
    done = subprocess.run(
        command, env=dict(environ), cwd=elsewhere, capture_output=True, text=True, check=True
    )
    return done.stdout


def _bare() -> dict[str, str]:
    """No environment variable may lead Python to another package than its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def _with_ours() -> dict[str, str]:
    return {**_bare(), "PYTHONPATH": str(provision.ROOT)}
