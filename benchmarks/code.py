"""The code view: a frame of a file of 4,000 lines against one of 100."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from textual.widget import Widget

from benchmarks.painting import Cost, Frame, paint, ratio
from benchmarks.result import Measure, Target
from tui.drawing.code.code import Code
from tui.widgets.code_view import CodeView

FRAMES = 40


def scrolling(lines: int) -> Cost:
    """A file of so many lines that scrolls by a line a frame; every third line has a shape."""
    source = "\n".join(f"scores_{n} = q @ k.mT / {n}  # (B, T, S)" for n in range(1, lines + 1))
    shapes = {line: ((1, line % 7, 9),) for line in range(1, lines + 1, 3)}

    def make() -> Widget:
        view = CodeView(Code("layers/attention.py", source, shapes), 40)
        view.styles.height = 24
        return view

    def frame(widget: Widget) -> Frame:
        view = cast(CodeView, widget)
        return lambda number: view.move_to(50 + number % 40)

    return paint(make, frame, FRAMES)


def frames() -> Mapping[str, float]:
    """CPU time of a frame that scrolls a file of 4,000 lines, divided by that of one of 100. A
    design that draws the whole file for a frame shows about 40."""
    return {"code-cpu": ratio(lambda: scrolling(4000), lambda: scrolling(100))}


MEASURES = (Measure((Target("code-cpu", 1.5),), frames),)
