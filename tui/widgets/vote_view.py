"""A vote with a cursor: scores can be changed, moved together, and made hotter or colder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.ballots import BALLOTS, Ballot
from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.drawing.lookup.vote import Vote, draw, sentence, worked
from tui.widgets.drawn_view import DrawnView

ADDED = 10.0
"""What one key adds to all scores."""
COLDEST, HOTTEST = 1 / 16, 1024.0

HELP = """\
### From scores to shares

Everyone who is asked has a **score**: how well what they know fits the question. Shares are made
of the scores in two ways, side by side:

- **score / sum**: each score over the sum of all. It depends on where zero is, and with scores
  below 0 it gives no shares.
- **softmax**: e to the score, over the sum of all such powers. Always above 0, always 1 together,
  and what is added to all scores cancels. Before that the scores are divided by the temperature
  **T**: cold sharpens, hot evens out.

**mixed** is what all say together, each as far as the share goes.

**↑ ↓** choose one, **← →** change the score; **a** adds 10 to all, **d** takes 10 off; **h** is
hotter, **c** colder (T twice, half); **m** is another question, **o** the scores as they were.
"""


class VoteView(DrawnView):
    """Shows one of several ballots."""

    DEFAULT_CSS = """
    VoteView { height: auto; max-height: 100%; width: 1fr; max-width: 120; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "up", id="vote.up", tooltip="The one above", show=False),
        Binding("down", "choose(1)", "down", id="vote.down", tooltip="The one below", show=False),
        Binding("left", "score(-1)", "less", id="vote.less", tooltip="A lower score", show=False),
        Binding("right", "score(1)", "more", id="vote.more", tooltip="A higher score", show=False),
        Binding("a", "add(1)", "add 10", id="vote.add", tooltip="Add 10 to all scores"),
        Binding("d", "add(-1)", "take 10 off", id="vote.off", tooltip="Take 10 off all scores"),
        Binding("h", "heat(2.0)", "hotter", id="vote.hotter", tooltip="Twice the temperature"),
        Binding("c", "heat(0.5)", "colder", id="vote.colder", tooltip="Half the temperature"),
        Binding("m", "another", "another", id="vote.another", tooltip="Another question"),
        Binding("o", "again", "as it was", id="vote.again", tooltip="The scores as they were"),
    ]

    def __init__(
        self,
        ballots: Sequence[Ballot] = BALLOTS["classroom"],
        *,
        at: int = 0,
        temperature: float = 1.0,
        ink: Ink | None = None,
    ) -> None:
        super().__init__(ink=ink)
        self._ballots, self._at, self._first = tuple(ballots), at, temperature
        self._cursor = 0
        self._vote = self._begin()

    def _begin(self) -> Vote:
        ballot = self._ballots[self._at]
        return Vote(ballot, ballot.scores, self._first)

    @property
    def vote(self) -> Vote:
        """What is shown."""
        return self._vote

    @property
    def cursor(self) -> int:
        """Who is under the cursor, from 0."""
        return self._cursor

    @property
    def sentence(self) -> str:
        """The share of the one under the cursor, both ways."""
        return sentence(self._vote, self._cursor)

    @property
    def help(self) -> str:
        """What it is, and the share under the cursor in numbers."""
        name = self._vote.ballot.names[self._cursor]
        return f"{name} now: `{worked(self._vote, self._cursor)}`\n\n{HELP}"

    def show(self, vote: Vote) -> None:
        """Show a vote as it now is."""
        self._vote = vote
        self.show_change()

    def ask(self, ballot: Ballot) -> None:
        """Show what is made of another question; it is asked after the others from now on."""
        self._ballots, self._at, self._cursor = (*self._ballots, ballot), len(self._ballots), 0
        self._vote = self._begin()
        self.redraw()

    def action_choose(self, by: int) -> None:
        """The one above or below."""
        self._cursor = max(0, min(self._cursor + by, len(self._vote.scores) - 1))
        self.show_change()

    def action_score(self, by: int) -> None:
        """A score up or down."""
        scores = list(self._vote.scores)
        scores[self._cursor] = round(scores[self._cursor] + by * self._vote.ballot.step, 6)
        self.show(replace(self._vote, scores=tuple(scores)))

    def action_add(self, sign: int) -> None:
        """The same to all scores."""
        scores = tuple(round(score + sign * ADDED, 6) for score in self._vote.scores)
        self.show(replace(self._vote, scores=scores))

    def action_heat(self, factor: float) -> None:
        """Hotter or colder."""
        temperature = max(COLDEST, min(self._vote.temperature * factor, HOTTEST))
        self.show(replace(self._vote, temperature=temperature))

    def action_another(self) -> None:
        """The next question."""
        self._at, self._cursor = (self._at + 1) % len(self._ballots), 0
        self._vote = self._begin()
        self.redraw()

    def action_again(self) -> None:
        """Scores and temperature as they were."""
        self.show(self._begin())

    def draw(self) -> list[Strip]:
        """All lines."""
        width, height = self.content_size
        lines = draw(self._vote, self._cursor, width, self.ink)[:height]
        return lines + [blank(width)] * (height - len(lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return len(draw(self._vote, self._cursor, width, self.ink))


def main() -> None:
    """Three classmates and what they say of a project."""
    from tui.demos.demo import Demo

    Demo(lambda: [VoteView()]).run()


if __name__ == "__main__":
    main()
