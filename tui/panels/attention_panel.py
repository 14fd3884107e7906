"""Who looks at whom in the learner's own network: trained here, then looked into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget

from tui.pages.page import Desk
from tui.panels.weights_panel import WeightsPanel
from tui.widgets.attention_grid import HELP, AttentionGrid
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint

_HIGHEST, _LOW = 17, 24
"""Lines that the grid takes at most where the window has so few."""


class AttentionPanel(WeightsPanel):
    """The weights before or after training, of one text after another; a cell can be opened.

    A subclass knows what the weights are made of, and takes one apart.
    """

    DEFAULT_CSS = """
    AttentionPanel Horizontal { height: auto; }
    AttentionPanel .inspector.-beside { padding: 0 0 0 2; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("i", "inspect", "Take the cell apart", show=False, id="attention-inspect"),
        Binding("escape", "close", "Close the cell", show=False, id="attention-close"),
        Binding("left", "cell(0, -1)", "A word back", show=False, id="attention-back"),
        Binding("right", "cell(0, 1)", "A word on", show=False, id="attention-on"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str = "letters") -> None:
        super().__init__(settings, desk, lab)
        self._placed = self._open = False

    # What a subclass does

    def build_inspector(self) -> DrawnView:
        """Where one of the weights is taken apart."""
        raise NotImplementedError

    def build_beside(self) -> Sequence[Widget]:
        """What else stands beside the grid."""
        return ()

    def inspect(self) -> None:
        """Take the cell under the cursor apart."""
        raise NotImplementedError

    def explained(self) -> str:
        """The cell under the cursor with its formula and its numbers, as Markdown."""
        raise NotImplementedError

    @property
    def room_beside(self) -> int:
        """Columns for a cell beside the grid; 0 where it takes the place of the grid."""
        return 0

    # The page

    def compose(self) -> ComposeResult:
        """The grid, and the inspector beside it or in its place."""
        wait, grid = super().compose()
        yield wait
        with Horizontal():
            yield grid
            yield from self.build_beside()
            inspector = self.build_inspector()
            inspector.add_class("inspector")
            yield inspector

    def build(self) -> DrawnView:
        """The grid."""
        return AttentionGrid(ink=self.desk.ink)

    def on_resize(self) -> None:
        """A higher window has room for a higher grid, a wider one for a cell beside it."""
        self.redraw()

    @property
    def grid(self) -> AttentionGrid:
        """Where all weights are drawn."""
        return self.query_one(AttentionGrid)

    @property
    def inspector(self) -> DrawnView:
        """Where one of them is taken apart."""
        return self.query_one(".inspector", DrawnView)

    @property
    def opened(self) -> bool:
        """Whether a cell is taken apart."""
        return self._open and self.opens

    @property
    def opens(self) -> bool:
        """Whether it can be: the worker told what it is made of."""
        return self.has_picture and self.parts is not None

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Look around, then at another text and another time."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        if self.opened:
            return (*self.hints_of_cell, *hints[1:])
        inside = (("i", "inside"),) if self.opens else ()
        looks = (*inside, ("d", "digits"), *self.code_hints)
        return (("←↑↓→", "cell"), *looks, ("m", "another"), *hints[1:])

    @property
    def hints_of_cell(self) -> Sequence[Hint]:
        """The keys of an open cell."""
        return (("i", "close"),)

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And what the grid takes."""
        return (
            ("space", "begin the run, where there is none"),
            ("←↑↓→", "a cell on, up or down"),
            ("d", "digits instead of shades"),
            *((("i", "take the cell apart"),) if self.opens else ()),
            *self.code_help,
            ("m", "another text"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """The cell under the cursor in numbers, and how the picture is read."""
        words = (self.inspector.HELP or "") if self.opened else HELP
        return f"{self.explained()}\n\n{words}" if self.has_picture else words

    @property
    def sentence(self) -> str:
        """The cell under the cursor, or what it is made of."""
        return self.inspector.sentence if self.opened else super().sentence

    @property
    def focus_target(self) -> Widget:
        """What is open takes the arrows."""
        return self.inspector if self.opened else super().focus_target

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys are those of the page while no cell is open."""
        if action in ("close", "cell"):
            return self.opened
        if action == "inspect":
            return self.opens
        return super().check_action(action, parameters)

    def action_inspect(self) -> None:
        """Take the cell under the cursor apart, or put it together again."""
        self._open = not self._open
        self.redraw()
        if self.opened:
            self.call_after_refresh(self.scroll_visible, animate=False)

    def action_close(self) -> None:
        """Back to the grid."""
        self._open = False
        self.redraw()

    def action_cell(self, down: int, right: int) -> None:
        """Another cell."""
        self.grid.action_move(down, right)

    @on(AttentionGrid.Moved)
    def follow(self) -> None:
        """The cell that is open is the one under the cursor."""
        if self.opened:
            self.inspect()

    def show(self) -> None:
        """Draw the weights that are chosen; at first the cursor stands where one looks first."""
        weights, cursor = self.weights, None
        if not (self._placed or self.fixed):
            self._placed = True
            row = len(weights.asks) - 1 if self.kind.answering else 0
            cursor = (row, weights.darkest(row))
        self.grid.show(weights, cursor)

    def redraw(self) -> None:
        """The grid, the cell, or both where there is room."""
        super().redraw()
        opened, room = self.opened, self.room_beside
        self.inspector.display = opened
        self.grid.beside = self.inspector if opened and room > 0 else None
        high = _HIGHEST + 2 * self.grid.brief + max(0, self.app.size.height - _LOW)
        self.grid.styles.max_height = high
        if opened:
            self.grid.display = room > 0
            self.inspector.set_class(room > 0, "-beside")
            self.inspector.styles.width = room or "1fr"
            self.inspect()
