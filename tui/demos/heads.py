"""The demonstrations of the views of heads: a small team worked by hand, judged on real strings."""

from __future__ import annotations

import math
import random
from string import ascii_uppercase

from tui.demos.demo import Demo
from tui.drawing.attention.ablations import Board, Off
from tui.drawing.attention.heads import Heads, Judged, Place
from tui.drawing.ink import Ink

_LENGTH, _CASES = 10, 500
_LOOKS = ((2, 9.0), (7, 9.0), (7, 3.0), (None, 0.0))
"""Where each head looks, and how sharply; the last looks at all alike."""
_QUESTIONS = ("letter 3", "letter 8")


def _shares(head: int) -> list[float]:
    """The row of weights of a head: a softmax over the places."""
    place, sharp = _LOOKS[head]
    scores = [sharp * (column == place) for column in range(_LENGTH)]
    total = sum(map(math.exp, scores))
    return [math.exp(score) / total for score in scores]


def _answers(text: str, off: Off) -> list[str]:
    """The letter with the most weight for each question: head 1 speaks for the first alone."""
    said = []
    for question in (0, 1):
        votes = dict.fromkeys(ascii_uppercase, 0.0)
        for head in range(4):
            if (0, head) not in off and (head == 0) == (question == 0):
                for letter, share in zip(text, _shares(head), strict=True):
                    votes[letter] += share
        said.append(max(votes, key=lambda letter: votes[letter]))
    return said


def _strings() -> list[str]:
    chance = random.Random(0)
    return ["".join(chance.choices(ascii_uppercase, k=_LENGTH)) for _ in range(_CASES)]


def judged(off: Off) -> Judged:
    """How the team does without some heads. It has no probabilities: its loss is its misses."""
    right = [
        [said == text[place] for said, place in zip(_answers(text, off), (2, 7), strict=True)]
        for text in _strings()
    ]
    parts = tuple(sum(column) / _CASES for column in zip(*right, strict=True))
    both = sum(map(all, right)) / _CASES
    return Judged(both, 1 - both, parts)


def _heads(off: Off) -> Heads:
    text = _strings()[0]
    layer = tuple(tuple(tuple(_shares(head)) for _ in text) for head in range(4))
    return Heads(
        tuple(text),
        (layer,),
        asking=_LENGTH - 1,
        off=off,
        now=judged(off),
        whole=judged(frozenset()),
        questions=_QUESTIONS,
        called="letter",
        cases=f"{_CASES} strings",
        who="four heads",
        said=" ".join(_answers(text, off)),
        right=f"{text[2]} {text[7]}",
        selected="drawn at random",
        title="worked by hand",
    )


def heads_demo(ink: Ink | None = None) -> Demo:
    """Four heads over ten letters; x switches one off and judges the team again."""
    from tui.widgets.heads_view import HeadsView

    class HeadsDemo(Demo):
        """Switches at once: the team is small."""

        off: Off = frozenset()

        def on_heads_view_switched(self, event: HeadsView.Switched) -> None:
            self.off ^= {event.place}
            self.query_one(HeadsView).show(_heads(self.off))

    return HeadsDemo(lambda: [HeadsView(_heads(frozenset()))], ink)


def ablations_demo(ink: Ink | None = None) -> Demo:
    """The same team on the board."""
    from tui.widgets.ablations_view import AblationsView

    each: list[Place] = [(0, head) for head in range(4)]
    sets = [frozenset[Place](), *(frozenset({one}) for one in each)]

    def board(sets: list[Off]) -> Board:
        rows = tuple((off, judged(off)) for off in sorted(sets, key=lambda s: (len(s), sorted(s))))
        return Board(rows, 1, 4, _QUESTIONS, "four heads", f"{_CASES} strings", "worked by hand")

    class BoardDemo(Demo):
        """Judges what is not on the board yet."""

        def on_ablations_view_wanted(self, event: AblationsView.Wanted) -> None:
            if event.off not in sets:
                sets.append(event.off)
                self.query_one(AblationsView).show(board(sets))

    return BoardDemo(lambda: [AblationsView(board(sets))], ink)
