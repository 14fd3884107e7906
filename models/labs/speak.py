"""A GPT and an LSTM that learn the mouse grammar, and a GPT whose sentences are shuffled.

All three have as many parameters, within 5 %, make as many steps, and are handed the same sentences
in the same order. Rates of 0.001, 0.002, 0.005, 0.01, 0.02, 0.05 and 0.1 were tried for GPT and
LSTM: on seeds 0 to 4 the LSTM does best at 0.02, and the GPT as well there as anywhere from 0.005
on. Fresh sentences lie at equal distances in the grammar (`grammar.sampled`), so that they leave
open what all sentences do; some of them are, as among any, ones that were learned from.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from typing import Any, cast

import torch
from torch import Tensor, nn

from models.chance import chance, number, seeded
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.lab import Inside, Look
from models.labs.race import AT_ONCE, BATCH, UNSEEN, Race, Racer
from models.labs.speak_inside import gradients_of, lens_of, predicted, told_of
from models.labs.speakers import Blocks, Speaker, fresh, gpt, lstm
from models.layers.loss import cross_entropy
from models.layers.size import parameters
from models.protocol import Report
from models.specs.speak import BIGRAM, CEILING, RUNNERS, SPEC
from models.tasks.grammar import LONGEST, WORDS, chance_of, drawn, sampled
from models.tasks.speech import Sentence, encode, say, shuffled, spelled
from models.training import LossAt, Recipe, Update

SAID, SHOWN = 500, 5
"""Sentences that a speaker is judged by, and that a look shows."""
CLAIM = 0.04
"""Nats a word by which GPT and LSTM may lie above what knowing the grammar gives."""


class SpeakLab(Race):
    """The speakers, what they read and say, and how far they are from knowing the grammar."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """The speakers, each with weights drawn from the seed."""
        rng = random.Random(number("learned", self.seed))
        self._learned = drawn(self.whole("sentences"), rng)
        names = RUNNERS if self.settings["rivals"] else ["gpt"]
        return [self._speaker(name, rng) for name in names]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """GPT and LSTM are near the floor; the control is not even at counting pairs."""
        heard = sampled(UNSEEN)
        nats = -sum(math.log(chance_of(words)) for words in heard) / sum(map(len, heard))
        metrics |= {
            "grammar.validation": nats,
            "grammar.accuracy": CEILING,
            "grammar.grammatical": 1.0,
            "grammar.recited": sum(map(chance_of, set(self._learned))),
            "pairs.validation": BIGRAM,
        }
        rivals = ("gpt", "lstm") if self.settings["rivals"] else ("gpt",)
        held = max(metrics[f"{name}.validation"] for name in rivals) <= nats + CLAIM
        return held, metrics.get("shuffled.validation", 0.0) > BIGRAM

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """What it predicts in a few fresh sentences, and what it says by itself."""
        speaker = cast("Speaker", racer)
        yield Look(racer.name, step, "speech", self._speech(speaker, speaker.network, heard=step))

    def _speech(
        self, speaker: Speaker, network: nn.Module, shown: int = 0, heard: int = 0
    ) -> dict[str, Any]:
        sentences = drawn(SHOWN, random.Random(number("shown", self.seed, shown)))
        generator = torch.Generator().manual_seed(number("heard", self.seed, heard))
        said = say(network, SHOWN, generator)
        return {
            "sentences": [predicted(network, words) for words in sentences],
            "said": [told_of(words, speaker.learned) for words in said],
        }

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """Of the speaker called `runner`, the GPT unless another is named, `before` or `after` its
        training: `speech`, what it predicts in fresh sentences and what it says; `lens`, of the
        GPT, what it would say after each block (`lens_of`); `gradient`, that of a batch, clipped in
        each way (`gradients_of`); `attention`, that of one head, and all it is made of.

        `sample` numbers what is drawn; `text` is a sentence to read instead.
        """
        speaker = cast("Speaker", self._named(arguments.get("runner", "gpt")))
        was = arguments.get("when") == "before"
        network = speaker.untrained if was else speaker.network
        if what == "gradient":
            batch = speaker.batch(
                BATCH, chance(self.seed, number("gradient", arguments.get("sample", 0)))
            )
            most = float(arguments.get("at", self.number("clip_at")))
            return gradients_of(network, batch, self.number("smoothing"), most)
        if what == "speech":
            sample = int(arguments.get("sample", 0))
            return {}, self._speech(speaker, network, sample, sample)
        if what == "lens":
            return lens_of(network, self._asked(arguments))
        if what == "attention":
            return self._attention(speaker, network, arguments, was)
        return super().probe(what, arguments)

    def _attention(
        self, speaker: Speaker, network: nn.Module, arguments: Mapping[str, Any], was: bool
    ) -> Inside:
        words = self._asked(arguments)
        reads, targets = encode([words])
        reads = reads[:, : len(words)].to(self.device)
        arrays, values = attention_of(network, reads, arguments=arguments, logit_names=WORDS)
        values |= {
            "runner": speaker.name,
            "called": ("word", "word"),
            "tokens": spelled(reads[0]),
            "said": spelled(arrays["logits"].argmax(-1)),
            "right": spelled(targets[0]),
            "selected": "given" if "text" in arguments else "drawn at random",
        }
        if was:
            return arrays, values
        heard = [part.to(self.device) for part in fresh(UNSEEN)]
        place, cases = place_of(network, arguments), f"{UNSEEN:,} fresh sentences"
        return arrays, values | fairly(network, place, lambda: speaker.accuracy(*heard), cases)

    def _asked(self, arguments: Mapping[str, Any]) -> Sentence:
        if "text" not in arguments:
            rng = random.Random(number("asked", self.seed, arguments.get("sample", 0)))
            return drawn(1, rng)[0]
        words = tuple(str(arguments["text"]).split())
        if unknown := [word for word in words if word not in WORDS]:
            raise ValueError(f"the mouse grammar has no word {unknown[0]}")
        if not 0 < len(words) <= LONGEST:
            raise ValueError(f"a sentence has 1 to {LONGEST} words, and this one {len(words)}")
        return words

    def _speaker(self, name: str, rng: random.Random) -> Speaker:
        blocks = Blocks(
            layers=self.whole("layers"),
            norm=str(self.settings["norm"]),
            dropout=self.number("dropout"),
        )
        with seeded(self.seed):
            network = lstm(blocks) if name == "lstm" else gpt(blocks)
        clip = str(self.settings["clip"])
        recipe = Recipe(
            self.whole("steps"),
            self.number("learning_rate"),
            warm_up=self.whole("warm_up"),
            clip=None if clip == "none" else self.number("clip_at"),
            clip_by="value" if clip == "value" else "norm",
            decay=self.number("decay"),
        )
        learned = shuffled(self._learned, rng) if name == "shuffled" else self._learned
        return Speaker(
            name, f"training the {RUNNERS[name]}", network, fresh, recipe, learned=learned
        )

    def _loss(self, racer: Racer) -> LossAt:
        speaker, smoothing = cast("Speaker", racer), self.number("smoothing")

        def loss_at(step: int) -> Tensor:
            batch = speaker.batch(BATCH, chance(self.seed, step))
            reads, targets = (part.to(self.device) for part in batch)
            logits = speaker.network(reads)
            speaker.right.append(speaker.is_right(logits, targets).float().mean())
            return cross_entropy(logits, targets, smoothing)

        return loss_at

    def _report(
        self, racer: Racer, place: int, update: Update, watched: tuple[Tensor, Tensor]
    ) -> Report:
        report = super()._report(racer, place, update, watched)
        if "accuracy" in report.metrics:
            report.metrics["validation"] = cast("Speaker", racer).heard(*watched)[1]
        return report

    def _judge(self, racer: Racer, place: int, metrics: dict[str, float]) -> Iterator[Report]:
        speaker, steps = cast("Speaker", racer), racer.recipe.steps
        turns, said = SAID // AT_ONCE, list[Sentence]()
        generator = torch.Generator().manual_seed(number("said", self.seed))
        for part in range(2 + turns):
            found: dict[str, float] = {}
            if part < 2:
                found = self._on_known(speaker) if part else self._on_fresh(speaker)
            else:
                said += say(speaker.network, AT_ONCE, generator)
            metrics |= {f"{racer.name}.{name}": value for name, value in found.items()}
            done = 0.97 + 0.03 * (place + (part + 1) / (2 + turns)) / len(self.racers)
            yield Report(racer.name, f"{UNSEEN:,} fresh sentences", steps, steps, done, {})
        learned = set(speaker.learned)
        right = sum(chance_of(words) > 0 for words in said)
        metrics[f"{racer.name}.grammatical"] = right / SAID
        metrics[f"{racer.name}.recited"] = sum(words in learned for words in said) / SAID

    def _on_fresh(self, speaker: Speaker) -> dict[str, float]:
        reads, targets = fresh(UNSEEN)
        right, nats = speaker.heard(reads.to(self.device), targets.to(self.device))
        size = parameters(speaker.network)
        return {"accuracy": right, "validation": nats, "parameters": size}

    def _on_known(self, speaker: Speaker) -> dict[str, float]:
        reads, targets = encode(speaker.learned[:UNSEEN])
        return {"known": speaker.heard(reads.to(self.device), targets.to(self.device))[1]}
