"""What a worker owes to the other programs of its machine."""

from __future__ import annotations

import gc
import os
import sys
from functools import cache

BACK = 10
"""How much lower the priority of a worker is that trains in the background."""


def free_memory() -> None:
    """Give back what a dropped run held, also to the GPU's other users."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()


@cache
def stand_back() -> None:
    """Let others have the processor first from now on, where the system knows such a thing.

    Once is enough, and there is no way back: only an administrator may raise a priority.
    """
    if hasattr(os, "nice"):
        os.nice(BACK)
