"""The file of a checkpoint as bytes: written whole or not at all, read with suspicion.

    8 bytes: N | N bytes of JSON: what lies where, and our mark | the bytes of the tensors

A file may come from anywhere, so its sizes are looked at before any of it is taken in.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any

from models.troubles import Trouble

FORMAT = 1
"""The number of the format that is written. Only larger ones are unknown."""
NAME = "grok-tui"
"""The name of our mark: a safetensors file without it is not ours."""
LARGEST, LARGEST_HEADER = 2 << 30, 4 << 20
"""Bytes of a file, and of its header, beyond which it is not read."""


class CheckpointError(Trouble):
    """A checkpoint cannot be used. The text is one plain sentence that says what to do."""

    def __init__(self, text: str) -> None:
        super().__init__("error", text)


def damaged(path: Path) -> CheckpointError:
    """What is said of a file that makes no sense."""
    text = (
        f"{path} is damaged or no checkpoint of this course: choose another or run the lab again."
    )
    return CheckpointError(text)


def mark(about: Mapping[str, Any], digest: str) -> dict[str, str]:
    """Our mark in the header of a file."""
    return {NAME: json.dumps({"format": FORMAT, "digest": digest, "about": about})}


def write_whole(path: Path, data: bytes) -> None:
    """Write beside `path`, and only then under its name: there is always a whole file.

    Raises:
        OSError: if it cannot be written.
        ValueError: if it is more than would be read.
    """
    if len(data) > LARGEST or int.from_bytes(data[:8], "little") > LARGEST_HEADER:
        raise ValueError(f"{path.name} would hold more than a checkpoint may")
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def read(path: Path) -> tuple[bytes, dict[str, Any], str]:
    """The bytes of a file, and of our mark what is said about them and their digest.

    Raises:
        CheckpointError: if there is no such file, or none of ours.
    """
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):  # opening a pipe would wait for somebody to write into it
            raise damaged(path)
        if status.st_size > LARGEST:
            text = f"{path} is larger than any checkpoint of this course: choose another file."
            raise CheckpointError(text)
        with path.open("rb") as file:
            head = file.read(8)
            length = int.from_bytes(head, "little")
            if not 0 < length <= min(LARGEST_HEADER, status.st_size - 8):
                raise damaged(path)
            header = file.read(length)
            about, digest = _mark(path, header)
            return head + header + file.read(LARGEST), about, digest
    except FileNotFoundError:
        text = f"There is no checkpoint {path}: choose another or run the lab again."
        raise CheckpointError(text) from None
    except OSError as error:
        text = f"{path} cannot be read ({error.strerror}): see to that or choose another file."
        raise CheckpointError(text) from None


def _mark(path: Path, header: bytes) -> tuple[dict[str, Any], str]:
    """Our mark in a header, and nothing of what else it may say."""
    try:
        said = json.loads(json.loads(header)["__metadata__"][NAME])
        number, about, digest = (said[name] for name in ("format", "about", "digest"))
        known = isinstance(number, int) and isinstance(about, dict)
    except Exception:  # JSON finds many ways to be wrong, and each has an error of its own
        known = False
    if not known:
        raise damaged(path)
    if number > FORMAT:
        raise CheckpointError(
            f"{path} was saved by a newer version of the course (format {number}, and this one "
            f"reads {FORMAT}): update grok-tui, or run the lab again."
        )
    return about, digest
