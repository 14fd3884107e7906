"""A run of a lab: pulled unit by unit, looked into, summed up.

Nothing here knows of the messages' travel, and torch is imported only with the lab that needs it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.breaks import Breaks
from models.device import describe, why
from models.kept import Kept, State, Turned
from models.protocol import Finished, Report
from models.run_limits import checked, too_large
from models.specs.spec import LabSpec, Value
from models.troubles import LOSS, Trouble, in_words, is_out_of_memory, said_by

if TYPE_CHECKING:
    import numpy as np

    from models.keeper import Keeper
    from models.labs.lab import Lab, Look


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
        self.breaks = Breaks()
        """Where it is to hold."""
        self._units = iter(lab.train())
        self._error: Exception | None = None
        self._seen: Report | None = None
        self._latest: dict[str, Report] = {}
        self._learned: dict[str, int] = {}
        """The last step of each runner that had a loss, so was a change of its weights."""
        self._turned: list[Turned] = []
        self._keeper: Keeper | None = None

    def keep(self, folder: Path, seed: int, study: str = "") -> None:
        """Keep it in a folder of its own below `folder`, from here to its end."""
        from models.keeper import Keeper

        self._keeper = Keeper(
            folder,
            Kept(
                id="",
                lab=self.spec.name,
                knobs=dict(self.settings),
                seed=seed,
                device=self.device,
                began=datetime.now(UTC).isoformat(timespec="seconds"),
                study=study,
            ),
        )

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

        It ends early when the run is `over`, where it meets a breakpoint, and when a loss is no
        finite number. An error of the lab is raised as soon as everything seen before it has been
        returned.

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
            self._end_keeping("failed", in_words(self._error))
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
            if time.perf_counter() >= until or (isinstance(item, Report) and self._stops_at(item)):
                return
        self.over = True

    def _stops_at(self, report: Report) -> bool:
        """Whether nothing may be done after this report before somebody has looked at it."""
        return self.breaks.meets(report) or not math.isfinite(report.metrics.get(LOSS, 0.0))

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
            raise Trouble("knob", f"{name} = {value}: {said_by(error)}") from error
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
                raise Trouble("error", said_by(error)) from error
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
