"""Run by itself: one who answers, and says which answers are said to be saved.

Arguments: the folder of the journals, and how many answers; printed are the session and the number
of each answer. Or `--until-full` for as many as the disk takes; printed is how many of those that
were said to be saved another session does not find. With `--pretend` the disk is not really full.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from benchmarks.program import until
from progress.disk import Disk
from progress.events import Answered
from progress.journal import Journal, Receipt

CAPACITY = 64 * 1024
"""Bytes that a disk takes which pretends to be full."""
LONG = "x" * 500


class SmallDisk(Disk):
    """Takes so many bytes and no more, as a full disk does: the last write is a short one."""

    def __init__(self) -> None:
        self._left = CAPACITY

    def write(self, fd: int, data: bytes) -> int:
        """As much as there is room for."""
        if not self._left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = super().write(fd, data[: self._left])
        self._left -= written
        return written


def answer_to(journal: Journal, text: object) -> Receipt:
    """Give one answer."""
    return journal.append(Answered("q", "one", 0, 1, text, True, 0, False))


def answer(folder: Path, count: int) -> None:
    """Give so many answers, one after the other."""
    with Journal(folder) as journal:
        print(journal.session)
        for _ in range(count):
            receipt = answer_to(journal, 2)
            receipt.future.result()
            print(receipt.event["n"])


def answer_until_full(folder: Path, disk: Disk) -> None:
    """Give answers until the disk is full, and then see which are there."""
    journal = Journal(folder, disk=disk).open()
    receipts: list[Receipt] = []
    while not journal.trouble:
        receipts.append(answer_to(journal, LONG))
        until(lambda: receipts[-1].future.done() or journal.trouble)
    saved = {receipt.event["n"] for receipt in receipts if receipt.future.done()}
    with Journal(folder) as other:
        kept = {event["n"] for event in other.record.histories["q"]}
    if not saved:
        raise RuntimeError(journal.trouble)
    print(len(saved - kept), flush=True)
    os._exit(0)  # the journal would go on trying to save the rest


if __name__ == "__main__":
    place, how_many, *rest = sys.argv[1:]
    if how_many == "--until-full":
        answer_until_full(Path(place), SmallDisk() if rest else Disk())
    answer(Path(place), int(how_many))
