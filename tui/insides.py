"""What can be looked at inside of a lab's networks where no lesson says what to look at."""

from __future__ import annotations

from collections.abc import Mapping

from course.lesson import Screen, View
from models.specs.spec import LabSpec, Value
from tui.drawing.training.results import written
from tui.panels.weights_panel import LOOKS

_OF_A_MEMORY = (View("reach"), View("states"))
_OF_A_TEAM = (View("heads"), View("ablations"))
_OF_A_MAP = (View("thoughts"), View("maze-editor"))
_VIEWS = {
    "recurrence": _OF_A_MEMORY,
    "amnesia": _OF_A_MEMORY,
    "inference": (View("reach", {"runners": "lstm attention"}),),
    "sentence": (View("walk"),),
    "heads": _OF_A_TEAM,
    "roles": _OF_A_TEAM,
    "lap": (View("head-board"), *_OF_A_TEAM),
    "tower": (View("tower"), View("shapes")),
    "peeking": (View("written"),),
    "reversal": (View("per-length"),),
    "families": (View("families"), View("per-length")),
    "mapsequence": (View("per-length"),),
    "speak": (View("speech"), View("lens"), View("gradients")),
    "clinic": (View("patch"),),
    "map": (*_OF_A_MAP, View("maze-attention"), View("per-length")),
    "probe": (View("probe-readings"), *_OF_A_MAP),
    "induction": (View("head-board"), *_OF_A_TEAM),
    "rivals": (
        View("mice-race"),
        View("thoughts"),
        View("maze-attention"),
        View("maze-editor", {"runner": "plain"}),
        View("per-length"),
    ),
}
"""The views of a lab besides that of its weights."""
_GRIDS = {"attention": "attention-grid", "alignment": "alignment"}
"""The view of weights that the worker calls so."""
_HEADINGS = {
    "attention-grid": "Who looks at whom",
    "alignment": "Where it looks",
    "reach": "How far back an answer reaches",
    "states": "What a memory holds",
    "walk": "A walk through the block",
    "head-board": "What each head looks for",
    "heads": "All heads at once",
    "ablations": "What is left without a head",
    "tower": "From block to block",
    "shapes": "Every shape of a pass",
    "written": "What it writes",
    "per-length": "Right, length by length",
    "families": "Who may read whom",
    "speech": "Words right and wrong",
    "lens": "What each layer would say",
    "gradients": "A gradient, clipped in two ways",
    "patch": "Before and after a patch",
    "thoughts": "What it would answer now",
    "probe-readings": "What a probe reads",
    "maze-editor": "A maze of your own",
    "maze-attention": "Where its heads look",
    "mice-race": "One maze, five ways through it",
}


def insides(spec: LabSpec, knobs: Mapping[str, Value]) -> tuple[Screen, ...]:
    """A page for each view into the networks of a run with these knobs, if there is any."""
    turned = [
        f"{name}={written(value)}"
        for name, value in knobs.items()
        if value != spec.knob(name).default
    ]
    lab = {"lab": " ".join([spec.name, *turned])}
    grid = [View(_GRIDS[LOOKS[spec.name].probe])] if spec.name in LOOKS else []
    return tuple(
        Screen(view.name, _HEADINGS[view.name], (View(view.name, view.settings | lab),))
        for view in (*grid, *_VIEWS.get(spec.name, ()))
    )
