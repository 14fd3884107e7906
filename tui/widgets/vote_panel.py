"""A vote on a page of a lesson: classmates, a library, a chatbot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.widget import Widget

from course.problems import did_you_mean
from tui.ballots import BALLOTS
from tui.drawing.vote import Vote, sentence
from tui.widgets.key_line import Hint
from tui.widgets.live_view import LiveView
from tui.widgets.page import Desk
from tui.widgets.vote_view import VoteView

SETTINGS = frozenset({"data", "question"})


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a vote with these settings from being drawn; empty if nothing does."""
    name, number = settings.get("data", "classroom"), settings.get("question", "1")
    if name not in BALLOTS:
        return f"data {name}: {did_you_mean(name, BALLOTS)}"
    last = len(BALLOTS[name])
    if not number.isdecimal() or not 1 <= int(number) <= last:
        return f"question {number}: {name} has questions 1 to {last}"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The vote as it begins, for everyone who is asked."""
    ballot = BALLOTS[settings.get("data", "classroom")][int(settings.get("question", "1")) - 1]
    vote = Vote(ballot, ballot.scores)
    told = [sentence(vote, place).partition(" Mixed:")[0] for place in range(len(ballot.names))]
    told = [text.removesuffix(ballot.outcome).rstrip() for text in told]
    mixed = sentence(vote, 0).partition(" Mixed:")[2]
    end = f" Mixed:{mixed}" if mixed else f" {ballot.outcome}"
    return f"“{ballot.question}” {' '.join(told)}{end}".rstrip()


class VotePanel(LiveView):
    """One vote after another, from the one that the lesson names."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__()
        self._ballots = BALLOTS[settings.get("data", "classroom")]
        self._at = int(settings.get("question", "1")) - 1
        self._ink = desk.ink

    def compose(self) -> ComposeResult:
        """The bars."""
        yield VoteView(self._ballots, at=self._at, ink=self._ink)

    @property
    def view(self) -> VoteView:
        """Where it is drawn."""
        return self.query_one(VoteView)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Who, the score, all scores, the temperature."""
        return (("↑ ↓", "who"), ("← →", "score"), ("a", "all +10"), ("h c", "T"), ("m", "other"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("↑ ↓", "who is under the cursor"),
            ("← →", "a lower score, a higher score"),
            ("a d", "add 10 to all scores, take 10 off"),
            ("h c", "hotter, colder: twice T, half of it"),
            ("m", "another question"),
            ("o", "the scores as they were"),
        )

    @property
    def help_text(self) -> str:
        """How it is read, with the numbers of now."""
        return self.view.help

    @property
    def sentence(self) -> str:
        """What is to be seen."""
        return self.view.sentence

    @property
    def focus_target(self) -> Widget:
        """The view takes the keys."""
        return self.view
