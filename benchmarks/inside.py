"""Run by itself: the course on this terminal, its event loop watched from within.

Arguments: what is to happen (`worker`, `thread` or `lag`), a folder with the lesson of one lab, and
a file for what was found, as JSON in seconds.

`worker`: torch is imported by the worker, as always; the lags of the loop meanwhile.
`thread`: the same import in a thread of the interface.
`lag`: spells of training, and spells in which the interface gets the same reports in the same
rhythm while the worker holds still; the lags of each kind.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks.lab_lesson import ID
from benchmarks.waits import Lags
from models import protocol
from progress import paths
from tui.app import GrokApp, Options
from tui.worker_link import WorkerLink
from tui.worker_process import HERE

SPELLS, SPELL = 6, 3.0
"""Spells of each kind, and the seconds of one."""
SETTLING = 0.4
"""Seconds after which what was on its way has come."""


class Link(WorkerLink):
    """The line to the worker. The app asks for it when it has been drawn: then things happen."""

    def __init__(self, told: Path) -> None:
        super().__init__(list(HERE), paths.log_file())
        self.app: GrokApp | None = None
        self.lags = Lags()
        self._told = told
        self._tasks: list[asyncio.Task[None]] = []

    async def ensure(self) -> None:
        """Watch from now on, and begin."""
        if not self._tasks:
            self.lags.on = True
            self._tasks += [asyncio.create_task(self.lags.watch())]
            self._tasks += [asyncio.create_task(self._report())]
        await self.begin()

    async def begin(self) -> None:
        """Start the worker."""
        await super().ensure()

    async def happen(self, app: GrokApp) -> dict[str, list[float]]:
        """What is measured, to its end: until the worker is ready."""
        while self.ready is None:
            await asyncio.sleep(0.01)
        return {"importing": self.lags.take()}

    async def _report(self) -> None:
        assert self.app is not None
        try:
            found = await self.happen(self.app)
        except Exception:
            self.app.exit(return_code=1, message=traceback.format_exc())
            return
        self._told.write_text(json.dumps(found), "utf-8")
        self.app.exit()


class ThreadLink(Link):
    """No worker: a thread of the interface imports what the worker would."""

    async def begin(self) -> None:
        """There is nothing to start."""

    async def happen(self, app: GrokApp) -> dict[str, list[float]]:
        """Import torch here."""
        await asyncio.to_thread(__import__, "torch")
        return {"importing": self.lags.take()}


class SpellLink(Link):
    """Notes what the worker says and when, and can say it again."""

    def __init__(self, told: Path) -> None:
        super().__init__(told)
        self._heard: list[tuple[float, protocol.Advanced]] = []
        self._listening = False
        self._ahead = 0
        """By how many steps the interface is ahead of the worker, because it was told twice."""

    async def happen(self, app: GrokApp) -> dict[str, list[float]]:
        """Train and rehearse by turns."""
        hear = self.on_reply

        def note(reply: protocol.Reply) -> None:
            if isinstance(reply, protocol.Advanced):
                if self._listening:
                    self._heard.append((time.perf_counter(), reply))
                reply = _later(reply, self._ahead)
            hear(reply)

        self.on_reply = note
        app.simulate_key("enter")
        while (run := app.labs.going) is None or ("mouse", "loss") not in run.curves:
            await asyncio.sleep(0.05)
        found: dict[str, list[float]] = {"training": [], "idle": []}
        for _ in range(SPELLS):
            found["training"] += await self._train()
            await self.send(protocol.Pause(run.run))
            await asyncio.sleep(SETTLING)
            found["idle"] += await self._rehearse(hear)
            await self.send(protocol.Resume(run.run))
            await asyncio.sleep(SETTLING)
        return found

    async def _train(self) -> list[float]:
        self._heard.clear()
        self._listening = True
        self._began = time.perf_counter()
        found = await self._spell(asyncio.sleep(SPELL))
        self._listening = False
        return found

    async def _rehearse(self, hear: Callable[[protocol.Reply], None]) -> list[float]:
        steps = [report.step for _, reply in self._heard for report in reply.reports]
        self._ahead += max(steps) - min(steps) + 1
        begins = time.perf_counter()

        async def say() -> None:
            for heard_at, reply in self._heard:
                await _until(begins + heard_at - self._began)
                hear(_later(reply, self._ahead))
            await _until(begins + SPELL)

        return await self._spell(say())

    async def _spell(self, doing: object) -> list[float]:
        self.lags.take()
        self.lags.on = True
        await doing  # type: ignore[misc]
        self.lags.on = False
        return self.lags.take()


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.perf_counter()))


def _later(reply: protocol.Advanced, steps: int) -> protocol.Advanced:
    """The same message, so many steps further on."""
    replace = msgspec.structs.replace
    reports = [replace(report, step=report.step + steps) for report in reply.reports]
    return replace(reply, reports=reports)


LINKS = {"worker": Link, "thread": ThreadLink, "lag": SpellLink}


def main() -> int:
    """Run the app to its end; its exit status."""
    what, lessons, told = sys.argv[1:]
    link = LINKS[what](Path(told))
    link.app = app = GrokApp(Options(lesson=ID, lessons=Path(lessons)), link=link)
    app.run(mouse=False)
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
