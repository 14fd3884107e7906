"""The process that trains: requests in on stdin, replies out on stdout, one run at a time.

One thread reads requests; the main thread trains and looks at them between units of work. It
leaves when the requests end, and after `IDLE` seconds in which no run was going.
"""

from __future__ import annotations

import gc
import os
import platform
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO, NoReturn

from models import framing, protocol
from models.device import one_thread, outlook, threads
from models.inbox import Inbox
from models.opening import Begin
from models.outbox import Outbox, Unread
from models.run_here import NO_TORCH, begin
from models.server import IDLE, Server


def introduce() -> protocol.Ready:
    """Import torch, which takes a second or two, and say what there is to work with."""
    version, missing = "", ""
    try:
        import torch
    except ModuleNotFoundError as error:
        missing = NO_TORCH if error.name == "torch" else f"torch does not start here: {error}."
    except Exception as error:
        missing = f"torch does not start here: {error}."
    else:
        version = str(torch.__version__)
        one_thread()
        # What torch brought stays for good; looking through it for garbage takes 0.1 s each time.
        gc.freeze()
    return protocol.Ready(
        protocol=protocol.PROTOCOL,
        device=outlook(),
        threads=threads(),
        python=platform.python_version(),
        torch=version,
        missing=missing,
    )


def serve(
    requests: BinaryIO,
    replies: BinaryIO,
    *,
    begin: Begin = begin,
    introduce: Callable[[], protocol.Ready] = introduce,
    idle: float = IDLE,
    runs: Path | None = None,
    leave: Callable[[], object] = lambda: None,
) -> int:
    """Speak the protocol from its first byte to its last; the exit status of the process."""
    inbox, outbox = Inbox(requests, leave), Outbox(replies)
    try:
        outbox.greet()
        outbox.send(introduce())
        Server(inbox, outbox, begin, idle, runs).serve()
    except framing.FrameError as error:
        text = f"The worker leaves, because what reached it is not the protocol: {error}."
        print(text, file=sys.stderr)
        outbox.send(protocol.Failed("", "error", text))
        return 2
    except Unread:
        # Nobody reads the replies any more: that is an ordinary end, like that of the requests.
        return 0
    finally:
        inbox.close()
    return 0


def main(begin: Begin = begin, runs: Path | None = None) -> int:
    """The worker process, from its streams to its exit; the status if it cannot begin.

    What it trains is kept in the folder `runs`, if there is one.
    """
    if os.isatty(0):
        print(
            "grok-tui worker speaks to the course, not to people: the course starts it by itself, "
            "on another machine through a pipe (ssh -T, not ssh -t).",
            file=sys.stderr,
        )
        return 2
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    requests, replies = _own_streams()
    status = serve(requests, replies, begin=begin, runs=runs, leave=partial(_exit, 0))
    _exit(status)


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """stdin and stdout for the protocol alone.

    What Python or C code prints afterwards goes to stderr, and what reads stdin finds it empty.
    """
    while (nothing := os.open(os.devnull, os.O_RDWR)) <= 2:
        # One of the three was closed; without this a stream of ours would take its place.
        os.set_inheritable(nothing, True)
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    if sys.stderr is None:
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stderr
    return requests, replies


def _exit(status: int) -> NoReturn:
    """Leave without taking torch apart first, which takes a while, and without waiting.

    The thread that reads requests may hold the lock of its stream, which an orderly end of the
    interpreter would wait for.
    """
    sys.stderr.flush()
    os._exit(status)
