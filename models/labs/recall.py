"""Two LSTMs that carry a list of pairs with them, and one head of attention that looks back at it.

Everyone reads the same tokens, in which a key comes together with its value: so one head is
enough, and an LSTM has half as many steps to make. The head has no table of places, since the
order of the pairs does not matter. The first LSTM is as large as the head, within 5 %; the second
has as much room as asked.

Rates of 0.003, 0.007, 0.01 and 0.015 were tried for the larger LSTM, and 0.01 served it best; the
head learns with each of 0.003 and 0.01.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from torch import Tensor, nn

from models.chance import seeded
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.lab import Inside, Look
from models.labs.looks import last_asks, of_alignment
from models.labs.race import AT_ONCE, SOLVED, UNSEEN, Draw, Race, Racer
from models.layers.pairs import PairEmbedding
from models.layers.size import parameters
from models.networks import encoder
from models.networks.reader import Looker, Rememberer, Shape
from models.probe import at_rest
from models.specs.recall import RUNNERS, SPEC
from models.tasks.recall import KEYS, SECONDS, VALUES, commonest, lists, spelled, swapped, twins
from models.training import Recipe

WIDTH, WIDE = 40, 64
"""Channels of a token, for the head and for the LSTMs."""
FORGET_BIAS = 1.5
FULL = 0.9
"""An LSTM that is right in fewer lists had no room, or no time, for all of them."""
CHOOSING = 0.1
"""With equal shares the head must be right no more often than that above a guess."""
WEIGHTS = "encoder.blocks.0.attend.weights"
HEAD = encoder.Shape(
    vocabulary=len(KEYS) + SECONDS,
    answers=len(VALUES),
    context=len(KEYS) + 1,
    width=WIDTH,
    heads=1,
    layers=1,
    positions="none",
)
LSTM = Shape(
    vocabulary=len(KEYS) + SECONDS, answers=len(VALUES), width=WIDE, forget_bias=FORGET_BIAS
)


class RecallLab(Race):
    """One head against two LSTMs, on lists of as many pairs as asked."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """The racers, each with weights drawn from the seed."""
        with seeded(self.seed):
            head = Looker(HEAD)
            head.encoder.token = PairEmbedding(len(KEYS), SECONDS, WIDTH, HEAD.std)
        small = LSTM.as_large_as(parameters(head))
        large = replace(LSTM, state=self.whole("state"))
        networks = head, self._lstm(small), self._lstm(large)
        return [self._racer(*one) for one in zip(RUNNERS, networks, strict=True)]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """The head finds every value; the LSTMs do not, nor does the head without its choice."""
        head = self.racers[0]
        guess = metrics["guess.accuracy"] = commonest(self._texts(head, "unseen", UNSEEN)[0])
        equal = metrics["uniform.accuracy"] = self.if_uniform(head, WEIGHTS)
        for racer in self.racers:
            if not math.isnan(share := self._swapped(racer)):
                metrics[f"{racer.name}.swapped"] = share
        full = max(metrics["lstm.accuracy"], metrics["large.accuracy"]) < FULL
        return metrics["attention.accuracy"] >= SOLVED, full and equal < guess + CHOOSING

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """Also `attention`: the weights (T, T) of the head on one list, whose last row answers, and
        all they are made of (`attention_of`)."""
        if what != "attention":
            return super().probe(what, arguments)
        head, was = self.racers[0], arguments.get("when") == "before"
        texts, answers = self._texts(head, f"sample {arguments.get('sample', 0)}", 1)
        network = head.untrained if was else head.network
        arrays, values = attention_of(network, texts, arguments=arguments, logit_names=VALUES)
        values |= {
            "called": ("pair", "pair"),
            "tokens": spelled(texts[0]),
            "said": VALUES[int(arrays["logits"].argmax())],
            "right": VALUES[int(answers[0])],
            "selected": "drawn at random",
        }
        if was:
            return arrays, values
        unseen = self._texts(head, "unseen", UNSEEN)
        place, cases = place_of(network, arguments), f"{UNSEEN:,} lists"
        return arrays, values | fairly(network, place, lambda: head.accuracy(*unseen), cases)

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Where the question looks, on one list."""
        if racer.name == "attention":
            texts, answers = self._texts(racer, "sample 0", 1)
            tokens = spelled(texts[0])
            weights, values = last_asks(racer.network, texts, WEIGHTS, tokens, VALUES)
            values |= {"called": ("question", "pair"), "right": [VALUES[int(answers[0])]]}
            yield of_alignment(racer.name, step, weights, values)

    def _swapped(self, racer: Racer) -> float:
        """Of its misses, the share that name what lies behind another door; nan without any."""
        texts, answers = self._texts(racer, "unseen", AT_ONCE)
        with at_rest(racer.network):
            said = racer.network(texts).argmax(-1)
        return swapped(texts, answers, said)

    def _twins(self, racer: Racer, use: str) -> tuple[Tensor, Tensor]:
        """A list that is asked for its first pair, and the same with another value there."""
        texts, _ = self._texts(racer, use, 1)
        return twins(texts[0])

    def _lstm(self, shape: Shape) -> Rememberer:
        with seeded(self.seed):
            network = Rememberer(shape)
            network.token = PairEmbedding(len(KEYS), SECONDS, WIDE)
        return network

    def _racer(self, name: str, network: nn.Module) -> Racer:
        # A rate that falls helps the head, and not the LSTMs.
        schedule: Literal["cosine", "constant"] = "cosine" if name == "attention" else "constant"
        recipe = Recipe(self.whole("steps"), self.number("learning_rate"), schedule=schedule)
        exams = {"first": self._asked(0), "last": self._asked(self.whole("pairs") - 1)}
        phase = f"training {RUNNERS[name]}"
        return Racer(name, phase, network, self._asked(None), recipe, exams=exams)

    def _asked(self, place: int | None) -> Draw:
        pairs = self.whole("pairs")
        return lambda count, chance: lists(count, pairs, chance, place)
