"""A race whose networks can borrow heads: whose they can be, and a network with them in place.

A lender is another racer of the same run; or the same racer in a run that stands beside it, which
began from another seed (`beside` among the arguments of a probe).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import nn

from models.labs.attention_inside import place_of
from models.labs.lab import Lab
from models.labs.race import Race, Racer
from models.layers.multi_head import MultiHeadAttention
from models.transplant import with_heads_of


class Borrowing(Race):
    """The part of a lab that lends heads and puts them in place."""

    def asked_about(self, racer: Racer, arguments: Mapping[str, Any]) -> nn.Module:
        """The network that a probe asks about: `before` its training or after it, with those heads
        that are `taken` from others in the place of its own.

        Raises:
            ValueError: if there is no such head or lender, or its heads are of another size.
        """
        network = racer.untrained if arguments.get("when") == "before" else racer.network
        for layer, head, whose in arguments.get("taken", ()):
            lender = self._lender(racer, whose, arguments.get("beside", {}))
            place = place_of(network, {"layer": layer, "head": head})
            network = with_heads_of(network, lender, place.chosen)
        return network

    def lenders(self, racer: Racer) -> list[str]:
        """The other racers of this run whose heads are of the same size, layer by layer."""
        own = _sizes(racer.network)
        others = (other for other in self.racers if other is not racer)
        return [other.name for other in others if _sizes(other.network) == own]

    def _lender(self, racer: Racer, whose: str, beside: Mapping[str, Lab]) -> nn.Module:
        other = beside.get(whose)
        if isinstance(other, Race):
            return other._named(racer.name).network
        return self._named(whose).network


def _sizes(network: nn.Module) -> list[tuple[int, ...]]:
    attends = (part for part in network.modules() if isinstance(part, MultiHeadAttention))
    return [(attend.heads, *attend.in_proj_weight.shape) for attend in attends]
