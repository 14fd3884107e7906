"""How networks that run laps are judged: as they are, without some heads, and with another start.

Axes: B texts, T tokens, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import partial
from itertools import combinations

import torch
from torch import Tensor, nn

from models.head_scores import Rule
from models.labs.heads_inside import Off, switched_off
from models.labs.lap_inside import blind_to_first, parking, rules, scored
from models.labs.race import Racer
from models.layers.loss import IGNORED, cross_entropy
from models.probe import at_rest
from models.specs.lap import LAYERS, LONGEST, counts
from models.tasks.laps import laps, restarted

Cases = tuple[Tensor, Tensor]
"""Texts (B, T), and their answers (B, T)."""


class Runner(Racer):
    """A racer that is right as often as the mean text has it, of the landmarks that are asked."""

    def is_right(self, logits: Tensor, answers: Tensor) -> Tensor:
        """The share of each text's answers: logits (B, T, V), answers (B, T) -> (B,)."""
        asked = answers != IGNORED  # (B, T)
        hits = (logits.argmax(-1) == answers) & asked  # (B, T)
        return hits.sum(-1) / asked.sum(-1)

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The mean of these shares."""
        return self.judged(self.network, (texts, answers))["accuracy"]

    def judged(self, network: nn.Module, cases: Cases) -> dict[str, float]:
        """How a network like its own does: the mean share, and the loss in nats."""
        texts, answers = cases
        with at_rest(network):
            logits = network(texts)  # (B, T, V)
        share = self.is_right(logits, answers).mean().item()
        return {"accuracy": share, "loss": cross_entropy(logits, answers).item()}


def sets_of(layers: int, heads: int) -> dict[str, list[Off]]:
    """What is switched off, by the name of the metric: so many heads of one layer, or all of it.

    >>> sets_of(1, 2)
    {'without_1': [[[0, 0]], [[0, 1]]], 'without_layer_1': [[[0, 0], [0, 1]]]}
    """
    of_layer = [[[layer, head] for head in range(heads)] for layer in range(layers)]
    found: dict[str, list[Off]] = {
        f"without_{count}": [
            list(some) for layer in of_layer for some in combinations(layer, count)
        ]
        for count in counts(heads)
    }
    return found | {f"without_layer_{n}": [layer] for n, layer in enumerate(of_layer, 1)}


def measures(
    racer: Runner, heads: int, only: int, cases: Cases, chance: torch.Generator
) -> list[Callable[[], dict[str, float]]]:
    """What else is measured of a trained network, each a unit of work that gives metrics.

    Where several give one metric, the lowest counts. `only` is the length that one network of the
    race learned from alone; heads are watched on another one.
    """
    count = len(cases[0])
    lap, _ = laps(torch.full((count,), LONGEST), chance)
    other, _ = laps(torch.full((count,), spotted(only)), chance)
    restarts = restarted(cases[0].cpu(), chance)
    lap, other, restarts = (texts.to(cases[0].device) for texts in (lap, other, restarts))
    off = [(name, some) for name, group in sets_of(LAYERS, heads).items() for some in group]
    return [
        *(partial(_without, racer, name, some, cases) for name, some in off),
        partial(_strongest, racer, other, rules(only)),
        partial(_parked, racer, lap),
        lambda: {"replaced": racer.accuracy(restarts, cases[1])},
        lambda: {"first_lap": _first_lap(racer, lap)},
        lambda: {"first_lap_unparked": _first_lap(racer, lap, blind=True)},
    ]


def spotted(only: int) -> int:
    """The length of the loops on which a network that learned another alone gives itself away.

    >>> spotted(8), spotted(5)
    (5, 6)
    """
    return 5 if only != 5 else 6


def _without(racer: Runner, name: str, off: Off, cases: Cases) -> dict[str, float]:
    with switched_off(racer.network, off):
        return {name: racer.accuracy(*cases)}


def _strongest(racer: Runner, texts: Tensor, wanted: Mapping[str, Rule]) -> dict[str, float]:
    """Of each rule the weight that the head with most of it puts there; not of the start."""
    found = scored(racer.network, texts, wanted)
    return {name: max(map(max, layers)) for name, layers in found.items() if name != "first"}


def _parked(racer: Runner, texts: Tensor) -> dict[str, float]:
    """The mean weight of the last layer's heads on the start."""
    found = scored(racer.network, texts, parking(LONGEST))
    return {name: sum(layers[-1]) / len(layers[-1]) for name, layers in found.items()}


def _first_lap(racer: Runner, texts: Tensor, blind: bool = False) -> float:
    """The loss in the first lap of the longest loops, the last landmark of it aside."""
    change = blind_to_first(racer.network, LAYERS - 1) if blind else nullcontext()
    with at_rest(racer.network), change:
        logits = racer.network(texts)  # (B, T, V)
    return cross_entropy(logits[:, :LONGEST], texts[:, 1 : LONGEST + 1]).item()
