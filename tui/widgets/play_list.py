"""The labs as a list, one of them chosen; and what there is to say of that one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size

from tui.drawing.ink import Ink
from tui.drawing.inline import inline
from tui.drawing.questions.question import hang
from tui.drawing.training.dashboard import about
from tui.playable import Playable
from tui.widgets.lines import Lines

HEADS = ("lesson", "takes")
ROOMY = 110
"""Columns from which each row also says what its lab is about."""
GAP = 3
RUN = "run"
"""What is said of a lab that was."""


class PlayList(Lines):
    """A line a lab: its title, its lesson, what it costs, and whether it was run."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink
        self.labs: list[Playable] = []
        self.at = 0

    def show(self, labs: Sequence[Playable]) -> None:
        """Show these labs."""
        self.labs = list(labs)
        self.refresh(layout=True)

    @property
    def chosen(self) -> Playable:
        """The lab that the keys are about."""
        return self.labs[self.at]

    def move(self, by: int) -> None:
        """Choose another."""
        self.at = min(len(self.labs) - 1, max(0, self.at + by))
        self.redraw()
        self.show_row(0 if not self.at else self.at + 1)  # with the heads above the first

    def lines(self, width: int) -> list[Content]:
        """The list at a width."""
        wide = max((len(one.spec.title) for one in self.labs), default=0)
        wide = min(wide, width - 2 - len(RUN) - sum(GAP + len(head) for head in (*HEADS, "")))
        head = f"{'':{wide + 2}}{'':{GAP}}{HEADS[0]}{'':{GAP}}{HEADS[1]}"
        rows = [Content.styled(head, "$foreground-muted")]
        for place, one in enumerate(self.labs):
            rows.append(self._row(one, place == self.at, wide, width))
        return [row.truncate(width, ellipsis=True) for row in rows]

    def _row(self, lab: Playable, chosen: bool, wide: int, width: int) -> Content:
        ink, gap = self._ink, " " * GAP
        mark = ink.glyphs.pointer if chosen else " "
        title = Content(ink.words(lab.spec.title)).truncate(wide, ellipsis=True).plain
        number = str(lab.number) if lab.number else ink.words("–")
        cells = (
            f"{mark} {title:<{wide}}",
            f"{number:>{len(HEADS[0])}}",
            f"{about(lab.cost.seconds):>{len(HEADS[1])}}",
            RUN if lab.has_run else " " * len(RUN),
        )
        line = Content.styled(gap.join(cells), "bold $text-accent" if chosen else "")
        if width < ROOMY:
            return line
        return line + Content.styled(f"{gap}{ink.words(lab.spec.summary)}", "$foreground-muted")


class PlayCard(Lines):
    """What the chosen lab shows, where it stands, and whether a bet comes first.

    It is as high as the longest of them, so that the list above stays where it is.
    """

    def __init__(self, of: PlayList, ink: Ink) -> None:
        super().__init__()
        self._of = of
        self._ink = ink

    def lines(self, width: int) -> list[Content]:
        """The card at a width."""
        return self._card(self._of.chosen, width) if self._of.labs else []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows of the longest."""
        return max((len(self._card(one, max(1, width))) for one in self._of.labs), default=0)

    def _card(self, lab: Playable, width: int) -> list[Content]:
        words = self._ink.words
        bar = Content.assemble((f"{self._ink.glyphs.bar} ", "$accent"))
        room = max(10, width - 2)
        name = Content.styled(lab.spec.name, "$foreground-muted")
        rows = hang(Content(""), Content.styled(words(lab.spec.title), "bold"), room, name)
        rows += inline(words(lab.spec.summary)).wrap(room)
        rows += Content.assemble(
            (words(f"{lab.place} "), "$foreground-muted"), (words(lab.asked_first), "$text-warning")
        ).wrap(room)
        return [bar + row for row in rows]
