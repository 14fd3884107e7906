"""What a network that repeats blocks of letters answers when it is asked: with some heads off, or
some of another, or with what some say in another text.

Axes: B texts, T tokens, A answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from models.chance import number
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.borrowed import Borrowing
from models.labs.elsewhere import Cases, heads_saying, like, saying_of
from models.labs.heads_inside import board_of, switched_off
from models.labs.induction_inside import SHOWN, Scorer, sample
from models.labs.lab import Inside
from models.labs.race import AT_ONCE
from models.layers.loss import IGNORED, cross_entropy
from models.probe import at_rest
from models.tasks.letters import ALPHABET, decode
from models.tasks.repeats import asked, drawn

OTHERS = 64
"""Texts among which another one with as long a block is looked for."""


def foreseen(network: nn.Module, cases: Cases) -> dict[str, Any]:
    """How a network does, as it stands, on what can be foreseen: the share right, the loss."""
    texts, answers = cases
    with at_rest(network):
        logits = network(texts)  # (B, T, A)
    right = (logits.argmax(-1) == answers)[answers != IGNORED]
    loss = cross_entropy(logits, answers).item()
    return {"accuracy": right.float().mean().item(), "loss": loss, "parts": []}


class InductionRace(Borrowing):
    """The part of the lab that can be asked."""

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`attention` of one head on one text, and all it is made of (`attention_of`); `heads`,
        where all heads look (`heads_saying`), with their scores there, the block of the text
        `there`, and which other runners have such heads, `donors`; `ablate`, how it does without
        sets of heads (`board_of`).

        `runner` names the racer, `when` is `before` or `after` its training, `sample` numbers a
        text, 0 being one that is the same in every run. Heads in `off`, or in each of `sets`, are
        switched off; those in `elsewhere` say what they say in another text with as long a block;
        those in `taken`, [layer, head, whose], are those of another runner, or of the same one in
        a run that stands beside this one.
        """
        if what not in ("attention", "heads", "ablate"):
            return super().probe(what, arguments)
        racer = self._named(arguments.get("runner", "two"))
        network = self.asked_about(racer, arguments)
        told: dict[str, Any] = {
            "runner": racer.name,
            "who": dict(self.spec.runners)[racer.name],
            "cases": "foreseeable letters",
            "taken": [list(one) for one in arguments.get("taken", ())],
        }
        if what == "ablate":
            judge = partial(foreseen, network, self._judged_on)
            return {}, {**board_of(network, arguments.get("sets"), judge)[1], **told}
        which = arguments.get("sample", 0)
        told |= {
            "called": ("letter", "letter"),
            "selected": "drawn at random" if which else "chosen by us",
        }
        texts, answers = self._sampled(which)
        told["tokens"] = list(decode(texts[0]))
        if what == "heads":
            arrays, values = self._heads(network, (texts, answers), arguments)
            return arrays, {**told, **values, "donors": self.lenders(racer)}
        arrays, values = attention_of(network, texts, arguments=arguments, logit_names=ALPHABET)
        said, right = arrays["logits"].argmax(-1).tolist(), answers[0].tolist()
        told |= values | {"said": _spelled(said), "right": _spelled(right)}
        was = arguments.get("when") == "before"
        return arrays, told if was else told | self._fairly(network, arguments)

    def _heads(self, network: nn.Module, case: Cases, arguments: Mapping[str, Any]) -> Inside:
        """All heads on one text, and their scores there."""
        (texts, answers), judge = case, partial(foreseen, network)
        there = like(answers[0], self._others)
        arrays, values = heads_saying(network, texts, there, self._judged_on, judge, arguments)
        with switched_off(network, values["off"]), saying_of(network, there, values["elsewhere"]):
            values |= Scorer(texts).told(network)
        period = int((answers[0] == IGNORED).sum())
        return arrays, {**values, "there": decode(there[0])[:period]}

    def _fairly(self, network: nn.Module, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What a picture of a head must be held against."""
        place, cases = place_of(network, arguments), f"foreseeable letters of {AT_ONCE} texts"
        accuracy = lambda: foreseen(network, self._judged_on)["accuracy"]  # noqa: E731
        return fairly(network, place, accuracy, cases)

    @property
    def _judged_on(self) -> Cases:
        """What everybody is judged on who is asked about: texts of any period."""
        return self._texts(self.racers[0], "unseen", AT_ONCE)

    @property
    def _others(self) -> Cases:
        """Texts like those that are looked at."""
        generator = torch.Generator().manual_seed(number("others", self.seed))
        texts, answers = asked(*drawn(OTHERS, SHOWN + 1, (8, 9), generator))
        return texts.to(self.device), answers.to(self.device)

    def _sampled(self, which: int) -> tuple[Tensor, Tensor]:
        generator = torch.Generator().manual_seed(number("sample", which, self.seed))
        texts, answers = sample(which, generator)
        return texts.to(self.device), answers.to(self.device)


def _spelled(letters: Sequence[int]) -> list[str]:
    """Letters as they are written; nothing where none can be foreseen."""
    return [ALPHABET[letter] if letter >= 0 else "" for letter in letters]
