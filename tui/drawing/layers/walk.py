"""A network walked through matrix by matrix, with a cursor on a number of the one that is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.walk_made import Matrix, Row, headline, number, table
from tui.drawing.lines import Piece, around, blank, fit, paragraph, strip

_LABEL, _SUM = 12, 6
"""Columns of the names before a row, and of its sum behind it."""
_WIDE, _LONGEST = 100, 20
"""Columns from which names are written whole, and how many they may take then."""
_PITCH = 6
"""Columns of a number; with one more there is a shade before it."""
_ROOMY = 10
"""Columns of a number at most."""
_NARROW = _LABEL + 2 * _PITCH
_STEEP = (0.1, 0.3, 0.55, 0.8)
"""Where a number takes the next darker shade, as a share of the largest of its matrix."""


@dataclass(frozen=True)
class Stage:
    """One matrix of the walk, and how it is made of others."""

    name: str
    kind: str
    of: tuple[str, ...]
    columns: str
    formula: str
    title: str
    says: str
    file: str = ""
    line: str = ""
    """Where the network does it: a file by its name without `.py`, and a piece of its line; empty
    if it does not."""

    @property
    def sums(self) -> bool:
        """Whether the sum of a row means something."""
        return self.kind == "softmax"


@dataclass(frozen=True)
class Walk:
    """All matrices of one text, and the way from one to the next."""

    stages: tuple[Stage, ...] = ()
    arrays: Mapping[str, Matrix | Row] | None = None
    labels: Mapping[str, Sequence[str]] | None = None
    """What stands side by side: `T` the tokens, and what else a stage's columns are."""
    divisor: float = 1.0
    gap: int = 0
    """The row that answers."""
    title: str = ""
    outcome: str = ""
    """What is said, and what is right."""

    def matrix(self, name: str) -> Matrix:
        """One of the matrices."""
        assert self.arrays is not None
        return self.arrays[name]  # type: ignore[return-value]

    @property
    def rows(self) -> Sequence[str]:
        """The tokens, one a row."""
        return self.labels["T"] if self.labels else ()

    def columns(self, stage: int) -> Sequence[str]:
        """What stands side by side at a stage."""
        return self.labels[self.stages[stage].columns] if self.labels else ()

    def shape(self, stage: int) -> str:
        """Rows and columns of a stage, as one writes it."""
        return f"{len(self.rows)} × {len(self.columns(stage))}"


@dataclass(frozen=True)
class Place:
    """Which stage is shown, and where the cursor stands."""

    stage: int = 0
    row: int = 0
    column: int = 0


def draw(walk: Walk, place: Place, width: int, height: int, ink: Ink) -> list[Strip]:
    """The matrix, and below it how the number under the cursor was made, where there is room."""
    if not walk.stages or width < _NARROW:
        text = sentence(walk, place)
        return paragraph(text, width, height, ink.style("plain"), ink)
    below = _below(walk, place, width, ink)
    rows = max(1, min(len(walk.rows), height - 2 - 1))
    told = max(0, height - 2 - rows)
    lines = [_title(walk, place, width, ink), *_matrix(walk, place, rows, width, ink)]
    lines += below[:told]
    return (lines + [blank(width)] * height)[:height]


def height_wanted(walk: Walk, place: Place, width: int, ink: Ink) -> int:
    """As many lines as the whole picture takes."""
    if not walk.stages or width < _NARROW:
        return 3
    return 2 + len(walk.rows) + max(len(_below(walk, one, width, ink)) for one in _each(walk))


def _each(walk: Walk) -> list[Place]:
    return [Place(stage) for stage in range(len(walk.stages))]


def sentence(walk: Walk, place: Place) -> str:
    """The number under the cursor and how it was made, in one line."""
    if not walk.stages:
        return "No walk yet."
    stage = walk.stages[place.stage]
    return f"Step {place.stage + 1} of {len(walk.stages)}, {stage.title}: {headline(walk, place)}"


def _label(walk: Walk, width: int) -> int:
    """Columns of the names before a row."""
    longest = max(map(len, walk.rows), default=0)
    return _LABEL if width < _WIDE else max(_LABEL, min(_LONGEST, longest + 2))


