"""One language for mazes, three families: an encoder, a decoder, and one of each together.

All read the same eleven tokens of a maze, with four heads. The encoder has three layers, since two
were not enough from every seed; the decoder has two, the encoder-decoder one and one. The last
racer is that encoder-decoder again, which in training goes on from its own words, as it must later,
and is told afterwards what they should have been. Nobody trains on the mazes on which they are
judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn

from models.chance import number, seeded
from models.labs import race
from models.labs.answering import AnsweringRace, Continues, Translates, Unforced, Writing
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.families_inside import REACHED, Case, masks_of
from models.labs.families_judged import at_random, commoner, judged
from models.labs.lab import Inside, Lab, Look
from models.labs.race import Draw, Racer
from models.networks import encoder, encoder_decoder, gpt
from models.networks.encoder import Classifier
from models.networks.encoder_decoder import EncoderDecoder
from models.networks.gpt import GPT
from models.probe import at_rest
from models.protocol import Report
from models.specs.families import LONGEST, MOVES, RUNNERS, SPEC, WRITERS
from models.specs.spec import Value
from models.tasks.maze_words import (
    EDGE,
    MOST,
    SYMBOLS,
    TOLD,
    asked,
    blindfolded,
    ways,
)
from models.training import Recipe

HEADS = 4
PHASES = {
    "decoder": "training the decoder",
    "translator": "training the encoder-decoder",
    "unforced": "training an encoder-decoder on its own words",
}
SAYS, NAMES = 0.85, 0.80
"""The share of mazes of which the encoder says whether, and of ways that the others name."""
SAYS_BLIND, NAMES_BLIND = 0.65, 0.40
"""What they must stay below with other mazes shown in place of those they are asked about."""
FEW, APART = 50, 100
"""Ways of each number of moves on which everyone is watched for the picture of the lengths, and
the steps between two pictures."""


class FamiliesLab(AnsweringRace):
    """An encoder, a decoder, an encoder-decoder, and one that was not told what is right so far."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        self._shares: dict[str, list[float]] = {}

    def line_up(self) -> list[Racer]:
        """One of each family, and the one that is not forced."""
        return [
            self._encoder(),
            Continues(**self._writer("decoder", self._decoder())),
            Translates(**self._writer("translator", self._translator())),
            Unforced(**self._writer("unforced", self._translator())),
        ]

    def train(self) -> Iterator[Report | Look]:
        """The race, and how the writers did by length once it is over."""
        yield from super().train()
        assert self.result is not None
        shares = {name: self._measured(name) for name in WRITERS}
        yield self._by_length(self.racers[0].recipe.steps, shares, race.UNSEEN)

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Each does its part in mazes it never met, and hardly with others in their place."""
        for racer in self.racers:
            texts, answers = self._texts(racer, "unseen", race.UNSEEN)
            metrics[f"{racer.name}.blind"] = racer.accuracy(blindfolded(texts), answers)
            if isinstance(racer, Writing):
                metrics.update(judged(racer, texts, answers))
            if racer.name == "encoder":
                metrics["majority.accuracy"] = commoner(answers)
        texts, _ = self._texts(self._named("decoder"), "unseen", race.UNSEEN)
        metrics["random.accuracy"] = at_random(texts.cpu(), self.seed)
        says, names = metrics["encoder.accuracy"], ("decoder", "translator")
        held = says >= SAYS and min(metrics[f"{name}.accuracy"] for name in names) >= NAMES
        blind = max(metrics[f"{name}.blind"] for name in names) < NAMES_BLIND
        return held, blind and metrics["encoder.blind"] < SAYS_BLIND

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """How the writers do by length."""
        if step % APART == 0 and isinstance(racer, Writing):
            self._shares[racer.name] = [
                racer.accuracy(*self._texts(racer, "by length", FEW, exam)) for exam in racer.exams
            ]
            if racer is self.racers[-1] and len(self._shares) == len(WRITERS):
                yield self._by_length(step, self._shares, FEW)

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`attention`: that of one `runner` on one maze and its way, and all it is made of
        (`attention_of`). `lengths`: how often each of `runners` names the whole way, by its moves.
        `masks`: who may look at whom in each family, with a way of `moves` (2): values `families`,
        for each `who` and its `masks` (`masks_of`), and `given`, how many tokens all are given.

        `sample` numbers the maze.
        """
        if what == "attention":
            return self._attention(arguments)
        if what == "lengths":
            names = arguments.get("runners") or WRITERS
            return {}, {**_told(race.UNSEEN), "shares": {n: self._measured(n) for n in names}}
        if what == "masks":
            cases = [self._case(racer, arguments) for racer in self.racers[:-1]]
            found = [
                {"who": RUNNERS[case.racer.name], "masks": masks_of(case.racer.network, case)}
                for case in cases
            ]
            return {}, {"families": found, "given": TOLD}
        return Lab.probe(self, what, arguments)

    def _attention(self, arguments: Mapping[str, Any]) -> Inside:
        racer = self._named(arguments.get("runner", "translator"))
        was, case = arguments.get("when") == "before", self._case(racer, {"moves": 4, **arguments})
        network = racer.untrained if was else racer.network
        arrays, values = attention_of(
            network, *case.inputs, arguments=arguments, logit_names=case.words
        )
        place = place_of(network, arguments)
        with at_rest(network):
            logits = network(*case.inputs)[0]
        values |= {
            "runner": racer.name,
            **case.rows(place.path),
            **case.answered(place.path, logits),
            "selected": "drawn at random",
        }
        if was:
            return arrays, values
        unseen, cases = self._texts(racer, "unseen", race.UNSEEN), f"{race.UNSEEN:,} mazes"
        return arrays, values | fairly(network, place, lambda: racer.accuracy(*unseen), cases)

    def _case(self, racer: Racer, arguments: Mapping[str, Any]) -> Case:
        """The same maze for everyone, and its way."""
        chance = torch.Generator()
        chance.manual_seed(number("sample", arguments.get("sample", 0), self.seed))
        moves = int(arguments.get("moves", 2))
        if moves not in MOVES:
            raise ValueError(f"no way has {moves} moves: they have {MOVES[0]} to {MOVES[-1]}")
        maze, way = ways(1, True, (moves,), chance)
        return Case(racer, maze.to(self.device), way.to(self.device))

    def _measured(self, name: str) -> list[float]:
        """How often a writer names the whole way, by its moves."""
        racer = self._named(name)
        return [
            self.result.metrics[f"{name}.{exam}"]
            if self.result is not None
            else racer.accuracy(*self._texts(racer, "unseen", race.UNSEEN, exam))
            for exam in racer.exams
        ]

    def _by_length(self, step: int, shares: Mapping[str, list[float]], count: int) -> Look:
        rounded = {name: [round(share, 4) for share in row] for name, row in shares.items()}
        return Look("", step, "per-length", {**_told(count), "shares": rounded})

    def _encoder(self) -> Racer:
        shape = encoder.Shape(
            vocabulary=len(SYMBOLS),
            answers=len(REACHED),
            context=TOLD,
            width=self.whole("width"),
            heads=HEADS,
            layers=3,
        )
        with seeded(self.seed):
            network = Classifier(shape)
        return Racer(
            "encoder",
            "training the encoder",
            network,
            lambda count, chance: asked(count, True, chance),
            self._recipe,
            practice=lambda count, chance: asked(count, False, chance),
        )

    def _decoder(self) -> nn.Module:
        context = TOLD + MOST + 2
        shape = gpt.Shape(
            vocabulary=len(SYMBOLS), context=context, width=self.whole("width"), heads=HEADS
        )
        with seeded(self.seed):
            return GPT(shape)

    def _translator(self) -> nn.Module:
        shape = encoder_decoder.Shape(
            vocabulary=len(SYMBOLS), context=TOLD, width=self.whole("width"), heads=HEADS
        )
        with seeded(self.seed):
            return EncoderDecoder(shape)

    @property
    def _recipe(self) -> Recipe:
        return Recipe(self.whole("steps"), self.number("learning_rate"))

    def _writer(self, name: str, network: nn.Module) -> dict[str, Any]:
        """What all who write have in common."""
        up_to = tuple(range(1, LONGEST + 1))
        return {
            "name": name,
            "phase": PHASES[name],
            "network": network,
            "draw": _of(up_to, True),
            "recipe": self._recipe,
            "practice": _of(up_to, False),
            "exams": {f"at{moves}": _of((moves,), True) for moves in MOVES},
            "edge": EDGE,
        }


def _of(moves: tuple[int, ...], held_out: bool) -> Draw:
    """Ways of some numbers of moves."""
    return lambda count, chance: ways(count, held_out, moves, chance)


def _told(count: int) -> dict[str, Any]:
    """What every picture of the lengths says."""
    seen = [moves <= LONGEST for moves in MOVES]
    return {"lengths": list(MOVES), "seen": seen, "called": "moves", "count": count}
