"""A claim people make, marked by the learner's own runs."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from course.lesson import Claim
from course.placeholders import fill_runs
from course.runs import claim_verdict

from ..drawing.inline import inline
from .page import Desk, Page

STAMPS = {
    "confirmed": ("CONFIRMED by your own run", "bold $text-success"),
    "busted": ("BUSTED by your own run", "bold $text-warning"),
    "plausible": ("PLAUSIBLE: your run decides it neither way", "bold $text-accent"),
    "unknown": ("not measured yet: run the lab, and this card marks itself", "$foreground-muted"),
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
        session = self._desk.session
        verdict = claim_verdict(self._claim, session.all_measured())
        words, style = STAMPS[verdict]
        yield Static(Content.styled("People say", "$foreground-muted"))
        yield Static(inline(self._claim.text), classes="claim")
        yield Static(Content.styled(words, style), classes="stamp")
        if verdict != "unknown" and self._claim.explanation:
            text = fill_runs(self._claim.explanation, session.measured)
            yield Static(inline(text), classes="why")
