"""Made-up sources for the parser: files such as people write, with as many hyperparameters as are wanted."""

from __future__ import annotations

from pathlib import Path

CALLS = 20  # in each file

_HEADER = "import math\n\nfrom hpman.m import _\n\n"
# Four of them are a page of an ordinary training script; each has five calls.
_PART = '''
class Block{number}:
    """A block of the model."""

    width = _("{prefix}.width", {number})

    def __init__(self, depth, activation=None):
        self.depth = depth * _("{prefix}.depth", 2, choices=[1, 2, 4])
        self.activation = activation or math.tanh

    def forward(self, x):
        for step in range(self.depth):
            x = [self.activation(value) * step for value in x if value > _("{prefix}.floor", -1e-3)]
        return x


def rate{number}(step, total):
    """The learning rate at a step."""
    warm = min(1.0, step / max(1, _("{prefix}.warmup", [100, 200, {number}])[0]))
    return warm * _("{prefix}.depth") * math.cos(step / total)

'''


def write_sources(folder: Path, files: int) -> None:
    """Write so many files, none of which shares a name with another."""
    for file in range(files):
        parts = [_PART.format(number=part, prefix=f"file{file}.block{part}") for part in range(CALLS // 5)]
        (folder / f"module{file}.py").write_text(_HEADER + "".join(parts), encoding="utf-8")
