"""What all stacks of blocks that read tokens have to be told: how large they are.

>>> TextShape(vocabulary=27, context=12, width=32)
TextShape(vocabulary=27, context=12, width=32, heads=4, layers=2, positions='learned')
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TextShape:
    """How large the network is, and which positions it has."""

    vocabulary: int
    context: int
    """The most tokens it reads at once: as many places can be learned."""
    width: int = 64
    heads: int = 4
    layers: int = 2
    positions: str = "learned"
