"""What a layer costs on n tokens of C numbers each: four quantities that are often taken for one.

Path: how many times the layer must be passed before the first token has a say at the last place.
Steps: how many of its steps must wait for one another while all tokens are known.
Work: multiplications in its matrix products, forwards.
Memory: numbers held besides what goes in and comes out, worked out as it is written.

(Vaswani et al. 2017, "Attention is all you need", table 1, has orders of the first three.)
"""

from __future__ import annotations

from dataclasses import dataclass

KERNEL = 3
"""How many places a convolution sees at once."""


@dataclass(frozen=True)
class Costs:
    """The four quantities of one layer."""

    path: int
    steps: int
    work: int
    memory: int


def recurrent(n: int, c: int) -> Costs:
    """h' = tanh(W x + U h + b): two C × C matrices for every token, and a state of C numbers."""
    return Costs(path=n, steps=n, work=2 * n * c * c, memory=c)


def convolution(n: int, c: int) -> Costs:
    """One C × C matrix for each of the places seen. A stack with gaps of 1, 3, 9 … sees farther."""
    return Costs(path=layers_to_see(n), steps=1, work=KERNEL * n * c * c, memory=KERNEL * c)


def attention(n: int, c: int) -> Costs:
    """Four C × C matrices for each token, n × n products for the scores and again for the mixture.

    Keys and values of all tokens are held, and the n × n shares of one head, written whole.
    """
    return Costs(path=1, steps=1, work=4 * n * c * c + 2 * n * n * c, memory=2 * n * c + n * n)


def layers_to_see(n: int) -> int:
    """How many convolutions, each with three times the gaps of the one before, see n places."""
    layers, seen = 1, KERNEL
    while seen < n:
        layers, seen = layers + 1, seen * KERNEL
    return layers
