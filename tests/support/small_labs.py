"""Every lab at its smallest: its knobs turned down, and judged on few cases."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models.labs.catalog import load_lab
from models.labs.lab import Lab, Look
from models.labs.map_judged import KINDS
from models.labs.rivals_judged import EXAMS
from models.protocol import Report
from models.specs.catalog import LABS
from models.specs.spec import Value

SMALL: dict[str, dict[str, Value]] = {
    "mouse": {"updates": 10, "hidden": 8, "mice": 8, "mazes": 20, "size": 4},
    "mice": {"mazes": 50, "size": 4},
    "kernel": {"steps": 25, "points": 12},
    "letters": {"steps": 20, "width": 8, "length": 5},
    "recurrence": {"steps": 25, "corridor": 4},
    "amnesia": {"steps": 25, "length": 5},
    "inference": {"steps": 25, "words": 7, "biased": True},
    "positions": {"steps": 20, "length": 10},
    "recall": {"steps": 25, "pairs": 3, "state": 16},
    "alignment": {"steps": 25, "turns": 3, "state": 16},
    "scale": {"width": 8, "draws": 200},
    "sentence": {"steps": 25, "reseeds": 50},
    "heads": {"steps": 25, "length": 8, "width": 8},
    "tower": {"steps": 25, "depth": 1},
    "roles": {"steps": 25, "width": 8},
    "speak": {"steps": 25, "layers": 1, "sentences": 100},
    "peeking": {"steps": 25, "length": 6},
    "clinic": {"steps": 20},
    "reversal": {"steps": 25, "width": 8},
    "families": {"steps": 25, "width": 8},
    "map": {"steps": 25, "mazes": 20},
    "lap": {"steps": 25, "width": 16},
    "probe": {"steps": 25, "mazes": 20},
    "mapsequence": {"steps": 25, "width": 16},
    "rivals": {"steps": 25, "mazes": 20},
    "induction": {"steps": 25, "heads": 1},
}


@contextmanager
def judged_on_little() -> Iterator[None]:
    """Few cases for everyone who is judged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.labs.mouse.HELD_OUT", 20)
        # That of all races comes last: who is imported only now takes over the true number.
        for lab in ("mouse", "alignment", "induction", "speak", "tower", "race"):
            patch.setattr(f"models.labs.{lab}.UNSEEN", 40)
        for name in ("EACH", "FEW", "WATCHED"):
            patch.setattr(f"models.labs.mapsequence.{name}", 8)
        for name in ("PRACTISED", "UNSEEN", "GLANCED"):
            patch.setattr(f"models.labs.probe.{name}", 8)
        patch.setattr("models.labs.maze_attention.MANY", 8)
        for exams in (KINDS, EXAMS):
            for exam, kind in exams.items():
                patch.setitem(exams, exam, dataclasses.replace(kind, count=4, loops=4))
        yield


def begin(name: str, seed: int = 0, **knobs: Value) -> Lab:
    """A small lab that has not trained yet."""
    return load_lab(name)(LABS[name].settings({**SMALL[name], **knobs}), seed, "cpu")


@functools.cache
def ran(name: str) -> tuple[Lab, list[Report | Look]]:
    """A run to its end, judged on little, that several tests look at."""
    with judged_on_little():
        lab = begin(name)
        return lab, list(lab.train())
