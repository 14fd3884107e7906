"""One small block that fills the gap in a sentence, and one that must look at all words alike.

Both read the same sentences and make as many steps at the same rate. Three quarters of all
sentences are learned from, with any word hidden; they are judged on the others, with the name
hidden.

Rates of 0.01 and 0.02 were tried for the block that looks, which learns on every seed with the
first; the control reaches the same loss with both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from msgspec.structs import replace
from torch import Tensor

from models.chance import seeded
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.lab import Inside, Look
from models.labs.looks import last_asks, of_alignment
from models.labs.race import SOLVED, UNSEEN, Draw, Race, Racer
from models.labs.reseeds import Reseeds
from models.labs.walk_inside import walk_of
from models.networks.hidden_word import HiddenWord, Shape
from models.probe import look
from models.protocol import Report
from models.specs.sentence import RUNNERS, SPEC
from models.tasks.sentence import (
    HIDDEN,
    KIND,
    NAME,
    NAMES,
    OURS,
    THING,
    VERB,
    WORDS,
    drawn,
    hide,
    split,
)
from models.training import Recipe

ORDERLESS = 0.60
"""Who knows the words and not their order is right in half: the name is that of either noun."""
WEIGHTS = "block.attend.weights"
GAPPED = hide(OURS[None], NAME)
"""The sentence that is looked at, its name hidden: (1, T)."""
READ = 250
"""Sentences over which the weight on the noun is averaged."""


class SentenceLab(Race):
    """The block with its own shares, and the same with equal ones."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Any], seed: int, device: str = "cpu") -> None:
        self._learned, self._held_out = split()
        super().__init__(settings, seed, device)
        self.reseeds = Reseeds(self._first_weight, self.whole("reseeds"))

    def line_up(self) -> list[Racer]:
        """Both, with the same first weights."""
        return [self._racer(name) for name in RUNNERS]

    def train(self) -> Iterator[Report | Look]:
        """First the weights that seeds give, then the race."""
        share, steps = 0.2, self.racers[0].recipe.steps
        for done in self.reseeds.draw():
            words = f"first weights of {self.reseeds.count:,} seeds"
            yield Report("attention", words, 0, steps, share * done, {})
        for unit in super().train():
            if isinstance(unit, Report):
                unit = replace(unit, fraction=share + (1 - share) * unit.fraction)
            yield unit

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Where the gap of our sentence looks."""
        if racer.name == "attention":
            text = GAPPED.to(self.device)
            tokens = [WORDS[word] for word in GAPPED[0].tolist()]
            weights, values = last_asks(racer.network, text, WEIGHTS, tokens, WORDS)
            values |= {"called": ("word", "word"), "right": [WORDS[int(OURS[NAME])]]}
            yield of_alignment(racer.name, step, weights, values)

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """It names what it reads of; the one with equal shares only guesses between two nouns."""
        block = self.racers[0]
        metrics["guess.accuracy"] = 1 / len(NAMES)
        metrics["uniform.accuracy"] = self.if_uniform(block, WEIGHTS)
        for racer in self.racers:
            metrics[f"{racer.name}.noun"] = self._on_the_noun(racer)
        metrics |= {f"drawn.{name}": value for name, value in self.reseeds.told().items()}
        metrics["drawn.own"] = self._weight(block.untrained)
        metrics["drawn.trained"] = self._weight(block.network)
        held = metrics["attention.accuracy"] >= SOLVED
        return held, metrics["equal.accuracy"] < ORDERLESS

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`attention`: the weights (T, T) of a sentence and all they are made of (`attention_of`).
        `walk`: every matrix from the words to the answer (`walk_of`).
        `spread`: the weight from propose to network before training, from each of many seeds (N,).

        `sample` 0 is our sentence; others are held out. `when` is `after` for the block as it is
        now, `before` for it as it was before its first step.
        """
        if what == "spread":
            return {"values": self.reseeds.all().numpy()}, {
                "own": self._weight(self.racers[0].untrained),
                "what": "the weight from propose to network before training",
                "of": "seeds",
                "baseline": 1 / len(OURS),
                "baseline_name": "equal shares",
            }
        if what not in ("attention", "walk"):
            return super().probe(what, arguments)
        block, was = self.racers[0], arguments.get("when") == "before"
        network, sample = block.untrained if was else block.network, arguments.get("sample", 0)
        assert isinstance(network, HiddenWord)
        words, right = GAPPED, OURS[NAME : NAME + 1]
        if sample:
            words, right = self._texts(block, f"sample {sample}", 1)
        tokens = [WORDS[word] for word in words[0].tolist()]
        values: dict[str, Any] = {
            "tokens": tokens,
            "called": ("word", "word"),
            "right": WORDS[int(right[0])],
            "selected": "drawn at random" if sample else "chosen by us",
        }
        words = words.to(self.device)
        if what == "walk":
            arrays, told = walk_of(network, words, tokens, WORDS)
            said = WORDS[int(arrays["logits"][NAME].argmax())]
            return arrays, values | told | {"said": said}
        arrays, told = attention_of(network, words, arguments=arguments, logit_names=WORDS)
        values |= told | {"said": WORDS[int(arrays["logits"].argmax())]}
        unseen = self._texts(block, "unseen", UNSEEN)
        place, cases = place_of(network, arguments), f"{UNSEEN:,} sentences"
        if was:
            return arrays, values
        return arrays, values | fairly(network, place, lambda: block.accuracy(*unseen), cases)

    def _racer(self, name: str) -> Racer:
        with seeded(self.seed):
            network = self._network(equal=name == "equal")
        recipe = Recipe(self.whole("steps"), self.number("learning_rate"))
        phase = f"training the block {RUNNERS[name]}"
        exam, practice = self._drawing(self._held_out, NAME), self._drawing(self._learned, None)
        return Racer(name, phase, network, exam, recipe, practice=practice)

    def _network(self, equal: bool = False) -> HiddenWord:
        """A block, its weights drawn from the common chance."""
        shape = Shape(
            vocabulary=len(WORDS),
            width=self.whole("width"),
            hidden=self.whole("hidden"),
            equal=equal,
        )
        return HiddenWord(shape, HIDDEN)

    @staticmethod
    def _drawing(pool: Tensor, place: int | None) -> Draw:
        return lambda count, chance: drawn(pool, count, chance, place)

    def _first_weight(self, seed: int) -> float:
        """The weight from propose to network in the block that a seed gives, untrained."""
        with seeded(seed):
            network = self._network()
        return self._weight(network.to(self.device))

    def _weight(self, network: torch.nn.Module) -> float:
        _, seen = look(network, GAPPED.to(self.device))
        return seen[WEIGHTS][0, 0, VERB, THING].item()

    def _on_the_noun(self, racer: Racer) -> float:
        """How much of its look a hidden name gives the noun that it depends on, on average."""
        texts, _ = self._texts(racer, "unseen", READ)
        _, seen = look(racer.network, texts)
        return seen[WEIGHTS][:, 0, NAME, KIND].mean().item()
