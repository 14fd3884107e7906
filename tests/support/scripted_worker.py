"""A link whose worker is a list of replies: for tests of screens, without a process.

    link = ScriptedLink([Started("", "CPU", 0), *reports, Finished(...)])
    app = App(..., link=link)
    ...                       # the app sends its `Start`
    link.play()               # the whole run happens
    assert link.sent[-1] == Stop("r1")

The `run` of what is played is that of the last `Start`, whatever the list says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from models import protocol

State = Literal["starting", "ready", "down"]
READY = protocol.Ready(protocol.PROTOCOL, "CPU, 1 thread", 1, "3.11", "2.13.0")

Shelf = Mapping[str, protocol.Opened]
"""Kept runs by their id, newest first."""
Answer = protocol.ProbeResult | Callable[[protocol.Probe], protocol.Reply]


class ScriptedLink:
    """Stands for a `WorkerLink`, which has the same names and meanings.

    Args:
        script: what the worker says after a `Start`, in order.
        probes: its answer to a `Probe` of each kind, or what makes that answer.
        ready: what it says of itself.
        at_once: play the whole script by itself after each `Start`.
        kept: the runs that it has kept; those deleted are taken out.
        slow: stay in the state `starting` until `get_ready` is called.
    """

    def __init__(
        self,
        script: Sequence[protocol.Reply] = (),
        *,
        probes: Mapping[str, Answer] | None = None,
        ready: protocol.Ready = READY,
        at_once: bool = False,
        kept: Shelf | None = None,
        slow: bool = False,
        on_reply: Callable[[protocol.Reply], None] = lambda reply: None,
        on_state: Callable[[State], None] = lambda state: None,
    ) -> None:
        self.command = ["scripted"]
        self.on_reply = on_reply
        self.on_state = on_state
        self.state: State = "down"
        self.ready: protocol.Ready | None = None
        self.down_because = ""
        self.sent: list[protocol.Request] = []
        """Every request, in order."""
        self.closed = False
        self._script = tuple(script)
        self._probes = dict(probes or {})
        self._introduction = ready
        self._at_once = at_once
        self.kept = dict(kept or {})
        self._slow = slow
        self._left: list[protocol.Reply] = []
        self._waiting: list[protocol.Request] = []
        self._run = ""

    # The same as WorkerLink's

    async def ensure(self) -> None:
        """Start a worker unless there is one."""
        if self.state == "down":
            self.down_because, self.closed = "", False
            self._change("starting")
            if not self._slow:
                asyncio.get_running_loop().call_soon(self.get_ready)

    async def send(self, request: protocol.Request) -> None:
        """Ask the worker for something."""
        self.sent.append(request)
        if isinstance(request, protocol.Start | protocol.AboutKept):
            await self.ensure()
        if self.state == "starting":
            self._waiting.append(request)
        elif self.state == "ready":
            self._answer(request)
        elif isinstance(request, protocol.Probe):
            self.say(protocol.Failed(request.run, "gone", "There is no worker.", False, request.id))

    async def close(self) -> None:
        """End the worker."""
        self.state, self.ready, self.down_because, self.closed = "down", None, "", True

    # For tests

    def get_ready(self) -> None:
        """Be ready, and answer what was asked meanwhile."""
        if self.state == "starting":
            self.ready = self._introduction
            self._change("ready")
            waiting, self._waiting = self._waiting, []
            for request in waiting:
                self._answer(request)

    def play(self, count: int | None = None) -> int:
        """Say the next `count` replies of the script, or all; how many are left."""
        count = len(self._left) if count is None else count
        now, self._left = self._left[:count], self._left[count:]
        for reply in now:
            self.say(msgspec.structs.replace(reply, run=self._run))
        return len(self._left)

    def say(self, reply: protocol.Reply) -> None:
        """Say this, as the worker would."""
        self._call(self.on_reply, reply)

    def die(self, because: str = "The worker was killed (SIGKILL).") -> None:
        """Be gone, for this reason."""
        self.ready, self.down_because = None, because
        self._left, self._waiting = [], []
        self._change("down")

    def _answer(self, request: protocol.Request) -> None:
        match request:
            case protocol.Start():
                self._run, self._left = request.run, list(self._script)
                if self._at_once:
                    self.play()
            case protocol.StepOnce():
                self.play(1)
            case protocol.Stop() if request.run == self._run:
                self._left = []
                self.say(
                    protocol.Finished(
                        self._run, 0, 0.0, 0.0, READY.device, {}, False, False, stopped=True
                    )
                )
            case protocol.Probe():
                self.say(self._look_inside(request))
            case protocol.Runs():
                self.say(protocol.Listed(request.id, [o.kept for o in self.kept.values()]))
            case protocol.Open() | protocol.Delete():
                self.say(self._on_the_shelf(request))

    def _on_the_shelf(self, request: protocol.Open | protocol.Delete) -> protocol.Reply:
        opened = self.kept.get(request.kept)
        if opened is None:
            return protocol.Failed("", "kept", "There is no such run.", False, request.id)
        if isinstance(request, protocol.Open):
            return msgspec.structs.replace(opened, id=request.id)
        del self.kept[request.kept]
        return protocol.Deleted(request.id, request.kept, opened.kept.size)

    def _look_inside(self, probe: protocol.Probe) -> protocol.Reply:
        answer = self._probes.get(probe.what)
        if answer is None:
            text = f"The script has no answer to a probe of {probe.what!r}."
            return protocol.Failed(probe.run, "error", text, False, probe.id)
        if isinstance(answer, protocol.ProbeResult):
            return msgspec.structs.replace(answer, run=probe.run, id=probe.id)
        return answer(probe)

    def _change(self, state: State) -> None:
        self.state = state
        self._call(self.on_state, state)

    def _call(self, listener: Callable[[Any], None], news: object) -> None:
        asyncio.get_running_loop().call_soon(lambda: None if self.closed else listener(news))
