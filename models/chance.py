"""Chance that can be drawn again: every random number belongs to a seed and a step.

A run that is taken up at step 500 needs no memory of what was drawn before: step 500 draws the
same numbers whether or not 499 others came first in this process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import torch


def number(*names: object) -> int:
    """A number from 0 to 2⁶⁴ − 1 that belongs to `names` and looks like any other.

    >>> number("data", 0, 1) == number("data", 0, 1)
    True
    >>> number("data", 0, 1) == number("data", 1, 0)
    False
    """
    text = " ".join(map(str, names))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def chance(seed: int, step: int) -> torch.Generator:
    """Random numbers for the data of one step, made on the spot."""
    return torch.Generator().manual_seed(number("data", seed, step))


@contextmanager
def seeded(seed: int, device: torch.device | None = None) -> Iterator[None]:
    """Draw what has no generator of its own (first weights, dropout) from `seed`.

    The common random numbers, those of `device` too, are afterwards as they were.
    """
    common = _common(device)
    before = [generator.get_state() for generator in common]
    try:
        for generator in common:
            generator.manual_seed(seed)
        yield
    finally:
        for generator, state in zip(common, before, strict=True):
            generator.set_state(state)


def _common(device: torch.device | None) -> list[torch.Generator]:
    """The generators that are drawn from where none is named; those of a GPU only in its use."""
    generators = [torch.default_generator]
    if device is not None and device.type == "cuda":
        torch.cuda.init()
        index = torch.cuda.current_device() if device.index is None else device.index
        generators.append(torch.cuda.default_generators[index])
    elif device is not None and device.type == "mps":
        generators.append(torch.mps._get_default_mps_generator())
    return generators
