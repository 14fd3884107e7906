"""One layer of attention that says the first letter, and one without positions that cannot."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator, Mapping
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.ablation import equal_shares
from models.checkpoint import Checkpoint, numbers_in, part, together
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.lab import Inside, Lab, Look, Plan, Result
from models.labs.looks import due, last_asks, of_alignment
from models.labs.pupil import Pupil
from models.layers.size import parameters
from models.networks.first_letter import FirstLetter, Shape
from models.probe import at_rest, look
from models.protocol import Report
from models.specs.letters import SPEC
from models.specs.spec import Value
from models.tasks.letters import ALPHABET, decode, encode, first, strings
from models.training import Recipe, seeded

BATCH, FRESH = 64, 2000
"""Strings in a step, and strings on which the layer is judged."""
CLAIM, CONTROL = 0.99, 0.30
"""The claim: at least that share is right. The control must stay below the second."""
WEIGHTS = "attend.weights"
JUDGING = 30.0
"""What judging a layer costs, in steps, measured at the default knobs."""


class LettersLab(Lab):
    """Train the layer, judge it, then the same without positions."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        self._recipe = Recipe(self.whole("steps"), self.number("learning_rate"))
        self._layer = self._build(positions=bool(settings["positions"]))
        self._untrained = deepcopy(self._layer)
        self._pupils = {"letters": self._pupil(self._layer)}
        self._metrics = {
            "chance.accuracy": 1 / len(ALPHABET),
            "parameters": parameters(self._layer),
        }
        # A layer without positions is its own control.
        self._controlled = bool(settings["control"] and settings["positions"])
        if self._controlled:
            self._control = self._build(positions=False)
            self._pupils["control"] = self._pupil(self._control)
        self._plan = Plan(
            **{
                "letters": self._recipe.steps,
                "letters judged": JUDGING,
                "control": self._recipe.steps * self._controlled,
                "control judged": JUDGING / 2 * self._controlled,
            }
        )
        chance = torch.Generator().manual_seed(seed)
        self._fresh = strings(FRESH, self.whole("length"), chance).to(device)
        # Reading a number makes a GPU wait for it.
        self._read_every = 1 if device == "cpu" else 10

    def train(self) -> Iterator[Report | Look]:
        """Steps of the layer, then of the control; each is judged on strings never trained on."""
        metrics = self._metrics
        metrics["loss"] = yield from self._teach("letters", self._layer)
        metrics["uniform.accuracy"] = self._accuracy_if_uniform(self._layer)
        metrics["first"] = self._on_the_first(self._layer)
        metrics["untrained.first"] = self._on_the_first(self._untrained)
        yield from self._judge("letters", "accuracy", self._layer)
        if self._controlled:
            metrics["control.loss"] = yield from self._teach("control", self._control)
            yield from self._judge("control", "control.accuracy", self._control)
        failed = self._controlled and metrics["control.accuracy"] < CONTROL
        reached = failed and metrics["accuracy"] >= CLAIM
        self.result = Result(metrics, reached, failed, self._recipe.steps * (1 + self._controlled))

    def set_knob(self, name: str, value: Value) -> None:
        """Turn the learning rate."""
        super().set_knob(name, value)
        self._recipe.learning_rate = self.number("learning_rate")

    def state(self) -> Checkpoint:
        """Both layers in training, and what was measured so far."""
        pupils = together({runner: pupil.state() for runner, pupil in self._pupils.items()})
        return Checkpoint(pupils.tensors, {**pupils.about, "measured": dict(self._metrics)})

    def restore(self, kept: Checkpoint) -> None:
        """Both stand where they stood."""
        self._metrics.update(numbers_in(kept.about, "measured"))
        for runner, pupil in self._pupils.items():
            pupil.restore(part(kept, runner))

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`attention`: the weights (T, T) for one string, all they are made of (`attention_of`),
        and what equal shares would do, or none.

        The string is `string`, or a random one numbered `sample`. `when` is `after` for the layer
        as it is now, `before` for the layer as it was before its first step.
        """
        if what != "attention":
            return super().probe(what, arguments)
        layer = self._untrained if arguments.get("when") == "before" else self._layer
        letters = self._asked(arguments).to(self.device)
        arrays, values = attention_of(layer, letters, arguments=arguments, logit_names=ALPHABET)
        values |= {
            "called": ("letter", "letter"),
            "tokens": list(decode(letters[0])),
            "said": ALPHABET[int(arrays["logits"].argmax())],
            "right": decode(letters[0])[0],
            "selected": "given" if "string" in arguments else "drawn at random",
        }
        place = place_of(layer, arguments)
        judged = fairly(layer, place, lambda: self._accuracy(layer), f"{FRESH:,} strings")
        return arrays, values | judged

    def _build(self, positions: bool) -> FirstLetter:
        """A layer with weights drawn from the seed."""
        length, width = self.whole("length"), self.whole("width")
        with seeded(self.seed):
            layer = FirstLetter(Shape(length=length, width=width, positions=positions))
        return layer.to(self.device)

    def _pupil(self, layer: FirstLetter) -> Pupil:
        """A layer in training, on strings of its own."""
        chance = torch.Generator().manual_seed(self.seed + 1)

        def loss_at(step: int) -> Tensor:
            letters = strings(BATCH, self.whole("length"), chance).to(self.device)
            return cross_entropy(layer(letters), first(letters))

        return Pupil(layer, self._recipe, self.seed, loss_at, {"strings": chance})

    def _teach(self, runner: str, layer: FirstLetter) -> Generator[Report | Look, None, float]:
        """Train a layer step by step; returns the mean loss of the last 20 steps, in nats."""
        pupil, last = self._pupils[runner], self._recipe.steps
        if due(pupil.step, last):  # also where it was restored: that look was perhaps not kept
            yield self._look(runner, layer, pupil.step)
        while pupil.step < last:
            update = pupil.advance()
            read = update.step % self._read_every == 0
            yield self._report(runner, update.step, update.numbers() if read else {})
            if due(update.step, last):
                yield self._look(runner, layer, update.step)
        return pupil.recent_loss()

    def _report(self, runner: str, step: int, metrics: dict[str, float]) -> Report:
        phase = "training the layer" + (" without positions" if runner == "control" else "")
        steps = self._recipe.steps
        fraction = self._plan.fraction(runner, step / steps)
        return Report(runner, phase, step, steps, fraction, metrics)

    def _judge(self, runner: str, metric: str, layer: FirstLetter) -> Iterator[Report]:
        """How a layer does on fresh strings, unless that is known already."""
        if metric not in self._metrics:
            accuracy = self._metrics[metric] = self._accuracy(layer)
            fraction = self._plan.fraction(f"{runner} judged", 1.0)
            steps, phase = self._recipe.steps, f"{FRESH:,} fresh strings"
            yield Report(runner, phase, steps, steps, fraction, {"accuracy": accuracy})

    def _look(self, runner: str, layer: FirstLetter, step: int) -> Look:
        """Where the last letter of one string looks."""
        string = self._asked({}).to(self.device)
        letters = decode(string[0])
        weights, values = last_asks(layer, string, WEIGHTS, letters, ALPHABET)
        values |= {"called": ("letter", "letter"), "right": [letters[0]]}
        return of_alignment(runner, step, weights, values)

    def _accuracy(self, layer: FirstLetter) -> float:
        """The share of the fresh strings whose first letter is said."""
        with at_rest(layer):
            right = layer(self._fresh).argmax(-1) == first(self._fresh)
        return int(right.sum()) / FRESH

    def _accuracy_if_uniform(self, layer: FirstLetter) -> float:
        """The same with every letter given the same weight, whatever the layer wanted."""
        with equal_shares(layer, WEIGHTS):
            return self._accuracy(layer)

    def _on_the_first(self, layer: FirstLetter) -> float:
        """How much of its look the last letter gives the first, on average."""
        _, seen = look(layer, self._fresh)
        return seen[WEIGHTS][:, 0, -1, 0].mean().item()

    def _asked(self, arguments: Mapping[str, Any]) -> Tensor:
        """The string to look at, (1, T)."""
        length = self.whole("length")
        if "string" not in arguments:
            rng = random.Random(f"{self.seed} {arguments.get('sample', 0)}")
            return encode("".join(rng.choices(ALPHABET, k=length)))
        letters = encode(str(arguments["string"]))
        if letters.shape[1] != length:
            raise ValueError(f"this layer reads {length} letters, not {letters.shape[1]}")
        return letters
