"""Digits said backwards, by encoders and by an encoder with a decoder, length by length.

All encoders have two layers and the encoder-decoder one and one, of 64 channels and 4 heads, with
learned positions. The table has a place for each digit of the longest strings that anybody is
judged on; places beyond those trained on stay as they were drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from torch import Tensor, nn

from models.ablation import equal_shares
from models.chance import seeded
from models.labs import race
from models.labs.answering import Answering, AnsweringRace, Tags, Translates
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.lab import Inside, Lab, Look
from models.labs.looks import of_alignment
from models.labs.race import Draw, Racer
from models.labs.reversal_inside import READS, given, last_look, mirrored, named, words
from models.networks import encoder, encoder_decoder
from models.networks.encoder import Tagger
from models.networks.encoder_decoder import EncoderDecoder
from models.probe import at_rest, look
from models.protocol import Report
from models.specs.reversal import LENGTHS, LONGEST, SPEC, practised
from models.specs.spec import Value
from models.tasks.reversal import DIGITS, EDGE, SYMBOLS, reversals, string_of
from models.training import Recipe

HEADS = 4
PHASES = {
    "encoder": "training the encoder",
    "writer": "training the encoder-decoder",
    "few": "training an encoder with few strings",
    "bag": "training an encoder without positions",
}
RIGHT, NEVER_MET, LOST = 0.99, 0.20, 0.10
"""Of each length trained on, at least the first share is right; of one that was left out and of
one beyond, at most the second; without positions, less than the third of all."""
CONTEXT = LENGTHS[-1] + 1
"""Places for the digits of the longest strings, and for the end that is written behind them."""
MIRRORED = 8
"""Digits of the strings in which it is measured where everyone looks."""
FEW, APART = 50, 100
"""Strings of each length on which everyone is watched for the picture of the lengths, and the
steps between two pictures."""


class ReversalLab(AnsweringRace):
    """An encoder says all digits at once, an encoder-decoder writes them."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        self._shares: dict[str, list[float]] = {}

    def line_up(self) -> list[Racer]:
        """The racers that the knobs ask for."""
        racers = [
            self._encoder("encoder"),
            self._writer(),
            self._encoder("few", batch=self.whole("few")),
        ]
        if self.settings["control"]:
            racers.append(self._encoder("bag", positions="none"))
        return list(racers)

    def train(self) -> Iterator[Report | Look]:
        """The race, and how everyone did by length once it is over."""
        yield from super().train()
        assert self.result is not None
        measured = self.result.metrics
        shares = {
            racer.name: [measured[f"{racer.name}.{exam}"] for exam in racer.exams]
            for racer in self.racers
        }
        yield self._by_length(self.racers[0].recipe.steps, shares, race.UNSEEN)

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Right in all lengths that were trained on, in hardly any other; a bag in hardly any."""
        for racer in self.racers[:2]:
            metrics.update(self._mirrored(racer))
        last = f"encoder.blocks.{self.whole('layers') - 1}.attend.weights"
        with equal_shares(self.racers[0].network, last):
            texts = self._texts(self.racers[0], "unseen", race.UNSEEN)
            metrics["uniform.accuracy"] = self.racers[0].accuracy(*texts)
        missing = self.whole("missing")
        both = [racer.name for racer in self.racers[:2]]
        met = [metrics[f"{name}.at{n}"] for name in both for n in practised(missing)]
        unmet = [metrics[f"{name}.at{n}"] for name in both for n in (missing, LONGEST + 1) if n]
        held = min(met) >= RIGHT and max(unmet) <= NEVER_MET
        return held, metrics.get("bag.accuracy", 1.0) < LOST

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Where the first two look, and how everyone does by length."""
        if racer.name in ("encoder", "writer"):
            yield self._mirror(racer, step)
        if step % APART == 0:
            self._shares[racer.name] = [
                racer.accuracy(*self._texts(racer, "by length", FEW, exam)) for exam in racer.exams
            ]
            if racer is self.racers[-1] and len(self._shares) == len(self.racers):
                yield self._by_length(step, self._shares, FEW)

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`attention`: that of one `runner` on one string, and all it is made of (`attention_of`).
        The layers of the encoder-decoder are those of its encoder, then the decoder's look at
        itself, then its look at the source.
        `lengths`: how often each of `runners` is right by length: values `lengths`, `seen`,
        `count`, and `shares` for each.

        The string is `string`, or a random one numbered `sample`.
        """
        if what == "attention":
            return self._attention(arguments)
        if what == "lengths":
            return {}, self._lengths(arguments)
        return Lab.probe(self, what, arguments)

    def _attention(self, arguments: Mapping[str, Any]) -> Inside:
        racer = self._answering(arguments.get("runner", "encoder"))
        was = arguments.get("when") == "before"
        network = racer.untrained if was else racer.network
        strings, answers = self._asked(racer, arguments)
        inputs = given(racer, strings, answers)
        arrays, values = attention_of(
            network, *inputs, arguments=arguments, logit_names=words(racer)
        )
        place = place_of(network, arguments)
        with at_rest(network):
            said = network(*inputs)[0].argmax(-1)
        values |= {
            "runner": racer.name,
            **named(racer, place.path, strings[0], answers[0], said),
            "selected": "given" if "string" in arguments else "drawn at random",
        }
        if was:
            return arrays, values
        unseen, cases = self._texts(racer, "unseen", race.UNSEEN), f"{race.UNSEEN:,} strings"
        return arrays, values | fairly(network, place, lambda: racer.accuracy(*unseen), cases)

    def _lengths(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        names = arguments.get("runners") or [racer.name for racer in self.racers]
        shares = {}
        for name in names:
            racer = self._named(name)
            shares[name] = [
                self.result.metrics[f"{name}.{exam}"]
                if self.result is not None
                else racer.accuracy(*self._texts(racer, "unseen", race.UNSEEN, exam))
                for exam in racer.exams
            ]
        return {**self._told(race.UNSEEN), "shares": shares}

    def _told(self, count: int) -> dict[str, Any]:
        """What every picture of the lengths says."""
        met = practised(self.whole("missing"))
        return {
            "lengths": list(LENGTHS),
            "seen": [length in met for length in LENGTHS],
            "called": "digits",
            "count": count,
        }

    def _by_length(self, step: int, shares: Mapping[str, list[float]], count: int) -> Look:
        rounded = {name: [round(share, 4) for share in row] for name, row in shares.items()}
        return Look("", step, "per-length", {**self._told(count), "shares": rounded})

    def _mirror(self, racer: Racer, step: int) -> Look:
        """Where everyone looks who answers, all heads together, in one string."""
        assert isinstance(racer, Answering)
        strings, answers = self._texts(racer, "sample 0", 1, f"at{MIRRORED}")
        inputs, place = given(racer, strings, answers), last_look(racer, self.whole("layers"))
        said, seen = look(racer.network, *inputs)
        weights = seen[f"{place}.weights"][0].mean(0).float().cpu()  # (T, S)
        values = named(racer, place, strings[0], answers[0], said[0].argmax(-1))
        return of_alignment(racer.name, step, weights, values)

    def _mirrored(self, racer: Racer) -> dict[str, float]:
        """How much each look gives the digit that mirrors the one that asks."""
        assert isinstance(racer, Answering)
        strings, answers = self._texts(racer, "unseen", race.UNSEEN, f"at{MIRRORED}")
        _, seen = look(racer.network, *given(racer, strings, answers))
        if isinstance(racer, Translates):
            return {"writer.mirror": mirrored(seen[f"{READS}.weights"])}
        layers = (1, self.whole("layers"))
        return {
            f"encoder.mirror{name}": mirrored(seen[f"encoder.blocks.{layer - 1}.attend.weights"])
            for name, layer in zip(("1", "2"), layers, strict=True)
        }

    def _asked(self, racer: Racer, arguments: Mapping[str, Any]) -> tuple[Tensor, Tensor]:
        """The string to look at and its answer, (1, T) each."""
        if "string" in arguments:
            string = string_of(str(arguments["string"]), LENGTHS[-1]).to(self.device)
            return string, string.flip(1)
        return self._texts(racer, f"sample {arguments.get('sample', 0)}", 1, f"at{MIRRORED}")

    def _answering(self, name: object) -> Answering:
        racer = self._named(name)
        assert isinstance(racer, Answering)
        return racer

    def _encoder(self, name: str, positions: str = "learned", batch: int = race.BATCH) -> Tags:
        shape = encoder.Shape(
            vocabulary=len(SYMBOLS),
            answers=len(DIGITS),
            context=CONTEXT,
            width=self.whole("width"),
            heads=HEADS,
            layers=self.whole("layers"),
            positions=positions,
        )
        with seeded(self.seed):
            network = Tagger(shape)
        return Tags(**self._entry(name, network), batch=batch)

    def _writer(self) -> Translates:
        shape = encoder_decoder.Shape(
            vocabulary=len(SYMBOLS), context=CONTEXT, width=self.whole("width"), heads=HEADS
        )
        with seeded(self.seed):
            network = EncoderDecoder(shape)
        return Translates(**self._entry("writer", network))

    def _entry(self, name: str, network: nn.Module) -> dict[str, Any]:
        """What all racers have in common."""
        return {
            "name": name,
            "phase": PHASES[name],
            "network": network,
            "draw": _of(practised(self.whole("missing"))),
            "recipe": Recipe(self.whole("steps"), self.number("learning_rate")),
            "exams": {f"at{length}": _of((length,)) for length in LENGTHS},
            "edge": EDGE,
        }


def _of(lengths: tuple[int, ...]) -> Draw:
    """Strings of some lengths."""
    return lambda count, chance: reversals(count, lengths, chance)
