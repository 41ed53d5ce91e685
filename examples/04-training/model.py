"""A network with one hidden layer, in plain Python: forward, backward, and a step with momentum."""

import math
import random
from dataclasses import dataclass, field

from hpman.m import _

from data import Sample

ACTIVATIONS = {
    "tanh": (math.tanh, lambda out: 1 - out * out),
    "relu": (lambda x: max(0.0, x), lambda out: float(out > 0)),
}


@dataclass
class Neuron:
    """Weights (the last is the bias), with the gradient of this batch and the momentum of earlier ones."""

    weights: list[float]
    gradient: list[float] = field(init=False)
    velocity: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.gradient = [0.0] * len(self.weights)
        self.velocity = [0.0] * len(self.weights)

    def sum(self, inputs: list[float]) -> float:
        return math.fsum(w * x for w, x in zip(self.weights, [*inputs, 1.0], strict=True))

    def learn(self, inputs: list[float], error: float) -> None:
        self.gradient = [g + error * x for g, x in zip(self.gradient, [*inputs, 1.0], strict=True)]

    def step(self, lr: float) -> None:
        momentum, decay = _("optimizer.momentum", 0.9), _("optimizer.weight_decay", 1e-4)
        for i, weight in enumerate(self.weights):
            self.velocity[i] = momentum * self.velocity[i] - lr * (self.gradient[i] + decay * weight)
            self.weights[i] += self.velocity[i]
            self.gradient[i] = 0.0


class Network:
    def __init__(self, generator: random.Random) -> None:
        width = _("model.hidden", 12)
        self.hidden = [Neuron([generator.gauss(0, 1) for _weight in range(3)]) for _neuron in range(width)]
        self.output = Neuron([generator.gauss(0, width**-0.5) for _weight in range(width + 1)])
        self.activate, self.slope = ACTIVATIONS[_("model.activation", "tanh", choices=["tanh", "relu"])]

    def forward(self, point: list[float]) -> tuple[list[float], float]:
        """What the hidden layer says, and how likely the point is of the second moon."""
        hidden = [self.activate(neuron.sum(point)) for neuron in self.hidden]
        logit = max(-30.0, min(30.0, self.output.sum(hidden)))
        return hidden, 1 / (1 + math.exp(-logit))

    def train_batch(self, batch: list[Sample], lr: float) -> None:
        for point, moon in batch:
            hidden, probability = self.forward(point)
            error = (probability - moon) / len(batch)
            for neuron, out, weight in zip(self.hidden, hidden, self.output.weights, strict=False):
                neuron.learn(point, error * weight * self.slope(out))
            self.output.learn(hidden, error)
        for neuron in [*self.hidden, self.output]:
            neuron.step(lr)

    def loss(self, data: list[Sample]) -> float:
        """Mean cross entropy."""
        likelihoods = [abs(1 - moon - self.forward(point)[1]) for point, moon in data]
        return -math.fsum(map(math.log, likelihoods)) / len(data)

    def accuracy(self, data: list[Sample]) -> float:
        return sum((self.forward(point)[1] > 0.5) == (moon > 0.5) for point, moon in data) / len(data)
