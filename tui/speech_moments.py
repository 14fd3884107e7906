"""What a speaker predicts and says, turned into what its view draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.protocol import Moment
from models.specs.spec import LabSpec
from tui.drawing.training.speech import Heard, Said, Speech
from tui.moments import titled


def speech_of_moment(moment: Moment, spec: LabSpec, of: str = "") -> Speech:
    """What a runner predicts and says, as a look tells it."""
    title = titled(of, f"after {moment.step:,} steps")
    return speech_of(moment.data, spec, moment.runner, title)


def speech_of(told: Mapping[str, Any], spec: LabSpec, runner: str, title: str) -> Speech:
    """The same, as a look or a probe tells it."""
    heard = tuple(
        Heard(tuple(one["words"]), tuple(one["said"]), tuple(one["marks"]))
        for one in told["sentences"]
    )
    said = tuple(
        Said(tuple(one["words"]), one["grammatical"], one["recited"]) for one in told["said"]
    )
    return Speech(dict(spec.runners).get(runner, runner), heard, said, title)
