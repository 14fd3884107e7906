"""Pictures of what a run showed at a step: for each name of a moment the view that draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.containers import Container

from models.protocol import Moment
from models.specs.spec import LabSpec
from tui.drawing.ink import Ink
from tui.moments import walk_trace
from tui.widgets.alignment_grid import AlignmentGrid
from tui.widgets.maze_view import MazeView
from tui.widgets.view import View

Fill = Callable[[View, Moment, LabSpec], None]


@dataclass(frozen=True)
class _Kind:
    """How a view is made, and how it is given what a moment holds."""

    make: Callable[[Ink], View]
    fill: Fill


def _fill_walk(view: View, moment: Moment, spec: LabSpec) -> None:
    """The whole way: who wants to see it walked plays it."""
    assert isinstance(view, MazeView)
    view.show(walk_trace(moment, spec))
    view.to_end()


def _fill_alignment(view: View, moment: Moment, spec: LabSpec) -> None:
    assert isinstance(view, AlignmentGrid)
    view.show_moment(moment)


_KINDS = {
    "walk": _Kind(lambda ink: MazeView(ink=ink), _fill_walk),
    "alignment": _Kind(lambda ink: AlignmentGrid(ink=ink), _fill_alignment),
}
PICTURED = frozenset(_KINDS)
"""The names of the moments that can be drawn."""


class MomentPicture(Container):
    """Draws one moment after another, each with the view of its kind."""

    DEFAULT_CSS = """
    MomentPicture { width: 1fr; height: 1fr; }
    MomentPicture > * { height: 100%; width: 100%; }
    """

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._ink = ink
        self._views: dict[str, View] = {}
        self._shown: tuple[str, Moment] | None = None

    def show(self, moment: Moment, spec: LabSpec) -> None:
        """Draw this moment; one that is drawn already stays as it is."""
        if self._shown is not None and self._shown[1] is moment:
            return
        kind = _KINDS[moment.name]
        view = self._views.get(moment.name)
        if view is None:
            view = self._views[moment.name] = kind.make(self._ink)
            self.mount(view)
        if self._shown is None or self._shown[0] != moment.name:
            for name, other in self._views.items():
                other.display = name == moment.name
        self._shown = (moment.name, moment)
        kind.fill(view, moment, spec)

    @property
    def view(self) -> View | None:
        """The view that is seen."""
        return self._views[self._shown[0]] if self._shown else None

    @property
    def moment(self) -> Moment | None:
        """What is drawn."""
        return self._shown[1] if self._shown else None
