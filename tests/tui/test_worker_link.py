"""The link: what it makes of a worker that is well, and of one that is not."""

from __future__ import annotations

import asyncio
import inspect
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from models.protocol import (
    PROTOCOL,
    Failed,
    Finished,
    Pause,
    Probe,
    ProbeResult,
    Reply,
    Request,
    Start,
    Started,
    Stop,
)
from tests.support.scripted_worker import ScriptedLink
from tui.worker_line import Patience
from tui.worker_link import WorkerLink
from tui.worker_log import LOG_LIMIT, WorkerLog
from tui.worker_process import HERE, command_of

SCRIPTED = Path(__file__).parents[1] / "support" / "scripted_process.py"
WITHIN = 20.0
"""Seconds after which a test that waits has failed."""


class Listener:
    """A link and all it ever said."""

    def __init__(self, link: WorkerLink) -> None:
        self.link = link
        self.replies: list[Reply] = []
        self.states: list[str] = []
        self._news = asyncio.Event()
        link.on_reply = self._hear
        link.on_state = self._see

    def _hear(self, reply: Reply) -> None:
        self.replies.append(reply)
        self._news.set()

    def _see(self, state: str) -> None:
        self.states.append(state)
        self._news.set()

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait for something to be so."""
        async with asyncio.timeout(WITHIN):
            while not (met := condition()):
                self._news.clear()
                await self._news.wait()
        return met

    async def state(self, state: str) -> None:
        """Wait until the link says so."""
        await self.until(lambda: self.states and self.states[-1] == state)

    async def reply(self, kind: type[Any], **fields: object) -> Any:
        """The first reply of a kind with these values."""

        def found() -> Reply | None:
            for reply in self.replies:
                if isinstance(reply, kind) and all(
                    getattr(reply, name) == value for name, value in fields.items()
                ):
                    return reply
            return None

        return await self.until(found)

    async def send(self, *requests: Request) -> None:
        for request in requests:
            await self.link.send(request)


@pytest.fixture
async def linked(tmp_path: Path) -> AsyncIterator[Callable[..., Listener]]:
    """Makes links to scripted workers and closes them in the end."""
    made: list[WorkerLink] = []

    def make(how: str | list[str], **patience: float) -> Listener:
        command = [sys.executable, str(SCRIPTED), how] if isinstance(how, str) else how
        link = WorkerLink(command, tmp_path / "worker.log", patience=Patience(**patience))
        made.append(link)
        return Listener(link)

    yield make
    for link in made:
        await link.close()


Linked = Callable[..., Listener]


async def test_it_starts_a_worker_and_says_when_it_is_ready(linked: Linked) -> None:
    worker = linked("good")
    assert (worker.link.state, worker.link.down_because) == ("down", "")
    await worker.link.ensure()
    assert worker.link.state == "starting"
    await worker.link.ensure()  # a second time changes nothing
    await worker.state("ready")
    assert worker.states == ["starting", "ready"]
    assert worker.link.ready is not None
    assert worker.link.ready.device == "CPU, 1 thread"


async def test_what_is_asked_while_it_starts_is_answered_in_order(linked: Linked) -> None:
    worker = linked("good")
    await worker.send(Start("r1", "count", {}, 5), Probe("r1", 1, "a"), Probe("r1", 2, "b"))
    assert worker.link.state == "starting"
    await worker.reply(ProbeResult, id=2)
    assert worker.replies == [
        Started("r1", "CPU", 5),
        ProbeResult("r1", 1, {}, {"what": "a"}),
        ProbeResult("r1", 2, {}, {"what": "b"}),
    ]


async def test_what_belongs_to_an_old_run_is_dropped(linked: Linked) -> None:
    worker = linked("good")
    await worker.send(Start("r1", "count", {}, 0), Start("r2", "count", {}, 0), Stop("r2"))
    await worker.reply(Finished)
    assert [reply.run for reply in worker.replies] == ["r2", "r2"]


async def test_a_banner_is_skipped_and_logged(linked: Linked, tmp_path: Path) -> None:
    worker = linked("banner")
    await worker.link.ensure()
    await worker.state("ready")
    log = (tmp_path / "worker.log").read_text()
    assert "Welcome to gpu1!" in log
    assert "\x1b" not in log


@pytest.mark.parametrize(
    ("how", "patience", "said"),
    [
        ("flood", {}, ["What answers is no worker", '"lorem ipsum lorem']),
        (
            ["sh", "-c", "printf 'Password for mouse:'; exec sleep 3600"],
            {"greeting_elsewhere": 1.0},
            ["has not spoken in 1 second,", '"Password for mouse:"', "exec sleep 3600"],
        ),
        ("never-ready", {"ready": 0.2}, ["not ready after 0.2 seconds"]),
        ("login-fails", {}, ["exit status 255", '"mouse@gpu1: Permission denied (publickey)."']),
        ("newer", {}, [f"version {PROTOCOL + 1} of the protocol", "Update grok-tui here"]),
        ("older", {}, [f"version {PROTOCOL - 1} of the", "Update grok-tui where the worker runs"]),
        ("no-ready", {}, ["cannot be understood", "did not begin with Ready"]),
        ("left-behind", {}, ["broke off with exit status 7"]),
    ],
)
async def test_a_worker_that_does_not_begin_is_named(
    linked: Linked, how: str | list[str], patience: dict[str, float], said: list[str]
) -> None:
    worker = linked(how, **patience)
    await worker.send(Start("r1", "count", {}, 0))
    await worker.state("down")
    for words in said:
        assert words in worker.link.down_because
    assert worker.link.ready is None


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["no-such-command-of-ours", "-x"], "there is no command 'no-such-command-of-ours' here"),
        ([str(SCRIPTED.parent)], "may not be run"),
        (["sh", "-c", "echo GROKTUI not"], 'only "GROKTUI not"'),
    ],
)
async def test_a_command_that_starts_no_worker_is_named(
    linked: Linked, command: list[str], said: str
) -> None:
    worker = linked(command)
    await worker.link.ensure()
    await worker.state("down")
    assert said in worker.link.down_because
    assert command[0] in worker.link.down_because


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (3, 'exit status 3. Its last words: "RuntimeError: no cheese".'),
        (-signal.SIGKILL, "killed (SIGKILL). If nobody did that, its machine ran out of memory"),
        (-signal.SIGSEGV, "crashed (SIGSEGV)"),
        (-signal.SIGTERM, "ended from outside (SIGTERM)"),
        (137, "killed (exit status 137, which stands for SIGKILL)"),
        (0, "nothing to do for ten minutes"),
    ],
)
async def test_a_worker_that_dies_is_explained_and_replaced(
    linked: Linked, status: int, said: str
) -> None:
    worker = linked("good")
    words = "Traceback\n\x1b[31mRuntimeError: no cheese\x1b[0m\n"
    await worker.send(Start("r1", "die", {"status": int(status), "words": words}, 0))
    await worker.state("down")
    assert said in worker.link.down_because
    assert "The next run starts another one." in worker.link.down_because
    assert worker.replies == [Started("r1", "CPU", 0)]  # said before it died, and heard
    await worker.send(Start("r2", "count", {}, 0))
    await worker.reply(Started, run="r2")
    assert worker.states == ["starting", "ready", "down", "starting", "ready"]
    assert worker.link.down_because == ""


@pytest.mark.parametrize(
    ("lab", "said"),
    [
        ("oversized", "a frame of 67,108,865 bytes was announced; the limit is 67,108,864"),
        ("rubbish", "not a reply of protocol"),
        ("mute", "closed its end of the line"),
    ],
)
async def test_a_worker_that_talks_nonsense_is_ended(linked: Linked, lab: str, said: str) -> None:
    worker = linked("good")
    await worker.send(Start("r1", lab, {}, 0))
    await worker.state("down")
    assert said in worker.link.down_because


async def test_a_large_frame_is_no_oversized_one(linked: Linked) -> None:
    worker = linked("good")
    await worker.send(Start("r1", "large", {}, 0))
    assert len((await worker.reply(ProbeResult)).values["text"]) == 3_000_000


@pytest.mark.parametrize(
    ("lab", "how"), [("hang", "ended (SIGTERM)"), ("stubborn", "killed (SIGKILL)")]
)
async def test_a_stop_that_is_not_answered_ends_the_worker(
    linked: Linked, lab: str, how: str
) -> None:
    worker = linked("good", stop=0.1, term=0.1)
    await worker.send(Start("r1", lab, {}, 0))
    await worker.reply(Started)
    await worker.send(Stop("r1"))
    await worker.state("down")
    assert f"did not stop within 0.1 seconds and was {how}" in worker.link.down_because


async def test_a_stop_that_is_answered_ends_nothing(linked: Linked) -> None:
    worker = linked("good", stop=1.0)
    await worker.send(Start("r1", "count", {}, 0), Stop("r1"))
    await worker.reply(Finished)
    await worker.send(Stop("r1"))  # too late, and not waited for
    began, asked = time.monotonic(), 0
    while time.monotonic() - began < 1.2:
        asked += 1
        await worker.send(Probe("r1", asked, "a"))
        await worker.reply(ProbeResult, id=asked)
    assert worker.states == ["starting", "ready"]


async def test_what_a_worker_started_is_ended_with_it(linked: Linked) -> None:
    worker = linked("children", stop=0.1)
    await worker.send(Start("r1", "hang", {}, 0))
    await worker.reply(Started)
    assert worker.link.ready is not None
    child = int(worker.link.ready.device)
    await worker.send(Stop("r1"))
    await worker.state("down")
    async with asyncio.timeout(WITHIN):
        while not gone(child):
            await asyncio.sleep(0.01)


def gone(pid: int) -> bool:
    """Whether a process is no more (a zombie, which nobody here can reap, is no more)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("how", ["good", "deaf", "silent", "never-ready", "left-behind"])
