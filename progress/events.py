"""What can happen: one small class per kind of event, and the rules for events read from disk.

On disk an event is one JSON object, `{v, session, n, clock, at, type, ...}`: the version of
the format, the session that wrote it and its number there (together its id), the logical clock
that orders it among all sessions, the wall time, and the snake-case name of its class. The
fields of the class follow. Fields may be added with a default; a meaning never changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from types import NoneType
from typing import Any, ClassVar, dataclass_transform

VERSION = 1
HIGHEST_CLOCK = 2**53
"""Above this not every JSON reader keeps an integer exact; such a clock is damage."""


@dataclass_transform(frozen_default=True)
class Event:
    """Whatever is written down: the annotations of a subclass are its fields, in order.

    To its users a frozen dataclass. It is made by hand because `dataclass` compiles code for
    each class, more than a millisecond apiece, and these are wanted before the first screen.
    """

    FIELDS: ClassVar[dict[str, str]] = {}
    """The annotation of each field."""
    DEFAULTS: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        cls.FIELDS = dict(cls.__annotations__)
        cls.DEFAULTS = {name: vars(cls)[name] for name in cls.FIELDS if name in vars(cls)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given = dict(zip(self.FIELDS, args, strict=False))
        wrong = [name for name in kwargs if name in given or name not in self.FIELDS]
        given |= kwargs
        wrong += [name for name in self.FIELDS if name not in given and name not in self.DEFAULTS]
        if wrong or len(args) > len(self.FIELDS):
            about = ", ".join(wrong) or f"{len(args)} arguments for {len(self.FIELDS)} fields"
            raise TypeError(f"{type(self).__name__}: missing, unknown or given twice: {about}")
        vars(self).update({n: given.get(n, self.DEFAULTS.get(n)) for n in self.FIELDS})

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"


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
    """How sure the learner was: 1 a guess, 2 fairly, 3 certain; None if they did not say."""
    seed: int = 0
    rev: int = 1


class Chosen(Event):
    """An answer was chosen and not yet handed in: the learner is asked how sure they are."""

    question: str
    lesson: str
    round: int
    answer: Any
    rev: int = 1


class Hinted(Event):
    """A hint was shown."""

    question: str
    lesson: str
    round: int
    rung: int


class Revealed(Event):
    """The answer was looked at."""

    question: str
    lesson: str
    round: int
    seed: int = 0
    rev: int = 1


class Bet(Event):
    """A prediction was made before its run."""

    question: str
    lesson: str
    round: int
    answer: Any
    seed: int = 0
    rev: int = 1


class Wrote(Event):
    """Something was written in the learner's own words; each version is an event of its own."""

    question: str
    lesson: str
    round: int
    text: str
    draft: bool
    """Whether it was kept on the way, and not handed in."""


class Reported(Event):
    """The learner found something wrong with a question."""

    question: str
    lesson: str
    text: str


class At(Event):
    """A page was turned: the screen that is now shown."""

    lesson: str
    screen: str
    round: int = 0


class Drew(Event):
    """What the learner drew, such as a maze, is another now; the last one counts."""

    place: str
    """Where it was drawn, and what stood there at first."""
    drawn: str


class LessonPassed(Event):
    """Every objective was met; `help` says that some of them were met with help."""

    lesson: str
    help: bool
    tested: bool = False
    """By answering its checkpoints alone, without the lesson."""


class Opened(Event):
    """A locked lesson was opened; `how` says by what."""

    lesson: str
    how: str


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
    free: bool = False
    """Played before a bet on it was placed: no lesson speaks of it."""


class Reset(Event):
    """Start over: drops the events numbered up to `covers[session]`, of one lesson or of all."""

    covers: dict[str, int]
    lesson: str | None = None


class ResetUndone(Event):
    """Takes back the reset with this id (`identity`)."""

    reset: str


def _name(kind: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


KINDS: dict[str, type[Event]] = {
    _name(kind): kind
    for kind in (
        Answered,
        Chosen,
        Hinted,
        Revealed,
        Bet,
        Wrote,
        Reported,
        At,
        Drew,
        LessonPassed,
        Opened,
        RunFinished,
        Reset,
        ResetUndone,
    )
}
NAMES: dict[type[Event], str] = {kind: name for name, kind in KINDS.items()}

_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "float": (float, int),
    "int | None": (int, NoneType),
    "str | None": (str, NoneType),
    "dict[str, int]": (dict,),
    "dict[str, float]": (dict,),
    "dict[str, Any]": (dict,),
}
_FIELDS: dict[str, list[tuple[str, tuple[type, ...]]]] = {
    name: [(field, _TYPES.get(annotation, ())) for field, annotation in kind.FIELDS.items()]
    for name, kind in KINDS.items()
}
"""The fields of each kind, and the types their values may have (any, if none is listed)."""
_NUMBERS: dict[str, list[tuple[str, tuple[type, ...]]]] = {
    "reset": [("covers", (int,))],
    "run_finished": [("metrics", (int, float))],
}
"""Fields that map names to numbers of these types."""


def body(event: Event) -> dict[str, Any]:
    """The fields of an event, as they follow its envelope."""
    return dict(vars(event))


def identity(event: dict[str, Any]) -> str:
    """What names an event for good, wherever it was copied to."""
    return f"{event['session']}:{event['n']}"


order: Callable[[dict[str, Any]], tuple[int, str, int]] = itemgetter("clock", "session", "n")
"""The key that puts events in order: the clock, then an order all machines agree on."""


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


def with_defaults(event: dict[str, Any]) -> dict[str, Any]:
    """An event with the fields that its kind has got since it was written."""
    kind = KINDS.get(event["type"])
    if kind is not None:
        for field, default in kind.DEFAULTS.items():
            if field not in event:
                event[field] = default
    return event


def completed(event: dict[str, Any]) -> dict[str, Any] | None:
    """An event with every field of its kind, or None if it cannot be one of this version.

    Fields that the event lacks and that have a default are filled in. A kind that is not
    known is left as it is.
    """
    if not has_envelope(event) or event["v"] != VERSION or type(event.get("type")) is not str:
        return None
    if type(event.get("at")) not in (int, float):
        return None
    name = event["type"]
    with_defaults(event)
    for field, types in _FIELDS.get(name, ()):
        if field not in event or (types and type(event[field]) not in types):
            return None
    for field, types in _NUMBERS.get(name, ()):
        if any(type(value) not in types for value in event[field].values()):
            return None
    return event
