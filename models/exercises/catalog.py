"""Every exercise by its name, in the order of the ladder. No torch: lessons name them."""

from __future__ import annotations

from models.exercises import (
    attention,
    block,
    causal_mask,
    heads,
    perturbation,
    sampling,
    softmax,
    step,
)
from models.exercises.exercise import Exercise

EXERCISES: dict[str, Exercise] = {
    one.EXERCISE.name: one.EXERCISE
    for one in (softmax, attention, heads, block, step, causal_mask, sampling, perturbation)
}
