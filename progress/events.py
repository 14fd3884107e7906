"""What can happen: one small class per kind of event, and the rules for events read from disk.

On disk an event is one JSON object, `{v, session, n, clock, at, type, ...}`: the version of
the format, the session that wrote it and its number there (together its id), the logical clock
that orders it among all sessions, the wall time, and the snake-case name of its class. The
fields of the class follow. Fields may be added with a default; a meaning never changes.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, dataclass, fields
from types import NoneType
from typing import Any

VERSION = 1
HIGHEST_CLOCK = 2**53
"""Above this not every JSON reader keeps an integer exact; such a clock is damage."""


@dataclass(frozen=True)
class Event:
    """Whatever is written down."""


@dataclass(frozen=True)
class Answered(Event):
    """An answer was marked. `answer` is in the numbering of the lesson file."""

    question: str
    lesson: str
    round: int
    attempt: int
    """1 for the first try of this round."""
    answer: Any
    correct: bool
    hints: int
    """How many hints had been read."""
    aided: bool
    """After a reveal, or by the last option left."""
    confidence: int | None = None
    seed: int = 0
    rev: int = 1


@dataclass(frozen=True)
class Hinted(Event):
    """A hint was shown."""

    question: str
    lesson: str
    round: int
    rung: int


@dataclass(frozen=True)
class Revealed(Event):
    """The answer was looked at."""

    question: str
    lesson: str
    round: int
    seed: int = 0
    rev: int = 1


@dataclass(frozen=True)
class Bet(Event):
    """A prediction was made before its run."""

    question: str
    lesson: str
    round: int
    answer: Any
    seed: int = 0
    rev: int = 1


@dataclass(frozen=True)
class Reported(Event):
    """The learner found something wrong with a question."""

    question: str
    lesson: str
    text: str


@dataclass(frozen=True)
class At(Event):
    """A page was turned: the screen that is now shown."""

    lesson: str
    screen: str
    round: int = 0


@dataclass(frozen=True)
class LessonPassed(Event):
    """Every objective was met; `help` says that some of them were met with help."""

    lesson: str
    help: bool


@dataclass(frozen=True)
class Opened(Event):
    """A locked lesson was opened; `how` says by what."""

    lesson: str
    how: str


@dataclass(frozen=True)
class RunFinished(Event):
    """A run of a lab came to its end. `knobs` holds only those that were off their default."""

    lab: str
    knobs: dict[str, Any]
    seed: int
    metrics: dict[str, float]
    reached: bool
    device: str
    seconds: float
    steps: int


@dataclass(frozen=True)
class Reset(Event):
    """Start over: drops the events numbered up to `covers[session]`, of one lesson or of all."""

    covers: dict[str, int]
    lesson: str | None = None


@dataclass(frozen=True)
class ResetUndone(Event):
    """Takes back the reset with this id (`identity`)."""

    reset: str


def _name(kind: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


KINDS: dict[str, type[Event]] = {
    _name(kind): kind
    for kind in (
        Answered,
        Hinted,
        Revealed,
        Bet,
        Reported,
        At,
        LessonPassed,
        Opened,
        RunFinished,
        Reset,
        ResetUndone,
    )
}
NAMES: dict[type[Event], str] = {kind: name for name, kind in KINDS.items()}

_FITS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "float": (float, int),
    "int | None": (int, NoneType),
    "str | None": (str, NoneType),
}
_FIELDS: dict[str, tuple[Field[Any], ...]] = {name: fields(kind) for name, kind in KINDS.items()}


def body(event: Event) -> dict[str, Any]:
    """The fields of an event, as they follow its envelope."""
    return dict(event.__dict__)


def identity(event: dict[str, Any]) -> str:
    """What names an event for good, wherever it was copied to."""
    return f"{event['session']}:{event['n']}"


def order(event: dict[str, Any]) -> tuple[int, str, int]:
    """The key that puts events in order: the clock, then an order all machines agree on."""
    return event["clock"], event["session"], event["n"]


def is_newer(event: Any) -> bool:
    """Whether a later version of the course wrote this; its meaning is not ours to guess."""
    return isinstance(event, dict) and type(event.get("v")) is int and event["v"] > VERSION


def has_envelope(event: Any) -> bool:
    """Whether an object read from disk can be named and put in order."""
    if not isinstance(event, dict):
        return False
    session, n, clock = event.get("session"), event.get("n"), event.get("clock")
    return (
        type(event.get("v")) is int
        and type(session) is str
        and session != ""
        and type(n) is int
        and n >= 1
        and type(clock) is int
        and 1 <= clock <= HIGHEST_CLOCK
    )


def completed(event: dict[str, Any]) -> dict[str, Any] | None:
    """An event with every field of its kind, or None if it cannot be one of this version.

    Fields that the event lacks and that have a default are filled in. A kind that is not
    known is left as it is.
    """
    if not has_envelope(event) or event["v"] != VERSION or type(event.get("type")) is not str:
        return None
    if type(event.get("at")) not in (int, float):
        return None
    for item in _FIELDS.get(event["type"], ()):
        if item.name not in event:
            if item.default is MISSING:
                return None
            event[item.name] = item.default
        elif not _fits(event[item.name], str(item.type)):
            return None
    return event


def _fits(value: Any, annotation: str) -> bool:
    if annotation == "Any":
        return True
    if annotation.startswith("dict"):
        inner = annotation.removesuffix("]").partition(", ")[2]
        return type(value) is dict and all(_fits(v, inner) for v in value.values())
    return type(value) in _FITS[annotation]