def _title(walk: Walk, place: Place, width: int, ink: Ink) -> Strip:
    stage = walk.stages[place.stage]
    step = f"{place.stage + 1}/{len(walk.stages)} "
    what = f"{stage.title}  "
    how = f"{stage.formula}   {walk.shape(place.stage)}   {walk.title}"
    left = width - len(step) - len(what)
    pieces: list[Piece] = [
        (step, ink.style("dim")),
        (ink.words(what), ink.style("strong")),
        (fit(ink.words(how), left, ink), ink.style("dim")),
    ]
    return strip(pieces, width)


def _matrix(walk: Walk, place: Place, rows: int, width: int, ink: Ink) -> list[Strip]:
    """Names above, names beside, and the numbers that are in sight of the cursor."""
    stage, names = walk.stages[place.stage], walk.columns(place.stage)
    matrix = walk.matrix(stage.name)
    label = _label(walk, width)
    room = width - label - (_SUM if stage.sums else 0)
    pitch = max(_PITCH, min(_ROOMY, room // len(names)))
    seen = around(len(names), place.column, max(1, room // pitch))
    head: list[Piece] = [(" " * label, Style.null())]
    for column in seen:
        name = fit(ink.words(names[column]), pitch - 1, ink).rjust(pitch)
        head.append((name, ink.style("key" if column == place.column else "axis")))
    if stage.sums:
        head.append((ink.words("Σ").rjust(_SUM), ink.style("dim")))
    lines = [strip(head, width)]
    for row in around(len(walk.rows), place.row, max(1, rows)):
        lines.append(_row(walk, place, row, matrix, (seen, pitch), width, ink))
    return lines


def _row(
    walk: Walk,
    place: Place,
    row: int,
    matrix: Matrix,
    across: tuple[range, int],
    width: int,
    ink: Ink,
) -> Strip:
    (seen, pitch), stage = across, walk.stages[place.stage]
    here = row == place.row
    mark = ink.glyph("pointer") if here else " "
    label = _label(walk, width)
    name = fit(walk.rows[row], label - 2, ink)
    style = ink.style("query" if here else "axis")
    pieces: list[Piece] = [(f"{mark}{name}".ljust(label), style)]
    largest = max(abs(value) for line in matrix for value in line) or 1.0
    for column in seen:
        value = matrix[row][column]
        text = ink.words(number(value)).rjust(5)
        if pitch > _PITCH:
            level = _level(value, largest, stage, ink)
            text = f"{ink.glyphs.shades[level]}{text}"
        text = text.rjust(pitch)
        if here and column == place.column:
            pad = len(text) - len(text.lstrip())
            pieces += [(text[:pad], Style.null()), (text[pad:], ink.style("cursor"))]
        else:
            pieces.append((text, _style(value, largest, stage, ink)))
    if stage.sums:
        total = number(sum(matrix[row]))
        pieces.append((ink.words(total).rjust(_SUM), ink.style("dim")))
    return strip(pieces, width)


def _level(value: float, largest: float, stage: Stage, ink: Ink) -> int:
    """Which of the five shades a number takes."""
    if stage.sums:
        return ink.level(value)
    return sum(abs(value) / largest >= steep for steep in _STEEP)


def _style(value: float, largest: float, stage: Stage, ink: Ink) -> Style:
    """Shares as in every grid; other numbers orange above zero, blue below, bold if large."""
    level = _level(value, largest, stage, ink)
    if stage.sums:
        return ink.style(f"heat{level}")
    if level == 0:
        return ink.style("dim")
    if value > 0:
        return ink.style("key" if level > 2 else "helped")
    return ink.style("query" if level > 2 else "seen")


def _below(walk: Walk, place: Place, width: int, ink: Ink) -> list[Strip]:
    """How the number under the cursor was made, and what the stage shows."""
    stage = walk.stages[place.stage]
    lines = paragraph(headline(walk, place), width, 1, ink.style("strong"), ink)
    for name, numbers in table(walk, place):
        label = _label(walk, width)
        room = max(1, (width - label) // max(1, len(numbers)))
        each = max(5, min(_PITCH, room))
        pieces: list[Piece] = [
            (fit(ink.words(f" {name}"), label - 1, ink).ljust(label), ink.style("axis"))
        ]
        text = "".join(ink.words(number(value, each - 1)).rjust(each) for value in numbers)
        pieces.append((fit(text, width - label, ink), ink.style("plain")))
        lines.append(strip(pieces, width))
    last = walk.outcome if place.stage == len(walk.stages) - 1 else ""
    lines += paragraph(last or stage.says, width, 1, ink.style("plain" if last else "dim"), ink)
    return lines
