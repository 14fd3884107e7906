"""One run of a lab in this very process: begun, pulled unit by unit, summed up.

The worker does this between looks at its queue, `grok-tui lab` in a plain loop. Nothing here
knows of the messages' travel, and torch is imported only with the lab that needs it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.device import choose, describe, one_thread, why
from models.kept import State, Turned
from models.memory import memory
from models.protocol import Finished, Report
from models.specs import catalog
from models.specs.spec import LabSpec, Value
from models.troubles import LOSS, Trouble, is_out_of_memory, out_of_memory

if TYPE_CHECKING:
    import numpy as np

    from models.keeper import Keeper
    from models.labs.lab import Lab, Look

FindLab = Callable[[str], LabSpec]
LoadLab = Callable[[str], "type[Lab]"]


def load_lab(name: str) -> type[Lab]:
    """The code of a lab; imports torch if the lab needs it."""
    from models.labs.catalog import load_lab as load

    return load(name)


class Run:
    """A lab at work. `seconds` and `cpu_seconds` count its own work and nothing between."""

    def __init__(
        self, spec: LabSpec, settings: dict[str, Value], lab: Lab, place: str = "cpu"
    ) -> None:
        self.spec = spec
        self.settings = settings
        self.lab = lab
        self.place = place
        """The device it runs on, as torch writes it."""
        self.device = describe(place)
        """The same in plain words."""
        self.seconds = 0.0
        self.cpu_seconds = 0.0
        self.over = False
        self._units = iter(lab.train())
        self._error: Exception | None = None
        self._seen: Report | None = None
        self._latest: dict[str, Report] = {}
        self._learned: dict[str, int] = {}
        """The last step of each runner that had a loss, so was a change of its weights."""
        self._turned: list[Turned] = []
        self._keeper: Keeper | None = None

    def keep(self, folder: Path, seed: int) -> None:
        """Keep it in a folder of its own below `folder`, from here to its end."""
        from models.keeper import Keeper

        self._keeper = Keeper(folder, self.spec.name, self.settings, seed, self.device)

    @property
    def kept(self) -> str:
        """What it is kept as; empty where it is not."""
        return self._keeper.id if self._keeper else ""

    @property
    def not_kept(self) -> str:
        """Why all or some of it is not kept, as a sentence; empty where there is no trouble."""
        return self._keeper.trouble if self._keeper else ""

    def __iter__(self) -> Iterator[Report | Look]:
        """Whatever there is to see until the run is over."""
        while not self.over:
            yield from self.advance()

    def advance(self, seconds: float = 0.0) -> list[Report | Look]:
        """One unit of work, and more while `seconds` last; what there was to see.

        It ends early when the run is `over` and when a loss is no finite number. An error of the
        lab is raised as soon as everything seen before it has been returned.

        Raises:
            Trouble: if there is not enough memory to go on.
            Exception: whatever else goes wrong in the lab.
        """
        seen: list[Report | Look] = []
        began, cpu_began = time.perf_counter(), time.process_time()
        try:
            if self._error is None:
                self._pull(seen, began + seconds)
        except Exception as error:
            self._error = self._too_large(error) if is_out_of_memory(error) else error
        finally:
            self.seconds += time.perf_counter() - began
            self.cpu_seconds += time.process_time() - cpu_began
        for report in seen:
            if isinstance(report, Report):
                self._seen = self._latest[report.runner] = report
                if LOSS in report.metrics:
                    self._learned[report.runner] = report.step
        if self._keeper is not None:
            self._keeper.take(seen)
        if self._error is not None and not seen:
            self.over = True
            self._end_keeping("failed", _said(self._error))
            raise self._error
        if self.over:
            self._end_keeping("finished")
        return seen

    def _pull(self, seen: list[Report | Look], until: float) -> None:
        """Add to `seen` what the units of work until the time `until` show, at least one.

        Between two long computations every call from here costs as much as twenty in a row, so
        there are few, and neither clock nor messages are looked after unit by unit.
        """
        for item in self._units:
            seen.append(item)
            loss = item.metrics.get(LOSS, 0.0) if isinstance(item, Report) else 0.0
            if time.perf_counter() >= until or not math.isfinite(loss):
                return
        self.over = True

    @property
    def steps(self) -> dict[str, int]:
        """The step that each runner has reached."""
        return {runner: report.step for runner, report in self._latest.items()}

    def turn(self, name: str, value: Value) -> None:
        """Turn a knob while the lab trains.

        Raises:
            Trouble: if there is no such knob, or not while training, or not such a value.
        """
        value = checked(self.spec, {name: value})[name]
        if not self.spec.knob(name).live:
            live = [knob.name for knob in self.spec.knobs if knob.live]
            turns = f" While it trains you can turn {', '.join(live)}." if live else ""
            raise Trouble("knob", f"{name} is fixed once a run has begun.{turns}")
        try:
            self.lab.set_knob(name, value)
        except (KeyError, ValueError) as error:
            raise Trouble("knob", f"{name} = {value}: {_text(error)}") from error
        self.settings[name] = value
        step = self._seen.step if self._seen else 0
        self._turned.append(Turned(step, name, value))
        if self._keeper is not None:
            self._keeper.turned.append(self._turned[-1])

    def probe(
        self, what: str, arguments: Mapping[str, Any]
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Look inside the model as it is now: named arrays and plain values.

        Raises:
            Trouble: if there is no such thing to look at, or not enough memory for it.
            Exception: whatever else goes wrong in the lab.
        """
        try:
            return self.lab.probe(what, dict(arguments))
        except Exception as error:
            if is_out_of_memory(error):
                raise self._too_large(error) from error
            if type(error) in (LookupError, ValueError):  # which labs raise in plain words
                raise Trouble("error", _text(error)) from error
            raise

    def stop(self) -> None:
        """End the run where it stands; the model can still be probed."""
        self.over = True
        close = getattr(self._units, "close", None)
        if close is not None:
            close()
        self._end_keeping("stopped")

    def finished(self, run: str = "", stopped: bool = False) -> Finished:
        """The run summed up."""
        result = self.lab.result
        if result is None:
            metrics = {
                f"{runner}.{name}": value
                for runner, report in self._latest.items()
                for name, value in report.metrics.items()
            }
        else:
            metrics = dict(result.metrics)
        return Finished(
            run=run,
            steps=sum((self._learned or self.steps).values()) if result is None else result.steps,
            seconds=self.seconds,
            cpu_seconds=self.cpu_seconds,
            device=self.device,
            metrics=metrics,
            reached=bool(result and result.reached),
            control_failed=bool(result and result.control_failed),
            stopped=stopped,
            turned=list(self._turned),
            kept=self.kept,
        )

    def _end_keeping(self, state: State, why: str = "") -> None:
        """Say how the run ended to whoever keeps it, with the weights if the lab gives them."""
        if self._keeper is not None and not self._keeper.ended:
            give = getattr(self.lab, "state", None)
            weights = give() if give is not None and state != "failed" else None
            self._keeper.end(state, self.finished(), why, weights)

    @property
    def why(self) -> str:
        """Why it runs where it runs, and how much memory is free there, as a sentence."""
        return why(self.place, waking=True)

    def _too_large(self, error: Exception) -> Trouble:
        return too_large(self.spec, self.settings, self.place, error)


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
        raise Trouble("knob", _text(error)) from None
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


