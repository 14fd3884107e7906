"""From a fence to the place that it asks for."""

from __future__ import annotations

from typing import Any

from course.fences import KINDS, Fence
from course.lesson import View
from course.problems import Problems, did_you_mean
from course.settings import read_also_where, read_draws, read_known
from course.spot import PLACES, Spot

STRANGE = "is not known of a place"


def read_spot(fence: Fence, common: dict[str, Any], explanation: str, found: Problems) -> Spot:
    """The spot in a fence. What is no setting of its own is one of the view."""
    draw = fence.one("draw")
    draws = read_draws(draw, found) if draw else {}
    view, where, otherwise = fence.one("view"), fence.one("where"), fence.one("otherwise")
    name = view.value if view else ""
    if view and name not in PLACES:
        found.report(
            view.line, f"nothing can be pointed at in {name}: {did_you_mean(name, PLACES)}"
        )
    known = {*draws, *PLACES.get(name, ())}
    if where:
        read_known(where.value, where.line, known, STRANGE, found)
    own = KINDS["spot"].options
    settings = {one.name: one.value for one in fence.settings if one.name not in own}
    return Spot(
        **common,
        view=View(name, settings, view.line if view else fence.line),
        where=where.value if where else "",
        also=read_also_where(fence, known, STRANGE, found),
        otherwise=otherwise.value if otherwise else "",
        explanation=explanation,
        draws=draws,
    )
