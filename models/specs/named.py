"""One of several things by its name, with the name that was probably meant where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

Thing = TypeVar("Thing")


def named(name: str, things: Mapping[str, Thing], kind: str) -> Thing:
    """The thing called `name`; `kind` says what they all are, in one word.

    Raises:
        LookupError: in plain words, with the name that was probably meant.
    """
    if name in things:
        return things[name]
    near = get_close_matches(name, things, n=1)
    hint = f"did you mean {near[0]}?" if near else "there are " + ", ".join(things)
    raise LookupError(f"no {kind} is called {name}: {hint}")
