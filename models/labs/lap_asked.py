"""What a network that runs laps answers when it is asked: with some heads off, or some of another.

Axes: L layers, H heads, T tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from torch import Tensor, nn

from models.labs import race
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.borrowed import Borrowing
from models.labs.elsewhere import heads_saying, like, partners, saying_of
from models.labs.heads_inside import board_of, switched_off
from models.labs.lab import Inside
from models.labs.lap_inside import evenly, rules, scored
from models.labs.lap_judged import Cases, Runner
from models.labs.race import Racer
from models.layers.loss import IGNORED
from models.probe import look
from models.specs.lap import LENGTHS
from models.tasks.laps import SYMBOLS, spelled

CALLED = "landmark"
SCORED = 64
"""Texts over which it is measured where heads look."""


class LapRace(Borrowing):
    """The part of the lab that can be asked."""

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`switched`: how often a network is right without some heads: `accuracy` and `loss`.
        `ablate`: the board of it (`board_of`).
        `heads`: where all heads look (`heads_of`), and their `scores` by rules, layer by layer,
        beside `equal` shares, of which `back` is so many tokens back as `offset` says; which
        other runners have such heads, `donors`; and the length of the `loop`. If heads say what
        they say in another text, it is the text `there`, and how often its answers are given:
        `other`, and `other_own` by the network as it was.
        `attention`: one head, and all its weights are made of (`attention_of`).

        `runner` names the network, `when` is `before` or `after`, `sample` numbers a text, and
        `length` is that of the loops, where they are not as those it learned from. Heads in `off`,
        [layer, head] from 0, are switched off; those in `elsewhere` say what they say in another
        text over a loop as long; those in `taken`, [layer, head, whose], are those of another
        runner, or of the same one in a run that stands beside this one (`with_heads_of`).
        """
        if what not in ("switched", "ablate", "heads", "attention"):
            return super().probe(what, arguments)
        racer = self._runner(arguments.get("runner", self.racers[0].name))
        network = self.asked_about(racer, arguments)
        unseen = self._cases(racer, "unseen", race.UNSEEN, arguments)
        told = {
            "runner": racer.name,
            "who": dict(self.spec.runners)[racer.name],
            "cases": f"the landmarks in {race.UNSEEN:,} texts",
            "taken": [list(one) for one in arguments.get("taken", ())],
        }
        off = arguments.get("off", ())
        if what == "switched":
            with switched_off(network, off):
                found = racer.judged(network, unseen)
            return {}, {**told, "off": [list(one) for one in off], **found}
        if what == "ablate":
            sets = arguments.get("sets")
            return {}, {**board_of(network, sets, lambda: racer.judged(network, unseen))[1], **told}
        told |= {"called": (CALLED, CALLED), "selected": "drawn at random"}
        arrays, values = (self._heads if what == "heads" else self._attention)(
            racer, network, unseen, arguments
        )
        return arrays, {**told, **values}

    def _heads(
        self, racer: Runner, network: nn.Module, unseen: Cases, arguments: Mapping[str, Any]
    ) -> Inside:
        """All heads on one text, and by rules over some."""
        texts, answers = self._sample(racer, arguments)
        there, judge = like(answers[0], unseen), partial(racer.judged, network)
        arrays, values = heads_saying(network, texts, there, unseen, judge, arguments)
        loop = int((answers[0] == IGNORED).sum()) - 1
        wanted, some = rules(self.whole("only")), unseen[0][:SCORED]
        others = some[partners(unseen[1][:SCORED])]
        with (
            switched_off(network, values["off"]),
            saying_of(network, others, values["elsewhere"]),
        ):
            scores = scored(network, some, wanted)
        return arrays, {
            **values,
            "tokens": list(spelled(texts[0])),
            "there": spelled(there[0])[: loop + 1],
            "uniform": 1 / texts.shape[1],
            "loop": loop,
            "offset": self.whole("only") - 1,
            "scores": scores,
            "equal": evenly(some, wanted),
            "donors": self.lenders(racer),
        }

    def _attention(
        self, racer: Runner, network: nn.Module, unseen: Cases, arguments: Mapping[str, Any]
    ) -> Inside:
        """One head, taken apart."""
        texts, answers = self._sample(racer, arguments)
        arrays, values = attention_of(network, texts, arguments=arguments, logit_names=SYMBOLS)
        asked = answers[0] != IGNORED
        said = look(network, texts)[0][0].argmax(-1).masked_fill(~asked, IGNORED)
        values |= {
            "tokens": list(spelled(texts[0])),
            "said": _row_by_row(said),
            "right": _row_by_row(answers[0]),
        }
        place = place_of(network, arguments)
        accuracy = lambda: racer.judged(network, unseen)["accuracy"]  # noqa: E731
        return arrays, values | fairly(
            network, place, accuracy, f"the landmarks in {race.UNSEEN:,} texts"
        )

    def _runner(self, name: object) -> Runner:
        racer = self._named(name)
        assert isinstance(racer, Runner)
        return racer

    def _cases(self, racer: Racer, use: str, count: int, arguments: Mapping[str, Any]) -> Cases:
        """Texts and answers over loops of the length that a probe asks for.

        Raises:
            ValueError: if nobody is judged on loops of that length.
        """
        length = arguments.get("length")
        if length is not None and length not in LENGTHS:
            raise ValueError(
                f"no loops of {length}: a loop has {LENGTHS[0]} to {LENGTHS[-1]} landmarks"
            )
        return self._texts(racer, use, count, f"at{length}" if length else "accuracy")

    def _sample(self, racer: Racer, arguments: Mapping[str, Any]) -> Cases:
        return self._cases(racer, f"sample {arguments.get('sample', 0)}", 1, arguments)


def _row_by_row(landmarks: Tensor) -> list[str]:
    """What is said or right at each token (T,); nothing where nothing is asked."""
    return [letter.strip() for letter in spelled(landmarks)]
