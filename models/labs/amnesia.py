"""Networks that remember and one that looks back are asked for the first of T letters.

All are as large as the one that looks, within 5 %, see the same strings and make as many steps at
the same rate, which falls as a cosine. That of 0.02 is the GRU's: with it, it reached 99 % of 20
letters in 400 steps on five seeds of five. From 0.01 it ended at 66 % and 4 % on the two seeds that
were tried; where that rate did not fall, it reached 99 % on both, after 250 and 300 steps. The
LSTM as it comes stayed at chance at 0.02 on five seeds, and at 0.01 on the two that were tried.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.chance import number, seeded
from models.labs.race import EVERY, SOLVED, Draw, Race, Racer
from models.layers.size import parameters
from models.networks import encoder
from models.networks.reader import Looker, Rememberer, Shape
from models.specs.amnesia import FIXED, LENGTHS, RUNNERS, SPEC
from models.tasks.letters import ALPHABET, first, strings
from models.training import Recipe

WIDTH = 32
LOST, CARRIED = 0.10, 0.90
"""A network that is right in fewer than the first has lost the letter; one that is right in at
least the second, at a length it never saw, carries it there."""


class AmnesiaLab(Race):
    """The LSTM as it comes and with a forget bias, attention, and a GRU."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """The racers that the knobs ask for."""
        names = [name for name in RUNNERS if name != "gru" or self.settings["gru"]]
        return [self._racer(name) for name in names]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Two say the letter and part ways at 200; the LSTM as it comes has lost it."""
        metrics["chance.accuracy"] = 1 / len(ALPHABET)
        for racer in self.racers:
            lately = torch.stack(racer.right[-EVERY:])
            metrics[f"{racer.name}.practised"] = lately.mean().item()
        held = min(metrics["biased.accuracy"], metrics["attention.accuracy"]) >= SOLVED
        far = metrics["biased.at200"] >= CARRIED > metrics["attention.at200"]
        return held and far, metrics["lstm.accuracy"] < LOST

    def _racer(self, name: str) -> Racer:
        with seeded(self.seed):
            network = self._network(name)
        return Racer(
            name,
            f"training {RUNNERS[name]}",
            network,
            _letters(self.whole("length")),
            Recipe(self.whole("steps"), self.number("learning_rate")),
            practice=self._fixed() if self.settings["strings"] == "fixed" else None,
            exams={f"at{length}": _letters(length) for length in LENGTHS},
        )

    def _network(self, name: str) -> nn.Module:
        # The table has a place for each letter of the longest strings. Those beyond the letters
        # it trains on stay as they were drawn: whoever asks there asks for what it never learned.
        attention = Looker(
            encoder.Shape(
                vocabulary=len(ALPHABET),
                answers=len(ALPHABET),
                context=LENGTHS[-1],
                width=WIDTH,
                heads=2,
                layers=1,
            )
        )
        if name == "attention":
            return attention
        shape = Shape(
            vocabulary=len(ALPHABET),
            answers=len(ALPHABET),
            width=WIDTH,
            cell="gru" if name == "gru" else "lstm",
            forget_bias=self.number("forget_bias") if name == "biased" else None,
        )
        return Rememberer(shape.as_large_as(parameters(attention)))

    def _fixed(self) -> Draw:
        """Some of the strings that were drawn once and for all."""
        once = torch.Generator().manual_seed(number("fixed", self.seed))
        drawn = strings(FIXED, self.whole("length"), once)

        def draw(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
            texts = drawn[torch.randint(FIXED, (count,), generator=chance)]
            return texts, first(texts)

        return draw


def _letters(length: int) -> Draw:
    """Fresh strings of so many letters."""

    def draw(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
        texts = strings(count, length, chance)
        return texts, first(texts)

    return draw
