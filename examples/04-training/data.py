"""Two half-moons that reach into each other: no straight line tells them apart."""

import math
import random

from hpman.m import _

Sample = tuple[list[float], float]  # a point, and which moon it is of: 0.0 or 1.0


def samples(generator: random.Random) -> list[Sample]:
    return [_sample(generator, moon=index % 2) for index in range(_("data.samples", 200))]


def _sample(generator: random.Random, moon: int) -> Sample:
    angle = math.pi * generator.random()
    x, y = (math.cos(angle), math.sin(angle)) if moon == 0 else (1 - math.cos(angle), 0.5 - math.sin(angle))
    noise = _("data.noise", 0.1)
    return [x + generator.gauss(0, noise), y + generator.gauss(0, noise)], float(moon)


def batches(data: list[Sample], generator: random.Random) -> list[list[Sample]]:
    shuffled = generator.sample(data, len(data))
    size = _("train.batch_size")
    return [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
