"""Numbers filled in where a text holds `{{ run.LAB.METRIC | FORM }}` or a drawn `{{name}}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from course.arithmetic import format_number
from course.problems import did_you_mean

NOT_MEASURED = "(not measured yet)"
BRACES = re.compile(r"\{\{(.*?)\}\}")
RUN = re.compile(r"\{\{\s*(?P<name>run(?:\.\w[\w-]*){2,})\s*(?:\|\s*(?P<form>[\w-]+)\s*)?\}\}")


def fill_runs(text: str, lookup: Callable[[str], float | None]) -> str:
    """`text` with every `{{ run.LAB.METRIC | FORM }}` filled in.

    `lookup` gives the number called `run.LAB.METRIC`, or None where nothing was measured.
    """

    def fill(match: re.Match[str]) -> str:
        value = lookup(match["name"])
        return NOT_MEASURED if value is None else FORMS[match["form"] or "number"](value)

    return RUN.sub(fill, text)


def brace_fault(match: re.Match[str], names: Collection[str]) -> str:
    """What is wrong with a match of `BRACES`; empty if nothing is.

    `names` is what a question fills in, and empty elsewhere: only there are runs filled in.
    """
    inside = match[1].strip()
    filled = RUN.fullmatch(match[0])
    if filled and names:
        return f"“{match[0]}”: a question shows no number of a run; a claim or a page of prose does"
    if filled:
        form = filled["form"]
        if form and form not in FORMS:
            return f"unknown form “{form}”: {did_you_mean(form, FORMS)}"
        return ""
    if inside in names:
        return ""
    if names and re.fullmatch(r"\w+", inside):
        return f"“{inside}” is not drawn: {did_you_mean(inside, names)}"
    return f"“{match[0]}”: expected {{{{ run.LAB.METRIC | FORM }}}}"


def _percent(value: float) -> str:
    """One decimal below 10 % and above 90 %, where it is the decimal that matters."""
    share = 100 * value
    near_an_end = 0 < share < 10 or 90 < share < 100
    return f"{share:.1f} %" if near_an_end else f"{share:.0f} %"


def _seconds(value: float) -> str:
    if value < 10:
        return f"{value:.1f} s"
    minutes, seconds = divmod(round(value), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


FORMS: dict[str, Callable[[float], str]] = {
    "percent": _percent,
    "number": lambda value: format_number(float(f"{value:.3g}")),
    "ratio": lambda value: f"{value:.2f}",
    "count": lambda value: f"{value:,.0f}",
    "seconds": _seconds,
}
"""How a measured number may be written."""
