"""Which experiments can be done to which labs here, and with what settings."""

from __future__ import annotations

from collections.abc import Mapping

from course.experiment import Experiment
from course.problems import did_you_mean
from course.variants import Variant
from tui.panels.heads_panel import TEAMS

LABS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"switch-off": TEAMS}
"""Task -> the labs whose networks it can be done to, and their runners; the last is meant unless
one is named."""


def settings_of(shown: Variant) -> dict[str, str]:
    """What a panel is set to that shows the network: the run, the runner, and what was drawn."""
    question = shown.question
    assert isinstance(question, Experiment)
    knobs = (f"{name}={value}" for name, value in question.run.knobs.items())
    set_here = {name: shown.fill(text) for name, text in question.settings.items()}
    return {"lab": " ".join((question.run.lab, *knobs)), "when": "after", **set_here}


def experiment_fault(shown: Variant) -> str:
    """What keeps somebody from doing an experiment; empty if nothing does."""
    question = shown.question
    assert isinstance(question, Experiment)
    labs = LABS.get(question.task, {})
    if question.run.lab not in labs:
        text = f"{question.task} cannot be done to the lab {question.run.lab}"
        return f"{text}: {did_you_mean(question.run.lab, labs)}"
    runners = labs[question.run.lab]
    runner = settings_of(shown).get("runner", runners[-1])
    if runner not in runners:
        return f"the lab {question.run.lab} has no {runner}: {did_you_mean(runner, runners)}"
    return ""
