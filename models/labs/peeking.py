"""One language model, three masks: the causal one, none, and one that is added to the scores.

All are drawn from the same seed and see the same walks; they differ in nothing but who may look at
whom. Rates of 0.003, 0.006 and 0.01 were tried with all of them: with 0.01 the masked one writes
the most legal walks, and the other two write next to none with any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from models.chance import number, seeded
from models.labs import race
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.lab import Inside, Look
from models.labs.peeking_inside import add_mask, ahead, masked, moved
from models.labs.race import Draw, Race, Racer
from models.layers.loss import cross_entropy
from models.networks.encoder import Shape, Tagger
from models.networks.writing import written
from models.probe import at_rest
from models.protocol import Report
from models.specs.peeking import RUNNERS, SPEC
from models.tasks.rooms import ROOMS, SIDE, drawn, floor, legal, spelled
from models.training import Recipe

WIDTH = 32
NEAR, LEAK = 0.03, 1 / 3
"""The masked one ends so near the floor, in nats; the others below such a share of it."""
WORSE = 2
"""With a mask put on afterwards the loss must be so many times the floor."""
WRITES, LOST = 0.90, 0.10
"""The share of legal walks that the masked one writes at least, and the others less than."""
BOARD = [ROOMS[begin : begin + SIDE] for begin in range(0, len(ROOMS), SIDE)]
SHOWN, COUNTED = 3, 100
"""Walks of each that a look shows, and that it counts."""


class PeekingLab(Race):
    """The three, and how two of them are judged with another mask than they learned with."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """The racers, each with the same first weights."""
        return [self._racer(name) for name in RUNNERS]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """The masked one writes; those that peek predict better, and do neither without peeking."""
        losses, named = floor(self.whole("length"))
        lowest = sum(losses) / len(losses)
        metrics |= {"rules.loss": lowest, "rules.accuracy": named, "rules.walks": 1.0}
        for name, racer, causal in (("late", "open", True), ("bare", "masked", False)):
            metrics |= self._judged(name, self._named(racer), causal)
        writes = metrics["masked.walks"] >= WRITES
        held = writes and abs(metrics["masked.loss"] - lowest) <= NEAR
        for name in ("open", "added"):
            held &= metrics[f"{name}.loss"] < LEAK * lowest and metrics[f"{name}.walks"] < LOST
        sees = min(metrics["open.moved"], metrics["added.moved"]) > 0
        blind = metrics["masked.moved"] == 0
        return held, blind and sees and metrics["late.loss"] > WORSE * lowest

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Walks that each of them writes, once the last of them has made the step."""
        if racer is self.racers[-1]:
            writers = [_shown(who, self._written(who, "watched", COUNTED)) for who in self.racers]
            yield Look("", step, "written", {"writers": writers, "board": BOARD})

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """Also `attention`: that of one `runner` on one text, and all it is made of
        (`attention_of`). `written`: walks that each writes, a few of them spelled, with their
        steps judged, and how many of how many are legal; `sample` numbers where they begin.
        """
        if what == "attention":
            return self._attention(arguments)
        if what == "written":
            use, when = f"sample {arguments.get('sample', 0)}", str(arguments.get("when"))
            walks = [(who, self._written(who, use, COUNTED, when)) for who in self.racers]
            return {}, {"writers": [_shown(*one) for one in walks], "board": BOARD}
        return super().probe(what, arguments)

    def _judge(self, racer: Racer, place: int, metrics: dict[str, float]) -> Iterator[Report]:
        """Also what it writes, and how it peeks."""
        yield from super()._judge(racer, place, metrics)
        texts, _ = self._texts(racer, "unseen", race.UNSEEN)
        metrics[f"{racer.name}.ahead"] = ahead(racer.network, texts)
        metrics[f"{racer.name}.ahead_before"] = ahead(racer.untrained, texts)
        metrics[f"{racer.name}.moved"] = moved(racer.network, texts)
        steps = legal(self._written(racer, "unseen", race.UNSEEN).cpu())
        metrics[f"{racer.name}.walks"] = steps.all(-1).float().mean().item()
        metrics[f"{racer.name}.steps"] = steps.float().mean().item()

    def _judged(self, name: str, racer: Racer, causal: bool) -> dict[str, float]:
        """How well a racer predicts the next room with another mask than it learned with."""
        texts, answers = self._texts(racer, "unseen", race.UNSEEN)
        with masked(racer.network, causal), at_rest(racer.network):
            logits = racer.network(texts)
        right = racer.is_right(logits, answers).float().mean().item()
        return {f"{name}.loss": cross_entropy(logits, answers).item(), f"{name}.accuracy": right}

    def _written(self, racer: Racer, use: str, count: int, when: str = "after") -> Tensor:
        """So many walks (B, T) that it writes, each from some room on."""
        network = racer.untrained if when == "before" else racer.network
        begun = self._texts(racer, use, count)[0][:, :1]
        chance = torch.Generator().manual_seed(number("write", use, self.seed))
        return written(network, begun, self.whole("length"), chance)

    def _attention(self, arguments: Mapping[str, Any]) -> Inside:
        racer = self._named(arguments.get("runner", "masked"))
        was = arguments.get("when") == "before"
        texts, answers = self._texts(racer, f"sample {arguments.get('sample', 0)}", 1)
        network = racer.untrained if was else racer.network
        arrays, values = attention_of(network, texts, arguments=arguments, logit_names=ROOMS)
        with at_rest(network):
            said = network(texts)[0].argmax(-1)
        values |= {
            "runner": racer.name,
            "called": ("room", "room"),
            "tokens": list(spelled(texts[0])),
            "said": list(spelled(said)),
            "right": list(spelled(answers[0])),
            "selected": "drawn at random",
            "adds": "mask",
        }
        if was:
            return arrays, values
        unseen = self._texts(racer, "unseen", race.AT_ONCE)
        place, cases = place_of(network, arguments), f"{race.AT_ONCE:,} walks"
        return arrays, values | fairly(network, place, lambda: racer.accuracy(*unseen), cases)

    def _racer(self, name: str) -> Racer:
        length = self.whole("length")
        shape = Shape(
            vocabulary=len(ROOMS),
            answers=len(ROOMS),
            context=length,
            width=WIDTH,
            heads=1,
            layers=self.whole("layers"),
            causal=name == "masked",
        )
        with seeded(self.seed):
            network = Tagger(shape)
        if name == "added":
            network = add_mask(network)
        recipe = Recipe(self.whole("steps"), self.number("learning_rate"))
        return Racer(name, f"training with {RUNNERS[name]}", network, _draw(length), recipe)


def _shown(racer: Racer, walks: Tensor) -> dict[str, Any]:
    """What is told of the walks (B, T) that one wrote."""
    steps = legal(walks.cpu())  # (B, T - 1)
    return {
        "writer": racer.name,
        "walks": [spelled(walk) for walk in walks[:SHOWN]],
        "legal": steps[:SHOWN].tolist(),
        "right": int(steps.all(-1).sum()),
        "count": len(walks),
    }


def _draw(length: int) -> Draw:
    """Walks but for their last room, and the room that comes next, at each place."""

    def draw(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
        walks = drawn(count, length, chance)
        return walks[:, :-1], walks[:, 1:]

    return draw
