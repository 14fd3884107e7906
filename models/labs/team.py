"""Races of teams: networks that differ in their number of heads alone, and answer all questions.

Axes: B texts, T tokens, Q questions, A answers, H heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.heads_inside import board_of, heads_of, switched_off
from models.labs.lab import Inside, Look
from models.labs.looks import of_heads
from models.labs.race import UNSEEN, Draw, Race, Racer
from models.layers.loss import IGNORED, cross_entropy
from models.networks.reporter import AtOnce
from models.probe import at_rest, look

WEIGHTS = "attend.weights"
FORMING, OFTEN = 500, 25
"""Up to the first step a look is taken as often as the second says."""


class Team(Racer):
    """A racer with several answers (B, Q, A): it is right where all that are asked are right."""

    def is_right(self, logits: Tensor, answers: Tensor) -> Tensor:
        """Which texts it answers rightly: logits (B, Q, A), answers (B, Q) -> (B,)."""
        return ((logits.argmax(-1) == answers) | (answers == IGNORED)).all(-1)


def asked_alone(draw: Draw, question: int) -> Draw:
    """The same texts, of which only one question is asked."""

    def drawn(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
        texts, answers = draw(count, chance)
        alone = torch.full_like(answers, IGNORED)
        alone[:, question] = answers[:, question]
        return texts, alone

    return drawn


class TeamRace(Race):
    """A subclass says who runs, what is asked, and how a text is spelled."""

    questions: tuple[str, ...]
    """What is asked, in a word or two each."""
    token_called: str
    """What a token is called."""
    words: tuple[str, ...]
    """The answers."""
    marks: tuple[str, ...]
    """What stands before an answer where the answers to all questions are mixed."""

    def spelled(self, text: Tensor) -> list[str]:
        """The tokens of a text (T,) as they are written."""
        raise NotImplementedError

    def without(self, racer: Racer) -> list[float]:
        """How often it is right in everything without each of its heads."""
        sets = [[[0, head]] for head in range(place_of(racer.network, {}).heads)]
        _, values = board_of(racer.network, sets, lambda: self._judged(racer, racer.network))
        return [row["accuracy"] for row in values["rows"]]

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """Also `attention` of one head on one text, and all it is made of (`attention_of`);
        `heads`, where all heads look (`heads_of`), and `ablate`, the board (`board_of`).

        `runner` names the team, `when` and `sample` are as ever. Heads in `off`, or in each of
        `sets`, are switched off.
        """
        if what not in ("attention", "heads", "ablate"):
            return super().probe(what, arguments)
        racer = self._named(arguments.get("runner", self.racers[-1].name))
        was = arguments.get("when") == "before"
        network = racer.untrained if was else racer.network
        if what == "ablate":
            sets = arguments.get("sets")
            inside = board_of(network, sets, lambda: self._judged(racer, network))
            return {}, {**inside[1], **self._told(racer)}
        texts, answers = self._texts(racer, f"sample {arguments.get('sample', 0)}", 1)
        off = arguments.get("off", ())
        with switched_off(network, off):
            values = {**self._told(racer), **self._case(network, texts, answers)}
        if what == "heads":
            arrays, inside_values = heads_of(
                network, texts, off=off, judge=lambda: self._judged(racer, network)
            )
            return arrays, {**values, **inside_values}
        arrays, told = self._attention(racer, network, texts, arguments)
        return arrays, {**values, **told}

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Where all heads look in one text."""
        texts, answers = self._texts(racer, "sample 0", 1)
        said, seen = look(racer.network, texts)
        values = {
            "tokens": self.spelled(texts[0]),
            "asking": texts.shape[1] - 1,
            "called": self.token_called,
            "said": self._answers(said[0].argmax(-1)),
            "right": self._answers(answers[0]),
        }
        weights = seen[WEIGHTS].float().cpu()  # (1, H, T, T)
        yield of_heads(racer.name, step, weights, values)

    def is_due(self, step: int, last: int) -> bool:
        """Also while the heads find what to look at, so that a film shows them do it."""
        return super().is_due(step, last) or (step <= FORMING and step % OFTEN == 0)

    def _attention(
        self, racer: Racer, network: nn.Module, texts: Tensor, arguments: Mapping[str, Any]
    ) -> Inside:
        """One head, taken apart, with the answers to one question for its logits: the question
        in which the head makes the largest difference between two answers."""
        names = [mark + word for mark in self.marks for word in self.words]
        whole = AtOnce(network)
        arrays, values = attention_of(whole, texts, arguments=arguments, logit_names=names)
        adds = arrays["effects"].sum((0, 1)).reshape(len(self.questions), -1)  # (Q, A)
        most = int((adds.max(1) - adds.min(1)).argmax()) * len(self.words)
        its = slice(most, most + len(self.words))
        arrays |= {name: arrays[name][..., its] for name in ("effects", "logits")}
        values["logit_names"] = names[its]
        place, unseen = place_of(network, arguments), self._texts(racer, "unseen", UNSEEN)

        def accuracy() -> float:
            return self._judged_on(network, *unseen)["accuracy"]

        return arrays, {**values, **fairly(network, place, accuracy, f"{UNSEEN:,} texts")}

    def _told(self, racer: Racer) -> dict[str, Any]:
        """What every look says of the team."""
        return {
            "runner": racer.name,
            "who": dict(self.spec.runners)[racer.name],
            "questions": list(self.questions),
            "cases": f"{UNSEEN:,} texts",
        }

    def _case(self, network: nn.Module, texts: Tensor, answers: Tensor) -> dict[str, Any]:
        """What every look says of the text."""
        with at_rest(network):
            said = network(texts)[0].argmax(-1)
        return {
            "tokens": self.spelled(texts[0]),
            "called": (self.token_called, self.token_called),
            "asking": texts.shape[1] - 1,
            "uniform": 1 / texts.shape[1],
            "said": self._answers(said),
            "right": self._answers(answers[0]),
            "selected": "drawn at random",
        }

    def _answers(self, numbers: Tensor) -> str:
        return "·".join(self.words[number] for number in numbers.tolist())

    def _judged(self, racer: Racer, network: nn.Module) -> dict[str, Any]:
        return self._judged_on(network, *self._texts(racer, "unseen", UNSEEN))

    @staticmethod
    def _judged_on(network: nn.Module, texts: Tensor, answers: Tensor) -> dict[str, Any]:
        """How a network does on texts (B, T): right in all answers (B, Q), in each, the loss."""
        with at_rest(network):
            logits = network(texts)  # (B, Q, A)
        right = logits.argmax(-1) == answers  # (B, Q)
        return {
            "accuracy": right.all(-1).float().mean().item(),
            "loss": cross_entropy(logits, answers).item(),
            "parts": right.float().mean(0).tolist(),
        }
