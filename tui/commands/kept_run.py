"""A kept run in words and for machines, also where its lab has changed since, or is gone."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from models.kept import Kept
from models.protocol import Finished
from models.runs import Opened
from models.specs.catalog import LABS
from models.specs.spec import LabSpec, Series, Value
from tui.commands.lab_report import Outcome
from tui.drawing.results import written

Curves = Mapping[tuple[str, str], Sequence[tuple[int, float]]]


@dataclass(frozen=True)
class KeptOutcome(Outcome):
    """A kept run, printed as one that has just ended."""

    kept: Kept

    @classmethod
    def of(cls, opened: Opened) -> KeptOutcome:
        """The run as it can be read."""
        kept = opened.kept
        spec = spec_of(kept)
        curves = {
            (c.runner, c.metric): list(zip(c.steps, c.values, strict=True)) for c in opened.curves
        }
        metrics = kept.numbers if kept.state == "finished" else so_far(spec, curves)
        done = Finished(
            run="",
            steps=kept.steps,
            seconds=kept.seconds,
            cpu_seconds=kept.cpu_seconds,
            device=kept.device,
            metrics=metrics,
            reached=kept.reached,
            control_failed=kept.control_failed,
            turned=kept.turned,
            kept=kept.id,
        )
        if kept.lab not in LABS:
            spec = _with_numbers(spec, metrics, curves)
        return cls(spec, known_knobs(spec, kept), kept.seed, done, curves, kept)

    def verdict(self) -> list[str]:
        """How it ended, and what it took."""
        kept = self.kept
        said = [f"{kept.id}: {self.spec.title}, {when(kept)}."]
        if kept.lab not in LABS:
            said.append(f"The lab {kept.lab} is not in this version of the course.")
            said.append(self.took())
        elif kept.state == "finished":
            said += super().verdict()
        else:
            said += [f"{ended(kept)[0].upper()}{ended(kept)[1:]}. Its numbers are its last ones."]
            said += [f"It failed because: {kept.why}"] if kept.why else []
            said.append(self.took())
        if kept.turned:
            turned = (f"{t.name} = {written(t.value)} at step {t.step:,}" for t in kept.turned)
            said.append(f"Turned while it trained: {', '.join(turned)}.")
        return [*said, kept.note] if kept.note else said


def spec_of(kept: Kept) -> LabSpec:
    """The lab of a run; where there is none of that name any more, one that knows no more."""
    known = LABS.get(kept.lab)
    if known is not None:
        return known
    return LabSpec(kept.lab, f"the lab {kept.lab}", "", (), (), "", "", 0)


def _with_numbers(spec: LabSpec, metrics: Mapping[str, float], curves: Curves) -> LabSpec:
    """A lab that nobody knows any more, with the curves and numbers that its run has."""
    parts = [name.rpartition(".") for name in metrics]
    return replace(
        spec,
        runners=tuple((name, name) for name in dict.fromkeys(runner for runner, _, _ in parts)),
        columns=tuple((name, name) for name in dict.fromkeys(last for _, _, last in parts)),
        series=tuple(Series(r, m, f"{r} {m}") for r, m in curves),
        log_scale=False,
    )


def so_far(spec: LabSpec, curves: Curves) -> dict[str, float]:
    """The last numbers of a run that has no result, by the names that results have."""
    return {
        metric if runner == spec.name else f"{runner}.{metric}": points[-1][1]
        for (runner, metric), points in curves.items()
        if points
    }


def known_knobs(spec: LabSpec, kept: Kept) -> dict[str, Value]:
    """The knobs of a run that its lab still has."""
    names = {knob.name for knob in spec.knobs}
    return {name: value for name, value in kept.knobs.items() if name in names}


def off_default(kept: Kept) -> dict[str, Value]:
    """The knobs that stood elsewhere than their default is today; all of a lab that is gone."""
    usual = {knob.name: knob.default for knob in spec_of(kept).knobs}
    return {name: value for name, value in kept.knobs.items() if usual.get(name) != value}


def when(kept: Kept) -> str:
    """When it began, by the clock of this machine."""
    try:
        return datetime.fromisoformat(kept.began).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return kept.began[:16]


def ended(kept: Kept) -> str:
    """How it ended, in a few words. The claim is made for the knobs at their default."""
    if kept.state == "finished" and off_default(kept):
        return "finished"
    if kept.state == "finished":
        return "reached" if kept.reached else "not reached"
    at = f"at {100 * min(1.0, max(0.0, kept.fraction)):.0f} %"
    return f"still going, {at}" if kept.state == "going" else f"{kept.state} {at}"


def command_of(kept: Kept) -> str:
    """What runs it again from its start."""
    words = ["grok-tui", "lab", kept.lab, "--seed", str(kept.seed)]
    for name, value in off_default(kept).items():
        words += ["--set", f"{name}={written(value)}"]
    return shlex.join(words)


def as_json(kept: Kept) -> dict[str, Any]:
    """All that a summary says, with keys that stay."""
    answer = msgspec.to_builtins(kept) | {"metrics": dict(kept.metrics)}
    answer["bytes"] = answer.pop("size")
    return answer