def too_large(
    spec: LabSpec, settings: Mapping[str, Value], place: str, error: Exception
) -> Trouble:
    """What to do after a run needed more memory than there is at `place`."""
    known = memory(place)
    free = None if known is None else known[0]
    return Trouble("memory", out_of_memory(spec, settings, describe(place), error, free))


def checked(spec: LabSpec, knobs: Mapping[str, Value]) -> dict[str, Value]:
    """`knobs`, each in its own type and range.

    Raises:
        Trouble: if the lab has no such knob, or the knob does not take its value.
    """
    allowed: dict[str, Value] = {}
    for name, value in knobs.items():
        try:
            allowed[name] = spec.knob(name).check(value)
        except KeyError:
            names = [knob.name for knob in spec.knobs]
            near = get_close_matches(name, names, n=1)
            hint = f"did you mean {near[0]}?" if near else "it has " + ", ".join(names)
            raise Trouble("knob", f"the lab {spec.name} has no knob {name}: {hint}") from None
        except ValueError as error:
            raise Trouble("knob", str(error)) from None
    return allowed


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


NO_TORCH = "torch is not installed here: `pip install torch` beside grok-tui brings it."


def _said(error: Exception) -> str:
    """An error in words: those of a `Trouble`, or else its kind and text."""
    if isinstance(error, Trouble):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _text(error: Exception) -> str:
    """What an exception says, without the quotes that `KeyError` puts around it."""
    return str(error.args[0]) if error.args else type(error).__name__
