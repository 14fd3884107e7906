"""All heads at once: a small picture of each, what it does in words, and switches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.attention.heads import THRESHOLDS, Heads, Looking, Place, sentence
from tui.drawing.attention.heads_picture import draw, height_of
from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.widgets.drawn_view import DrawnView

HELP = """\
### All heads at once

Each small picture is the attention of one **head**: rows ask, columns answer, two rows to a line.
`▀` is the upper of the two, `▄` the lower, `█` both (ascii `'`, `_`, `#`). Only weights above the
threshold are drawn, `·` stands for all others; **t** moves the threshold.

The words below a picture name the pattern that most of the weight falls on, with the mean weight on
it: softmax gives every head a whole row that adds up to 1, `softmax(q kᵀ / √D)`, for each token
that asks. Where one row alone is answered, only that row counts, and it is drawn in shades below.

Some labs measure scores of each head instead, each a mean weight: **prev** on the token just
before, **same** on what followed this token when it came before, **first** on the first token. What
equal shares would be worth stands below.

**x** switches a head off: what it says becomes zero, before the heads are put side by side and
multiplied by `Wo`. Every number is then computed again. A head that is off still looks.

**← → ↑ ↓** (or **h l**) choose a head, **i** looks inside one, **s** puts those first that have
most of their weight in one pattern.
"""


class HeadsView(DrawnView):
    """Shows `Heads`; says which head is to be switched or opened."""

    HELP = HELP
    DEFAULT_CSS = """
    HeadsView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h,up", "move(-1)", "left", id="heads.left", tooltip="A head back", show=False
        ),
        Binding(
            "right,l,down", "move(1)", "right", id="heads.right", tooltip="A head on", show=False
        ),
        Binding("x", "switch", "switch", id="heads.switch", tooltip="Switch it off or on"),
        Binding("i", "open", "open", id="heads.open", tooltip="Open this head", show=False),
        Binding("s", "sort", "sort", id="heads.sort", tooltip="The most decided first"),
        Binding("t", "threshold", "threshold", id="heads.threshold", tooltip="What is drawn"),
    ]

    @dataclass
    class Switched(Message):
        """A head is to be switched off, or on again."""

        place: Place

    @dataclass
    class Opened(Message):
        """A head is to be seen alone."""

        place: Place

    def __init__(
        self,
        heads: Heads | None = None,
        *,
        ink: Ink | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(ink=ink, name=name, id=id)
        self._heads = heads or Heads((), ())
        self._looking = Looking()

    def show(self, heads: Heads) -> None:
        """Show other heads; the cursor stays where it is, as far as there is such a head."""
        self._heads = heads
        last = max(0, len(heads.places) - 1)
        self._looking = replace(self._looking, cursor=min(self._looking.cursor, last))
        self.show_change()

    @property
    def heads(self) -> Heads:
        """What is shown."""
        return self._heads

    @property
    def looking(self) -> Looking:
        """How it is looked at."""
        return self._looking

    @property
    def place(self) -> Place:
        """The head under the cursor."""
        return self._heads.ordered(self._looking.by_score)[self._looking.cursor]

    @property
    def sentence(self) -> str:
        """The head under the cursor, and how the network does."""
        return sentence(self._heads, self._looking)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was seen at some step can be neither switched nor opened."""
        return self._heads.now is not None if action in ("switch", "open") else True

    def action_move(self, by: int) -> None:
        """Another head."""
        last = max(0, len(self._heads.places) - 1)
        cursor = max(0, min(self._looking.cursor + by, last))
        self._looking = replace(self._looking, cursor=cursor)
        self.show_change()

    def action_switch(self) -> None:
        """Off, or on again."""
        if self._heads.places:
            self.post_message(self.Switched(self.place))

    def action_open(self) -> None:
        """This head alone."""
        if self._heads.places:
            self.post_message(self.Opened(self.place))

    def action_sort(self) -> None:
        """The most decided first, or as they stand; the cursor stays on its head."""
        if not self._heads.places:
            return
        place, by_score = self.place, not self._looking.by_score
        cursor = self._heads.ordered(by_score).index(place)
        self._looking = replace(self._looking, by_score=by_score, cursor=cursor)
        self.show_change()

    def action_threshold(self) -> None:
        """The next threshold."""
        at = THRESHOLDS.index(self._looking.threshold)
        threshold = THRESHOLDS[(at + 1) % len(THRESHOLDS)]
        self._looking = replace(self._looking, threshold=threshold)
        self.show_change()

    def draw(self) -> list[Strip]:
        """As much as there is room for."""
        width, height = self.content_size
        if not self._heads.places:
            return [blank(width)] * height
        return draw(self._heads, self._looking, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for everything."""
        return height_of(self._heads, width) if self._heads.places else 1


def main() -> None:
    """The heads of two layers that look back at random tokens they have been given."""
    from tui.demos.heads import heads_demo

    heads_demo().run()


if __name__ == "__main__":
    main()
