"""The demonstration of what is written: three mice that know the rules, half of them, and none."""

from __future__ import annotations

import random
from collections.abc import Callable

from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.training.written import Writer, Written

_BOARD = ("abc", "def", "ghi")
_ROOMS = "".join(_BOARD)
Ways = Callable[[str], list[str]]


def written_demo(ink: Ink | None = None) -> Demo:
    """Walks drawn by the rule, by the rule but for turning back, and by lot."""
    from tui.widgets.written_view import WrittenView

    return Demo(lambda: [WrittenView(by_rule())], ink)


def by_rule(seed: int = 0, length: int = 10, count: int = 100) -> Written:
    """A real tiny model each: a walk is drawn room by room from those that its mouse allows."""
    mice: dict[str, Ways] = {
        "knows the rules": lambda walk: [room for room in _ROOMS if _may(walk, room)],
        "turns back, too": lambda walk: [room for room in _ROOMS if _is_door(walk[-1], room)],
        "knows nothing": lambda walk: list(_ROOMS),
    }
    rng = random.Random(seed)
    writers = []
    for name, ways in mice.items():
        walks = []
        for _ in range(count):
            walk = rng.choice(_ROOMS)
            while len(walk) < length:
                walk += rng.choice(ways(walk))
            walks.append(walk)
        steps = [tuple(_may(walk[:n], walk[n]) for n in range(1, length)) for walk in walks]
        right = sum(map(all, steps))
        writers.append(Writer(name, tuple(walks[:3]), tuple(steps[:3]), right, count))
    return Written(tuple(writers), _BOARD, f"{count} walks of each")


def _is_door(one: str, other: str) -> bool:
    """Whether a door leads from one room to the other."""
    (down, right), (below, beside) = (divmod(_ROOMS.index(room), 3) for room in (one, other))
    return abs(down - below) + abs(right - beside) == 1


def _may(walk: str, room: str) -> bool:
    """Whether a walk may go on to a room."""
    return _is_door(walk[-1], room) and room != walk[-2:-1]
