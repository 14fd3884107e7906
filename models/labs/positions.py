"""One network, five ways to tell it where its tokens stand, and one that nothing tells.

Everyone has two layers, four heads and the same first weights, sees the same texts of 5 to 20
tokens and makes as many steps at the same rate, which falls as a cosine. The learned table has a
row for each place of the longest texts it is ever asked about; those beyond the texts it trains
on stay as they were drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import torch
from torch import nn

from models.chance import number, seeded
from models.labs import race
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.lab import Inside, Look
from models.labs.positions_inside import compared, shuffle_test
from models.labs.race import Draw, Race, Racer
from models.layers.positions import POSITIONS, Learned
from models.networks.encoder import Encoder, Shape
from models.networks.reader import Looker
from models.protocol import Report
from models.specs.positions import LENGTHS, RUNNERS, SHORTEST, SPEC
from models.specs.spec import Value
from models.tasks.marker import LETTERS, SYMBOLS, commonest, marked, spelled, up_to
from models.training import Recipe

SHAPE = Shape(
    vocabulary=len(SYMBOLS),
    answers=len(LETTERS),
    context=LENGTHS[-1] + 1,
    width=32,
    heads=4,
    layers=2,
)
TOLD = tuple(kind for kind in POSITIONS if kind != "none")
"""The runners that are told where their tokens stand."""
FOUND, FAR, LOST = 0.98, 0.90, 0.50
"""Of texts as long as those trained on, all who are told find the letter in the first share. Of
the longest, one is right in at least the second share, and two are in fewer than the third."""
ABOVE = 0.05
"""How much better than a guess at the commonest letter a bag of letters may do."""
FEW, APART = 50, 100
"""Texts of each length on which everyone is watched for the picture of the lengths, and the steps
between two pictures."""


class PositionsLab(Race):
    """The same network with no positions and with four kinds, and one without a mask as well."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        self._curves: dict[str, list[float]] = {}

    def line_up(self) -> list[Racer]:
        """The racers that the knobs ask for."""
        causal = bool(self.settings["causal"])
        racers = [self._racer(kind, kind, causal) for kind in POSITIONS]
        # Without a mask, the one without positions is the control already.
        if self.settings["control"] and causal:
            racers.append(self._racer("bag", "none", False))
        return racers

    def train(self) -> Iterator[Report | Look]:
        """The race, and how everyone did by length once it is over."""
        yield from super().train()
        assert self.result is not None
        measured = self.result.metrics
        curves = {
            racer.name: [measured[f"{racer.name}.{exam}"] for exam in racer.exams]
            for racer in self.racers
        }
        yield self._by_length(
            self.racers[-1].recipe.steps, curves, f"{race.UNSEEN:,} unseen texts each"
        )

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """All who are told find the letter; far beyond, one does; and a bag holds no order."""
        texts, answers = self._texts(self.racers[0], "unseen", race.UNSEEN)
        guess = (commonest(texts) == answers).float().mean().item()
        metrics["guess.accuracy"] = guess
        for racer in self.racers:
            metrics.update(self._shuffled(racer))
        last = f"at{LENGTHS[-1]}"
        found = min(metrics[f"{kind}.accuracy"] for kind in TOLD) >= FOUND
        lost = max(metrics[f"{kind}.{last}"] for kind in ("learned", "sinusoidal")) < LOST
        failed = metrics.get("bag.accuracy", 1.0) <= guess + ABOVE
        return found and lost and metrics[f"alibi.{last}"] >= FAR, failed

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """How everyone does by length, once the last of them has made the step."""
        if step % APART == 0:
            self._curves[racer.name] = [
                racer.accuracy(*self._texts(racer, "by length", FEW, exam)) for exam in racer.exams
            ]
            if racer is self.racers[-1]:
                yield self._by_length(step, self._curves, f"{FEW} texts each")

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """Also `places`: the learned table (P, C), of which `trained` rows were ever used.
        `sentences`: `one` and `other`, two sentences of the same words, read by an untrained
        encoder with `positions` of some kind, `causal` or not: see `compared`.
        `attention`: that of one `runner` on one text, and all it is made of: see `attention_of`.
        """
        if what == "places":
            racer = self._named("learned")
            was = arguments.get("when") == "before"
            table = _encoder(racer.untrained if was else racer.network).place
            assert isinstance(table, Learned)
            places = table.weight.detach().float().cpu().numpy()
            return {"places": places}, {"trained": self.whole("length") + 1}
        if what == "sentences":
            one, other = (str(arguments.get(name, "")).split() for name in ("one", "other"))
            kind, causal = str(arguments.get("positions", "none")), bool(arguments.get("causal"))
            return compared(one, other, kind, causal, SHAPE, self.seed)
        if what == "attention":
            return self._attention(arguments)
        return super().probe(what, arguments)

    def _attention(self, arguments: Mapping[str, Any]) -> Inside:
        racer = self._named(arguments.get("runner", "learned"))
        was = arguments.get("when") == "before"
        texts, answers = self._texts(racer, f"sample {arguments.get('sample', 0)}", 1)
        network = racer.untrained if was else racer.network
        arrays, values = attention_of(network, texts, arguments=arguments, logit_names=LETTERS)
        values |= {
            "runner": racer.name,
            "called": ("token", "token"),
            "tokens": spelled(texts[0]),
            "said": LETTERS[int(arrays["logits"].argmax())],
            "right": LETTERS[int(answers[0])],
            "selected": "drawn at random",
        }
        if was:
            return arrays, values
        unseen = self._texts(racer, "unseen", race.UNSEEN)
        place, cases = place_of(network, arguments), f"{race.UNSEEN:,} texts"
        return arrays, values | fairly(network, place, lambda: racer.accuracy(*unseen), cases)

    def _shuffled(self, racer: Racer) -> dict[str, float]:
        """The shuffle test; the question mark stays where it is."""
        texts, _ = self._texts(racer, "shuffled", FEW)
        last = texts.shape[1] - 1
        generator = torch.Generator().manual_seed(number("order", self.seed))
        order = torch.cat([torch.randperm(last, generator=generator), torch.tensor([last])])
        gaps = shuffle_test(_encoder(racer.network), texts, order.to(self.device))
        return {f"{racer.name}.{name}": gap for name, gap in gaps.items()}

    def _by_length(self, step: int, curves: Mapping[str, list[float]], title: str) -> Look:
        data = {
            "lengths": list(LENGTHS),
            "curves": {
                name: [round(value, 4) for value in curve] for name, curve in curves.items()
            },
            "title": title,
            "chance": 1 / len(LETTERS),
        }
        return Look(self.racers[0].name, step, "lengths", data)

    def _racer(self, name: str, kind: str, causal: bool) -> Racer:
        with seeded(self.seed):
            network = Looker(replace(SHAPE, positions=kind, causal=causal))
        longest = self.whole("length")
        return Racer(
            name,
            f"training {RUNNERS[name]}",
            network,
            _of(longest),
            Recipe(self.whole("steps"), self.number("learning_rate")),
            practice=lambda count, chance: up_to(count, SHORTEST, longest, chance),
            exams={f"at{length}": _of(length) for length in LENGTHS},
        )


def _of(length: int) -> Draw:
    """Texts of one length."""
    return lambda count, chance: marked(count, length, chance)


def _encoder(network: nn.Module) -> Encoder:
    """What a network reads with."""
    assert isinstance(network, Looker)
    return network.encoder
