"""A race that is run to its end and judged on few cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from models.labs.race import Race

RaceT = TypeVar("RaceT", bound=Race)


def run_through(begin: Callable[[], RaceT], unseen: int = 40) -> tuple[RaceT, list[Any]]:
    """A lab with its result, and all that it told on the way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.labs.race.UNSEEN", unseen)
        lab = begin()
        return lab, list(lab.train())
