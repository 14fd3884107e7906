"""A place to be pointed at: the cursor keys of the picture choose it, enter points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual.widget import Widget

from course.lesson import View
from course.marking import Verdict
from course.spot_marking import RIGHT, answer_at, kind_of
from course.variants import Variant
from tui.pages.page import Desk
from tui.pages.picture_answer import PictureAnswer
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


class SpotAnswer(PictureAnswer, can_focus=False):
    """The picture, and below it what was pointed at."""

    def __init__(self, variant: Variant, desk: Desk) -> None:
        super().__init__(desk.ink)
        self._variant = variant
        view = view_of(variant)
        self.field: Field = FIELDS[view.name](view, desk)
        self.missed: set[tuple[int, int]] = set()
        """The places that were pointed at and are not right."""

    @property
    def picture(self) -> Widget:
        """The field."""
        return self.field

    @property
    def is_ready(self) -> bool:
        """Whether there is a place to point at."""
        return self.field.is_mounted and self.field.here is not None

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys of the picture, and enter where there is something to point at."""
        if self._done:
            return ()
        point = (("enter", "point here"),) if self.is_ready else ()
        return (*self.field.hints_of_keys, *point)

    @property
    def focus_target(self) -> Widget:
        """The picture."""
        return self.field.focus_target

    def put(self, given: Any) -> None:
        """Put the cursor where it was pointed at; what is right there is marked."""
        self.field.go_to((given["at"][0], given["at"][1]))
        if given["hit"] == RIGHT:
            self.field.show_right([(given["at"][0], given["at"][1])])

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Keep it in sight, and count no place twice."""
        if not verdict.correct:
            self.missed.add((given["at"][0], given["at"][1]))
        super().show_verdict(given, verdict)

    def action_answer(self) -> None:
        """Give the place under the cursor as the answer, with its kind by the numbers of now."""
        place = self.field.here
        if place is not None and place.at in self.missed:
            self.app.notify("You have pointed at this place.", timeout=2, markup=False)
        elif place is not None:
            kind = kind_of(self._variant, place.facts)
            self.post_message(self.Given(answer_at(kind, place.at, place.told)))

    def reveal(self) -> None:
        """Mark the places that were asked for."""
        right = self._right
        self.field.show_right([place.at for place in right])
        told = "; ".join(place.told for place in right[:3]) if right else NOWHERE
        self.tell(f"= {told}", "bold")

    @property
    def _right(self) -> list[Place]:
        places = self.field.places
        return [one for one in places if kind_of(self._variant, one.facts) == RIGHT]
