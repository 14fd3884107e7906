"""The demonstrations of the alignment: a translator of a few numbers, taught as you watch."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

from tui.demos.demo import Demo
from tui.drawing.attention.additive import Cell, Parts
from tui.drawing.attention.weights import Weights
from tui.drawing.ink import Ink

_TOLD = {"ka": "N", "ti": "E", "so": "S", "ru": "W"}
_WORDS = ("ka", "ti", "ti", "so", "ru", "ka", "so", "ru")
_RIGHT = tuple(_TOLD[word] for word in reversed(_WORDS))
_SIZE, _JUDGES, _SENTENCES, _RATE = len(_WORDS), 6, 16, 0.8


class TinyTranslator:
    """A real tiny model that learns to read a sentence from its end, by additive attention.

    Moves and words are known by their places alone: move t asks with the numbers `asked[t]`, word s
    offers `offered[s]`, and a move is as likely as the words that mean it have weight.
    """

    def __init__(self, seed: int = 0) -> None:
        self._rng = random.Random(seed)
        self.asked, self.offered = (
            [[self._rng.gauss(0, 0.5) for _ in range(_JUDGES)] for _ in range(_SIZE)]
            for _ in range(2)
        )
        self.judge = [self._rng.gauss(0, 1) for _ in range(_JUDGES)]

    def fit(self, move: int, word: int) -> list[float]:
        """What each judge makes of a move and a word."""
        both = zip(self.asked[move], self.offered[word], strict=True)
        return [math.tanh(w + u) for w, u in both]

    def scores(self, move: int) -> list[float]:
        """The score of each word for a move."""
        return [
            sum(v * f for v, f in zip(self.judge, self.fit(move, word), strict=True))
            for word in range(_SIZE)
        ]

    def weights(self) -> list[list[float]]:
        """All the weights."""
        return [_softmax(self.scores(move)) for move in range(_SIZE)]

    def learn(self) -> None:
        """One step up the slope of the likelihood of the right moves."""
        pushes = [[0.0] * _SIZE for _ in range(_SIZE)]
        for _ in range(_SENTENCES):
            words = self._rng.choices(list(_TOLD), k=_SIZE)
            for move, weights in enumerate(self.weights()):
                right = [word == words[-1 - move] for word in words]
                likely = sum(w for w, fits in zip(weights, right, strict=True) if fits)
                for word, (weight, fits) in enumerate(zip(weights, right, strict=True)):
                    pushes[move][word] += weight * (fits / likely - 1) / _SENTENCES
        judged = [[self.fit(move, word) for word in range(_SIZE)] for move in range(_SIZE)]
        counts = list(self.judge)
        for move, row in enumerate(pushes):
            for word, push in enumerate(row):
                for judge, fit in enumerate(judged[move][word]):
                    slope = _RATE * push * counts[judge] * (1 - fit * fit)
                    self.asked[move][judge] += slope
                    self.offered[word][judge] += slope
                    self.judge[judge] += _RATE / _SIZE * push * fit

    def parts(self) -> Parts:
        """What the weights are made of."""
        moves = sorted(set(_TOLD.values()))
        return Parts(
            self.asked,
            self.offered,
            self.judge,
            [self.scores(move) for move in range(_SIZE)],
            [[float(move == _TOLD[word]) for move in moves] for word in _WORDS],
            moves,
        )


def _softmax(scores: Sequence[float]) -> list[float]:
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def taught(steps: int, seed: int = 0) -> Iterator[TinyTranslator]:
    """The translator before its first step and after each."""
    translator = TinyTranslator(seed)
    yield translator
    for _ in range(steps):
        translator.learn()
        yield translator


def alignment_demo(ink: Ink | None = None, steps: int = 100) -> Demo:
    """One sentence, and where each move takes its word from, step by step."""
    from models.protocol import Moment
    from tui.widgets.alignment_grid import AlignmentGrid

    class AlignmentDemo(Demo):
        """Ten steps a second."""

        def on_mount(self) -> None:
            learning = enumerate(taught(steps))

            def show() -> None:
                if (one := next(learning, None)) is None:
                    return
                step, translator = one
                weights = translator.weights()
                data = {
                    "asks": _RIGHT,
                    "answers": _WORDS,
                    "weights": weights,
                    "called": ("move", "word"),
                    "said": [_likeliest(row) for row in weights],
                    "right": _RIGHT,
                }
                moment = Moment("demo", "attention", step, "alignment", data)
                self.query_one(AlignmentGrid).show_moment(moment)

            show()
            self.set_interval(0.1, show)

    return AlignmentDemo(lambda: [AlignmentGrid()], ink)


def cell_demo(ink: Ink | None = None, steps: int = 100) -> Demo:
    """The cell of the first move and the last word, once the translator has learned."""
    from tui.widgets.cell_inspector import CellInspector

    def views() -> list[CellInspector]:
        *_, translator = taught(steps)
        weights = Weights.of(_RIGHT, _WORDS, translator.weights(), called=("move", "word"))
        return [CellInspector(Cell(weights, translator.parts(), 0, _SIZE - 1))]

    return Demo(views, ink)


def _likeliest(weights: Sequence[float]) -> str:
    """The move that the most weight speaks for."""
    spoken = dict.fromkeys(_TOLD.values(), 0.0)
    for weight, word in zip(weights, _WORDS, strict=True):
        spoken[_TOLD[word]] += weight
    return max(spoken, key=lambda move: spoken[move])
