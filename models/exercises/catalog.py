"""Every exercise by its name. No torch: it is what a lesson names and a page shows."""

from __future__ import annotations

from models.exercises import softmax
from models.exercises.exercise import Exercise

EXERCISES: dict[str, Exercise] = {one.name: one for one in (softmax.EXERCISE,)}
