"""A prediction to be drawn with the arrows: a number on its axis, or a curve over a few values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding
from textual.content import Content

from course.bets import Sketch
from course.sketches import places
from tui import sketch_words as words
from tui.drawing.ink import Ink
from tui.drawing.questions.sketch import SketchPicture, draw_sketch, levels_told
from tui.drawing.ticks import grouped
from tui.pages.question_card import Answer
from tui.widgets.lines import Lines

FINE, COARSE = 100, 20
"""Into so many steps the range is divided along an axis, and for a curve."""
ROWS = ((28, 7), (34, 9), (1000, 15))
"""Terminals of fewer rows than the first number draw a curve as high as the second says."""


class SketchAnswer(Lines, Answer, can_focus=True):
    """Left and right, up and down, or digits; enter places the bet."""

    BINDINGS = [  # noqa: RUF012
        Binding("left", "across(-1)", "Left", show=False, id="sketch-left"),
        Binding("right", "across(1)", "Right", show=False, id="sketch-right"),
        Binding("up", "raise(1)", "Up", show=False, id="sketch-up"),
        Binding("down", "raise(-1)", "Down", show=False, id="sketch-down"),
        Binding("home", "to_end(0)", "First", show=False, id="sketch-home"),
        Binding("end", "to_end(1)", "Last", show=False, id="sketch-end"),
        # As bindings, so that digits and arrows are taken in the order in which they come.
        *(Binding(digit, f"type('{digit}')", show=False) for digit in "0123456789"),
        Binding("full_stop", "type('.')", "Point", show=False, id="sketch-point"),
        Binding("backspace", "type('')", "Take a digit back", show=False, id="sketch-undo"),
        Binding("enter", "place", "Place the bet", show=False, id="sketch-place"),
    ]

    def __init__(self, sketch: Sketch, title: str, ink: Ink) -> None:
        super().__init__()
        self._sketch = sketch
        self._title = title
        self._ink = ink
        low, high = sketch.range
        self.numbers = [self._snapped((low + high) / 2, COARSE) for _ in places(sketch)]
        self._measured: Mapping[float, float] = {}
        self._cursor = 0
        self._typed = ""
        self._is_placed = False
        self.touched = False
        """Whether anything was drawn since the bet was placed last."""
        self.done = False
        """Whether it is decided, so that nothing can be drawn any more."""

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys it takes now."""
        if self.done:
            return ()
        if self._sketch.xs:
            return (
                ("←→", "choose a point"),
                ("↑↓", "move it"),
                ("0–9", "type it"),
            )
        return (("←→", "move it"), ("0–9", "type it"))

    def show_drawn(self, numbers: Sequence[float]) -> None:
        """Show what was drawn before."""
        self.numbers = list(numbers)
        self.placed()
        self.redraw()

    def placed(self) -> None:
        """What is drawn now is the bet."""
        self.touched, self._is_placed, self._typed = False, True, ""
        self.redraw()

    def show_measured(self, measured: Mapping[float, float]) -> None:
        """Draw what was measured beside it, by x; there is nothing more to draw then."""
        self._measured = measured
        self.done = True
        self.redraw()

    def lines(self, width: int) -> list[Content]:
        """The heading and the picture."""
        rows = next(rows for end, rows in ROWS if self.app.size.height < end)
        picture = self._picture
        beside = [f"typed: {self._typed}" if self._typed else "", levels_told(picture, self._ink)]
        told = "".join(f"   {one}" for one in beside if one)
        heading = Content.assemble(
            (self._ink.words(self._title), "bold"), (self._ink.words(told), "$foreground-muted")
        )
        return [heading, *draw_sketch(picture, min(width, 100), rows, self._ink)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once it is decided the keys belong to the page."""
        if action == "place" and self._is_placed and not self.touched:
            return False
        return not (self.done and action in ("across", "raise", "to_end", "type", "place"))

    def action_across(self, step: int) -> None:
        """Along the axis by a hundredth; in a curve to the next place."""
        if self._sketch.xs:
            self._go_to(self._cursor + step)
        else:
            self._move(step, FINE)

    def action_raise(self, step: int) -> None:
        """Up or down by a twentieth."""
        self._move(step, COARSE)

    def action_to_end(self, end: int) -> None:
        """To an end of the axis; in a curve to the first or last place."""
        if self._sketch.xs:
            self._go_to(end * (len(self.numbers) - 1))
        else:
            self._set(self._sketch.range[end])

    def action_place(self) -> None:
        """Give what was drawn; whether that is a bet the page decides."""
        self.post_message(self.Given(list(self.numbers)))

    def action_type(self, char: str) -> None:
        """A digit, a point, or nothing to take one back: 6, 2 are 62 %."""
        typed = self._typed + char if char else self._typed[:-1]
        value = self._read(typed)
        if value is None and char:
            typed, value = char, self._read(char)
        self._typed = typed if value is not None else ""
        if value is not None:
            self._set(value, typed=True)
        self.redraw()

    def _read(self, typed: str) -> float | None:
        """What was typed as a number in the range; None where it is not one yet."""
        try:
            value = float(typed) / (100 if self._sketch.form == "percent" else 1)
        except ValueError:
            return None
        low, high = self._sketch.range
        return value if low <= value <= high else None

    def _go_to(self, place: int) -> None:
        self._typed = ""
        self._cursor = min(len(self.numbers) - 1, max(0, place))
        self.redraw()

    def _move(self, step: int, parts: int) -> None:
        low, high = self._sketch.range
        self._set(self._snapped(self.numbers[self._cursor] + step * (high - low) / parts, FINE))

    def _set(self, value: float, *, typed: bool = False) -> None:
        low, high = self._sketch.range
        self.numbers[self._cursor] = min(high, max(low, value))
        self.touched = True
        if not typed:
            self._typed = ""
        self.post_message(self.Turned())
        self.redraw()

    def _snapped(self, value: float, parts: int) -> float:
        """A value on the steps that the arrows take, so that what is shown is what is kept."""
        low, high = self._sketch.range
        step = (high - low) / parts
        if self._sketch.form == "count" and high - low >= parts:
            step = max(1.0, round(step))
        return round(low + round((value - low) / step) * step, 10)

    @property
    def _picture(self) -> SketchPicture:
        sketch = self._sketch
        low, high = sketch.range
        xs = places(sketch)
        return SketchPicture(
            self.numbers,
            low,
            high,
            lambda value: words.number(sketch, value),
            lambda value: words.brief(sketch, value),
            lambda value: words.tick(sketch, value),
            words.over(sketch),
            [grouped(x) if x.is_integer() else f"{x:g}" for x in sketch.xs],
            {xs.index(x): value for x, value in self._measured.items() if x in xs},
            [(mark.level, mark.name) for mark in sketch.marks],
            None if self.done else self._cursor,
        )
