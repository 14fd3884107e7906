"""Heads switched off, until the network fails as it is to: which, and how few are enough?"""

from __future__ import annotations

from collections.abc import Sequence

from tui.experiments.meter import Did
from tui.experiments.switches import did_of, off_of
from tui.pages.experiment_bench import Bench
from tui.panels.ablations_panel import AblationsPanel
from tui.widgets.key_line import Hint

_HIGHEST, _LOW = 10, 24
"""Lines that the board takes at most where the window has so few."""


class SwitchBench(Bench, AblationsPanel):
    """A board with the sets that were tried, and no others."""

    about = """\
Each line is the network without some of its **heads**; those with an `[x]` are on. A head that is
off says zero, whatever it looks at. When you hand in a set that is enough, every smaller set is
tried as well, to tell whether fewer would have done.

**← →** choose a head, **space** switches it off or on, **u** takes the last switch back, **↑ ↓** go
back to what was tried.
"""
    nothing = "No head is off yet."
    none_right = "In your run no set of heads does it."
    first_sets = ((),)

    def on_resize(self) -> None:
        """A higher window has room for more."""
        self.picture.styles.max_height = _HIGHEST + max(0, self.app.size.height - _LOW)

    @property
    def own_keys(self) -> Sequence[Hint]:
        """Choose a head and switch it."""
        return (("← →", "head"), ("space", "off/on"), ("u", "undo"))

    @property
    def did(self) -> Did | None:
        """The heads that are off."""
        return did_of(self._off) if self._off else None

    def put(self, did: Did) -> None:
        """Switch them off again."""
        self.view.choose(off_of(did))

    def forget(self) -> None:
        """The boards of other networks."""
        self._boards.clear()
