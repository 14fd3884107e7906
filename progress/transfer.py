"""Carry progress from one place to another, start over, and take that back.

An export is a zip of the journals, byte for byte, so that nothing is lost that a later version
might understand. An import copies files; events that are already there keep their ids and count
once, so importing twice, or merging two homes in either order, comes to the same.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from progress import events, paths
from progress.disk import SUFFIX
from progress.journal import Journal, Receipt
from progress.reading import is_understood
from progress.trouble import shown

_PLAIN = re.compile(r"\w[\w.-]{0,150}\.jsonl", re.ASCII)
LIMIT = 512 * 1024 * 1024
"""Bytes that an import may hold; a thousand learners' years do not come to this."""


class TransferProblem(Exception):
    """An export or import that cannot be done. The text is one plain sentence."""


@dataclass(frozen=True)
class Counts:
    """What was carried."""

    files: int = 0
    """Files copied."""
    known: int = 0
    """Files left alone because all they hold is here already (imports only)."""
    odd: int = 0
    """Lines in them that this version cannot read or understand; carried as they are."""
    missed: tuple[str, ...] = ()
    """Files that the system would not let us read."""


@dataclass
class _Found:
    """The journals of one place, and the names of those that could not be read."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def export(path: Path, journal: Journal | None = None, folder: Path | None = None) -> Counts:
    """Write all journals to a zip file, with what `journal` could not save yet.

    Raises:
        TransferProblem: if the file cannot be written.
    """
    folder = folder or (journal.folder if journal else paths.journals())
    found = _journals_in(folder)
    if journal is not None and (lines := journal.unsaved()):
        name = f"{journal.session}.unsaved{SUFFIX}"
        found.files.append((name, b"".join(line + b"\n" for line in lines)))
    new = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        with zipfile.ZipFile(new, "x", zipfile.ZIP_DEFLATED) as archive:
            for name, data in found.files:
                archive.writestr(f"journals/{name}", data)
        os.replace(new, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink()
        raise TransferProblem(
            f"Progress cannot be written to {shown(path)} ({error.strerror}): choose a place that "
            "has space and can be written to."
        ) from error
    odd = sum(_odd_lines(data) for _, data in found.files)
    return Counts(len(found.files), odd=odd, missed=tuple(found.missed))


def import_(path: Path, folder: Path | None = None) -> Counts:
    """Add what an export, a folder of journals or a single journal holds.

    Raises:
        TransferProblem: if `path` is none of these, or copying failed. What was copied by then
            stays, and importing again goes on from there.
    """
    folder = folder or paths.journals()
    copied = known = odd = 0
    try:
        found = _journals_at(path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, data in found.files:
            if _is_held(data, folder, name):
                known += 1
            else:
                _copy(data, folder, name)
                copied += 1
                odd += _odd_lines(data)
    except OSError as error:
        raise TransferProblem(
            f"Progress cannot be copied from {shown(path)} to {shown(folder)} ({error.strerror}): "
            "see that the one can be read and the other written."
        ) from error
    return Counts(copied, known, odd, tuple(found.missed))


def reset(journal: Journal, lesson: str | None = None) -> Receipt:
    """Start over, in one lesson or in all. It covers what can be read now, and can be undone."""
    journal.refresh()
    return journal.append(events.Reset(covers=journal.record.covered, lesson=lesson))


def undo_reset(journal: Journal) -> Receipt | None:
    """Take back the last reset that is in force; None if there is none."""
    journal.refresh()
    last = journal.record.last_reset
    if last is None:
        return None
    return journal.append(events.ResetUndone(reset=events.identity(last)))


def _journals_in(folder: Path) -> _Found:
    found = _Found()
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            found.files.append((file.name, file.read_bytes()))
        except OSError:
            found.missed.append(file.name)
    return found


def _journals_at(path: Path) -> _Found:
    """The journals in whatever was given to import."""
    if path.is_dir():
        inner = path / "journals"
        return _journals_in(inner if inner.is_dir() else path)
    if path.suffix == SUFFIX:
        return _Found([(_plain(path.name, b""), path.read_bytes())])
    try:
        return _Found(list(_journals_zipped(path)))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise TransferProblem(
            f"{shown(path)} is damaged or no export of this course: give the file that `grok-tui "
            "progress export` wrote."
        ) from error


def _journals_zipped(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        members = [item for item in archive.infolist() if item.filename.endswith(SUFFIX)]
        if not members and archive.infolist():
            raise zipfile.BadZipFile("no journals")
        if sum(item.file_size for item in members) > LIMIT:
            raise TransferProblem(
                f"{shown(path)} is far larger than any learner's progress: it is not imported."
            )
        for item in members:
            data = archive.read(item)
            yield _plain(item.filename, data), data


def _plain(name: str, data: bytes) -> str:
    """The name to copy a file to: it never leads out of the folder."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last if _PLAIN.fullmatch(last) else f"imported-{_digest(data)}{SUFFIX}"


def _is_held(data: bytes, folder: Path, name: str) -> bool:
    """Whether every line of a file stands in a file of the same session here."""
    lines = set(data.split(b"\n"))
    for file in folder.glob(f"{name.partition('.')[0]}*{SUFFIX}"):
        lines.difference_update(file.read_bytes().split(b"\n"))
    return not lines


def _copy(data: bytes, folder: Path, name: str) -> None:
    """Copy a file, under another name where its own is taken, and never over another."""
    stem = name.removesuffix(SUFFIX)
    names = [stem, *(f"{stem}.{_digest(data)}-{number}" for number in range(1, 1000))]
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for free in names:
        try:
            fd = os.open(folder / (free + SUFFIX), flags, 0o600)
        except FileExistsError:
            continue
        with open(fd, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        return
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:12]


def _odd_lines(data: bytes) -> int:
    """How many lines cannot be read or understood."""
    return sum(1 for line in data.split(b"\n") if not is_understood(line))
