"""Clipping: a gradient that is too long is made shorter before a step is made along it.

    by norm    g ← g · min(1, c / |g|)        of all weights together: the same direction
    by value   g ← min(c, max(−c, g))         of each weight for itself: another direction

It bounds what a step is made from; it does not keep gradients from growing. (Pascanu et al. 2013,
"On the difficulty of training recurrent neural networks", section 3.2, algorithm 1, clips by norm.)

By hand, (3, 0.5) with c = 1: its length is 3.041, so by norm it becomes (0.986, 0.164), and by
value (1, 0.5), which points 17° elsewhere.

>>> raw = torch.tensor([3.0, 0.5])
>>> for by in WAYS:
...     cut = raw.clone()
...     before = clip([cut], by, 1.0)
...     print([round(x, 3) for x in cut.tolist()], round(angle([raw], [cut])))
[0.986, 0.164] 0
[1.0, 0.5] 17
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

WAYS = ("norm", "value")
_NEVER_ZERO = 1e-6
"""Added to the length that is divided by, as in torch."""


@torch.no_grad()
def clip(gradients: Sequence[Tensor], by: str, most: float) -> Tensor:
    """Clip gradients in place to `most`, which may be infinite; returns the length they had, 0
    where there are none.

    Raises:
        ValueError: if there is no such way.
    """
    before = nn.utils.get_total_norm(gradients)
    if not gradients:
        return before
    if by == "norm":
        torch._foreach_mul_(list(gradients), (most / (before + _NEVER_ZERO)).clamp(max=1.0))
    elif by == "value":
        torch._foreach_clamp_min_(list(gradients), -most)
        torch._foreach_clamp_max_(list(gradients), most)
    else:
        raise ValueError(f"there is no clipping by {by}: {' or '.join(WAYS)}")
    return before


def angle(one: Sequence[Tensor], other: Sequence[Tensor]) -> float:
    """The angle between two gradients, in degrees; 0 where one of them has no direction."""
    a, b = (torch.cat([part.flatten().double() for part in g]) for g in (one, other))
    lengths = float(a.norm() * b.norm())
    share = float(a @ b) / lengths if lengths else 1.0
    return math.degrees(math.acos(max(-1.0, min(1.0, share))))
