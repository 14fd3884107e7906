"""Kept runs: the folder they are in, listed, opened and deleted. No torch, no training.

    mouse-3/summary.json        what it was and how it ended: `Kept`, and the number of our format
    mouse-3/reports.jsonl       [runner, step, {metric: value}], a line each
    mouse-3/moments.jsonl       [runner, step, name, data], a line each: the film
    mouse-3/weights.safetensors a checkpoint, where the lab offers one

Whoever trains a run holds a lock on its reports: without one, it is over, however it ended. The
folder may hold anything: what is not ours is left alone, and what makes no sense is skipped.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from models.kept import Kept
from models.opened import Opened, read_run
from models.run_files import (
    NAME,
    REPORTS,
    SUMMARY,
    SUMMARY_BYTES,
    WEIGHTS,
    is_file,
    is_held,
    is_ours,
    parse_summary,
    scan,
    size_of,
    start_of,
)
from models.troubles import Trouble


class RunProblem(Trouble):
    """Something cannot be done with a kept run. The text is a plain sentence that says why."""

    def __init__(self, text: str) -> None:
        super().__init__("kept", text)


class NewerRun(RunProblem):
    """A run was kept in a format that is not known here."""


class KeptRuns:
    """A folder of kept runs, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def listed(self) -> tuple[list[Kept], list[str]]:
        """The runs, newest first, and in words what in the folder is none that can be read."""
        found: list[Kept] = []
        unreadable: list[str] = []
        newer: list[str] = []
        for entry in self._entries():
            if not NAME.fullmatch(entry.name) or not entry.is_dir(follow_symlinks=False):
                unreadable.append(entry.name)
                continue
            try:
                found.append(self.summary(entry.name))
            except NewerRun:
                newer.append(entry.name)
            except RunProblem:
                unreadable.append(entry.name)
        found.sort(key=lambda kept: (kept.began, _number(kept.id)), reverse=True)
        notes = []
        if newer:
            notes.append(f"Kept by a newer grok-tui, which shows them: {_named(newer)}.")
        if unreadable:
            notes.append(f"In {self.folder}, but no run that can be read: {_named(unreadable)}.")
        return found, notes

    def summary(self, run: str) -> Kept:
        """What a run was and how it ended.

        Raises:
            RunProblem: if there is none, or it cannot be read.
        """
        place = self.place(run)
        try:
            number, kept = parse_summary(start_of(place / SUMMARY, SUMMARY_BYTES))
        except (OSError, ValueError, RecursionError):
            raise RunProblem(
                f"{place} is damaged or no kept run of this course: grok-tui leaves it alone."
            ) from None
        if kept is None:
            raise NewerRun(
                f"{run} was kept by a newer grok-tui (format {number}): update this one to see it."
            )
        state = kept.state
        if state == "going" and not is_held(place / REPORTS):
            state = "cut short"
        weights = is_file(place / WEIGHTS)
        return msgspec.structs.replace(
            kept,
            id=run,
            state=state,
            resumable=weights and state in ("stopped", "cut short"),
            lookable=weights and state == "finished",
        )

    def open(self, run: str) -> Opened:
        """A run with its curves and what it showed.

        Raises:
            RunProblem: if there is none, or its summary cannot be read.
        """
        return read_run(self.summary(run), self.place(run))

    def delete(self, run: str) -> int:
        """Remove a run for good; how many bytes that frees.

        Raises:
            RunProblem: if there is none, it is still going, or the disk does not let it go.
        """
        place = self.place(run)
        foreign = [entry.name for entry in scan(place) if not is_ours(entry.name)]
        if foreign:
            raise RunProblem(
                f"{place} holds what grok-tui did not put there ({_named(foreign)}): look into it "
                "and delete it yourself."
            )
        if is_held(place / REPORTS):
            raise RunProblem(f"{run} is still going: stop it first.")
        size = size_of(place)
        try:
            gone = Path(tempfile.mkdtemp(prefix=".deleted-", dir=self.folder)) / run
            os.rename(place, gone)  # at once, so that nobody finds half a run
            shutil.rmtree(gone.parent)
        except OSError as error:
            raise RunProblem(
                f"{run} cannot be deleted ({error.strerror}): see whether {self.folder} may be "
                "written to."
            ) from None
        return size

    def size(self) -> int:
        """Bytes that all of it takes."""
        return sum(size_of(Path(entry.path)) for entry in scan(self.folder))

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        return (entry for entry in scan(self.folder) if not entry.name.startswith("."))

    def place(self, run: str) -> Path:
        """The folder of a run; a name that leads elsewhere is none.

        Raises:
            RunProblem: if there is none.
        """
        place = self.folder / run
        if not NAME.fullmatch(run) or place.is_symlink() or not place.is_dir():
            raise RunProblem(f"There is no kept run {run!r}: `grok-tui runs` lists them.")
        return place


def _number(run: str) -> int:
    return int(run.rpartition("-")[2])


def _named(names: list[str]) -> str:
    """Some names, however many there are and whatever is in them."""
    told = ", ".join(ascii(name)[1:-1] for name in sorted(names)[:3])
    return f"{told} and {len(names) - 3} more" if len(names) > 3 else told
