"""What a study measured, with a cursor on one value of its knob, or on one seed."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.studies.study import Picture, describe
from tui.drawing.studies.study_picture import ROWS, draw_study
from tui.widgets.along_view import AlongView

HELP = """\
### What a study measured

Each mark is **one run**, trained to its end from one seed. Marks that stand above each other are
runs that differ in nothing but the seed, and the bar between them is their spread; the line goes
from median to median. Between two places nobody has measured anything: the line there is only to
lead the eye. `┄┄` (`--`) is what a guess is worth, `◇` (`?`) what you drew.

Below the axis `○` (`o`) is to come, `◐` (`%`) is trained now, `✗` (`x`) failed. Where a study goes
over seeds, each column is a run, and the line under a row has a mark for each of them.

**← →** move the cursor, **home** and **end** go to the ends; the numbers are those under it.
"""

_NOTHING = Picture("", "", "", (), (), (), (), ())


class StudyView(AlongView):
    """Shows a `Picture` and a cursor."""

    HELP = HELP
    DEFAULT_CSS = """
    StudyView { height: 1fr; }
    """

    def __init__(self, picture: Picture = _NOTHING, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._picture = picture

    def show(self, picture: Picture) -> None:
        """Show it as it is now; the cursor stays where it is if it can."""
        if picture != self._picture:
            self._picture = picture
            self._cursor = max(0, min(self._cursor, self.places - 1))
            self.show_change()

    @property
    def picture(self) -> Picture:
        """What is shown."""
        return self._picture

    @property
    def places(self) -> int:
        """The values of the knob, or the seeds."""
        return len(self._picture.places)

    @property
    def sentence(self) -> str:
        """What is to be seen."""
        return describe(self._picture)

    def drawn(self, width: int, tall: int) -> list[Strip]:
        """The picture at a width."""
        room = self.content_size.height
        return draw_study(self._picture, self._cursor, width, tall, self.ink, room)

    @staticmethod
    def _tall(height: int) -> int:
        """The tallest plot is tried first: there is as much room as the page leaves."""
        return len(ROWS) - 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the page lets it be."""
        return max(1, self.content_size.height)


def main() -> None:
    """How a memory that keeps a share of itself forgets, at every length, with noise."""
    from tui.demos.inside import study_demo

    study_demo().run()


if __name__ == "__main__":
    main()
