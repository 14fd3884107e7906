"""What code that a learner wrote may not do here: limits of the system, and what Python refuses.

The limits belong to the process they are set in, and cannot be taken back. They are there for
accidents: an endless loop, a list that grows for ever, a file in the wrong place. Whoever wants to
get around them can, as with any program that they start themselves.
"""

from __future__ import annotations

import math
import os
import resource
import sys
from pathlib import Path
from typing import Any

CPU = 4
"""Seconds of computing."""
MEMORY = 512
"""Megabytes, besides what Python and torch take before."""
WRITTEN = 256
"""Kilobytes that may be printed, or written to one file."""
FILES = 64
"""Files that may be open."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    {
        "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate",
        "os.chmod", "os.chown", "os.utime", "shutil.rmtree", "shutil.move", "shutil.copyfile",
    }
)  # fmt: skip
_STARTS = frozenset(
    {
        "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.exec", "os.system",
        "subprocess.Popen", "pty.spawn", "_thread.start_new_thread",
    }
)  # fmt: skip
_TALKS = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"})
_KILLS = frozenset({"os.kill", "os.killpg", "signal.pthread_kill"})


class NotAllowed(PermissionError):
    """Something that an exercise may not do; the text says what."""


def limit() -> None:
    """Set every limit that this system knows, for this process and what it would start."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    # The signal that says why comes at the first number, the one that does not at the second.
    _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + CPU, more=1)
    _lower(resource.RLIMIT_FSIZE, WRITTEN * 1024)
    _lower(resource.RLIMIT_NOFILE, FILES)
    _lower(resource.RLIMIT_CORE, 0)
    if hasattr(resource, "RLIMIT_NPROC"):
        _lower(resource.RLIMIT_NPROC, 0)
    if (taken := _address_space()) and hasattr(resource, "RLIMIT_AS"):
        _lower(resource.RLIMIT_AS, taken + MEMORY * 1024 * 1024)


def refuse(folder: Path) -> None:
    """From now on let Python write in this folder alone, start nothing, and reach nobody."""
    sys.dont_write_bytecode = True
    own = os.path.realpath(folder)

    def outside(path: Any) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        real = os.path.realpath(os.fsdecode(path))
        return real != own and not real.startswith(own + os.sep) and real != os.devnull

    def look(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[2], int) and args[2] & _WRITES and outside(args[0]):
            raise NotAllowed(f"It would write to `{_name(args[0])}`: only its own folder is open.")
        if event in _CHANGES and any(map(outside, args)):
            raise NotAllowed("It would change files outside of its own folder.")
        if event in _STARTS:
            raise NotAllowed("It would start another process or thread; an exercise needs none.")
        if event in _TALKS:
            raise NotAllowed("It would use the network; an exercise needs none.")
        if event in _KILLS:
            raise NotAllowed("It would end other processes.")

    sys.addaudithook(look)


def not_limited() -> list[str]:
    """What cannot be limited on this system, in words."""
    missing = []
    if not sys.platform.startswith("linux"):
        missing.append("memory")
    if not hasattr(resource, "RLIMIT_NPROC") or os.geteuid() == 0:
        missing.append("processes that are not started through Python")
    return missing


def _lower(what: int, most: int, more: int = 0) -> None:
    """Set a limit, `more` of which cannot be exceeded, unless the one there is lower already."""
    _, hard = resource.getrlimit(what)
    last = most + more if hard == resource.RLIM_INFINITY else min(most + more, hard)
    resource.setrlimit(what, (min(most, last), last))


def _address_space() -> int:
    """Bytes of address space that this process has now; 0 where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()


def _name(path: Any) -> str:
    return os.fsdecode(path).replace("`", "'")[-60:]
