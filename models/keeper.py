"""Keeping a run while it trains: a thread of its own writes, and training never waits for a disk.

Reports and what the run shows are handed over as they come and written once a second, so that of
a run that is killed at most the last second is lost. A disk that is full, read-only or silent
ends the keeping, in one sentence, and nothing else. Every few seconds the weights are asked for
and written, so that a run that is killed can go on from there.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from models.film import Frame
from models.kept import Kept, State, Turned
from models.protocol import Finished, Report
from models.run_files import ALL, LARGEST, REPORTS_BYTES, WEIGHTS, why_not
from models.run_folder import RunFolder
from models.seen import Seen, framed, line_of, printable
from models.standing import Standing, Weighing
from models.versions import versions

if TYPE_CHECKING:
    from models.labs.lab import Look
    from models.resuming import Earlier

PERIOD, SUMMED_UP = 1.0, 5.0
"""Seconds between two writes, and between two summaries while it goes."""
PATIENCE = 1.0
"""Seconds that the end of a run waits for the disk."""
SHARE, FREE = 0.03, 0.1
"""The share of the CPU time of the process that keeping may take, and the seconds before that."""
SPARSE = 32
"""Where it would take more, only one thing in so many is looked at."""
AT_ONCE = 128
"""Things that are looked at between two looks at what that costs."""
MOST_WAITING = 100_000
"""Handings-over that may wait for a silent disk."""


class Keeper:
    """Keeps one run in a folder of its own below `folder`."""

    def __init__(self, folder: Path, kept: Kept, earlier: Earlier | None = None) -> None:
        """Begin to keep the run that `kept` says, under an id that is found for it.

        It begins with what an `earlier` one had reported and shown.
        """
        self.folder = folder
        self.trouble = ""
        """What is not kept and why, in a sentence; empty while all is."""
        self.cpu_seconds = 0.0
        """What keeping has cost."""
        self.turned: list[Turned] = []
        """The knobs that were turned so far."""
        self.wants_weights = False
        """Whether it is time to hand over where the run stands."""
        self._kept = kept
        self._earlier = earlier
        self._coming: deque[list[Report | Frame] | Standing] = deque()
        self._named, self._ending = threading.Event(), threading.Event()
        self._end: dict[str, Any] = {}
        self._files = RunFolder(folder)
        self._seen, self._films, self._weighing = Seen(), True, Weighing()
        self._gone = False
        """Whether nothing is kept any more."""
        self._cpu_began = time.process_time()
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)
        self._thread.start()

    # For the thread that trains

    @property
    def id(self) -> str:
        """What the run is kept as; empty if it is not."""
        self._named.wait(PATIENCE)
        return self._kept.id

    @property
    def ended(self) -> bool:
        """Whether it was said how the run ended."""
        return self._ending.is_set()

    def take(self, seen: Sequence[Report | Look]) -> None:
        """Hand over what there was to see."""
        if self._gone or self._ending.is_set() or not seen:
            return
        self._coming.append([x if isinstance(x, Report) else framed(x) for x in seen])
        if len(self._coming) > MOST_WAITING:
            self._give_up("the disk does not answer", "see to it, and the next run is kept")

    def stand(self, standing: Standing) -> None:
        """Hand over where the run stands, after all that it has shown so far."""
        self.wants_weights = False
        self._coming.append(standing)

    def end(self, state: State, done: Finished, why: str = "") -> None:
        """Say how the run ended; only the first end counts. It waits a little for the disk."""
        if self._ending.is_set():
            return
        self._end = {
            "state": state,
            "why": printable(why),
            "steps": done.steps,
            "seconds": done.seconds,
            "cpu_seconds": done.cpu_seconds,
            "metrics": {name: float(value) for name, value in done.metrics.items()},
            "reached": done.reached,
            "control_failed": done.control_failed,
        }
        self._ending.set()
        self._thread.join(PATIENCE)

    # For the thread that writes

    def _work(self) -> None:
        try:
            self._begin()
            summed_up = time.monotonic()
            while not self._ending.wait(PERIOD):
                self._write()
                self.wants_weights = self._weighing.is_due
                if time.monotonic() - summed_up >= SUMMED_UP:
                    self._files.sum_up(self._summed_up())
                    summed_up = time.monotonic()
            self._write()
            self._finish()
        except OSError as error:
            self._give_up(*why_not(error, self.folder))
        except Exception as error:
            self._give_up(f"{type(error).__name__}", "the log has more")
            raise
        finally:
            self.cpu_seconds = time.thread_time()
            self._gone = True
            self._named.set()
            self._coming.clear()
            self._files.let_go()

    def _begin(self) -> None:
        """Find a place for the run."""
        if self._files.taken() > ALL:
            self._films = False
            self.trouble = (
                "All kept runs together take more than 1 GB, so this one is kept without film and "
                "weights: `grok-tui runs delete` makes room."
            )
        kept = msgspec.structs.replace(self._kept, versions=versions(), note=self.trouble)
        self._kept = self._files.make(kept)
        self._named.set()
        if self._earlier is not None:
            self._add(self._earlier.reports)
            self._seen.begin_with(self._earlier.reports, self._earlier.film)
            if self._films:
                self._files.add_film(self._seen.film.frames, self._seen.film.frames, 0)
            self._earlier = None

    def _write(self) -> None:
        """Write what has come since the last time."""
        coming: list[Report | Frame] = []
        for _ in range(len(self._coming)):
            handed = self._coming.popleft()
            if isinstance(handed, Standing):
                self._put_down(coming)
                coming = []
                self._save(handed)
            else:
                coming += handed
        self._put_down(coming)

    def _put_down(self, coming: Sequence[Report | Frame]) -> None:
        """Write reports and the film, sparsely where that has cost too much."""
        reports: list[Report] = []
        frames: list[Frame] = []
        sparse = 1
        for place, item in enumerate(coming):
            if place % AT_ONCE == 0:
                sparse = SPARSE if self._costs_too_much() else 1
            if place % sparse and place < len(coming) - 1:
                continue
            if isinstance(item, Frame):
                frames.append(self._seen.show(item))
            else:
                reports += self._seen.add(item)
        self._add(reports)
        if frames and self._films:
            self._files.add_film(frames, self._seen.film.frames, self._seen.film.dropped)

    def _costs_too_much(self) -> bool:
        """Whether keeping has taken more of the CPU than it may."""
        self.cpu_seconds = time.thread_time()
        return self.cpu_seconds > FREE + SHARE * (time.process_time() - self._cpu_began)

    def _add(self, reports: Sequence[Report]) -> None:
        if self._files.reports < REPORTS_BYTES:
            self._files.add_reports([line_of(r.runner, r.step, r.metrics) for r in reports])
        elif reports:
            self._note("Its curves are longer than may be kept, so their last steps are left out.")

    def _summed_up(self) -> Kept:
        """The run as it stands, or as it ended."""
        so_far = self._seen.so_far(self._kept, self.turned)
        return msgspec.structs.replace(so_far, **self._end)

    def _finish(self) -> None:
        """Write the rest, and how it ended."""
        self._add(self._seen.rest())
        kept = self._summed_up()
        whole = kept.state == "finished" and not kept.study
        if kept.state != "stopped" and not whole:
            self._files.drop_weights()  # nothing goes on from there, and nobody looks
        if kept.state == "finished":
            kept = msgspec.structs.replace(kept, fraction=1.0)
        film = self._seen.film.frames if self._films else []
        self._files.finish(kept, film, self._seen.film.dropped if self._films else 0)

    def _save(self, standing: Standing) -> None:
        """Keep where the run stands, if that is not too large."""
        from models.checkpoint import save

        began = time.thread_time()
        self._add(self._seen.rest())
        tensors = standing.weights.tensors
        room = LARGEST - self._files.reports - self._files.film - (1 << 20)
        if self._films and sum(tensor.nbytes for tensor in tensors.values()) > room:
            self._files.drop_weights()
            self._note("Its weights are larger than may be kept, so it cannot go on later.")
        elif self._films and self._files.place is not None:
            save(self._files.place / WEIGHTS, tensors, standing.about(self._files.reports))
            self._files.sum_up(self._summed_up())
        self._weighing.done(time.thread_time() - began)

    def _note(self, text: str) -> None:
        if text not in self._kept.note:
            note = f"{self._kept.note} {text}".strip()
            self._kept = msgspec.structs.replace(self._kept, note=note)

    def _give_up(self, because: str, remedy: str) -> None:
        """Keep no more of the run, and say so."""
        self._gone = True
        far = "only kept up to here" if self._files.place else "not kept"
        self.trouble = printable(f"This run is {far}, because {because}: {remedy}.")
        self._note(self.trouble)
        with suppress(OSError):
            self._files.sum_up(self._summed_up())
