"""A worker process that does what its first argument says, to see what the link makes of it.

It needs nothing but the protocol, so that it starts at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.framing import FRAME_LIMIT, MAGIC, frame, parse_request, read_frame
from models.protocol import (
    PROTOCOL,
    Failed,
    Finished,
    Probe,
    ProbeResult,
    Ready,
    Start,
    Started,
    Stop,
)

OUT = sys.stdout.buffer
READY = Ready(PROTOCOL, "CPU, 1 thread", 1, "3.11", "")


def say(*messages: object) -> None:
    """Send messages."""
    OUT.write(b"".join(map(frame, messages)))  # type: ignore[arg-type]
    OUT.flush()


def greet(ready: Ready = READY) -> None:
    """Begin as a worker does."""
    OUT.write(MAGIC)
    say(ready)


def answer() -> None:
    """Answer as a worker whose runs never end does, until the requests end."""
    while (body := read_frame(sys.stdin.buffer)) is not None:
        match parse_request(body):
            case Start(run=run, lab="die", knobs=knobs):
                say(Started(run, "CPU", 0))
                print(knobs["words"], file=sys.stderr, flush=True)
                if knobs["status"] < 0:
                    os.kill(os.getpid(), -knobs["status"])
                sys.exit(knobs["status"])
            case Start(run=run, lab="rubbish"):
                say(Started(run, "CPU", 0))
                OUT.write((5).to_bytes(4, "big") + b"hello")
                OUT.flush()
            case Start(run=run, lab="oversized"):
                OUT.write((FRAME_LIMIT + 1).to_bytes(4, "big"))
                OUT.flush()
            case Start(run=run, lab="large"):
                say(ProbeResult(run, 1, {}, {"text": "x" * 3_000_000}))
            case Start(run=run, lab="mute"):
                os.close(1)
            case Start(run=run, lab="hang"):
                say(Started(run, "CPU", 0))
                time.sleep(3600)
            case Start(run=run, lab="stubborn"):
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                say(Started(run, "CPU", 0))
                time.sleep(3600)
            case Start(run=run, seed=seed):
                say(Started(run, "CPU", seed))
            case Probe(run=run, id=number, what=what):
                say(ProbeResult(run, number, {}, {"what": what}))
            case Stop(run=run):
                say(Failed("old", "error", "of an old run"))
                say(Finished(run, 0, 0.0, 0.0, "CPU", {}, False, False, stopped=True))


def main() -> None:
    how = sys.argv[1]
    match how:
        case "good":
            greet()
            answer()
        case "banner":
            OUT.write(b"Welcome to gpu1!\nGROKTUI is not here\x1b[31m yet\n" + b"." * 60_000)
            greet()
            answer()
        case "flood":
            OUT.write(b"lorem ipsum " * 10_000)
            OUT.flush()
            time.sleep(3600)
        case "silent":
            OUT.write(b"Password for mouse:")
            OUT.flush()
            time.sleep(3600)
        case "never-ready":
            OUT.write(MAGIC)
            OUT.flush()
            time.sleep(3600)
        case "login-fails":
            print("mouse@gpu1: Permission denied (publickey).", file=sys.stderr)
            sys.exit(255)
        case "newer" | "older":
            greet(Ready(PROTOCOL + (1 if how == "newer" else -1), "CPU", 1, "3.11", ""))
            answer()
        case "no-ready":
            OUT.write(MAGIC)
            say(Started("r", "CPU", 0))
            answer()
        case "deaf":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            greet()
            time.sleep(3600)
        case "children":
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
            greet(Ready(PROTOCOL, str(child.pid), 1, "3.11", ""))
            answer()
        case "left-behind":
            # A process in a session of its own keeps the pipes, as a shared ssh connection does.
            subprocess.Popen(
                [sys.executable, "-c", "import time; time.sleep(8)"], start_new_session=True
            )
            greet()
            os._exit(7)
        case "environment":
            greet(
                Ready(
                    PROTOCOL,
                    os.environ["TORCH_CPP_LOG_LEVEL"],
                    1,
                    os.environ["OMP_NUM_THREADS"],
                    "",
                )
            )
            answer()


main()
