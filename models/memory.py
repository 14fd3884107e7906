"""How much memory there is, was asked for, and is left. torch is looked at only if imported."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

AMOUNT = r"(?P<number>\d+(?:\.\d+)?) ?(?P<unit>bytes|[KMGTP]i?B)"
ASKED = re.compile(rf"(?:ried to allocate|nable to allocate|nvalid buffer size:) {AMOUNT}")
LEFT = re.compile(rf"of which {AMOUNT} is free")
"""How torch and numpy say how much was asked for; and CUDA, how much was free."""
ENDLESS = (
    "calculation overflowed",
    "integer multiplication overflow",
    "array is too big",
    "Overflow when unpacking long",
)
"""What they say of sizes that no machine could count."""

MEMINFO = Path("/proc/meminfo")
LIMIT, USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
"""Where Linux says what is left, and what a container may have of it."""


def size(count: float) -> str:
    """A number of bytes in words; a GB is 2³⁰ of them, as memory is sold.

    >>> size(1536 * 2**20), size(140 * 2**30), size(12)
    ('1.5 GB', '140 GB', '12 bytes')
    """
    unit = "bytes"
    for larger in ("kB", "MB", "GB", "TB", "PB"):
        if count < 1000:
            break
        count, unit = count / 1024, larger
    return f"{count:.0f} {unit}" if unit == "bytes" or count >= 99.5 else f"{count:.1f} {unit}"


def is_endless(error: BaseException) -> bool:
    """Whether an error is about a size that no machine could count."""
    kinds = (RuntimeError, ValueError, TypeError)
    return isinstance(error, kinds) and any(text in str(error) for text in ENDLESS)


def amounts(error: BaseException) -> tuple[float | None, float | None]:
    """The bytes that an error says were asked for, and those it says were free."""
    said = str(error)
    return _bytes(ASKED.search(said)), _bytes(LEFT.search(said))


def _bytes(found: re.Match[str] | None) -> float | None:
    if found is None:
        return None
    unit = found["unit"]
    return float(found["number"]) * (1 if unit == "bytes" else 1024 ** " KMGTP".index(unit[0]))


def _of_linux() -> tuple[int, int] | None:
    try:
        lines = (line.split() for line in MEMINFO.read_text().splitlines())
        told = {words[0]: int(words[1]) << 10 for words in lines}
        return told["MemAvailable:"], told["MemTotal:"]
    except (OSError, ValueError, LookupError):
        return None


def _of_posix() -> tuple[int, int] | None:
    try:
        page = os.sysconf("SC_PAGE_SIZE")
        free, total = (page * os.sysconf(f"SC_{name}_PAGES") for name in ("AVPHYS", "PHYS"))
    except (AttributeError, OSError, ValueError):
        return None
    return (free, total) if min(free, total) > 0 else None


def _of_the_machine() -> tuple[int, int] | None:
    """What Linux and its containers say, or else the system's own numbers."""
    known = _of_linux() or _of_posix()
    if known is None:
        return None
    free, total = known
    try:
        limit = int(LIMIT.read_text())
        return min(free, max(0, limit - int(USED.read_text()))), min(total, limit)
    except (OSError, ValueError):  # no container, or `max`: no limit
        return free, total


def memory(device: str, waking: bool = False) -> tuple[int, int] | None:
    """The bytes that are free on a device, and all it has; None where that is unknown.

    Asking a GPU that is not in use yet takes up some of its memory, so that is done only where
    it is allowed by `waking`: a run is about to use it anyway.
    """
    torch = sys.modules.get("torch")
    if device == "cpu":
        return _of_the_machine()
    if torch is None:
        return None
    if device == "mps":
        most = getattr(torch.mps, "recommended_max_memory", int)()  # since torch 2.5
        return (most - torch.mps.driver_allocated_memory(), most) if most else None
    return torch.cuda.mem_get_info(device) if waking or torch.cuda.is_initialized() else None
