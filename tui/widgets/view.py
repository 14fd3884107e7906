"""What all views share: the ink, the sentence, and repainting no more than what changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.style import Style
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing.ink import Ink
from tui.drawing.lines import plain
from tui.painting import send_only_changes
from tui.widgets import yank

send_only_changes()


def app_ink(app: App) -> Ink:
    """The ink of the app: its own `ink` where it has one, else the best guess."""
    ink = getattr(app, "ink", None)
    return ink if isinstance(ink, Ink) else Ink.choose(dark=app.current_theme.dark)


def app_is_still(app: App) -> bool:
    """Whether nothing may move unasked: the app's own `still`, or animations switched off."""
    return bool(getattr(app, "still", False)) or app.animation_level == "none"


class View(Widget, can_focus=True):
    """A picture drawn line by line from numbers, with one sentence saying what is to be seen.

    A subclass keeps `lines`, the strips now on the screen, or draws a line when asked for it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Copy as text", show=False, id="view.copy"),
        Binding("Y", "save", "Save as SVG", show=False, id="view.save"),
    ]

    def __init__(
        self,
        *,
        ink: Ink | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._ink = ink

    @property
    def ink(self) -> Ink:
        """What to draw with: this view's own ink, or else the app's."""
        return self._ink if self._ink is not None else app_ink(self.app)

    @ink.setter
    def ink(self, ink: Ink | None) -> None:
        self._ink = ink
        self.redraw()

    @property
    def sentence(self) -> str:
        """What is to be seen, in plain words."""
        return ""

    @property
    def help(self) -> str:
        """How it is read, as Markdown, with the numbers of now."""
        return ""

    @property
    def lines(self) -> list[Strip]:
        """The picture as it stands on the screen."""
        return [self.render_line(y) for y in range(self.content_size.height)]

    @property
    def plain(self) -> str:
        """The picture as text without styles."""
        return plain(self.lines)

    @property
    def copied(self) -> str:
        """The picture and what it says, as it is copied."""
        return f"{self.plain}\n\n{self.sentence}".strip()

    @property
    def taken_away(self) -> list[View]:
        """What is copied or saved together."""
        return [self]

    def action_copy(self) -> None:
        """Take the picture away as text."""
        yank.copy(self.app, self.taken_away)

    def action_save(self) -> None:
        """Take the picture away as SVG."""
        yank.save(self.app, self.taken_away)

    @property
    def showing(self) -> bool:
        """Whether anybody can see this view: not hidden, and its screen is on top."""
        return self.is_attached and self.screen.is_active and self.is_on_screen

    def redraw(self) -> None:
        """Draw everything again."""
        self.refresh(layout=True)

    def paint(self, line: Strip) -> Strip:
        """A drawn line over this widget's own colours."""
        return line.apply_style(self.rich_style)

    def repaint(self, runs: Iterable[tuple[int, int, int]]) -> None:
        """Repaint runs of cells `(x, y, length)` of the content, and nothing else."""
        inside = Region(0, 0, *self.content_size)
        regions = [Region(x, y, length, 1).intersection(inside) for x, y, length in runs]
        if regions := [region for region in regions if region.area]:
            self.refresh(*regions)

    def blank_line(self) -> Strip:
        """An empty line in this widget's colours."""
        return Strip.blank(self.content_size.width, Style.null() + self.rich_style)
