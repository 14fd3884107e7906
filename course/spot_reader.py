"""From a fence to the place that it asks for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from course.choices import take_tags
from course.fences import KINDS, Fence, Setting
from course.lesson import Diagnosis, View
from course.problems import Problems, did_you_mean
from course.settings import read_condition, read_draws
from course.spot import PLACES, Spot


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
        _check(where.value, where.line, known, found)
    own = KINDS["spot"].options
    settings = {one.name: one.value for one in fence.settings if one.name not in own}
    return Spot(
        **common,
        view=View(name, settings, view.line if view else fence.line),
        where=where.value if where else "",
        also=tuple(one for s in fence.all("also") if (one := _also(s, known, found))),
        otherwise=otherwise.value if otherwise else "",
        explanation=explanation,
        draws=draws,
    )


def _also(setting: Setting, known: Collection[str], found: Problems) -> Diagnosis | None:
    """`CONDITION => explanation #mc:tag`: a kind of wrong place."""
    condition, arrow, said = (part.strip() for part in setting.value.partition("=>"))
    if not (arrow and condition and said):
        found.report(setting.line, "expected CONDITION => explanation")
        return None
    _check(condition, setting.line, known, found)
    text, tags = take_tags(said, setting.line, found)
    return Diagnosis(condition, text, tags, setting.line)


def _check(condition: str, line: int, known: Collection[str], found: Problems) -> None:
    for name in read_condition(condition, line, found):
        if name not in known:
            found.report(line, f"“{name}” is not known of a place: {did_you_mean(name, known)}")