@pytest.mark.parametrize("when", ["at once", "later"])
async def test_closing_takes_less_than_a_second(linked: Linked, how: str, when: str) -> None:
    worker = linked(how)
    await worker.send(Start("r1", "stubborn", {}, 0))
    if when == "later" and how in ("good", "deaf"):
        await worker.state("ready")
    began = time.monotonic()
    await worker.link.close()
    assert time.monotonic() - began < 1.0
    seen = list(worker.states)
    assert (worker.link.state, worker.link.down_because) == ("down", "")
    await asyncio.sleep(0)
    assert worker.states == seen


async def test_a_listener_that_fails_does_not_break_the_line(linked: Linked) -> None:
    worker = linked("good")
    failures: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: failures.append(context))
    hear = worker.link.on_reply

    def fail_first(reply: Reply) -> None:
        hear(reply)
        if isinstance(reply, Started):
            raise ZeroDivisionError

    worker.link.on_reply = fail_first
    await worker.send(Start("r1", "count", {}, 0), Probe("r1", 1, "a"))
    await worker.reply(ProbeResult)
    assert len(failures) == 1
    assert worker.link.state == "ready"


async def test_the_end_of_a_worker_is_told_before_another_can_be_started(linked: Linked) -> None:
    worker = linked("good")
    told: list[tuple[str, str]] = []
    worker.link.on_state = lambda state: told.append((state, worker.link.state))
    await worker.send(Start("r1", "die", {"status": 1, "words": ""}, 0))
    async with asyncio.timeout(WITHIN):
        while worker.link.state != "down":
            await asyncio.sleep(0)
    assert told[-1] == ("down", "down")


