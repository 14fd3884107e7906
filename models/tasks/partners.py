"""Partners: mice stand in a row, a digit on each one's back; the first and the last are partners,
the second and the last but one, and so on.

    row    4 7 0 9 2 5 1 8      partner   each says its partner's digit      8 1 5 2 9 0 7 4
                                sum       each says the last digit of the
                                          sum of both                        2 8 5 1 1 5 8 2

Every token has to fetch what another one knows; for the sum it must then work with it. Nobody can
answer from what stands on its own back, and no answer serves all: to the tokens of one row
different things must be said.

Axes: B rows, T mice in a row.

>>> import torch
>>> row = torch.tensor([[4, 7, 0, 9, 2, 5, 1, 8]])
>>> ANSWERS["partner"](row).tolist(), ANSWERS["sum"](row).tolist()
([[8, 1, 5, 2, 9, 0, 7, 4]], [[2, 8, 5, 1, 1, 5, 8, 2]])
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

DIGITS = 10


def partner(rows: Tensor) -> Tensor:
    """The digit of each one's partner: (B, T) -> (B, T)."""
    return rows.flip(-1)


def last_digit(rows: Tensor) -> Tensor:
    """The last digit of the sum of each one's digit and its partner's: (B, T) -> (B, T)."""
    return (rows + partner(rows)) % DIGITS


ANSWERS: dict[str, Callable[[Tensor], Tensor]] = {"sum": last_digit, "partner": partner}


def draw(task: str, count: int, length: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Rows (B, T) of digits, and what each mouse must say (B, T)."""
    rows = torch.randint(DIGITS, (count, length), generator=chance)
    return rows, ANSWERS[task](rows)


def commonest(rows: Tensor, answers: Tensor) -> float:
    """How often who says the commonest digit of each row (B, T), the least of equals, is right."""
    said = torch.nn.functional.one_hot(rows, DIGITS).sum(1).argmax(-1)  # (B,)
    return (answers == said[:, None]).float().mean().item()
