"""A run of a lab begun in this very process.

The worker does this between looks at its queue, `grok-tui lab` in a plain loop.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from models.device import choose, one_thread
from models.resuming import go_on, why_not
from models.run import Run
from models.run_limits import checked, too_large
from models.runs import KeptRuns, RunProblem
from models.specs import catalog
from models.specs.spec import LabSpec, Value
from models.troubles import Trouble, is_out_of_memory, said_by

if TYPE_CHECKING:
    from models.labs.lab import Lab

FindLab = Callable[[str], LabSpec]
LoadLab = Callable[[str], "type[Lab]"]
NO_TORCH = "torch is not installed here: `pip install torch` beside grok-tui brings it."


def load_lab(name: str) -> type[Lab]:
    """The code of a lab; imports torch if the lab needs it."""
    from models.labs.catalog import load_lab as load

    return load(name)


def begin(
    name: str,
    knobs: Mapping[str, Value],
    seed: int,
    device: str = "auto",
    *,
    find: FindLab = catalog.find_lab,
    load: LoadLab = load_lab,
) -> Run:
    """Make a lab ready to run.

    Raises:
        Trouble: if there is no such lab, knob, value, device or memory, or no torch.
        Exception: whatever else goes wrong in the lab.
    """
    try:
        spec = find(name)
    except LookupError as error:
        raise Trouble("knob", said_by(error)) from None
    settings = spec.settings(checked(spec, knobs))
    code = _loaded(spec, load)
    one_thread()
    place = choose(device) if spec.needs_torch else "cpu"
    began, cpu_began = time.perf_counter(), time.process_time()
    try:
        run = Run(spec, settings, code(dict(settings), seed, place), place)
    except Exception as error:
        if is_out_of_memory(error):
            raise too_large(spec, settings, place, error) from error
        raise
    run.seconds = time.perf_counter() - began
    run.cpu_seconds = time.process_time() - cpu_began
    return run


def resume(runs: KeptRuns, kept: str, device: str = "auto") -> Run:
    """Make a kept run ready to go on.

    Raises:
        Trouble: if it cannot, or what `begin` raises.
        Exception: whatever else goes wrong in its lab.
    """
    said = runs.summary(kept)
    if why := why_not(said):
        raise RunProblem(why)
    run = begin(said.lab, said.knobs, said.seed, device)
    go_on(run, said.seed, runs, kept)
    return run


def _loaded(spec: LabSpec, load: LoadLab) -> type[Lab]:
    """The code of a lab.

    Raises:
        Trouble: if it needs torch and there is none.
    """
    try:
        return load(spec.name)
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        raise Trouble(
            "torch", f"The lab {spec.name} trains a network with torch. {NO_TORCH}"
        ) from None
