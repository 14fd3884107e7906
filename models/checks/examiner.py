"""The process that checks exercises: lines of JSON in on stdin, lines of JSON out on stdout.

    {"warm": true}                                      import torch now, it will be needed
    {"id": 3, "exercise": "softmax", "code": "..."}     -> {"id": 3, "examined": {...}}

It imports torch once. Each check is a child of its own, with limits set, in an empty folder; this
process only watches it and ends it in time. It leaves when stdin ends, and after `IDLE` seconds.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from models.checks import guard
from models.exercises.catalog import EXERCISES
from models.exercises.examined import STOPPED, UNCHECKED, Examined
from models.request_lines import RequestLines

IDLE = 600.0
WALL = 20.0
"""Seconds by the clock that one check may take."""
LOOKS_EVERY = 0.01
FORKS = sys.platform.startswith("linux")
"""Elsewhere a process that has imported so much cannot be relied on to fork."""
NO_TORCH = "This exercise needs torch, and there is none here: `grok-tui doctor` says more."
TIME = f"It was still running after {WALL:.0f} seconds, and was stopped. Does a loop never end?"
BUSY = f"It computed for {guard.CPU} seconds, and was stopped. Does a loop never end?"
CRASHED = "The process it ran in broke off ({how}), and told nothing more."
_RESULT, _OUTPUT = "result.json", "output.txt"


def serve(requests: RequestLines, replies: BinaryIO, folder: Path) -> None:
    """Answer requests until there are no more."""
    while line := requests.next(IDLE):
        request = json.loads(line)
        if request.get("warm"):
            _import_torch()
            continue
        found = check(request, folder, requests)
        reply = {"id": request["id"], "examined": found.as_json()}
        replies.write(json.dumps(reply).encode() + b"\n")
        replies.flush()


def check(request: Mapping[str, Any], folder: Path, line: RequestLines | None = None) -> Examined:
    """Have one text examined by a child, and end that child in time.

    What the child writes lies in a folder within `folder`. It is ended early if `line` ends.
    """
    exercise = EXERCISES[request["exercise"]]
    if exercise.needs_torch and (missing := _import_torch()):
        return Examined(UNCHECKED, told=missing)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        child = _start(request, Path(place))
        status, because = _watch(child, Path(place), line)
        return _read(Path(place) / _RESULT, status, because)


def _import_torch() -> str:
    """Import torch and what checks need of it; why that cannot be, else nothing."""
    if "torch" in sys.modules:
        return ""
    try:
        import torch
    except ModuleNotFoundError:
        return NO_TORCH
    except Exception as error:
        return f"torch does not start here: {error}."
    torch.set_num_threads(1)
    gc.freeze()
    return ""


def _start(request: Mapping[str, Any], place: Path) -> int:
    """The process id of a child that examines."""
    if FORKS:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            os.setsid()
            _examine(request, place)
        return child
    command = [sys.executable, "-P", "-m", "models.checks.examiner", "--once", str(place)]
    once = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    assert once.stdin is not None
    once.stdin.write(json.dumps(dict(request)).encode())
    once.stdin.close()
    return once.pid


def _examine(request: Mapping[str, Any], place: Path) -> NoReturn:
    """Be the child: examine, write down what was found, and leave."""
    status = 1
    try:
        result = os.open(place / _RESULT, os.O_WRONLY | os.O_CREAT, 0o600)
        _own_streams(place / _OUTPUT)
        own = place / "own"
        own.mkdir()
        os.chdir(own)
        from models.checks.examination import examine

        def guarded() -> None:
            guard.limit()
            guard.refuse(own)

        found = examine(EXERCISES[request["exercise"]], request["code"], guarded)
        os.write(result, json.dumps(found.as_json()).encode())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _own_streams(output: Path) -> None:
    """Nothing to read, and what is printed goes into a file."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    written = os.open(output, os.O_WRONLY | os.O_CREAT, 0o600)
    for number, stream in enumerate((nothing, written, written)):
        os.dup2(stream, number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = sys.stderr = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115


def _watch(child: int, place: Path, line: RequestLines | None) -> tuple[int, str]:
    """Wait for the child; how it ended, and why if it was ended here."""
    until, because = time.monotonic() + WALL, ""
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status, because
        if time.monotonic() > until:
            because = TIME
        if because or (line is not None and line.look()):
            _kill(child)
            return os.waitpid(child, 0)[1], because
        time.sleep(LOOKS_EVERY)


def _kill(child: int) -> None:
    """End a child with all that it has started."""
    for end in (os.killpg, os.kill):
        try:
            end(child, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def _read(result: Path, status: int, because: str) -> Examined:
    """What the child found, or why it found nothing."""
    if because:
        return Examined(STOPPED, told=because)
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number == signal.SIGXCPU:
        return Examined(STOPPED, told=BUSY)
    try:
        return Examined(**json.loads(result.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        how = signal.Signals(number).name if number else f"exit status {os.WEXITSTATUS(status)}"
        return Examined(STOPPED, told=CRASHED.format(how=how))


def main() -> int:
    """The process, from its streams to its exit status."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    if sys.argv[1:2] == ["--once"]:
        request = json.load(sys.stdin)
        if EXERCISES[request["exercise"]].needs_torch:
            _import_torch()
        _examine(request, Path(sys.argv[2]))
    requests, replies = RequestLines(os.dup(0)), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(requests, replies, Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
