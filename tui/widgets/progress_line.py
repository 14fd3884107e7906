"""The dashboard line: how far a run is and when it will be done."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.training.dashboard import Progress, describe, draw_progress
from tui.widgets.drawn_view import DrawnView

HELP = """\
### How far the run is

What is being done, the steps so far and in all, the share of them, steps a second, the time spent,
and about how long it will still take. That last one stays blank until ten steps and three seconds
have passed: before that it would be a guess. At the end: where the network is trained.
"""


class ProgressLine(DrawnView, can_focus=False):
    """Shows a `Progress`. Whoever owns the run says how far it is; nothing ticks here."""

    HELP = HELP
    DEFAULT_CSS = """
    ProgressLine { height: 1; width: 1fr; }
    """

    def __init__(
        self,
        progress: Progress | None = None,
        *,
        ink: Ink | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(ink=ink, name=name, id=id, classes=classes)
        self._progress = progress or Progress()

    @property
    def progress(self) -> Progress:
        """What is shown."""
        return self._progress

    def show(self, progress: Progress) -> None:
        """Show how far the run is now; only the cells that differ are painted."""
        self._progress = progress
        self.show_change()

    @property
    def sentence(self) -> str:
        """How far the run is, in words."""
        return describe(self._progress)

    def draw(self) -> list[Strip]:
        """The line."""
        return [draw_progress(self._progress, self.content_size.width, self.ink)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line."""
        return 1


def main() -> None:
    """A run that takes half a minute."""
    from tui.demos.demo import progress_demo

    progress_demo().run()


if __name__ == "__main__":
    main()
