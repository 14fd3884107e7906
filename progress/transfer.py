"""Carry progress from one place to another, start over, and take that back.

An export is a zip of the journals, byte for byte, so that nothing is lost that a later version
might understand. An import copies files; events that are already there keep their ids and count
once, so importing twice, or merging two homes in either order, comes to the same.
"""

from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from progress import events, paths
from progress.disk import SUFFIX
from progress.journal import Journal, Receipt
from progress.reading import Reader
from progress.trouble import shown

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
    unreadable: int = 0
    """Lines that cannot be read by this version; they are carried as they are."""


def export(path: Path, journal: Journal | None = None, folder: Path | None = None) -> Counts:
    """Write all journals to a zip file, with what `journal` could not save yet.

    Raises:
        TransferProblem: if the journals cannot be read or the file cannot be written.
    """
    folder = folder or paths.journals()
    new = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        files = list(_journals_in(folder))
        if journal is not None and (lines := journal.unsaved()):
            files.append((f"{journal.session}-unsaved{SUFFIX}", b"".join(x + b"\n" for x in lines)))
        with zipfile.ZipFile(new, "x", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                archive.writestr(f"journals/{name}", data)
        os.replace(new, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink()
        raise TransferProblem(
            f"Progress cannot be written to {shown(path)} ({error.strerror}): choose a place that "
            "can be written to and has space."
        ) from error
    return Counts(files=len(files), unreadable=_unreadable(folder))


def import_(path: Path, folder: Path | None = None) -> Counts:
    """Add what an export, a folder of journals or a single journal holds.

    Raises:
        TransferProblem: if `path` is none of these, or copying failed. What was copied by then
            stays, and importing again goes on from there.
    """
    folder = folder or paths.journals()
    copied = known = 0
    before = _unreadable(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, data in _journals_at(path):
            if _is_held(data, folder, name):
                known += 1
            else:
                _copy(data, folder, name)
                copied += 1
    except OSError as error:
        raise TransferProblem(
            f"Progress cannot be copied from {shown(path)} to {shown(folder)} ({error.strerror}): "
            "see that the one can be read and the other written."
        ) from error
    return Counts(copied, known, _unreadable(folder) - before)


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


def _journals_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    if folder.is_dir():
        for file in sorted(folder.glob(f"*{SUFFIX}")):
            yield file.name, file.read_bytes()


def _journals_at(path: Path) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of the journals in whatever was given to import."""
    if path.is_dir():
        inner = path / "journals"
        yield from _journals_in(inner if inner.is_dir() else path)
    elif path.suffix == SUFFIX and path.is_file():
        yield path.name, path.read_bytes()
    else:
        yield from _journals_zipped(path)


def _journals_zipped(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [item for item in archive.infolist() if item.filename.endswith(SUFFIX)]
            if sum(item.file_size for item in members) > LIMIT:
                raise TransferProblem(
                    f"{shown(path)} is far larger than any learner's progress: it is not imported."
                )
            for item in members:
                # Only the last part of a name is used: no name leads out of the folder.
                yield PurePosixPath(item.filename.replace("\\", "/")).name, archive.read(item)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise TransferProblem(
            f"{shown(path)} is damaged or no export of this course: give the file that `grok-tui "
            "progress export` wrote."
        ) from error


def _is_held(data: bytes, folder: Path, name: str) -> bool:
    """Whether every line of a file stands in a file of the same session here."""
    lines = set(data.split(b"\n"))
    for file in folder.glob(f"{_stem(name)}*{SUFFIX}"):
        lines.difference_update(file.read_bytes().split(b"\n"))
        if not lines:
            return True
    return not lines


def _copy(data: bytes, folder: Path, name: str) -> None:
    """Copy a file, under another name where its own is taken, and never over another."""
    digest = sha256(data).hexdigest()[:12]
    stem = name.removesuffix(SUFFIX)
    names = iter([stem, f"{stem}.{digest}", *(f"{stem}.{digest}-{n}" for n in range(2, 1000))])
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        try:
            fd = os.open(folder / (next(names) + SUFFIX), flags, 0o600)
            break
        except FileExistsError:
            continue
    with open(fd, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _stem(name: str) -> str:
    return name.removesuffix(SUFFIX).partition(".")[0]


def _unreadable(folder: Path) -> int:
    reader = Reader(folder)
    reader.read()
    return reader.skipped + reader.newer
