"""The worker as a process of its own: its streams, its end, its parent's end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.framing import MAGIC, frame
from models.protocol import Advanced, Failed, Finished, Ready, Start, Started
from tests.support.peer import PATIENCE, Peer

ROOT = Path(__file__).parents[2]
FAKE = [sys.executable, str(ROOT / "tests" / "support" / "fake_worker.py")]
ENDLESS = 1_000_000_000


class Spawned(Peer):
    """A worker process and the peer that asks it."""

    def __init__(self, command: list[str], **options: object) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self.process.stdin and self.process.stdout and self.process.stderr
        super().__init__(self.process.stdin, self.process.stdout)

    def start(self, **knobs: object) -> None:
        """Start a run of the fake lab and wait until it trains."""
        self.ask(Start("r1", "fake", {"steps": ENDLESS, **knobs}, 0))
        self.hear(Started)

    def words(self) -> str:
        """All it printed for people, once it has ended."""
        self.process.wait(PATIENCE)
        assert self.process.stderr
        return self.process.stderr.read().decode()


@pytest.fixture
def worker() -> Iterator[Spawned]:
    spawned = Spawned(FAKE)
    yield spawned
    spawned.process.kill()
    spawned.process.wait()


def test_whatever_prints_prints_to_stderr(worker: Spawned) -> None:
    worker.ask(Start("r1", "fake", {"trouble": "print"}, 0))
    assert worker.hear(Finished).metrics == {"count": 10.0}
    worker.hang_up()
    words = worker.words()
    assert worker.magic == MAGIC
    assert isinstance(worker.all[0], Ready)
    for said in ("printed by Python", "written by C", "put by C"):
        assert said in words


def test_without_torch_it_says_how_to_get_it_and_goes_on(worker: Spawned) -> None:
    ready = worker.hear(Ready)
    assert ready.torch == ""
    assert "pip install torch" in ready.missing
    worker.start()
    worker.hear(Advanced)


def test_sigterm_ends_it_at_once_while_it_trains(worker: Spawned) -> None:
    worker.start()
    worker.process.send_signal(signal.SIGTERM)
    assert worker.process.wait(2.0) == -signal.SIGTERM


def test_sigterm_ends_it_at_once_inside_a_unit_of_work(worker: Spawned) -> None:
    worker.start(trouble="hang", when=1)
    worker.process.send_signal(signal.SIGTERM)
    assert worker.process.wait(2.0) == -signal.SIGTERM


@pytest.mark.parametrize("trouble", ["none", "hang"])
def test_it_leaves_within_two_seconds_of_the_end_of_requests(worker: Spawned, trouble: str) -> None:
    worker.start(trouble=trouble, when=1)
    began = time.monotonic()
    worker.hang_up()
    assert worker.process.wait(PATIENCE) == 0
    assert time.monotonic() - began < 2.0


def test_it_leaves_when_nobody_reads_what_it_says() -> None:
    """Its replies fill the pipe, so that it waits inside a write when the requests end."""
    process = subprocess.Popen(
        FAKE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin
    process.stdin.write(frame(Start("r1", "fake", {"steps": ENDLESS}, 0)))
    process.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1.0)
    process.stdin.close()
    assert process.wait(2.5) == 0
    process.stdout.close()


def test_it_leaves_when_its_parent_vanishes() -> None:
    program = (
        "import subprocess, sys, time\n"
        "from models.framing import frame\n"
        "from models.protocol import Start\n"
        "worker = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        f"worker.stdin.write(frame(Start('r1', 'fake', {{'steps': {ENDLESS}}}, 0)))\n"
        "worker.stdin.flush()\n"
        "worker.stdout.read(1000)\n"
        "print(worker.pid, flush=True)\n"
        "time.sleep(3600)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, *FAKE],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout
    pid = int(parent.stdout.readline())
    assert _runs(pid)
    parent.kill()
    began = time.monotonic()
    while _runs(pid):
        assert time.monotonic() - began < 2.0, "the worker outlived its parent"
        time.sleep(0.01)
    parent.wait()
    parent.stdout.close()


def _runs(pid: int) -> bool:
    """Whether a process lives; a zombie that nobody reaps does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_an_oversized_announcement_is_named_on_stderr(worker: Spawned) -> None:
    worker.send(b"\x7f\xff\xff\xff")
    assert worker.hear(Failed).run == ""
    assert "2,147,483,647 bytes was announced; the limit is 67,108,864" in worker.words()
    assert worker.process.returncode == 2


def test_a_terminal_is_told_what_this_command_is_for() -> None:
    ours, theirs = os.openpty()
    done = subprocess.run(FAKE, stdin=theirs, capture_output=True, text=True, timeout=PATIENCE)
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stdout) == (2, "")
    assert "speaks to the course, not to people" in done.stderr


def test_no_stderr_is_no_reason_to_fail() -> None:
    process = subprocess.Popen(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *FAKE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin and process.stdout
    peer = Peer(process.stdin, process.stdout)
    peer.ask(Start("r1", "fake", {"trouble": "print"}, 0))
    peer.hear(Finished)
    peer.hang_up()
    assert process.wait(PATIENCE) == 0


def test_the_command_of_the_course_is_a_worker() -> None:
    """The very command that the interface runs, with torch and a lab of the course."""
    worker = Spawned([sys.executable, "-P", "-m", "tui", "worker"])
    ready = worker.hear(Ready)
    assert worker.magic == MAGIC
    assert ready.threads == 1
    assert ready.missing == ""
    worker.ask(Start("r1", "mise", {}, 0))
    assert "did you mean" in worker.hear(Failed).text
    worker.ask(Start("r1", "mouse", {}, 0, "cuda:99"))
    assert worker.hear(Failed).kind == "device"
    worker.hang_up()
    assert worker.process.wait(PATIENCE) == 0
