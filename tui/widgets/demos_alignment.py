"""The demonstration of the alignment grid: a translator without a network, taught as you watch."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

from tui.drawing.ink import Ink
from tui.widgets.demos import Demo

_TOLD = {"ka": "N", "ti": "E", "so": "S", "ru": "W"}
_WORDS, _SENTENCES, _RATE = 8, 16, 4.0


def learned_alignment(steps: int, seed: int = 0) -> Iterator[list[list[float]]]:
    """The weights of a real tiny model that learns to read a sentence from its end.

    It has a score for every move and every place of a word; a move is as likely as the words that
    mean it have weight. Yields the weights before the first step and after each.
    """
    rng = random.Random(seed)
    scores = [[0.0] * _WORDS for _ in range(_WORDS)]
    yield [_softmax(row) for row in scores]
    for _ in range(steps):
        push = [[0.0] * _WORDS for _ in range(_WORDS)]
        for _ in range(_SENTENCES):
            words = rng.choices(list(_TOLD), k=_WORDS)
            for move, row in enumerate(scores):
                right = [word == words[-1 - move] for word in words]
                weights = _softmax(row)
                likely = sum(w for w, fits in zip(weights, right, strict=True) if fits)
                for place, (weight, fits) in enumerate(zip(weights, right, strict=True)):
                    push[move][place] += weight * (fits / likely - 1) / _SENTENCES
        scores = [
            [s + _RATE * p for s, p in zip(*both, strict=True)]
            for both in zip(scores, push, strict=True)
        ]
        yield [_softmax(row) for row in scores]


def _softmax(scores: Sequence[float]) -> list[float]:
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def alignment_demo(ink: Ink | None = None, steps: int = 60) -> Demo:
    """One sentence, and where each move takes its word from, step by step."""
    from models.protocol import Moment
    from tui.widgets.alignment_grid import AlignmentGrid

    words = ["ka", "ti", "ti", "so", "ru", "ka", "so", "ru"]
    right = [_TOLD[word] for word in reversed(words)]

    class AlignmentDemo(Demo):
        """Ten steps a second."""

        def on_mount(self) -> None:
            taught = enumerate(learned_alignment(steps))

            def show() -> None:
                for step, weights in [next(taught, (-1, []))]:
                    if step < 0:
                        return
                    data = {
                        "asks": right,
                        "answers": words,
                        "weights": weights,
                        "called": ("move", "word"),
                        "said": [_likeliest(row, words) for row in weights],
                        "right": right,
                    }
                    moment = Moment("demo", "attention", step, "alignment", data)
                    self.query_one(AlignmentGrid).show_moment(moment)

            show()
            self.set_interval(0.1, show)

    return AlignmentDemo(lambda: [AlignmentGrid()], ink)


def _likeliest(weights: Sequence[float], words: Sequence[str]) -> str:
    """The move that the most weight speaks for."""
    spoken = dict.fromkeys(_TOLD.values(), 0.0)
    for weight, word in zip(weights, words, strict=True):
        spoken[_TOLD[word]] += weight
    return max(spoken, key=lambda move: spoken[move])
