"""The files of a kept run: what they are called, read with suspicion, written whole."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any

import msgspec

from models.kept import Kept

try:
    import fcntl
except ImportError:  # not on every system: there a run that is going looks as if cut short
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
"""The number of the format that is written. Only larger ones are unknown."""
SUMMARY, REPORTS, MOMENTS = "summary.json", "reports.jsonl", "moments.jsonl"
WEIGHTS = "weights.safetensors"
_FILES = (SUMMARY, REPORTS, MOMENTS, WEIGHTS)
OURS = re.compile(
    "|".join(rf"{re.escape(name)}|\.{re.escape(name)}(\.\w+)?\.part" for name in _FILES)
)
"""Our files, and what is left of one that was never finished."""
LARGEST, ALL = 32 << 20, 1 << 30
"""Bytes of one run, and of all of them together."""
REPORTS_BYTES, SUMMARY_BYTES = 12 << 20, 1 << 20
NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}-[1-9][0-9]{0,8}")


class _Summary(Kept, frozen=True, kw_only=True):
    """A summary as it is on disk."""

    format: int


_decode = msgspec.json.Decoder(_Summary).decode
_decode_anything = msgspec.json.Decoder(dict[str, Any]).decode


def parse_summary(data: bytes) -> tuple[int, Kept | None]:
    """The number of the format and what is said; None if the format is newer than ours.

    Raises:
        ValueError: if it is no summary.
    """
    number = _decode_anything(data).get("format")
    if type(number) is int and number > FORMAT:
        return number, None
    fields = msgspec.structs.asdict(_decode(data))
    if not harmless(msgspec.to_builtins(fields)):
        raise ValueError("a summary holds text that no terminal should be sent")
    return fields.pop("format"), Kept(**fields)


def write_summary(folder: Path, kept: Kept, *, safe: bool = False) -> None:
    """Replace the summary as a whole; `safe` waits until it is on disk.

    Raises:
        OSError: if it cannot be written; the old one stays.
    """
    data = msgspec.json.encode(_Summary(format=FORMAT, **msgspec.structs.asdict(kept)))
    part = folder / f".{SUMMARY}.part"
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        if safe:
            os.fsync(file.fileno())
    os.replace(part, folder / SUMMARY)


def start_of(path: Path, most: int) -> bytes:
    """A file's bytes, as many as may be.

    Raises:
        OSError: if it cannot be read.
        ValueError: if it is no plain file, or larger.
    """
    status = path.lstat()
    if not S_ISREG(status.st_mode):  # opening a pipe would wait for somebody to write into it
        raise ValueError(f"{path} is no file")
    if status.st_size > most:
        raise ValueError(f"{path} is too large")
    with path.open("rb") as file:
        return file.read(most)


def lines_of(path: Path) -> Iterator[bytes]:
    """The whole lines of a file; none where it cannot be read. One cut short at the end is not."""
    try:
        data = start_of(path, LARGEST)
    except (OSError, ValueError):
        return
    *whole, _ = data.split(b"\n")
    yield from whole


def hold(handle: int) -> None:
    """Say with a lock that whoever has this file open is still at work on its run.

    Where files cannot be locked, nothing is said.
    """
    if fcntl is not None:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_held(path: Path) -> bool:
    """Whether somebody holds a file."""
    if fcntl is None:
        return False
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False


def harmless(value: Any) -> bool:
    """Whether no text in it would do anything to a terminal but be printed."""
    if isinstance(value, str):
        return value.isprintable()
    if isinstance(value, dict):
        return all(harmless(key) and harmless(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(map(harmless, value))
    return True


def is_ours(name: str) -> bool:
    """Whether a file in the folder of a run is one that keeping it puts there."""
    return OURS.fullmatch(name) is not None


def is_file(path: Path) -> bool:
    """Whether there is a plain file, and no link to one."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def scan(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing where it cannot be looked into."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder and below it."""
    total = 0
    for entry in scan(folder):
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                total += size_of(Path(entry.path))
            else:
                total += entry.stat(follow_symlinks=False).st_size
    return total


def why_not(error: OSError, folder: Path) -> tuple[str, str]:
    """Why a run cannot be kept, and the remedy."""
    if error.errno in (errno.ENOSPC, errno.EFBIG):
        return "the disk is full", "free some space, and the next run is kept whole"
    if error.errno == getattr(errno, "EDQUOT", -1):
        return "your disk quota is used up", "free some of it, and the next run is kept whole"
    place = "set GROK_TUI_HOME to a folder that"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"{folder} is read-only", f"make it writable, or {place} is"
    if error.errno in (errno.ENOTDIR, errno.ENOENT, errno.EEXIST, errno.ENAMETOOLONG):
        return f"{folder} cannot be made", f"{place} can"
    return f"{folder} does not take it ({error.strerror or error})", "check that disk"
