"""The demonstration of the board of heads: four heads worked by hand, on one loop of landmarks."""

from __future__ import annotations

import math
from collections.abc import Callable

from tui.demos.demo import Demo
from tui.drawing.attention.ablations import Off
from tui.drawing.attention.head_board import HeadBoard, Rule
from tui.drawing.attention.heads import Heads, Judged, Place
from tui.drawing.ink import Ink

_TEXT = "^kambfkambfkambfk"
_LOOP = 5

Points = Callable[[int, int], bool]
_RULES: dict[str, tuple[str, str, Points]] = {
    "prev": ("1 back", "one back", lambda i, j: j == i - 1),
    "same": (
        "followed",
        "at what followed this token last time",
        lambda i, j: 0 < j <= i and _TEXT[j - 1] == _TEXT[i],
    ),
    "first": ("at ^", "at the first token", lambda i, j: j == 0 < i),
}
_LOOKS: dict[Place, tuple[str, float]] = {
    (0, 0): ("prev", 4.0),
    (0, 1): ("prev", 1.5),
    (1, 0): ("same", 5.0),
    (1, 1): ("first", 3.0),
}
"""Where each head looks, and how sharply: one back in the first layer."""


def _rows(place: Place) -> tuple[tuple[float, ...], ...]:
    """The weights of a head: a softmax over what each token may look at."""
    name, sharp = _LOOKS[place]
    points = _RULES[name][2]
    rows = []
    for i in range(len(_TEXT)):
        powers = [math.exp(sharp * points(i, j)) * (j <= i) for j in range(len(_TEXT))]
        rows.append(tuple(power / sum(powers) for power in powers))
    return tuple(rows)


def _score(name: str, rows: tuple[tuple[float, ...], ...]) -> float:
    points = _RULES[name][2]
    found = [[weight for j, weight in enumerate(row) if points(i, j)] for i, row in enumerate(rows)]
    asked = [sum(weights) for weights in found if weights]
    return sum(asked) / len(asked)


def judged(off: Off) -> Judged:
    """The second layer says what it sees most of, and knows where to look while the first does."""
    right = 0
    asked = range(_LOOP + 1, len(_TEXT) - 1)
    for i in asked:
        votes = dict.fromkeys(_TEXT, 0.0)
        for place in ((1, 0), (1, 1)):
            blind = place == (1, 0) and {(0, 0), (0, 1)} <= off
            for j, weight in enumerate(() if place in off else _rows(place)[i]):
                votes[_TEXT[j]] += 1 / (i + 1) if blind and j <= i else weight
        right += max(votes, key=lambda letter: votes[letter]) == _TEXT[i + 1]
    return Judged(right / len(asked), 1 - right / len(asked))


def _board(off: Off) -> HeadBoard:
    places = tuple(_LOOKS)
    even = tuple(tuple((j <= i) / (i + 1) for j in range(len(_TEXT))) for i in range(len(_TEXT)))
    layers = tuple(tuple(_rows((layer, head)) for head in (0, 1)) for layer in (0, 1))
    return HeadBoard(
        Heads(
            tuple(_TEXT),
            layers,
            off=off,
            now=judged(off),
            whole=judged(frozenset()),
            cases=f"{len(_TEXT) - _LOOP - 2} landmarks",
            who="four heads",
            title="worked by hand",
            scores={
                name: tuple(tuple(_score(name, rows) for rows in layer) for layer in layers)
                for name in _RULES
            },
            equal={name: _score(name, even) for name in _RULES},
        ),
        {name: Rule(short, words) for name, (short, words, _) in _RULES.items()},
        {place: judged(frozenset({place})) for place in places},
        loop=_LOOP,
    )


def head_board_demo(ink: Ink | None = None) -> Demo:
    """Four heads; x switches one off and judges them again."""
    from tui.widgets.head_board_view import HeadBoardView

    class BoardDemo(Demo):
        """Switches at once: there is little to compute."""

        def on_head_board_view_wanted(self, event: HeadBoardView.Wanted) -> None:
            self.query_one(HeadBoardView).show(_board(event.switches.off))

    return BoardDemo(lambda: [HeadBoardView(_board(frozenset()))], ink)
