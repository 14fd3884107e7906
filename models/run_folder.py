"""The folder of one run while it is written: made, appended to, summed up. All of it may raise
OSError, which whoever keeps the run turns into a sentence."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from models.film import FILM_BYTES, Frame
from models.kept import Kept
from models.run_files import MOMENTS, NAME, REPORTS, WEIGHTS, hold, scan, size_of, write_summary

_TAKEN = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)
_REWRITE = 60
"""Dropped frames after which the film is written anew without them."""


class RunFolder:
    """One run on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.place: Path | None = None
        """Its folder, once it has one."""
        self.reports = 0
        """Bytes of reports, and of the film."""
        self.film = 0
        self._handle = -1
        self._clean = 0
        """How many frames had been dropped when the film was last written anew."""

    def taken(self) -> int:
        """Bytes that all kept runs take."""
        return sum(size_of(Path(entry.path)) for entry in scan(self._folder))

    def make(self, kept: Kept) -> Kept:
        """Make the folder, whole before anybody can find it, under a name that is free."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
        self._handle = os.open(part / REPORTS, flags, 0o600)
        hold(self._handle)
        write_summary(part, kept)
        names = (entry.name.rpartition("-") for entry in scan(self._folder))
        same = [int(n) for lab, _, n in names if lab == kept.lab and NAME.fullmatch(f"{lab}-{n}")]
        number = max(same, default=0) + 1
        while self.place is None:
            try:
                os.rename(part, self._folder / f"{kept.lab}-{number}")
            except OSError as error:  # another worker was first
                if error.errno not in _TAKEN:
                    raise
                number += 1
            else:
                self.place = self._folder / f"{kept.lab}-{number}"
        return msgspec.structs.replace(kept, id=self.place.name)

    def add_reports(self, lines: Sequence[bytes]) -> None:
        """Append to the reports."""
        self.reports += _append(self._handle, lines)

    def add_film(self, new: Sequence[Frame], film: Sequence[Frame], dropped: int) -> None:
        """Append the new frames that are still in the film, or write it anew where many are not."""
        assert self.place is not None
        path = self.place / MOMENTS
        if dropped - self._clean >= _REWRITE or self.film > 2 * FILM_BYTES // 3 < dropped:
            self._rewrite(path, film)
            self._clean = dropped
            return
        lines = [frame.line for frame in new if frame in film] if dropped else [f.line for f in new]
        if lines:
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                self.film += _append(handle, lines)
            finally:
                os.close(handle)

    def drop_weights(self) -> None:
        """Keep no weights, where there are any."""
        if self.place is not None:
            (self.place / WEIGHTS).unlink(missing_ok=True)

    def sum_up(self, kept: Kept) -> None:
        """Replace the summary."""
        if self.place is not None:
            write_summary(self.place, kept)

    def finish(self, kept: Kept, film: Sequence[Frame], dropped: int) -> None:
        """Put everything on disk, and last of all how it ended."""
        assert self.place is not None
        if dropped > self._clean:
            self._rewrite(self.place / MOMENTS, film)
        os.fsync(self._handle)
        write_summary(
            self.place, msgspec.structs.replace(kept, size=size_of(self.place)), safe=True
        )

    def let_go(self) -> None:
        """Close what is open: from now on the run is over."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _rewrite(self, path: Path, film: Sequence[Frame]) -> None:
        part = path.with_name(f".{MOMENTS}.part")
        data = b"".join(frame.line + b"\n" for frame in film)
        part.write_bytes(data)
        os.replace(part, path)
        self.film = len(data)


def _append(handle: int, lines: Sequence[bytes]) -> int:
    """Write lines; how many bytes that were."""
    data = memoryview(b"".join(line + b"\n" for line in lines))
    done = 0
    while done < len(data):
        done += os.write(handle, data[done:])
    return done
