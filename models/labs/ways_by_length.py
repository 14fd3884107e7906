"""How many ways arrive by their length, everyone beside those who learn nothing: bars to look at.

Axes: B mazes, T cells, 4 directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from models.labs.lab import Result
from models.tasks.map import boards


@dataclass(frozen=True)
class Lengths:
    """What is told with the shares."""

    metric: str
    """With the fewest moves of each bin, it names the share of a runner in a result."""
    bins: Sequence[tuple[int, int]]
    """The fewest and the most moves of each."""
    practised: int
    """The moves of the longest way in the mazes of the practice."""
    about: str
    """What was judged, in sentences."""

    def told(self, result: Result | None, runners: Sequence[str]) -> dict[str, Any]:
        """The shares of those `runners` who were judged, as the look `per-length` has them.

        Raises:
            ValueError: if nobody was judged yet.

        >>> result = Result({"a.from1": 1.0, "a.from4": 0.5}, True, True, 1)
        >>> found = Lengths("from", [(1, 3), (4, 24)], 3, "").told(result, ["a", "b"])
        >>> found["lengths"], found["seen"], found["shares"]
        (['1–3', '4+'], [True, False], {'a': [1.0, 0.5]})
        """
        metrics = {} if result is None else result.metrics
        names = {who: [f"{who}.{self.metric}{low}" for low, _ in self.bins] for who in runners}
        shares = {
            who: [round(metrics[name], 4) for name in of_one]
            for who, of_one in names.items()
            if all(name in metrics for name in of_one)
        }
        if not shares:
            raise ValueError("ways are judged by their length when the run is over")
        *others, (last, _) = self.bins
        return {
            "lengths": [*(f"{low}–{high}" for low, high in others), f"{last}+"],
            "seen": [low <= self.practised for low, _ in self.bins],
            "called": "moves",
            "count": 0,
            "about": self.about,
            "shares": shares,
        }


def longest_way(mazes: Tensor, width: int) -> int:
    """The moves of the longest way in mazes without loops, of which the open sides are told
    (B, T, 4): who goes as far as can be from any cell is at one end of it.

    >>> row = torch.tensor([[[0, 1, 0, 0], [0, 1, 0, 1], [0, 0, 0, 1]]], dtype=torch.bool)
    >>> longest_way(row, 3)
    2
    """
    anywhere = boards(mazes, torch.zeros(len(mazes), dtype=torch.long), width)
    ends = anywhere.away.argmax(1)  # (B,)
    return int(boards(mazes, ends, width).away.max())
