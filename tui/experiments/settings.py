"""Which experiments can be done to which labs here, and with what settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from course.experiment import Experiment
from course.problems import did_you_mean
from course.variants import Variant
from tui.experiments.heads import SCORED, SCORES
from tui.panels import heads_panel, thoughts_settings

FAULTS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "switch-off": heads_panel.fault,
    "find-head": heads_panel.fault,
    "loops": thoughts_settings.fault,
}
"""What keeps the panel of each task from being shown with its settings."""


def settings_of(shown: Variant) -> dict[str, str]:
    """What a panel is set to that shows the network: the run, the runner, and what was drawn."""
    question = shown.question
    assert isinstance(question, Experiment)
    knobs = (f"{name}={value}" for name, value in question.run.knobs.items())
    set_here = {name: shown.fill(text) for name, text in question.settings.items()}
    return {"lab": " ".join((question.run.lab, *knobs)), "when": "after", **set_here}


def experiment_fault(shown: Variant) -> str:
    """What keeps somebody from doing an experiment; empty if nothing does."""
    question, settings = shown.question, settings_of(shown)
    assert isinstance(question, Experiment)
    if found := FAULTS[question.task](settings):
        return found
    if question.task != "find-head":
        return ""
    if question.run.lab not in SCORED:
        lab = question.run.lab
        return f"the heads of the lab {lab} are not scored: {did_you_mean(lab, SCORED)}"
    name = settings["score"]
    return "" if name in SCORES else f"no score is called {name}: {did_you_mean(name, SCORES)}"
