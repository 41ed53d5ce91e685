"""Values of other packages, as they come from the package index: saved, exported and set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.downstream.conftest import ROOT, install

pytestmark = pytest.mark.network

SCALARS = """
import numpy as np
from hpman import ExportError, HyperParameterManager, UnsavableError

taken = {
    "double": (np.float64(0.1), 0.1), "single": (np.float32(0.5), 0.5), "int": (np.int64(3), 3), "byte": (np.uint8(4), 4),
    "bool": (np.bool_(True), True), "text": (np.str_("x"), "x"), "array": (np.array(2.5), 2.5),
    "inside": ([np.int8(1), {"k": np.float16(0.5)}], [1, {"k": 0.5}]),
}
one = HyperParameterManager("_").set_values({name: value for name, (value, _plain) in taken.items()})
for path in ("run.yaml", "run.json"):
    again = HyperParameterManager("_").load_values(one.save_values(path) and path, allow_unknown=True)
    for name, (_value, plain) in taken.items():
        assert (again(name), type(again(name))) == (plain, type(plain)), (path, name, again(name))
environ = {}
one.export_values(environ)
assert eval(environ["HPMAN_VALUES"])["_"] == {name: plain for name, (_value, plain) in taken.items()}
called = HyperParameterManager("_")
called("called", np.int64(3))
assert called.load_values(called.save_values("run.yaml") and "run.yaml").get_values() == {"called": 3}

for refused in (np.arange(3), np.longdouble(0.1), np.datetime64("2020")):
    other = HyperParameterManager("_").set_value("x", refused)
    for write, error in ((lambda: other.save_values("no.yaml"), UnsavableError), (lambda: other.export_values({}), ExportError)):
        try:
            write()
        except error:
            continue
        raise AssertionError(refused)
"""

TREES = """
from omegaconf import OmegaConf
from hpman import HyperParameterManager

tree = OmegaConf.create({"optim": {"lr": "${base}", "betas": [0.9, 0.99]}, "base": 0.1})
one = HyperParameterManager("_").set_tree(tree)
assert one.get_values() == {"optim.lr": 0.1, "optim.betas": [0.9, 0.99], "base": 0.1}
again = HyperParameterManager("_").load_values(one.save_values("run.yaml") and "run.yaml", allow_unknown=True)
assert again.get_values() == one.get_values() and type(again("optim.betas")) is list
environ = {}
one.export_values(environ)
assert eval(environ["HPMAN_VALUES"])["_"] == again.get_values()
"""


@pytest.mark.parametrize(
    ("program", "requirements"),
    [
        (SCALARS, ["numpy==2.2.6", "PyYAML==6.0.2"]),
        (TREES, ["omegaconf==2.3.0", "antlr4-python3-runtime==4.9.3", "PyYAML==6.0.2"]),
    ],
    ids=["numpy", "omegaconf"],
)
def test_values_of_other_packages_are_taken(program: str, requirements: list[str], tmp_path: Path) -> None:
    install(requirements, tmp_path / "packages")
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path / 'packages'}"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
