"""The system calls that saving rests on, and one append-only file made of them."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

SUFFIX = ".jsonl"
_NO_FOLDER_SYNC = {
    errno.EINVAL,
    errno.ENOTSUP,
    errno.EBADF,
    errno.EACCES,
    errno.EPERM,
    errno.EISDIR,
}


class Disk:
    """The calls as the system gives them. Tests hand in one whose calls fail."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """As `os.open`."""
        return os.open(path, flags, mode)

    def write(self, fd: int, data: bytes) -> int:
        """As `os.write`; may write less than it was given."""
        return os.write(fd, data)

    def fsync(self, fd: int) -> None:
        """As `os.fsync`."""
        os.fsync(fd)

    def ftruncate(self, fd: int, length: int) -> None:
        """As `os.ftruncate`."""
        os.ftruncate(fd, length)

    def close(self, fd: int) -> None:
        """As `os.close`."""
        os.close(fd)


class JournalFile:
    """A file that one session appends whole lines to, and nobody else ever writes.

    Each line ends in `"sum"`, the CRC-32 of all that stands before that field in the file. A
    reader that finds the last sum right knows that the whole file is as it was written.
    """

    def __init__(self, disk: Disk, folder: Path, session: str) -> None:
        """Create a new file of a session.

        Raises:
            OSError: if it cannot be created.
        """
        self._disk = disk
        self._length = 0
        self._crc = 0
        self.usable = True
        """False once what stands behind the last good line could not be cut off."""
        _make_folder(disk, folder)
        self.path, self._fd = _create(disk, folder, session)
        self._is_listed = os.fstat(self._fd).st_nlink > 0
        try:
            _sync_folder(disk, folder)
        except OSError:
            self.discard()
            raise

    def write(self, events: Iterable[bytes]) -> None:
        """Append events (JSON objects without their closing brace) in a single write.

        Raises:
            OSError: if not all of it was written. What was is cut off again; where even that
                fails, `usable` is False from then on.
        """
        lines, crc = [], self._crc
        for event in events:
            crc = crc32(event, crc)
            tail = b',"sum":"%08x"}\n' % crc
            crc = crc32(tail, crc)
            lines += [event, tail]
        data = b"".join(lines)
        try:
            if self._disk.write(self._fd, data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            self._cut_back()
            raise
        if self._is_listed and not os.fstat(self._fd).st_nlink:
            self.usable = False
            raise OSError(errno.ENOENT, "the file was removed", str(self.path))
        self._length += len(data)
        self._crc = crc

    def sync(self) -> None:
        """Wait until all that was written is on disk.

        Raises:
            OSError: if it is not. What was written since the last sync may be lost, and asking
                again would hide it: the file is not usable any more.
        """
        try:
            self._disk.fsync(self._fd)
        except OSError:
            self.usable = False
            raise

    def close(self) -> None:
        """Give the file back to the system; to do so again does nothing."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            with contextlib.suppress(OSError):
                self._disk.close(fd)

    def discard(self) -> None:
        """Close and remove a file that holds nothing anyone was told is saved."""
        self.close()
        with contextlib.suppress(OSError):
            self.path.unlink()

    def _cut_back(self) -> None:
        try:
            self._disk.ftruncate(self._fd, self._length)
        except OSError:
            self.usable = False


def _create(disk: Disk, folder: Path, session: str) -> tuple[Path, int]:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    number = 1
    while True:
        path = folder / (session + (f"-{number}" if number > 1 else "") + SUFFIX)
        try:
            return path, disk.open(path, flags, 0o600)
        except FileExistsError:
            number += 1


def _make_folder(disk: Disk, folder: Path) -> None:
    """Make a folder and those above it, each of them on disk before it is used."""
    if folder.is_dir():
        return
    _make_folder(disk, folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    _sync_folder(disk, folder.parent)


def _sync_folder(disk: Disk, folder: Path) -> None:
    """Have the names in a folder on disk, on systems where a folder can be synced."""
    try:
        fd = disk.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        disk.fsync(fd)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        disk.close(fd)
