"""The demonstration of a patch: scores of 0, a mask that is added, and one that hides."""

from __future__ import annotations

import math

from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.training.patch import Patch, Side

LETTERS = "dkambfelbnc"
_CODE = (
    (" ", "def hide(self, scores):"),
    (" ", "    ahead = j > j[:, None]"),
    ("-", "    return scores + ahead.float()"),
    ("+", "    return scores.masked_fill(ahead, -math.inf)"),
)


def patch_demo(ink: Ink | None = None) -> Demo:
    """Before any training: every letter that may be looked at has an equal share."""
    from tui.widgets.patch_view import PatchView

    return Demo(lambda: [PatchView(by_hand())], ink)


def by_hand(steps: int = 200) -> Patch:
    """Both grids as softmax makes them of scores of 0, and losses that halve, ten times in all."""
    places = range(len(LETTERS))
    added = [[math.e if j > i else 1.0 for j in places] for i in places]
    hides = [[0.0 if j > i else 1.0 for j in places] for i in places]
    sides = []
    for name, powers, floor in (("added", added, 0.01), ("patched", hides, 1.26)):
        weights = [[power / sum(row) for power in row] for row in powers]
        ahead = sum(weights[i][j] for i in places for j in places if j > i) / len(LETTERS)
        sides.append(
            Side(
                name,
                weights,
                [[name == "patched" and j > i for j in places] for i in places],
                LETTERS,
                {"future": ahead, "least": 1.0, "most": 1.0, "loss": floor},
                [floor + (2.77 - floor) * 0.5 ** (10 * step / steps) for step in range(steps)],
            )
        )
    return Patch(sides[0], sides[1], LETTERS, LETTERS[1:] + "g", _CODE)
