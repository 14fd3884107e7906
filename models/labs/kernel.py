"""Nadaraya-Watson, whose width is learned: once with each point left out, once with it included.

Both learn from the same points, all of them at each step, and begin with the same width. Rates of
0.02, 0.05 and 0.1 were tried on five seeds each. With each point left out they come to the same
width. With each point included the width goes on shrinking: the rate says how far it gets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor

from models.checkpoint import Checkpoint, part, together
from models.labs.lab import Inside, Lab, Look, Result
from models.labs.pupil import Pupil
from models.layers.kernels import KernelRegression
from models.layers.size import parameters
from models.lookup.curve import LEFT, RIGHT, points, truth
from models.probe import at_rest, look
from models.protocol import Report
from models.specs.kernel import LEARNERS, RUNNERS, SPEC
from models.specs.spec import Value
from models.training import LossAt, Recipe

PLACES = 1001
"""Places, evenly from end to end, at which estimates are held against the curve itself."""
EVERY = 10
"""Steps between two looks."""
BETTER, NEARER, AS_MEAN = 0.75, 0.5, 0.75
"""The claim: off by at most that share of the other. The control: at its own points at most that
share, and between them at least that share of what the mean of all points is off."""


class KernelLab(Lab):
    """Two widths learned beside one that is not, and the mean of all points."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        seen = points(self.whole("points"), self.number("noise"), seed)
        self._xs, self._ys = (torch.tensor(numbers, device=device) for numbers in seen)
        self._between = torch.linspace(LEFT, RIGHT, PLACES, device=device)
        curve = [truth(x) for x in self._between.tolist()]
        self._curve = torch.tensor(curve, device=device)
        self._fixed = self._regression(str(settings["kernel"]))
        self._networks = {runner: deepcopy(self._fixed) for runner in LEARNERS}
        steps, rate = self.whole("steps"), self.number("learning_rate")
        self._recipe = Recipe(steps, rate, schedule="constant")
        self._pupils = {
            runner: Pupil(network, self._recipe, seed, self._loss(network, runner == "left_out"))
            for runner, network in self._networks.items()
        }
        # Reading a number makes a GPU wait for it.
        self._read_every = 1 if device == "cpu" else 10

    def train(self) -> Iterator[Report | Look]:
        """Step beside step; then all four are held against the curve."""
        last = self.whole("steps")
        for step in range(min(pupil.step for pupil in self._pupils.values()), last + 1):
            for place, (runner, pupil) in enumerate(self._pupils.items()):
                if pupil.step < step:
                    yield self._advance(runner, place)
                if pupil.step == step and (step % EVERY == 0 or step == last):
                    yield self._look(runner, step)
        metrics = self._judged()
        held = metrics["left_out.error"] <= BETTER * metrics["itself.error"]
        failed = (
            metrics["itself.seen"] <= NEARER * metrics["left_out.seen"]
            and metrics["itself.error"] >= AS_MEAN * metrics["mean.error"]
        )
        self.result = Result(metrics, held and failed, failed, last * len(self._pupils))

    def set_knob(self, name: str, value: Value) -> None:
        """Turn the learning rate of both."""
        super().set_knob(name, value)
        self._recipe.learning_rate = self.number("learning_rate")

    def state(self) -> Checkpoint:
        """Both in training."""
        return together({runner: pupil.state() for runner, pupil in self._pupils.items()})

    def restore(self, kept: Checkpoint) -> None:
        """Both stand where they stood."""
        for runner, pupil in self._pupils.items():
            pupil.restore(part(kept, runner))

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`fit`: what `runner` estimates between its points, (T,) at `places` (T,), and the weights
        (T, S) of its points, `xs` and `ys` (S,).

        `when` is `after` for the width as it is now, `before` for the width that it began with.
        """
        if what != "fit":
            return super().probe(what, arguments)
        runner = str(arguments.get("runner", "left_out"))
        if runner not in self._networks:
            known = ", ".join(self._networks)
            raise ValueError(f"nobody called {runner} learns a width here, only {known}")
        network = self._fixed if arguments.get("when") == "before" else self._networks[runner]
        estimates, seen = look(network, self._between, self._xs, self._ys)
        arrays = {"places": self._between, "xs": self._xs, "ys": self._ys}
        arrays |= {"estimates": estimates, "weights": seen["weights"]}
        values = {"runner": runner, "kernel": network.kernel, "width": network.width.item()}
        return {name: array.cpu().numpy() for name, array in arrays.items()}, values

    def _regression(self, kernel: str) -> KernelRegression:
        return KernelRegression(self.number("width"), kernel).to(self.device)

    def _loss(self, network: KernelRegression, left_out: bool) -> LossAt:
        def loss_at(step: int) -> Tensor:
            estimates = network(self._xs, self._xs, self._ys, left_out)
            # A kernel with hard edges has no slope in its width: then the gradient is 0.
            return (estimates - self._ys).square().mean() + 0 * network.log_width

        return loss_at

    def _advance(self, runner: str, place: int) -> Report:
        pupil, network = self._pupils[runner], self._networks[runner]
        update, steps = pupil.advance(), self.whole("steps")
        metrics: dict[str, float] = {}
        if update.step % self._read_every == 0:
            metrics = {**update.numbers(), "width": network.width.item()}
            metrics["unseen"] = self._off(network, self._between, self._curve) ** 2
        if update.step == 1:
            metrics["parameters"] = parameters(network)
        if update.step % EVERY == 0 or update.step == steps:
            metrics["seconds"] = pupil.seconds
        done = ((update.step - 1) * len(self._pupils) + place + 1) / (steps * len(self._pupils))
        phase = f"training, {LEARNERS[runner]}"
        return Report(runner, phase, update.step, steps, done, metrics)

    def _look(self, runner: str, step: int) -> Look:
        network = self._networks[runner]
        data = {
            "xs": [round(x, 4) for x in self._xs.tolist()],
            "ys": [round(y, 4) for y in self._ys.tolist()],
            "kernel": network.kernel,
            "width": network.width.item(),
        }
        return Look(runner, step, "fit", data)

    def _judged(self) -> dict[str, float]:
        """How far off everyone is: between the points, at them, and at each if it is left out."""
        mean = self._regression("constant")
        found: dict[str, float] = {}
        for runner, network in {**self._networks, "fixed": self._fixed, "mean": mean}.items():
            assert runner in RUNNERS
            found[f"{runner}.error"] = self._off(network, self._between, self._curve)
            found[f"{runner}.seen"] = self._off(network, self._xs, self._ys)
            found[f"{runner}.apart"] = self._off(network, self._xs, self._ys, left_out=True)
            if runner != "mean":
                found[f"{runner}.width"] = network.width.item()
        for runner, pupil in self._pupils.items():
            found[f"{runner}.loss"] = pupil.recent_loss()
            found[f"{runner}.unseen"] = found[f"{runner}.error"] ** 2
        return found

    def _off(
        self, network: KernelRegression, places: Tensor, seen: Tensor, left_out: bool = False
    ) -> float:
        """The root of the mean squared error."""
        with at_rest(network):
            estimates = network(places, self._xs, self._ys, left_out)
        return (estimates - seen).square().mean().sqrt().item()
