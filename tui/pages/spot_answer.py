"""A place to be pointed at: the cursor keys of the picture choose it, enter points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from course.lesson import View
from course.marking import Remark, Verdict
from course.spot_marking import RIGHT, answer_at, kind_of
from course.variants import Variant
from tui.pages.page import Desk, Page
from tui.pages.question_card import Answer
from tui.pages.spot_curve import CurveField
from tui.pages.spot_field import Field
from tui.pages.spot_grid import GridField
from tui.pages.spot_maze import MazeField
from tui.spots import Place, view_of

FIELDS: Mapping[str, Callable[[View, Desk], Field]] = {
    "attention-grid": GridField,
    "alignment": GridField,
    "curve": CurveField,
    "maze": MazeField,
}
"""Where one points, by the name of the view."""
NOWHERE = "In your run no place is like that."


class SpotAnswer(Answer, can_focus=False):
    """The picture, and below it what was pointed at."""

    DEFAULT_CSS = """
    SpotAnswer { layout: vertical; height: auto; }
    SpotAnswer .tried { height: auto; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("enter", "point", "Point here", show=False, id="spot-point"),
    ]

    takes_digits = True
    shown_at_once = False

    def __init__(self, variant: Variant, desk: Desk) -> None:
        super().__init__()
        self._variant = variant
        self._ink = desk.ink
        view = view_of(variant)
        self.field: Field = FIELDS[view.name](view, desk)
        self._tried: list[Content] = []
        self.missed: set[tuple[int, int]] = set()
        """The places that were pointed at and are not right."""
        self._at: tuple[int, int] | None = None
        """Where the cursor is to be put once the picture is there."""
        self._revealed = False
        self._done = False

    def compose(self) -> ComposeResult:
        """The picture and the line below it."""
        yield self.field
        yield Static("", classes="tried", markup=False)

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys of the picture, and enter where there is something to point at."""
        if self._done:
            return ()
        point = (("enter", "point here"),) if self._ready else ()
        return (*self.field.hints_of_keys, *point)

    @property
    def all_told(self) -> bool:
        """A place has no explanation but that of its kind."""
        return True

    @property
    def focus_target(self) -> Widget:
        """The picture."""
        return self.field.focus_target

    def show_choice(self, given: Any) -> None:
        """Put the cursor where it was pointed at."""
        self._at = (given["at"][0], given["at"][1])
        self._place_cursor()

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Keep what was pointed at in sight, in words."""
        glyph = self._ink.glyphs.tick if verdict.correct else self._ink.glyphs.cross
        tone = "bold $text-success" if verdict.correct else "$foreground-muted"
        self._tried.append(Content.styled(f"{glyph} {self._ink.words(given['told'])}", tone))
        self._done = verdict.correct
        if not verdict.correct:
            self.missed.add((given["at"][0], given["at"][1]))
        self.show_choice(given)
        if self._done:
            self.field.show_right([(given["at"][0], given["at"][1])])
        self._draw()

    def show_solution(self, answer: Any, remarks: Sequence[Remark]) -> None:
        """Mark the places that were asked for, as soon as the picture is there."""
        self._revealed = self._done = True
        self._reveal()

    @on(Page.KeysChanged)
    def follow(self) -> None:
        """The picture may have come meanwhile."""
        if self._revealed:
            self._reveal()
        elif self._at is not None:
            self._place_cursor()

    def on_descendant_focus(self) -> None:
        """Whoever goes back into the picture thinks again."""
        self.post_message(self.Turned())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once answered, enter turns the page."""
        return not (action == "point" and self._done)

    def action_point(self) -> None:
        """Give the place under the cursor as the answer, with its kind by the numbers of now."""
        place = self.field.here
        if place is not None and place.at in self.missed:
            self.app.notify("You have pointed at this place.", timeout=2, markup=False)
        elif place is not None:
            kind = kind_of(self._variant, place.facts)
            self.post_message(self.Given(answer_at(kind, place.at, place.told)))

    @property
    def _ready(self) -> bool:
        return self.field.is_mounted and self.field.here is not None

    @property
    def _right(self) -> list[Place]:
        places = self.field.places
        return [one for one in places if kind_of(self._variant, one.facts) == RIGHT]

    def _place_cursor(self) -> None:
        if self._ready and self._at is not None:
            self.field.go_to(self._at)
            self._at = None

    def _reveal(self) -> None:
        if not self._ready:
            return
        self._revealed = False
        right = self._right
        self.field.show_right([place.at for place in right])
        told = "; ".join(place.told for place in right[:3]) if right else NOWHERE
        self._tried.append(Content.styled(f"= {self._ink.words(told)}", "bold"))
        self._draw()

    def _draw(self) -> None:
        self.query_one(".tried", Static).update(Content("\n").join(self._tried[-3:]))
