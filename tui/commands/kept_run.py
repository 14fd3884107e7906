"""A kept run in words and for machines, also where its lab has changed since, or is gone."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

import msgspec

from models.kept import Kept
from models.opened import Opened
from models.protocol import Finished
from tui.commands.lab_report import Outcome
from tui.drawing.training.results import written
from tui.kept_words import (
    ended,
    is_known,
    known_knobs,
    off_default,
    so_far,
    spec_of,
    when,
    with_numbers,
)


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
        if not is_known(kept):
            spec = with_numbers(spec, metrics, curves)
        return cls(spec, known_knobs(spec, kept), kept.seed, done, curves, kept)

    def verdict(self) -> list[str]:
        """How it ended, and what it took."""
        kept = self.kept
        said = [f"{kept.id}: {self.spec.title}, {when(kept)}."]
        if not is_known(kept):
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
