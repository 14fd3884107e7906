"""What the specs of races have in common: two knobs, and what is measured of everyone."""

from __future__ import annotations

from collections.abc import Iterable

from models.specs.spec import Knob, Metric


def steps(default: int, most: int = 4000) -> Knob:
    """How long everyone trains."""
    return Knob(
        "steps",
        default,
        "how many times the weights are changed",
        20,
        most,
        because=f"below 20 nothing has happened yet; beyond {most:,} a run takes minutes",
    )


def learning_rate(default: float) -> Knob:
    """How fast everyone learns."""
    return Knob(
        "learning_rate",
        default,
        "how large a change each step makes",
        0.00001,
        0.1,
        because="below 0.00001 it hardly moves; above 0.1 it forgets all it has learned",
        live=True,
    )


def of_racer(runner: str, right: str, answer: str) -> tuple[Metric, ...]:
    """What is measured of a racer: `right` says how often it is right, `answer` what it says."""
    return (
        Metric(f"{runner}.accuracy", right, "percent"),
        Metric(f"{runner}.loss", f"how badly it foresaw {answer} in the last steps, in nats"),
        Metric(f"{runner}.parameters", "how many numbers it learned", "count"),
        Metric(f"{runner}.solved", "steps until it was right in 99 %, if ever", "count"),
    )


def of_ways(
    runner: str, who: str, moves: Iterable[int], between: Iterable[Metric] = ()
) -> tuple[Metric, ...]:
    """What is measured of one who writes ways through mazes, after how often it is right; with
    what else is told of them `between`."""
    return (
        *(Metric(f"{runner}.at{n}", f"the same, {who}, of {n} moves", "percent") for n in moves),
        *between,
        Metric(f"{runner}.legal", f"ways through no wall, {who}", "percent"),
        Metric(f"{runner}.arrives", f"ways that end at the cheese, {who}", "percent"),
        Metric(f"{runner}.blind", f"whole ways right, {who}, shown other mazes", "percent"),
    )
