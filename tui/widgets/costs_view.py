"""Four quantities of three layers, with n and C to be turned."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.costs import QUANTITIES, CostTable, draw, sentence, worked
from tui.drawing.lines import blank
from tui.widgets.drawn_view import DrawnView

MOST = 65_536
LEAST = 1

HELP = """\
### Four quantities, not one

A layer takes n tokens of C numbers each and gives as many back. What that costs is four questions
with four answers: how far the **path** is from the first token to the last place, how many
**steps** must wait for one another, how much **work** there is, and how much **memory** it needs.

**← →** choose one of the four, **↑ ↓** double or halve n, **+ -** double or halve C.
"""


class CostsView(DrawnView):
    """The table, and what the chosen quantity is and is not."""

    DEFAULT_CSS = """
    CostsView { height: auto; max-height: 100%; width: 1fr; max-width: 96; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "choose(-1)", "before", id="costs.before", show=False),
        Binding("right", "choose(1)", "next", id="costs.next", show=False),
        Binding("up", "longer(2.0)", "twice n", id="costs.longer", show=False),
        Binding("down", "longer(0.5)", "half n", id="costs.shorter", show=False),
        Binding("plus", "wider(2.0)", "twice C", id="costs.wider"),
        Binding("minus", "wider(0.5)", "half C", id="costs.narrower"),
    ]

    def __init__(self, table: CostTable | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._table = table or CostTable()

    @property
    def table(self) -> CostTable:
        """What is shown."""
        return self._table

    @property
    def sentence(self) -> str:
        """All the numbers in words."""
        return sentence(self._table)

    @property
    def help(self) -> str:
        """What it is, and the chosen quantity in numbers."""
        return f"{worked(self._table)}\n\n{HELP}"

    def show(self, table: CostTable) -> None:
        """Show the costs for other sizes, or explain another quantity."""
        self._table = table
        self.show_change()

    def action_choose(self, step: int) -> None:
        """Explain another quantity."""
        chosen = (self._table.chosen + step) % len(QUANTITIES)
        self.show(replace(self._table, chosen=chosen))

    def action_longer(self, factor: float) -> None:
        """More tokens, or fewer."""
        self.show(replace(self._table, n=_within(self._table.n * factor)))

    def action_wider(self, factor: float) -> None:
        """More numbers for each token, or fewer."""
        self.show(replace(self._table, c=_within(self._table.c * factor)))

    def draw(self) -> list[Strip]:
        """All lines."""
        width, height = self.content_size
        lines = draw(self._table, width, self.ink)[:height]
        return lines + [blank(width)] * (height - len(lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return len(draw(self._table, width, self.ink))


def _within(value: float) -> int:
    return int(max(LEAST, min(value, MOST)))


def main() -> None:
    """The costs of layers on 64 tokens."""
    from tui.demos.demo import Demo

    Demo(lambda: [CostsView()]).run()


if __name__ == "__main__":
    main()
