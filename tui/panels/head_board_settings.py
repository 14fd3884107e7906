"""What a lesson may set on the board of heads: whose heads, over which loops, and what to reach."""

from __future__ import annotations

from collections.abc import Mapping

from course.problems import did_you_mean
from models.specs.lap import LENGTHS
from tui.lab_settings import run_ref
from tui.panels.team_panel import fault as team_fault

LAB = "lap"
LABS = ("lap", "induction")
"""The labs that say of each of their heads where it looks, by rules."""
LOOPS = ("lap",)
"""Those whose texts run loops, of a length that can be chosen."""
SETTINGS = frozenset({"lab", "when", "sample", "runner", "length", "below"})
BELOW = 40
"""What the accuracy is to be brought below unless it is told, in percent."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the board from being drawn with these settings; empty if nothing does."""
    settings = {"lab": LAB, **settings}
    if found := team_fault(settings):
        return found
    lab = run_ref(settings["lab"]).lab
    if lab not in LABS:
        return f"the lab {lab} has no board of heads: {did_you_mean(lab, LABS)}"
    if "length" in settings and lab not in LOOPS:
        return f"the lab {lab} has no loops of some length"
    length = settings.get("length", str(LENGTHS[0]))
    if not length.isdecimal() or int(length) not in LENGTHS:
        return f"length {length}: loops have {LENGTHS[0]} to {LENGTHS[-1]} landmarks"
    below = settings.get("below", str(BELOW))
    if not below.isdecimal() or not 1 <= int(below) <= 99:
        return f"below {below}: expected a share in percent, from 1 to 99"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The board in words, where it cannot be drawn."""
    lab = run_ref(settings.get("lab", LAB)).lab
    return (
        f"The heads of a network of the lab {lab}, a line for each: how much of its weight lies on"
        " the token before, on what followed this token last time and on the first token, beside"
        " what equal shares would put there; and how much is still right without that head. Heads"
        " can be switched off, taken from another network or from another run, or say what they"
        " say in another text; every number is then computed again."
    )
