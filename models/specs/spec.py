"""What a lab is, without how it does it: the part that interface and lessons may know."""

from __future__ import annotations

from dataclasses import dataclass

Value = float | int | str | bool


@dataclass(frozen=True)
class Knob:
    """A setting of a lab. Either `low` and `high` bound it, or `choices` lists its values."""

    name: str
    default: Value
    means: str
    low: float | None = None
    high: float | None = None
    choices: tuple[Value, ...] = ()
    because: str = ""
    """Why the range ends where it does."""
    live: bool = False
    """Whether it may be turned while the lab trains."""

    def parse(self, text: str) -> Value:
        """The value that `text` names.

        Raises:
            ValueError: in plain words, with the range and its reason.
        """
        default = self.default
        value: Value
        try:
            if isinstance(default, bool):
                value = {
                    "yes": True,
                    "true": True,
                    "on": True,
                    "1": True,
                    "no": False,
                    "false": False,
                    "off": False,
                    "0": False,
                }[text.lower()]
            elif isinstance(default, int):
                value = int(text)
            elif isinstance(default, float):
                value = float(text)
            else:
                value = text
        except (KeyError, ValueError):
            raise ValueError(f"{self.name} = {text}: {self.range}") from None
        return self.check(value)

    def check(self, value: Value) -> Value:
        """`value` in the type of the default, if it is allowed.

        Raises:
            ValueError: in plain words, with the range and its reason.
        """
        kind = type(self.default)
        if kind is float and type(value) is int:
            value = float(value)
        inside = type(value) is kind and (not self.choices or value in self.choices)
        if inside and isinstance(value, int | float):
            inside = self.low is None or value >= self.low
            inside = inside and (self.high is None or value <= self.high)
        if not inside:
            raise ValueError(f"{self.name} = {value}: {self.range}")
        return value

    @property
    def range(self) -> str:
        """What may be given, and why, as a phrase."""
        if isinstance(self.default, bool):
            allowed = "must be yes or no"
        elif self.choices:
            allowed = "must be one of " + ", ".join(map(str, self.choices))
        else:
            kind = "a whole number" if isinstance(self.default, int) else "a number"
            allowed = f"must be {kind} from {_plain(self.low)} to {_plain(self.high)}"
        return f"{allowed} ({self.because})" if self.because else allowed


def _plain(number: float | None) -> str:
    """A bound as it is typed, never as 1e-05."""
    return f"{number:.10f}".rstrip("0").rstrip(".") if number is not None else "anything"


@dataclass(frozen=True)
class Metric:
    """A number that a lab reports, and how to say it. `form`: percent, number, ratio, count."""

    name: str
    means: str
    form: str = "number"


@dataclass(frozen=True)
class Series:
    """A curve that a lab draws while it trains: metric `metric` of runner `runner`."""

    runner: str
    metric: str
    label: str


@dataclass(frozen=True)
class Level:
    """A value of a metric that is drawn as a line to compare with, such as the best there is."""

    metric: str
    name: str
    value: float


@dataclass(frozen=True)
class LabSpec:
    """What one lab is: its knobs, what it measures, and when its claim holds."""

    name: str
    title: str
    summary: str
    knobs: tuple[Knob, ...]
    metrics: tuple[Metric, ...]
    goal: str
    """The claim, as one sentence with its numbers."""
    control: str
    """What must fail for the claim to mean anything, as one sentence."""
    seconds: int
    """CPU-seconds that the default run takes on one core, roughly."""
    runners: tuple[tuple[str, str], ...] = ()
    """The rows of the table of results: the part of a metric's name before the dot (empty for
    the lab's own) and who that is."""
    columns: tuple[tuple[str, str], ...] = ()
    """Its columns: the last part of a metric's name, and a head of a word or two."""
    series: tuple[Series, ...] = ()
    log_scale: bool = True
    chance: tuple[str, float] | None = None
    """A metric and the value that knowing nothing gives it, drawn as a line."""
    levels: tuple[Level, ...] = ()
    """What else is drawn as lines."""
    needs_torch: bool = True
    turning: str = ""
    """The runner whose steepest fall of the loss a film of a run opens at; empty for the end."""
    counts: str = "steps"
    """What is counted while it runs."""

    def knob(self, name: str) -> Knob:
        """The knob called `name`.

        Raises:
            KeyError: if there is none.
        """
        for knob in self.knobs:
            if knob.name == name:
                return knob
        raise KeyError(name)

    def settings(self, given: dict[str, Value]) -> dict[str, Value]:
        """Every knob's value: the default where nothing is given.

        Raises:
            KeyError: for a knob that the lab does not have.
            ValueError: for a value that its knob does not take.
        """
        settings = {knob.name: knob.default for knob in self.knobs}
        for name, value in given.items():
            settings[name] = self.knob(name).check(value)
        return settings
