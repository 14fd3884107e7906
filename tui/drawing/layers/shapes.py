"""One pass through a network: for each line that ran the shape that came out, and its parameters.

Above a list of steps, below it the code around the line under the cursor, or bars that say which
parts of the network the parameters are in. Those of all steps add up to those of the network: a
tick says that they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, paragraph, strip

PARTS = {
    "layers/multi_head.py": "attention",
    "layers/attention.py": "attention",
    "layers/feed_forward.py": "feed-forward",
    "layers/norm.py": "norms",
}
"""Which part of a network a file is; all others are where tokens come in and answers go out."""
OTHER = "in and out"
ORDER = ("attention", "feed-forward", "norms", OTHER)
BELOW = ("code", "parameters")
"""What stands below the list."""
_NARROW, _WIDE = 40, 66
"""Columns from which there is a list, and from which it has the names of the axes too."""
_LEAST_LIST, _LEAST_BELOW = 3, 3


@dataclass(frozen=True)
class Step:
    """A line that made something, as `models.trace` has it."""

    file: str
    line: int
    last: int
    function: str
    says: str
    code: str
    axes: str
    shapes: tuple[tuple[int, ...], ...]
    parameters: int

    @property
    def shape(self) -> str:
        """What it made: 1 × 6 × 32, or 3 of 1 × 6 × 32."""
        same = len(set(self.shapes)) == 1
        told = " and ".join(times(shape) for shape in (self.shapes[:1] if same else self.shapes))
        return f"{len(self.shapes)} of {told}" if same and len(self.shapes) > 1 else told

    @property
    def part(self) -> str:
        """Which part of the network it belongs to."""
        return PARTS.get(self.file, OTHER)


@dataclass(frozen=True)
class Shapes:
    """All steps of one pass. `sources` are the files, by name, where they could be read."""

    steps: tuple[Step, ...] = ()
    parameters: int = 0
    """How many the network has, counted by itself."""
    title: str = ""
    sources: dict[str, tuple[str, ...]] | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the parameters of all steps are those of the network."""
        return sum(step.parameters for step in self.steps) == self.parameters

    def so_far(self, cursor: int) -> int:
        """The parameters of all steps up to the one under the cursor."""
        return sum(step.parameters for step in self.steps[: cursor + 1])

    @cached_property
    def by_part(self) -> dict[str, int]:
        """The parameters of each part."""
        found = dict.fromkeys(ORDER, 0)
        for step in self.steps:
            found[step.part] += step.parameters
        return found


def times(shape: Sequence[int]) -> str:
    """A shape as it is read: 1 × 6 × 32."""
    return " × ".join(map(str, shape)) or "one number"


def height(shapes: Shapes, room: int) -> int:
    """The lines that the picture would like to have where there are `room`."""
    wanted = len(shapes.steps) + 14
    return max(1, min(wanted, room))


