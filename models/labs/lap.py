"""Networks of attention alone that run laps: which of their heads know what comes next?

All have two layers and as many channels; two of them fewer heads, which are wider. Whoever learns
from loops of 4 to 8 landmarks sees the same texts. Only landmarks that can be known are graded,
but for the last network, which is graded on all: its heads have to do something in the first lap.
Rates of 0.003 and 0.01 were tried with all of them: at both, all learn their own loops; at 0.01 the
first also runs those of 9 and 10.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch
from msgspec.structs import replace
from torch import Tensor

from models.chance import number, seeded
from models.head_scores import RULES
from models.labs import race
from models.labs.lab import Look
from models.labs.lap_asked import CALLED, SCORED, LapRace
from models.labs.lap_inside import attentions, evenly, parking, rules, scored
from models.labs.lap_judged import Cases, Runner, measures, spotted
from models.labs.looks import of_heads
from models.labs.race import SOLVED, Draw, Racer
from models.networks.attention_only import AttentionOnly, Shape
from models.probe import look
from models.protocol import Report
from models.specs.lap import HEADS, LAYERS, LENGTHS, LONGEST, RUNNERS, SCORES, SHORTEST, SPEC
from models.tasks.laps import SYMBOLS, TOKENS, drawn, known, laps, spelled
from models.training import Recipe, Update

TRAINED, EXAMINED = 0.7, 0.3
"""The share of a run that training takes, and what exams take of the rest."""
FORMING, OFTEN = 150, 10
"""Up to the first step a look is taken as often as the second says."""
SPARE, NEEDED = 0.97, 0.40
"""With any one of four heads off, at least the first share is still right; with a whole layer off
that is needed, less than the second."""
ELSEWHERE, MULTIPLE = 0.20, 0.80
"""Of loops of another length than the one it learned, a network has fewer right than the first
share; than the second, where the one it learned is a multiple of it."""


class LapLab(LapRace):
    """One that learns many loops, one that learns a single length, and those with fewer heads."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """The racers, each with weights drawn from the seed."""
        return [self._racer(name) for name in RUNNERS]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Who learned from many loops runs them all; who learned one length runs no other."""
        only = self.whole("only")
        lengths = range(SHORTEST, LONGEST + 1)
        metrics["guess.accuracy"] = sum(1 / length for length in lengths) / len(lengths)
        metrics |= {f"equal.{name}": share for name, share in self._equal().items()}
        many = [metrics[f"{name}.at{n}"] for name in RUNNERS if name != "fixed" for n in lengths]
        held = min(many) >= SOLVED and metrics[f"fixed.at{only}"] >= SOLVED
        held = held and metrics["mixed.without_1"] >= SPARE
        others = [n for n in LENGTHS if n != only]
        tricked = all(
            metrics[f"fixed.at{n}"] < (ELSEWHERE if only % n else MULTIPLE) for n in others
        )
        layers = [metrics[f"mixed.without_layer_{n}"] for n in range(1, LAYERS + 1)]
        return held, tricked and max(layers) < NEEDED

    def train(self) -> Iterator[Report | Look]:
        """The race, and how everyone did by the length of the loops once it is over."""
        yield from super().train()
        assert self.result is not None
        measured = self.result.metrics
        curves = {
            racer.name: [round(measured[f"{racer.name}.{exam}"], 4) for exam in racer.exams]
            for racer in self.racers
        }
        data = {
            "lengths": list(LENGTHS),
            "curves": curves,
            "title": f"{race.UNSEEN:,} unseen texts each",
            "chance": measured["guess.accuracy"],
        }
        yield Look(self.racers[0].name, self.racers[0].recipe.steps, "lengths", data)

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Where all heads look in one text, and their scores over some."""
        texts, _ = self._texts(racer, "sample 0", 1)
        some, _ = self._texts(racer, "probed", race.PROBED)
        _, seen = look(racer.network, texts)
        weights = [seen[f"{path}.weights"][0].float().cpu() for path in attentions(racer.network)]
        values = {
            "tokens": list(spelled(texts[0])),
            "called": CALLED,
            "scores": scored(racer.network, some, RULES),
            "equal": evenly(some, RULES),
        }
        yield of_heads(racer.name, step, torch.stack(weights), values)

    def is_due(self, step: int, last: int) -> bool:
        """Also while the heads find what to look at, so that a film shows them do it."""
        return super().is_due(step, last) or (step <= FORMING and step % OFTEN == 0)

    def _judge(self, racer: Racer, place: int, metrics: dict[str, float]) -> Iterator[Report]:
        """Also without some of its heads, and where they look."""
        assert isinstance(racer, Runner)
        exams = (1 + len(racer.exams)) * math.ceil(race.UNSEEN / race.AT_ONCE)
        for at, report in enumerate(super()._judge(racer, place, metrics), 1):
            yield replace(report, fraction=self._judged(place, EXAMINED * at / exams))
        generator = torch.Generator().manual_seed(number("measured", self.seed))
        cases = self._texts(racer, "unseen", race.UNSEEN)
        units = measures(racer, HEADS[racer.name], self.whole("only"), cases, generator)
        steps = racer.recipe.steps
        for at, measure in enumerate(units, 1):
            for name, value in measure().items():
                metric = f"{racer.name}.{name}"
                metrics[metric] = min(metrics.get(metric, math.inf), value)
            done = self._judged(place, EXAMINED + (1 - EXAMINED) * at / len(units))
            yield Report(racer.name, "without some of its heads", steps, steps, done, {})

    def _judged(self, place: int, share: float) -> float:
        """The share of the run that is done with a share of the racer at a place judged."""
        return TRAINED + (1 - TRAINED) * (place + share) / len(self.racers)

    def _report(
        self, racer: Racer, place: int, update: Update, watched: tuple[Tensor, Tensor]
    ) -> Report:
        """A step takes a smaller share of the run than where there is less to be measured."""
        made = (update.step - 1) * len(self.racers) + place + 1
        done = TRAINED * made / (racer.recipe.steps * len(self.racers))
        return replace(super()._report(racer, place, update, watched), fraction=done)

    def _equal(self) -> dict[str, float]:
        """What the scores of heads are worth with equal shares."""
        generator = torch.Generator().manual_seed(number("measured", self.seed))
        only = self.whole("only")
        long, other = (
            laps(torch.full((SCORED,), length), generator)[0] for length in (LONGEST, spotted(only))
        )
        shares = evenly(other, rules(only))
        return {name: shares[name] for name in SCORES} | evenly(long, parking(LONGEST))

    def _racer(self, name: str) -> Runner:
        shape = Shape(
            vocabulary=len(SYMBOLS),
            context=TOKENS,
            width=self.whole("width"),
            heads=HEADS[name],
            layers=LAYERS,
        )
        with seeded(self.seed):
            network = AttentionOnly(shape)
        only = self.whole("only")
        first, last = (only, only) if name == "fixed" else (SHORTEST, LONGEST)
        return Runner(
            name,
            f"training {RUNNERS[name]}",
            network,
            _of(first, last),
            Recipe(self.whole("steps"), self.number("learning_rate")),
            practice=_of(first, last, everything=True) if name == "graded" else None,
            exams={f"at{length}": _of(length, length) for length in LENGTHS},
        )


def _of(first: int, last: int, everything: bool = False) -> Draw:
    """Texts over loops of some lengths, and what is asked: all that can be known, or everything."""

    def draw(count: int, chance: torch.Generator) -> Cases:
        texts, walks, lengths = drawn(count, first, last, chance)
        return texts, walks if everything else known(walks, lengths)

    return draw
