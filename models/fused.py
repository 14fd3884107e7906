"""AdamW's step by one kernel of torch's, where there is one for the weights."""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor


def adamw_fused(
    w: list[Tensor],
    g: list[Tensor],
    m: list[Tensor],
    v: list[Tensor],
    n: list[Tensor],
    rate: float,
    betas: tuple[float, float],
    decay: float,
    epsilon: float,
) -> None:
    """`models.optimizer.adamw` for all weights at once: each number is read and written once.

    The kernel goes through memory from end to end, so a gradient must lie there in the order of
    its weight.
    """
    torch._fused_adamw_(
        w,
        [gradient.contiguous() for gradient in g],
        m,
        v,
        [],
        n,
        lr=rate,
        beta1=betas[0],
        beta2=betas[1],
        weight_decay=decay,
        eps=epsilon,
        amsgrad=False,
        maximize=False,
    )


def can_be_fused(weights: list[Tensor]) -> bool:
    """Whether the kernel takes these weights: of one kind, in one place, in plain order."""
    kinds = {(w.device, w.dtype) for w in weights}
    return len(kinds) == 1 and all(w.is_contiguous() for w in weights) and _has_kernel(*kinds.pop())


@cache
def _has_kernel(device: torch.device, dtype: torch.dtype) -> bool:
    """Whether torch has the kernel for such numbers, tried on one of them."""
    w, g, m, v = ([torch.zeros(1, device=device, dtype=dtype)] for _ in range(4))
    try:
        adamw_fused(w, g, m, v, [torch.ones((), device=device)], 0.0, (0.9, 0.999), 0.0, 1e-8)
    except (RuntimeError, TypeError):
        return False
    return True
