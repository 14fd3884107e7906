"""How well a mouse does over many mazes: the three numbers by which all mice are compared."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median


def score(moves: Sequence[int | None], shortest: Sequence[int]) -> dict[str, float]:
    """Arrival, median path ratio and share of shortest paths.

    `moves` says how many moves each maze took, `None` where the mouse did not arrive; `shortest`
    how many would have been enough. The ratio is the median over those that arrived, and is left
    out if none did. It flatters a mouse that arrives only where the way is easy, so it says
    nothing without the arrival beside it.
    """
    ratios = [made / best for made, best in zip(moves, shortest, strict=True) if made is not None]
    scores = {
        "arrival": len(ratios) / len(moves),
        "shortest": sum(ratio == 1 for ratio in ratios) / len(moves),
    }
    if ratios:
        scores["ratio"] = median(ratios)
    return scores
