"""Attention through the doors of a maze, by four neighbours a cell in place of all cells.

Head d of 4 looks at its own cell t and, if the door d is open, at the cell s behind it. A softmax
over two scores is a sigmoid of their difference, and behind a shut door there is one score alone:

    w = σ(q_t · (k_s − k_t) / √D) · open        y = v_t + w (v_s − v_t)

The same numbers as `MultiHeadAttention` with the mask `models.layers.masks.doors`, from T rows of
4 in place of T² scores a head.

Axes: B mazes, T cells, C channels, H = 4 heads, D = C/4.

Two cells with an open door between them, east of the first and west of the second. With all scores
0 the head of an open door takes the mean of both cells; the other three take their own cell:

>>> is_open = torch.tensor([[[0, 1, 0, 0], [0, 0, 0, 1]]])
>>> attend = MultiHeadAttention(4, heads=4)
>>> scores, same = torch.zeros(8, 4), torch.eye(4)
>>> attend.in_proj_weight.data, attend.out_proj.weight.data = torch.cat([scores, same]), same
>>> x = torch.tensor([[[1.0, 1, 1, 1], [3, 3, 3, 3]]])
>>> through_doors(attend, x, doors_of(is_open, 2, x)).tolist()
[[[1.0, 2.0, 1.0, 1.0], [3.0, 3.0, 3.0, 2.0]]]
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import linear

from models.layers.multi_head import MultiHeadAttention


@dataclass(frozen=True)
class Doors:
    """The doors of B mazes of one size."""

    is_open: Tensor
    """(B, T, 4, 1), in numbers."""
    behind: Tensor
    """For keys and values, of each cell and head: the row behind the door, (8T,)."""


def doors_of(is_open: Tensor, width: int, like: Tensor) -> Doors:
    """The doors (B, T, 4) of mazes with `width` cells to a row, in the type of `like`."""
    cells = is_open.shape[1]
    head = torch.arange(4, device=is_open.device)
    step = torch.tensor([-width, 1, width, -1], device=is_open.device)
    # All outer walls are closed: what stands beyond them is never looked at.
    there = (torch.arange(cells, device=is_open.device)[:, None] + step) % cells  # (T, 4)
    rows = torch.stack([8 * there + head, 8 * there + 4 + head], 1)  # (T, 2, 4)
    return Doors(is_open.to(like)[..., None], rows.flatten())


def through_doors(attend: MultiHeadAttention, x: Tensor, doors: Doors) -> Tensor:
    """What each cell of x (B, T, C) takes up through its doors: (B, T, C)."""
    weights, v, to_v = _looked(attend, x, doors)
    return attend.out_proj((v + weights * to_v).flatten(2))


def door_weights(attend: MultiHeadAttention, x: Tensor, doors: Doors) -> Tensor:
    """The weight w that head d of each cell of x (B, T, C) gives to the cell behind door d, 0 where
    that is shut: (B, T, 4). The rest of it is on the cell itself."""
    return _looked(attend, x, doors)[0].squeeze(-1)


def _looked(attend: MultiHeadAttention, x: Tensor, doors: Doors) -> tuple[Tensor, Tensor, Tensor]:
    """The weights (B, T, 4, 1), the values, and what each differs by behind its door, both
    (B, T, 4, D)."""
    asks = linear(x, attend.in_proj_weight, attend.in_proj_bias)  # (B, T, 3C)
    q, both = asks.split([x.shape[-1], 2 * x.shape[-1]], -1)
    q = q.unflatten(-1, (4, -1))  # (B, T, 4, D)
    here = both.unflatten(-1, (8, -1))  # (B, T, 8, D): four keys, four values
    there = here.flatten(1, 2).index_select(1, doors.behind).view_as(here)
    v, (to_k, to_v) = here[:, :, 4:], (there - here).chunk(2, 2)  # (B, T, 4, D)
    scores = (q * to_k).sum(-1, keepdim=True) / q.shape[-1] ** 0.5  # (B, T, 4, 1)
    return scores.sigmoid() * doors.is_open, v, to_v
