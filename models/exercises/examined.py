"""What an examination finds out, as plain data that travels as JSON and is kept. No torch."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

RIGHT, KNOWN, OTHER, ERROR, STOPPED = "right", "known", "other", "error", "stopped"
"""It does what it should; it is a classic wrong version; it is wrong in a way of its own; it
raised an exception; it had to be stopped."""
EMPTY, SYNTAX, UNCHECKED = "empty", "syntax", "unchecked"
"""Nothing is written; it is not Python; it could not be checked here. These are no tries."""
YES, NO, NOT_REACHED = "yes", "no", ""


@dataclass(frozen=True)
class Side:
    """A result as it is shown: its shape, and its first rows as texts."""

    shape: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Sides:
    """What should come out of a case and what does."""

    title: str
    name: str
    target: Side
    own: Side


@dataclass(frozen=True)
class Examined:
    """What was found out about some lines; `told` is Markdown."""

    kind: str
    wrong: str = ""
    """Which of the classic wrong versions it is."""
    told: str = ""
    line: int = 0
    """The line that it went wrong in, from 1; 0 if it is none of them."""
    steps: list[list[str]] = field(default_factory=list)
    """What was looked at, in words, and how that went."""
    sides: Sides | None = None

    def as_json(self) -> dict[str, Any]:
        """What travels and is kept."""
        return asdict(self)


def read_sides(sides: Any) -> Sides | None:
    """The two sides of an examination that was kept; None where there are none to be read."""
    try:
        target, own = (
            Side(str(side["shape"]), [[str(one) for one in row] for row in side["rows"]])
            for side in (sides["target"], sides["own"])
        )
        return Sides(str(sides["title"]), str(sides["name"]), target, own)
    except (KeyError, TypeError):
        return None
