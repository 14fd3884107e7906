"""Points that are scattered about a curve: y = 2 sin x + x and noise. No torch.

(The example of Zhang, Lipton, Li and Smola, "Dive into Deep Learning", section 11.2.)
"""

from __future__ import annotations

import math
import random

LEFT, RIGHT = 0.0, 5.0


def truth(x: float) -> float:
    """The curve itself."""
    return 2 * math.sin(x) + x


def points(count: int, noise: float, seed: int) -> tuple[list[float], list[float]]:
    """Places from left to right, drawn evenly from 0 to 5, and what was seen there.

    >>> points(40, 0.0, 0)[1] == [truth(x) for x in points(40, 0.0, 0)[0]]
    True
    """
    chance = random.Random(f"points {seed}")
    places = sorted(chance.uniform(LEFT, RIGHT) for _ in range(count))
    return places, [truth(x) + noise * chance.gauss(0, 1) for x in places]
