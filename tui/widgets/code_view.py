"""The very file that runs, with the shapes that went through its lines, and a line that is lit."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.code.code import Code, describe, draw_code, in_a_sentence, rows_of, top_for
from tui.drawing.ink import Ink
from tui.widgets.drawn_view import DrawnView

HELP = """\
### The code

This is **the file that runs**, not a copy of it. To its right stand the shapes of the tensors that
a line made when it was first executed, in one pass of your own network: the size of each axis, the
slowest first. A line without a shape made no tensor, or was not needed in this pass.

A comment such as `# (B, H, T, S)` names the axes; the letters are explained at the head of the
file, with the equation and an example worked by hand. Where a line is too long, its comment gives
way to the shapes; the line below the code says the axes by name.

**↑ ↓** go line by line, **← →** from one line with a shape to the next, **home** and **end** to the
ends of the file.
"""
ROWS, _MOST = 16, 40
"""Lines that it asks for: on a terminal of 24 lines, where nobody says otherwise; and at most."""
_LOW = 24
"""Lines of a terminal beyond which it takes all there are."""


class CodeView(DrawnView):
    """Shows `Code`, and a cursor on a line."""

    HELP = HELP
    DEFAULT_CSS = """
    CodeView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", id="code.up", tooltip="A line up", show=False),
        Binding("down", "move(1)", "down", id="code.down", tooltip="A line down", show=False),
        Binding(
            "left", "to_traced(-1)", "back", id="code.back", tooltip="A shape back", show=False
        ),
        Binding("right", "to_traced(1)", "on", id="code.on", tooltip="A shape on", show=False),
        Binding("home", "to_end(0)", "first", id="code.first", tooltip="First line", show=False),
        Binding("end", "to_end(1)", "last", id="code.last", tooltip="Last line", show=False),
    ]

    def __init__(
        self,
        code: Code | None = None,
        lit: int = 1,
        *,
        rows: int = ROWS,
        ink: Ink | None = None,
    ) -> None:
        """`rows` are the lines that it takes on a terminal of 24."""
        super().__init__(ink=ink)
        self._rows = rows
        self._code = code or Code("", "")
        self._lit, self._top = lit, 0
        self._note = ""

    def show(self, code: Code, note: str = "", *, lit: int | None = None) -> None:
        """Show other code, or the same with its shapes; the cursor stays on its line.

        With `lit` it goes to that line, which is then in the middle. A `note` stands where else is
        said what the line has made.
        """
        self._code, self._note = code, note
        if lit is not None:
            self._top = 0
        self.move_to(self._lit if lit is None else lit)

    def move_to(self, line: int) -> None:
        """Light a line, or the nearest there is."""
        self._lit = max(1, min(line, len(self._code.lines)))
        self.show_change()

    @property
    def code(self) -> Code:
        """What is shown."""
        return self._code

    @property
    def lit(self) -> int:
        """The line that is lit, from 1."""
        return self._lit

    @property
    def sentence(self) -> str:
        """The line that is lit, and what it made."""
        return in_a_sentence(self._code, self._lit)

    @property
    def explained(self) -> str:
        """The line that is lit as code, and what it made, as Markdown."""
        return f"`{self._code.text(self._lit).strip()}`\n\n{describe(self._code, self._lit)}"

    def action_move(self, by: int) -> None:
        """A line up or down."""
        self.move_to(self._lit + by)

    def action_to_traced(self, by: int) -> None:
        """To the next line that made something, or the one before."""
        lines = [n for n in self._code.traced if (n > self._lit if by > 0 else n < self._lit)]
        if lines:
            self.move_to(lines[0] if by > 0 else lines[-1])

    def action_to_end(self, end: int) -> None:
        """To the first line, or the last."""
        self.move_to(len(self._code.lines) if end else 1)

    def draw(self) -> list[Strip]:
        """A window with the lit line in it."""
        width, height = self.content_size
        top = self._top or self._lit - rows_of(height) // 2  # at first it is in the middle
        self._top = top_for(self._code, self._lit, top, height)
        at = (self._lit, self._top)
        return draw_code(self._code, at, (width, height), self.ink, self._note)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All of the file, as far as the screen goes."""
        room = min(_MOST, self._rows + max(0, self.app.size.height - _LOW))
        return max(1, min(len(self._code.lines) + 3, room))


def main() -> None:
    """The file of attention, with the shapes of a pass worked out beforehand."""
    from tui.demos.code import code_demo

    code_demo().run()


if __name__ == "__main__":
    main()