async def test_a_probe_without_a_worker_is_answered_all_the_same(linked: Linked) -> None:
    worker = linked("good")
    await worker.send(Pause("r1"), Stop("r1"), Probe("r1", 3, "a"))
    failed = await worker.reply(Failed)
    assert (failed.id, failed.kind, failed.ended) == (3, "gone", False)
    assert worker.link.state == "down"


async def test_what_is_asked_of_an_old_run_is_answered_and_what_it_says_by_itself_is_not_heard(
    linked: Linked,
) -> None:
    worker = linked("good")
    await worker.send(Start("r1", "count", {}, 0), Start("r2", "count", {}, 0), Probe("r1", 7, "a"))
    assert (await worker.reply(ProbeResult)).id == 7
    await worker.send(Stop("r2"))
    await worker.reply(Finished)
    assert not [one for one in worker.replies if one.run == "old"]


async def test_torch_is_told_to_be_quiet_and_to_use_one_thread(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    worker = linked("environment")
    await worker.link.ensure()
    await worker.state("ready")
    assert worker.link.ready is not None
    assert (worker.link.ready.device, worker.link.ready.python) == ("ERROR", "1")


def test_the_command_is_a_setting() -> None:
    assert command_of("") == HERE == [sys.executable, "-P", "-m", "tui", "worker"]
    setting = "ssh -T -o BatchMode=yes gpu1 'grok tui' worker"
    assert command_of(setting)[-3:] == ["gpu1", "grok tui", "worker"]
    with pytest.raises(ValueError, match="quotation"):
        command_of("ssh 'gpu1")


def test_the_log_never_grows_without_end(tmp_path: Path) -> None:
    log = WorkerLog(tmp_path / "logs" / "worker.log")
    log.begin(["worker"])
    for _ in range(40):
        log.write(b"x" * 99_999 + b"\n")
    assert log.path.stat().st_size <= LOG_LIMIT
    assert sum(file.stat().st_size for file in log.path.parent.iterdir()) <= 2 * LOG_LIMIT


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc").exists(), reason="needs /proc")
def test_a_log_that_cannot_be_written_stops_nothing() -> None:
    log = WorkerLog(Path("/proc/no-such-folder/worker.log"))
    log.begin(["worker"])
    log.write(b"one\ntwo\n\n")
    assert log.last_line == "two"


def test_the_scripted_link_has_the_names_of_the_real_one(tmp_path: Path) -> None:
    real, scripted = WorkerLink([], tmp_path / "log"), ScriptedLink()
    names = {name for name in (*dir(real), *vars(real)) if not name.startswith("_")}
    assert names <= {*dir(scripted), *vars(scripted)}
    for name in ("ensure", "send", "close"):
        theirs, ours = (inspect.signature(getattr(x, name)) for x in (real, scripted))
        assert list(theirs.parameters) == list(ours.parameters)
