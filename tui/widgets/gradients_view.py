"""A gradient before and after clipping, by norm and by value."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.training.gradients import Gradients, draw, lines_wanted, sentence
from tui.widgets.drawn_view import DrawnView

HELP = """\
### A gradient, clipped in two ways

Each line counts the numbers of one gradient, one number per weight: those near 0 in the middle, the
largest at the ends. The height of a glyph is the **logarithm** of the count; otherwise only the
middle could be seen.

**By norm** every number is multiplied by c / |g| if the length |g| is larger than the limit c: the
picture shrinks towards 0, and the direction stays. **By value** each number beyond c becomes c:
the tails pile up there, and the direction changes. The angle between a gradient and the raw
one is that of two arrows: cos = g · g' / (|g| |g'|).

The same c means different things: a gradient of thousands of small numbers can be longer than 1
with none of them beyond 0.1.

**← →** change the limit, **m** takes another batch, **b** switches between before and after
training.
"""


class GradientsView(DrawnView):
    """Shows `Gradients`."""

    HELP = HELP
    DEFAULT_CSS = """
    GradientsView { height: auto; max-height: 100%; width: 1fr; max-width: 120; }
    """

    def __init__(self, seen: Gradients | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._seen = seen or Gradients()

    def show(self, seen: Gradients) -> None:
        """Show another limit, batch or time."""
        self._seen = seen
        self.show_change()

    @property
    def sentence(self) -> str:
        """What clipping did."""
        return sentence(self._seen)

    def draw(self) -> list[Strip]:
        """The picture in the room there is."""
        return draw(self._seen, *self.content_size, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Histograms, arrows and the sentence."""
        return lines_wanted(self._seen)


def main() -> None:
    """The gradient of a GPT that has learned nothing yet."""
    from tui.demos.inside_speakers import gradients_demo

    gradients_demo().run()


if __name__ == "__main__":
    main()
