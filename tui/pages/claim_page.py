"""A claim people make, marked by the learner's own runs."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from course.arithmetic import names_in
from course.lesson import Claim
from course.placeholders import fill_runs
from course.runs import claim_verdict
from tui.drawing.inline import inline
from tui.pages.page import Desk, Page

STAMPS = {
    "confirmed": ("CONFIRMED by your own run", "bold $text-success"),
    "busted": ("BUSTED by your own run", "bold $text-warning"),
    "plausible": ("PLAUSIBLE: your run decides it neither way", "bold $text-accent"),
    "unknown": ("not measured yet: run the lab, and this card marks itself", "$foreground-muted"),
}
THEIR_STAMPS = {
    "confirmed": ("CONFIRMED by the authors' run; the lab cannot run here", "bold $text-success"),
    "busted": ("BUSTED by the authors' run; the lab cannot run here", "bold $text-warning"),
    "plausible": (
        "PLAUSIBLE: the authors' run decides it neither way; the lab cannot run here",
        "bold $text-accent",
    ),
    "unknown": ("not measured: the lab cannot run here", "$foreground-muted"),
}


class ClaimPage(Page):
    """The claim, its mark, and what is true of it."""

    DEFAULT_CSS = """
    ClaimPage .claim {
        max-width: 76; height: auto; padding: 1 3; margin: 1 0 1 0; border: round $accent;
    }
    ClaimPage .stamp { max-width: 76; height: auto; margin: 0 0 1 0; }
    ClaimPage .why { max-width: 76; height: auto; }
    """

    def __init__(self, claim: Claim, desk: Desk) -> None:
        super().__init__()
        self._claim = claim
        self._desk = desk

    def compose(self) -> ComposeResult:
        """The claim in a frame, its stamp, and why."""
        numbers, stamps = self._desk.session.runs.all_measured(), STAMPS
        verdict = claim_verdict(self._claim, numbers)
        if verdict == "unknown" and self._cannot_run():
            numbers, stamps = self._desk.session.authors.numbers(), THEIR_STAMPS
            verdict = claim_verdict(self._claim, numbers)
        words, style = stamps[verdict]
        yield Static(Content.styled("People say", "$foreground-muted"))
        yield Static(inline(self._claim.text), classes="claim")
        yield Static(Content.styled(words, style), classes="stamp")
        if verdict != "unknown" and self._claim.explanation:
            text = fill_runs(self._claim.explanation, numbers.get)
            yield Static(inline(text), classes="why")

    def _cannot_run(self) -> bool:
        """Whether a lab that the claim rests on cannot run here."""
        names = names_in(self._claim.confirmed_if) | names_in(self._claim.busted_if)
        return any(self._desk.labs.cannot_run(name.split(".")[1]) for name in names)
