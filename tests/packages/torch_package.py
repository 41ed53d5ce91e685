"""torch: what is compiled follows set values, and what a data loader's workers see."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hpman import HyperParameterManager
from hpman.m import _
from tests.hpman.conftest import Run, Write, run, write
from tests.packages import examples

__all__ = ["run", "write"]  # fixtures
torch: Any = pytest.importorskip("torch")
dynamo: Any = pytest.importorskip("torch._dynamo")
X = torch.ones(1)

READS: dict[str, tuple[Callable[[HyperParameterManager], Any], list[Any]]] = {
    "float": (lambda hp: hp("float", 2.5), [n + 0.5 for n in range(20)]),
    "int": (lambda hp: hp("int", 2), list(range(20))),
    "string": (lambda hp: len(hp("string", "ab")), ["a" * n for n in range(20)]),
    "list": (lambda hp: hp("list", [1, 2])[1], [[0, n] for n in range(20)]),
    "hints": (lambda hp: hp("hints", 2.5, help="x", choices=[1, 2.5]), [n + 0.5 for n in range(20)]),
    "branch": (lambda hp: 2 if hp("branch", "a") == "a" else 3, ["a", "b"] * 10),
    "no default": (lambda hp: hp("none"), [n + 0.5 for n in range(20)]),
    "get_value": (lambda hp: hp.get_value("got"), [n + 0.5 for n in range(20)]),
}
NAMES = {"no default": "none", "get_value": "got"}


@pytest.fixture(autouse=True)
def _strictly() -> Iterator[None]:
    """Compile anew as often as values change, and let each warning be an error."""
    dynamo.reset()
    with dynamo.config.patch(recompile_limit=64), warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.mark.parametrize("is_called_before", [False, True], ids=["cold", "warm"])
@pytest.mark.parametrize("kind", READS)
def test_a_whole_graph_is_traced_and_never_stale(kind: str, is_called_before: bool) -> None:
    read, values = READS[kind]

    def function(x: Any) -> Any:
        return x * read(_)

    if kind in NAMES:
        _.set_value(NAMES[kind], 0.5)
    if is_called_before:
        function(X)
    compiled = torch.compile(function, fullgraph=True, backend="eager")
    assert compiled(X).item() == function(X).item()
    for value in values:
        _.set_value(NAMES.get(kind, kind), value)
        assert compiled(X).item() == function(X).item()


def test_a_value_that_was_set_before_all_is_traced() -> None:
    _.parse_source("_('first', 1.5)").set_value("first", 3.0)
    assert torch.compile(lambda x: x * _("first", 1.5), fullgraph=True, backend="eager")(X).item() == 3.0


@pytest.mark.filterwarnings("ignore")  # of torch.jit, about its age
def test_what_freezes_is_what_the_page_says() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        examples.check("torch.export, torch.jit.trace")


LOADERS = """
    import sys, warnings
    from torch.utils.data import DataLoader
    from hpman.m import _
    import data

    def seen(hp=None, **options):
        loader = DataLoader(data.Lrs(hp), num_workers=1, multiprocessing_context=sys.argv[1], **options)
        return lambda: [int(item) for item in loader]

    if __name__ == "__main__":
        _.set_value("lr", 7)
        print(seen()())
        for lr in (9, 11):
            _.set_value("lr", lr).export_values()
            print(seen()())
        persistent = seen(persistent_workers=True)
        for lr in (13, 15):
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                _.set_value("lr", lr).export_values()
            print(len(told), persistent())
        _.set_value("lr", 17)
        print(seen(_)())
"""
DATA = """
    from torch.utils.data import Dataset
    from hpman.m import _

    class Lrs(Dataset):
        def __init__(self, hp):
            self.hp = hp
        def __len__(self):
            return 2
        def __getitem__(self, number):
            return _("lr", 1)
"""


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_a_data_loader_s_workers_have_what_was_exported(run: Run, write: Write, method: str) -> None:
    write({"data.py": textwrap.dedent(DATA), "program.py": textwrap.dedent(LOADERS)})
    done = run("-W", "default", "program.py", method)
    first = "[7, 7]" if method == "fork" else "[1, 1]"
    lines = [first, "[9, 9]", "[11, 11]", "0 [13, 13]", "1 [13, 13]", "[17, 17]"]
    assert done.stdout.splitlines() == lines, done.stderr