def draw(shapes: Shapes, cursor: int, below: str, width: int, lines: int, ink: Ink) -> list[Strip]:
    """The whole picture in so many lines: where there is no room, the sentence."""
    if not shapes.steps or width < _NARROW or lines < _LEAST_LIST + _LEAST_BELOW + 2:
        return _filled(
            paragraph(sentence(shapes, cursor), width, lines, ink.style("plain"), ink), lines
        )
    room = lines - 2
    foot = (
        min(len(ORDER) + 1, room - _LEAST_LIST)
        if below == "parameters"
        else max(_LEAST_BELOW, min(12, room * 2 // 5))
    )
    rows = min(len(shapes.steps), room - foot)
    picture = [_header(shapes, width, ink)]
    picture += [
        _row(shapes, n, cursor, width, ink) for n in window(len(shapes.steps), cursor, rows)
    ]
    picture.append(_rule(shapes, cursor, width, ink))
    if below == "parameters":
        picture += _bars(shapes, width, ink)[:foot]
    else:
        picture += _code(shapes, cursor, width, lines - len(picture), ink)
    return _filled(picture, lines)


def window(count: int, cursor: int, rows: int) -> range:
    """The steps that are listed: as many as there are rows, with the cursor among them."""
    first = max(0, min(cursor - rows // 2, count - rows))
    return range(first, min(count, first + rows))


def _filled(picture: list[Strip], lines: int) -> list[Strip]:
    width = picture[0].cell_length if picture else 0
    return [*picture[:lines], *(strip([], width) for _ in range(lines - len(picture)))]


def _columns(width: int) -> tuple[int, int, int]:
    """Columns of the code, the shape and the axes; none for the axes where it is narrow."""
    axes = 15 if width >= _WIDE else 0
    shape = 19
    return width - 4 - shape - axes - 8, shape, axes


def _header(shapes: Shapes, width: int, ink: Ink) -> Strip:
    code, shape, axes = _columns(width)
    title = fit(ink.words(shapes.title), code + 3, ink).ljust(code + 4)
    heads = ink.words("shape".ljust(shape) + ("axes".ljust(axes) if axes else ""))
    pieces: list[Piece] = [(title, ink.style("strong"))]
    pieces.append((f"{heads}{'params':>8}", ink.style("dim")))
    return strip(pieces, width)


def _row(shapes: Shapes, number: int, cursor: int, width: int, ink: Ink) -> Strip:
    """One step: its number, the line, the shape and its axes, and how many parameters it took."""
    step, here = shapes.steps[number], number == cursor
    code, shape, axes = _columns(width)
    mark = ink.glyph("pointer") if here else " "
    told = fit(ink.words(step.code.removeprefix("return ")), code - 1, ink).ljust(code)
    pieces: list[Piece] = [(f"{mark}{number + 1:>2} ", ink.style("accent" if here else "dim"))]
    pieces.append((told, ink.style("strong" if here else "plain")))
    pieces.append((fit(ink.words(step.shape), shape - 1, ink).ljust(shape), ink.style("query")))
    if axes:
        pieces.append((fit(step.axes, axes - 1, ink).ljust(axes), ink.style("dim")))
    weights = f"{step.parameters:,}" if step.parameters else ""
    pieces.append((weights.rjust(8), ink.style("key")))
    return strip(pieces, width)


def _rule(shapes: Shapes, cursor: int, width: int, ink: Ink) -> Strip:
    """How many parameters so far, and whether all of them add up."""
    told = ink.words(f" {total(shapes, cursor)} ")
    sign = ink.glyph("tick" if shapes.adds_up else "cross")
    line = ink.glyphs.rule * max(0, width - cell_len(told) - 3)
    role = "good" if shapes.adds_up else "bad"
    pieces: list[Piece] = [(line, ink.style("axis")), (told, ink.style("dim"))]
    return strip([*pieces, (f"{sign} ", ink.style(role))], width)


def total(shapes: Shapes, cursor: int) -> str:
    """The parameters so far, and those of all steps against those of the network."""
    whole = sum(step.parameters for step in shapes.steps)
    told = f"so far {shapes.so_far(cursor):,}, in all {whole:,}"
    if shapes.adds_up:
        return f"{told} = sum(p.numel())"
    return f"{told}, but sum(p.numel()) is {shapes.parameters:,}"


def _code(shapes: Shapes, cursor: int, width: int, lines: int, ink: Ink) -> list[Strip]:
    """Where the line stands and what its function says, then the code around it."""
    step = shapes.steps[cursor]
    place = f"models/{step.file}  {step.function}: "
    pieces: list[Piece] = [(place, ink.style("accent"))]
    pieces.append(
        (fit(ink.words(step.says), max(0, width - cell_len(place)), ink), ink.style("dim"))
    )
    picture = [strip(pieces, width)]
    source = (shapes.sources or {}).get(step.file, ())
    if not " ".join(source[step.line - 1 : step.last]).strip():
        return [*picture, strip([("    " + ink.words(step.code), ink.style("strong"))], width)]
    for number in window(len(source), step.line - 1, lines - 1):
        lit = step.line - 1 <= number < step.last
        mark = ink.glyph("pointer") if lit else " "
        text = fit(ink.words(source[number]), width - 6, ink)
        picture.append(
            strip([(f"{mark}{number + 1:>4} {text}", ink.style("strong" if lit else "dim"))], width)
        )
    return picture


def _bars(shapes: Shapes, width: int, ink: Ink) -> list[Strip]:
    """How many parameters each part has, as bars of one scale."""
    whole = max(1, sum(shapes.by_part.values()))
    room = max(4, width - 30)
    picture = []
    for part, count in shapes.by_part.items():
        share = count / whole
        pieces: list[Piece] = [(f" {part:<13}", ink.style("strong"))]
        pieces.append((f"{count:>8,} ", ink.style("key")))
        pieces.append((ink.bar(share, room), ink.style("value")))
        pieces.append((f" {100 * share:3.0f} %", ink.style("accent")))
        picture.append(strip(pieces, width))
    text = " " + ink.words(of_blocks(shapes))
    return [*picture, strip([(fit(text, width, ink), ink.style("plain"))], width)]


def of_blocks(shapes: Shapes) -> str:
    """The share of the feed-forward layers among the parameters of the blocks."""
    inside = shapes.by_part["attention"] + shapes.by_part["feed-forward"]
    if not inside:
        return "There are no blocks in it."
    share = shapes.by_part["feed-forward"] / inside
    return f"Of attention and feed-forward together, feed-forward has {100 * share:.1f} %."


def describe(shapes: Shapes, cursor: int) -> str:
    """One step in a sentence."""
    step = shapes.steps[cursor]
    axes = f", axes {step.axes}" if step.axes else ""
    weights = f", with {step.parameters:,} parameters" if step.parameters else ""
    return (
        f"Step {cursor + 1} of {len(shapes.steps)}: {step.code} makes {step.shape}{axes}{weights}"
        f" (models/{step.file}, line {step.line})."
    )


def sentence(shapes: Shapes, cursor: int) -> str:
    """Everything that is to be said of the step under the cursor, and of the parameters."""
    if not shapes.steps:
        return "No pass has been made yet."
    cursor = max(0, min(cursor, len(shapes.steps) - 1))
    return f"{describe(shapes, cursor)} Parameters: {total(shapes, cursor)}. {of_blocks(shapes)}"
