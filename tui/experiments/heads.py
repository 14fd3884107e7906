"""How much a head does what is looked for: over many texts, and in the one on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from course.experiment import SHARE, Experiment
from course.experiment_marking import as_told
from models.protocol import ProbeResult
from tui.drawing.attention.head_words import CLEAR
from tui.drawing.attention.heads import Heads, Place, name_of
from tui.experiments.meter import Ask, Did, Meter
from tui.head_moments import board_of_probe, heads_of_probe

SCORES = {"prev": "the token before", "same": "what followed last time", "first": "the first token"}
"""What a head may look at, by the name of its score."""
SCORED = ("induction", "lap")
"""The labs of whose heads the worker tells these scores."""
Scores = Mapping[str, Sequence[Sequence[float]]]
"""Name -> layer by layer, the score of each head."""
Points = Callable[[Sequence[str], int], Iterable[int]]
"""Where a rule points for the token at some place of a text."""
POINTS: Mapping[str, Points] = {
    "prev": lambda tokens, at: range(at - 1, at) if at else (),
    "same": lambda tokens, at: (n for n in range(1, at + 1) if tokens[n - 1] == tokens[at]),
    "first": lambda tokens, at: (0,) if at else (),
}
"""The rules of `models.head_scores`, for one text."""
TEXTS = 8
"""Texts over which the scores are measured; they are not those that one begins with."""
SAME = 0.005
"""Scores that differ by less are alike."""


class HeadMeter(Meter):
    """Asks the worker for the scores of all heads, and looks at the text on the screen itself."""

    samples = range(TEXTS)
    _scores: Scores | None = None

    def __init__(self, question: Experiment, settings: Mapping[str, str], ask: Ask) -> None:
        super().__init__(question, settings, ask)
        self._alone: dict[Place, float] = {}
        """Head -> what is right without it, once that was asked."""

    async def measure(self, did: Did) -> tuple[dict[str, float], str]:
        """Its score and the highest; whether it does more of something else; whether it is first
        in the text on the screen; and what is right without it."""
        layer, head = did["head"]
        name, scores = self.settings["score"], await self._over_texts()
        own, shown = scores[name][layer][head], heads_of_probe(await self._seen(), None, "after")
        measured = {
            "score": own,
            "highest": _highest(scores[name]),
            "other": int(max(scores[one][layer][head] for one in SCORES) >= max(own + SAME, CLEAR)),
            "here": int(_is_first(scores_in(shown, name), did)),
            "without": await self._without((layer, head)),
        }
        called = name_of((layer, head), len(scores[name]))
        return measured, f"{called}: {as_told(own, SHARE)} of its weight is on {SCORES[name]}"

    async def right(self) -> Did | None:
        """The head with the highest score."""
        scores = (await self._over_texts())[self.settings["score"]]
        return next(did for did in _heads(scores) if _is_first(scores, did))

    async def tries(self) -> list[Did]:
        """Every head."""
        return _heads((await self._over_texts())[self.settings["score"]])

    async def _over_texts(self) -> Scores:
        """The mean of each score over several texts: who tells it of one alone, and who of many."""
        if self._scores is None:
            told = []
            for text in range(1, TEXTS + 1):
                self.tell(f"reading other texts: {text} of {TEXTS}…")
                told.append((await self._seen(text)).values["scores"])
            self._scores = {name: _mean([one[name] for one in told]) for name in SCORES}
        return self._scores

    async def _seen(self, text: int | None = None) -> ProbeResult:
        sample = self.sample if text is None else text
        return await self.ask("heads", {**self._whose, "sample": sample, "off": []})

    async def _without(self, place: Place) -> float:
        """How much is right with this one head off, and all others on."""
        if place not in self._alone:
            seen = await self.ask("ablate", {**self._whose, "sets": [[list(place)]]})
            rows = dict(board_of_probe(seen, "after").rows)
            self._alone[place] = rows[frozenset({place})].accuracy
        return self._alone[place]

    @property
    def _whose(self) -> dict[str, Any]:
        """Which network is asked."""
        runner = self.settings.get("runner")
        return {"when": "after"} | ({"runner": runner} if runner else {})


def scores_in(heads: Heads, name: str) -> list[list[float]]:
    """The same score in one text: how much weight each head puts where the rule points there."""
    tokens, points = heads.tokens, POINTS[name]
    there = [tuple(points(tokens, at)) for at in range(len(tokens))]
    asking = [at for at, places in enumerate(there) if places]

    def of(weights: Sequence[Sequence[float]]) -> float:
        on_it = sum(weights[at][to] for at in asking for to in there[at])
        return on_it / max(1, len(asking))

    return [[of(weights) for weights in layer] for layer in heads.weights]


def did_of(place: Place) -> Did:
    """A head as an answer keeps it."""
    return {"head": list(place)}


def _heads(scores: Sequence[Sequence[float]]) -> list[Did]:
    return [did_of((n, h)) for n, layer in enumerate(scores) for h in range(len(layer))]


def _highest(scores: Sequence[Sequence[float]]) -> float:
    return max(max(layer) for layer in scores)


def _is_first(scores: Sequence[Sequence[float]], did: Did) -> bool:
    layer, head = did["head"]
    return scores[layer][head] >= _highest(scores) - SAME


def _mean(tables: Sequence[Sequence[Sequence[float]]]) -> list[list[float]]:
    layers = zip(*tables, strict=True)
    return [[sum(head) / len(head) for head in zip(*layer, strict=True)] for layer in layers]
