"""The demonstrations of the views of a memory: the smallest one there is, worked by hand."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.demos.demo import Demo
from tui.drawing.ink import Ink

if TYPE_CHECKING:
    from tui.drawing.memory.reach import Reach

_CELLS = 22


def _reach_of_memories(cells: int) -> Reach:
    """Memories that keep a share of what they hold at every step reach as far as its powers."""
    from tui.drawing.memory.reach import Reach, line_of

    lines = tuple(
        line_of(f"keeps {share}", [share**back for back in range(cells)])
        for share in (0.5, 0.9, 1.0)
    )
    return Reach(lines, "a memory of one number", 1, ("sign", "fork", "cell"))


def reach_demo(ink: Ink | None = None, cells: int = _CELLS) -> Demo:
    """Along the way, a bar for what the answer depends on at each place."""
    from tui.widgets.reach_view import ReachView

    return Demo(lambda: [ReachView(_reach_of_memories(cells))], ink)


def look_demo(ink: Ink | None = None, cells: int = _CELLS) -> Demo:
    """The same at a glance, as it stands beside the curves of a run."""
    from tui.widgets.reach_look import ReachLook

    return Demo(lambda: [ReachLook(_reach_of_memories(cells))], ink)


def states_demo(ink: Ink | None = None, cells: int = _CELLS) -> Demo:
    """Three numbers that keep half, nine tenths and all, and add what they see to that."""
    from tui.drawing.memory.states_facts import States
    from tui.widgets.states_view import StatesView

    shares = (0.5, 0.9, 1.0)
    paper = [random.Random(cell).uniform(-0.1, 0.1) for cell in range(cells)]

    def walk(sign: float) -> tuple[tuple[float, ...], ...]:
        state: tuple[float, ...] = (0.0, 0.0, 0.0)
        seen = []
        for sight in (sign, *paper[1:]):
            state = tuple(s * h + sight * (1.1 - s) for s, h in zip(shares, state, strict=True))
            seen.append(state)
        return tuple(seen)

    def views() -> list[Widget]:
        one, other = walk(0.5), walk(-0.5)
        apart = tuple(math.dist(a, b) for a, b in zip(one, other, strict=True))
        held = States(
            "Sums",
            (one, other),
            apart,
            said=(0, 1),
            right=(0, 1),
            title="worked by hand",
            ends=("sign", "fork", "cell"),
        )
        return [StatesView(held)]

    return Demo(views, ink)


def positions_demo(ink: Ink | None = None) -> Demo:
    """The waves of the paper, 16 channels wide."""
    from tui.widgets.positions_view import PositionsView

    return Demo(lambda: [PositionsView(ink=ink)], ink)


def shuffle_demo(ink: Ink | None = None) -> Demo:
    """A reader worked by hand: a word's output is the mean of the words up to it."""
    from tui.drawing.layers.shuffle import Shuffled
    from tui.widgets.shuffle_view import ShuffleView

    one, other, there = ("dog", "bites", "man"), ("man", "bites", "dog"), (2, 1, 0)
    axes = {"dog": (1.0, 0.0, 0.0), "bites": (0.0, 1.0, 0.0), "man": (0.0, 0.0, 1.0)}

    def read(text: tuple[str, ...]) -> list[tuple[float, ...]]:
        heard = [[axes[word] for word in text[: n + 1]] for n in range(len(text))]
        return [
            tuple(sum(column) / len(part) for column in zip(*part, strict=True)) for part in heard
        ]

    a, b = read(one), read(other)
    mean = [tuple(sum(column) / 3 for column in zip(*rows, strict=True)) for rows in (a, b)]
    shown = Shuffled(
        one,
        other,
        there,
        tuple(math.dist(a[n], b[there[n]]) for n in range(3)),
        tuple(map(math.dist, a, b)),
        math.dist(*mean),
        causal=True,
    )
    return Demo(lambda: [ShuffleView(shown, ink=ink)], ink)


def study_demo(ink: Ink | None = None) -> Demo:
    """A memory of one number that keeps a share of it at every step, asked after many, with noise:
    how often its sign is still right, counted on 400 texts from each of three seeds."""
    from tui.drawing.studies.study import Line, Picture
    from tui.widgets.study_view import StudyView

    lengths, seeds, noise = (5, 10, 20, 50, 100), (0, 1, 2), 0.1

    def right(keeps: float, length: int, seed: int) -> float:
        chance = random.Random(seed)
        return sum(chance.gauss(keeps**length, noise) > 0 for _ in range(400)) / 400

    def views() -> list[Widget]:
        lines = tuple(
            Line(f"keeps {keeps}", tuple(tuple(right(keeps, n, s) for s in seeds) for n in lengths))
            for keeps in (0.8, 0.95, 0.99)
        )
        spots = tuple(math.log(n / lengths[0]) / math.log(lengths[-1] / 5) for n in lengths)
        told = Picture(
            "How long does a memory of one number last?",
            "sign right",
            "steps",
            tuple(map(str, lengths)),
            spots,
            seeds,
            lines,
            tuple("done" for _ in lengths),
            chance=0.5,
        )
        view = StudyView(told)
        view.styles.height = "80vh"  # elsewhere the page around it says how high it is
        return [view]

    return Demo(views, ink)
