"""Who looks at whom in the heads of the learner's own network, and one weight taken apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import on, work
from textual.binding import Binding
from textual.widget import Widget

from models.protocol import ProbeResult
from tui.code_places import CELL, SOFTMAX, CodePlace, cell_lines
from tui.drawing.attention.attended import Attended, Taken
from tui.drawing.attention.cell_lines import STAGES, WIDE
from tui.drawing.attention.cell_words import explained
from tui.drawing.attention.grid_window import end_width, label_width
from tui.drawing.attention.grid_words import describe_cell, describe_row
from tui.drawing.attention.minimap import Overview
from tui.drawing.attention.tiles import missing, tiled
from tui.drawing.attention.weights import Weights
from tui.moments import attended_of_probe, head_of_probe
from tui.pages.page import Desk, Page
from tui.panels.attention_panel import AttentionPanel
from tui.widgets.attention_grid import AttentionGrid
from tui.widgets.drawn_view import DrawnView
from tui.widgets.head_inspector import HeadInspector
from tui.widgets.key_line import Hint
from tui.widgets.minimap import MiniMap

_LEAST, _GRID = 37, 33
"""Columns that a cell beside the grid takes at least, and that are left to the grid at least."""
_MAP = 28
"""Columns of the map of a long text."""


class DotProductPanel(AttentionPanel):
    """The grid of one head of one layer; a cell opens in five stages.

    The setting `inspect` opens a cell at once: `stages` with the first stage alone, `all` with all
    of them.
    """

    BINDINGS = [  # noqa: RUF012
        Binding("up", "cell(-1, 0)", "A row up", show=False, id="heads-up"),
        Binding("down", "cell(1, 0)", "A row down", show=False, id="heads-down"),
        Binding("tab", "stage", "The next stage", show=False, id="heads-stage"),
        Binding("c", "pin", "Pin the cell", show=False, id="heads-pin"),
        Binding("u", "unmask", "Lift the mask", show=False, id="heads-unmask"),
        Binding("slash", "find", "Find a token", show=False, id="heads-find"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str = "letters") -> None:
        super().__init__(settings, desk, lab)
        self._open = "inspect" in settings
        self._stages = 1 if settings.get("inspect") == "stages" else STAGES
        self._fetching = False

    def build_beside(self) -> Sequence[Widget]:
        """A map of a text that is too long for the window."""
        return (MiniMap(ink=self.desk.ink),)

    def build_inspector(self) -> DrawnView:
        """The five stages."""
        inspector = HeadInspector(ink=self.desk.ink, stages=self._stages)
        inspector.code = cell_lines()
        return inspector

    @property
    def inspector(self) -> HeadInspector:
        """Where a weight is taken apart."""
        return self.query_one(HeadInspector)

    @property
    def focus_target(self) -> Widget:
        """The grid takes the arrows wherever it is in sight."""
        return self.grid if self.opened and self.room_beside else super().focus_target

    def told(self, seen: ProbeResult, when: str) -> tuple[Weights, Attended | None]:
        """The weights, and the numbers of the head."""
        return head_of_probe(seen, when)

    # Keys

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Another head before another text, where there are several."""
        hints = tuple(super().hints_of_keys)
        if self.opened or not self.pictured or not self.hints_of_place:
            return hints
        looks = (*hints[:2], *self.hints_of_place, *self.code_hints)
        return *looks, *(hint for hint in hints if hint not in looks)

    @property
    def hints_of_cell(self) -> Sequence[Hint]:
        """What can be done with an open cell."""
        mask = (("u", "mask"),) if self.inspector.masks else ()
        looks = (*mask, *self.code_hints)
        # There is no room for all: what is pinned must be seen to come out again.
        pinned = self.inspector.pinned is not None
        keys = (("c", "unpin"), *looks) if pinned else (*looks, ("c", "pin"))
        return (("i", "close"), ("tab", "stage"), *keys, *self.hints_of_place)

    @property
    def code_places(self) -> tuple[Sequence[CodePlace], int]:
        """The stage that was opened last; of a cell that is not open its weight."""
        return CELL, self.inspector.stages - 1 if self.opened else SOFTMAX

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        inside = (
            ("tab", "the next stage of an open cell"),
            ("c", "pin an open cell, to hold others against it"),
            ("u", "what the softmax would give without the mask"),
        )
        find = (("/", "find a token"),)
        return (*super().help_keys, *(inside if self.opens else ()), *find, *self.help_of_place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing are the page's."""
        if action in ("stage", "pin", "unmask"):
            return self.opened
        return self.has_picture if action == "find" else super().check_action(action, parameters)

    def leave(self) -> None:
        """What was pinned is not there."""
        self.inspector.pinned = self.grid.pinned = None

    def action_stage(self) -> None:
        """Open the next stage."""
        self.inspector.action_stage()

    def action_unmask(self) -> None:
        """Lift the mask, or put it back."""
        self.inspector.action_unmask()

    def action_pin(self) -> None:
        """Pin the open cell, or take the pin out."""
        self.inspector.action_pin()

    @on(HeadInspector.Changed)
    def mark_pinned(self) -> None:
        """The pinned cell is marked in the grid, too."""
        pinned = self.inspector.pinned
        self.grid.pinned = None if pinned is None else (pinned.row, pinned.column)
        self.grid.show_change()
        self.post_message(Page.KeysChanged())
        self.call_after_refresh(self.scroll_visible, animate=False)

    @work
    async def action_find(self) -> None:
        """Go to the next column whose token is typed."""
        from tui.screens.dialogs import LineScreen  # costs start-up time

        text = await self.app.push_screen_wait(LineScreen("Go to the next"))
        answers, (row, column) = self.weights.answers, self.grid.cursor
        places = [(column + step) % len(answers) for step in range(1, len(answers) + 1)]
        wanted = (text or "").strip().lower()
        for found in (str.__eq__, str.startswith, str.__contains__):
            for place in places if wanted else ():
                if found(answers[place].lower(), wanted):
                    self.grid.move_to(row, place)
                    return
        if wanted:
            self.app.notify(f"There is no {text} here.", markup=False)

    # The cell

    @property
    def room_beside(self) -> int:
        """What the grid leaves; the grid gives up the ends of its rows, then scrolls."""
        if not self.has_picture:
            return 0
        weights, ink, width = self.weights, self.desk.ink, self.size.width - 2
        least = max(_GRID, label_width(weights, ink) + 2 + 2 * len(weights.answers))
        whole = least + end_width(weights, ink)
        for grid, enough in ((whole, WIDE), (least, WIDE), (whole, _LEAST), (least, _LEAST)):
            if width - grid >= enough:
                return self.size.width - grid
        return self.size.width - _GRID if width - _GRID >= _LEAST else 0

    def explained(self) -> str:
        """The weight under the cursor with its numbers."""
        cursor = self.grid.cursor
        if self.opens and self.parts.told(*cursor):
            return explained(Taken(self.weights, self.parts, *cursor))
        return f"{describe_cell(self.weights, *cursor)}; {describe_row(self.weights, cursor[0])}."

    def inspect(self) -> None:
        """Take the cell apart, if all of it is here."""
        if self.parts.tile(*self.grid.cursor) is not None:
            self.inspector.show(Taken(self.weights, self.parts, *self.grid.cursor))

    # Long texts

    def show(self) -> None:
        """Draw the weights, and of a long text the map; what is in sight and not here is asked."""
        super().show()
        weights, inside = self.weights, self.parts
        patches = inside.overview if inside is not None else ()
        self.query_one(MiniMap).show(Overview(patches, (len(weights.asks), len(weights.answers))))
        self._follow_window()

    @on(AttentionGrid.Moved)
    def follow_window(self) -> None:
        """Another part of a long text is in sight."""
        self._follow_window()

    def redraw(self) -> None:
        """Also the map, where there is room for it and nothing else is there."""
        super().redraw()
        long = self.has_picture and self.opens and bool(self.parts.overview)
        self.query_one(MiniMap).display = long and not self.opened and self.size.width >= 2 * _MAP

    def _follow_window(self) -> None:
        self.query_one(MiniMap).look_at(self.grid.window)
        if self.opens and not self._fetching and self._missing() is not None:
            self._fetching = True
            self._fetch()

    def _missing(self) -> dict[str, Any] | None:
        """What is in sight, or is to be taken apart, and was not told."""
        grid, weights = self.grid, self.weights
        size = len(weights.asks), len(weights.answers)
        return missing(self.parts, size, grid.window, grid.cursor, whole=self.opened)

    @work(group="tiles")
    async def _fetch(self) -> None:
        """Ask for one part after another until all that is in sight is here."""
        try:
            run, wanted = self._askable, self.wanted
            while run is not None and self.wanted == wanted and (part := self._missing()):
                told = {**self.question, **part}
                seen = await self.desk.labs.probe(run, self.kind.probe, told)
                weights, inside = self._seen[wanted]
                if (more := attended_of_probe(seen)) is None:
                    return
                inside = inside.joined(more)
                self._seen[wanted] = tiled(weights, inside), inside
                if self.wanted == wanted:
                    self.grid.show(self.weights)
                    self.follow()
        except ConnectionError as error:
            self.app.notify(str(error), severity="warning", markup=False)
        finally:
            self._fetching = False
