"""The kept runs as a list, one of them chosen. Those of a study are folded into one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from models.kept import Kept
from tui.drawing.ink import Ink
from tui.drawing.training.results import written
from tui.kept_words import ended, first_numbers, off_default, when
from tui.widgets.lines import Lines

ROOMY = 70
"""Columns from which the hour is told with the day."""


@dataclass(frozen=True)
class Fold:
    """The kept runs of one study, newest first."""

    study: str
    runs: tuple[Kept, ...]

    @property
    def words(self) -> str:
        """How many there are, and how far they came."""
        many = len(self.runs)
        done = sum(kept.state == "finished" for kept in self.runs)
        ends = "all finished" if done == many else f"{done} finished"
        return f"{many} run{'s' * (many > 1)} of {self.runs[0].lab}, {ends}"


Row = Kept | Fold


def folded(runs: Sequence[Kept], open_: set[str]) -> list[Row]:
    """The lines of the list: a study stands where its newest run does, its runs below if open."""
    rows: list[Row] = []
    seen: set[str] = set()
    for kept in runs:
        if not kept.study:
            rows.append(kept)
        elif kept.study not in seen:
            seen.add(kept.study)
            fold = Fold(kept.study, tuple(one for one in runs if one.study == kept.study))
            rows += [fold, *(fold.runs if kept.study in open_ else ())]
    return rows


class RunList(Lines):
    """Draws the rows, below each run what was turned in it."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink
        self._runs: list[Kept] = []
        self._open: set[str] = set()
        self.rows: list[Row] = []
        self.at = 0
        self.marked = ""
        self.told: list[str] = ["Asking the worker for what it has kept ..."]
        """What is said in place of a list, or below it."""

    # What is asked of it

    def show(self, runs: Sequence[Kept], told: Sequence[str]) -> None:
        """Show these runs, and say this below them."""
        self._runs, self.told = list(runs), list(told)
        self._fold()

    @property
    def chosen(self) -> Row | None:
        """The row that the keys are about."""
        return self.rows[self.at] if self.rows else None

    def move(self, by: int) -> None:
        """Choose another row."""
        if self.rows:
            self.at = min(len(self.rows) - 1, max(0, self.at + by))
            self.redraw()
            self._show_chosen()

    def toggle(self, study: str) -> None:
        """Open a study, or fold it up."""
        self._open ^= {study}
        self._fold()

    def _fold(self) -> None:
        self.rows = folded(self._runs, self._open)
        self.at = min(self.at, max(0, len(self.rows) - 1))
        self.refresh(layout=True)

    # Drawing

    def lines(self, width: int) -> list[Content]:
        """The list at a width."""
        drawn: list[Content] = []
        wide = max((len(_name(row)) for row in self.rows), default=0)
        for place, row in enumerate(self.rows):
            drawn += self._row(row, place == self.at, wide, width)
        for text in self.told:
            drawn += ([Content("")] if drawn else []) + Content(text).wrap(width)
        return drawn

    def _row(self, row: Row, chosen: bool, wide: int, width: int) -> list[Content]:
        words = self._ink.words
        mark = self._ink.glyphs.pointer if chosen else " "
        style = "bold $text-accent" if chosen else ""
        if isinstance(row, Fold):
            sign = "-" if row.study in self._open else "+"
            line = f"{mark}{sign} {_name(row):<{wide}}  {_day(row.runs[0], width)}  {row.words}"
            return [Content.styled(words(line), style).truncate(width, ellipsis=True)]
        ghost = "g" if row.id == self.marked else " "
        line = f"{mark}{ghost} {_name(row):<{wide}}  {_day(row, width)}"
        line += f"  seed {row.seed:<3} {ended(row)}"
        if numbers := first_numbers(row):
            line += f", {numbers}"
        drawn = [Content.styled(words(line), style).truncate(width, ellipsis=True)]
        if off := off_default(row):
            turned = ", ".join(f"{name} = {written(value)}" for name, value in off.items())
            below = Content.styled(words(f"{'':{wide + 5}}{turned}"), "$foreground-muted")
            drawn.append(below.truncate(width, ellipsis=True))
        return drawn

    def _show_chosen(self) -> None:
        """Scroll to what is chosen."""
        above = sum(2 if _has_more(row) else 1 for row in self.rows[: self.at])
        self.show_row(above, 3)  # with the row above it, and what was turned in it


def _has_more(row: Row) -> bool:
    return isinstance(row, Kept) and bool(off_default(row))


def _name(row: Row) -> str:
    if isinstance(row, Fold):
        return f"study {row.study}"
    return f"  {row.id}" if row.study else row.id


def _day(kept: Kept, width: int) -> str:
    return when(kept) if width >= ROOMY else when(kept)[:10]
