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
from models.marks import Marks
from models.protocol import Finished, Report
from models.run_limits import checked, too_large
from models.shapes_trace import CODE, shapes_of_code
from models.specs.spec import LabSpec, Value
from models.standing import Standing
from models.troubles import LOSS, Trouble, in_words, is_out_of_memory, said_by

if TYPE_CHECKING:
    import numpy as np

    from models.keeper import Keeper
    from models.labs.lab import Lab, Look
    from models.resuming import Earlier


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
        self.earlier: Earlier | None = None
        """The kept run that it goes on from."""
        self.beside: dict[str, Lab] = {}
        """Other runs of its lab, as they ended, by what they are kept as: a probe finds them under
        this name among its arguments."""
        self._began_with = dict(settings)
        self._units = iter(lab.train())
        self._error: Exception | None = None
        self.marks = Marks()
        """How far its runners have come."""
        self._turned: list[Turned] = []
        self.keeper: Keeper | None = None
        """Who keeps it, if anybody does."""

    def keep(self, folder: Path, seed: int, study: str = "") -> None:
        """Keep it in a folder of its own below `folder`, from here to its end."""
        from models.keeper import Keeper

        kept = Kept(
            id="",
            lab=self.spec.name,
            knobs=self._began_with,
            seed=seed,
            device=self.device,
            began=datetime.now(UTC).isoformat(timespec="seconds"),
            study=study,
            resumed=self.earlier.kept.id if self.earlier else "",
        )
        self.keeper = Keeper(folder, kept, self.earlier)
        self.keeper.turned += self._turned

    def go_on(self, earlier: Earlier) -> None:
        """Stand where a kept run stands, before anything is done.

        Raises:
            CheckpointError: if its weights are not those of such a run.
        """
        self.lab.restore(earlier.weights)
        self.earlier = earlier
        for report in earlier.reports:
            self.marks.add(report)
        self.seconds += earlier.seconds
        self.cpu_seconds += earlier.cpu_seconds
        for turned in earlier.turned:
            self.lab.set_knob(turned.name, turned.value)
            self.settings[turned.name] = turned.value
        self._turned += earlier.turned

    @property
    def kept(self) -> str:
        """What it is kept as; empty where it is not."""
        return self.keeper.id if self.keeper else ""

    @property
    def not_kept(self) -> str:
        """Why all or some of it is not kept, as a sentence; empty where there is no trouble."""
        return self.keeper.trouble if self.keeper else ""

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
        for item in seen:
            if isinstance(item, Report):
                self.marks.add(item)
        if self.keeper is not None:
            self.keeper.take(seen)
            if self.keeper.wants_weights and not self.over:
                self._hand_over_weights(self.keeper)
        if self._error is not None and not seen:
            self.over = True
            self._end_keeping("failed", in_words(self._error))
            raise self._error
        if self.over:
            self._end_keeping("finished")
        return seen

    def _hand_over_weights(self, keeper: Keeper) -> None:
        """Give the keeper what the run could go on from, if there is such a thing."""
        state = None if self.marks.lost else self.lab.state()
        if state is not None:
            spent = self.seconds, self.cpu_seconds
            keeper.stand(Standing.copied(state, *spent, len(self._turned)))

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
        step = self.marks.last.step if self.marks.last else 0
        self._turned.append(Turned(step, name, value))
        if self.keeper is not None:
            self.keeper.turned.append(self._turned[-1])

    def probe(
        self, what: str, arguments: Mapping[str, Any]
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Look inside the model as it is now: named arrays and plain values.

        Raises:
            Trouble: if there is no such thing to look at, or not enough memory for it.
            Exception: whatever else goes wrong in the lab.
        """
        try:
            if what == CODE:
                return shapes_of_code(self.lab.probe, arguments)
            others = {"beside": self.beside} if self.beside else {}
            return self.lab.probe(what, {**arguments, **others})
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
        return Finished(
            run=run,
            steps=self.marks.made if result is None else result.steps,
            seconds=self.seconds,
            cpu_seconds=self.cpu_seconds,
            device=self.device,
            metrics=self.marks.metrics if result is None else dict(result.metrics),
            reached=bool(result and result.reached),
            control_failed=bool(result and result.control_failed),
            stopped=stopped,
            turned=list(self._turned),
            kept=self.kept,
        )

    def _end_keeping(self, state: State, why: str = "") -> None:
        """Say how the run ended to whoever keeps it, with the weights if the lab gives them."""
        if self.keeper is not None and not self.keeper.ended:
            if state in ("stopped", "finished"):
                self._hand_over_weights(self.keeper)
            self.keeper.end(state, self.finished(), why)

    @property
    def why(self) -> str:
        """Why it runs where it runs, and how much memory is free there, as a sentence."""
        return why(self.place, waking=True)

    def _too_large(self, error: Exception) -> Trouble:
        return too_large(self.spec, self.settings, self.place, error)
