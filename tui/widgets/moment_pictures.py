"""Pictures of what a run showed at a step: for each name of a moment the view that draws it.

The film of a run and the page of a lab draw moments through this one place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.containers import Container

from models.protocol import Moment
from models.specs.spec import LabSpec
from tui.drawing.ink import Ink
from tui.drawing.memory.states_facts import States
from tui.head_moments import heads_of_moment
from tui.lab_settings import ENDS
from tui.length_moments import by_length_of_moment
from tui.moments import (
    fit_of_moment,
    lengths_of_moment,
    reach_of_moment,
    states_of_moment,
    tower_of_moment,
    walk_trace,
)
from tui.speech_moments import speech_of_moment
from tui.thought_moments import thoughts_of_moment
from tui.widgets.alignment_grid import AlignmentGrid
from tui.widgets.fit_view import FitView
from tui.widgets.heads_view import HeadsView
from tui.widgets.maze_view import MazeView
from tui.widgets.per_length_view import PerLengthView
from tui.widgets.reach_look import ReachLook
from tui.widgets.speech_view import SpeechView
from tui.widgets.states_view import StatesView
from tui.widgets.study_view import StudyView
from tui.widgets.thoughts_view import ThoughtsView
from tui.widgets.tower_view import TowerView
from tui.widgets.view import View
from tui.widgets.written_view import WrittenView
from tui.written_moments import written_of_moment

Fill = Callable[[View, Moment, LabSpec, str], None]


@dataclass(frozen=True)
class _Kind:
    """How a view is made, and how it is given what a moment holds."""

    make: Callable[[Ink], View]
    fill: Fill


def _fill_walk(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    """The whole way: who wants to see it walked plays it."""
    assert isinstance(view, MazeView)
    view.show(walk_trace(moment, spec, of))
    view.to_end()


def _fill_states(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, StatesView)
    view.show(states_of_moment(moment, spec, _ends(spec), of))


def _fill_reach(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, ReachLook)
    view.show(reach_of_moment(moment, spec, _ends(spec), of))


def _ends(spec: LabSpec) -> tuple[str, str, str]:
    """What stands at the ends of a lab's texts, and what they are made of."""
    return ENDS.get(spec.name, ("first", "last", "token"))


def _fill_alignment(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, AlignmentGrid)
    view.show_moment(moment, of)


def _fill_fit(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, FitView)
    view.show(fit_of_moment(moment, of))


def _fill_tower(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, TowerView)
    view.show(tower_of_moment(moment, spec, of))


def _fill_lengths(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, StudyView)
    view.show(lengths_of_moment(moment, spec, of))


def _fill_heads(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, HeadsView)
    view.show(heads_of_moment(moment, spec, of))


def _fill_written(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, WrittenView)
    view.show(written_of_moment(moment, spec, of))


def _fill_per_length(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, PerLengthView)
    view.show(by_length_of_moment(moment, spec, of))


def _fill_thought(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, ThoughtsView)
    view.show([thoughts_of_moment(moment, spec, of)])


def _fill_speech(view: View, moment: Moment, spec: LabSpec, of: str) -> None:
    assert isinstance(view, SpeechView)
    view.show(speech_of_moment(moment, spec, of))


_KINDS = {
    "walk": _Kind(lambda ink: MazeView(ink=ink), _fill_walk),
    "states": _Kind(lambda ink: StatesView(States(""), ink=ink), _fill_states),
    "tower": _Kind(lambda ink: TowerView(ink=ink), _fill_tower),
    "reach": _Kind(lambda ink: ReachLook(ink=ink), _fill_reach),
    "alignment": _Kind(lambda ink: AlignmentGrid(ink=ink), _fill_alignment),
    "fit": _Kind(lambda ink: FitView(ink=ink), _fill_fit),
    "per-length": _Kind(lambda ink: PerLengthView(ink=ink), _fill_per_length),
    "lengths": _Kind(lambda ink: StudyView(ink=ink), _fill_lengths),
    "heads": _Kind(lambda ink: HeadsView(ink=ink), _fill_heads),
    "written": _Kind(lambda ink: WrittenView(ink=ink), _fill_written),
    "thought": _Kind(lambda ink: ThoughtsView(ink=ink, at_end=True), _fill_thought),
    "speech": _Kind(lambda ink: SpeechView(ink=ink), _fill_speech),
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

    def show(self, moment: Moment, spec: LabSpec, of: str = "") -> None:
        """Draw this moment; one that is drawn already stays as it is. `of` names its run."""
        if self._shown is not None and self._shown[1] is moment:
            return
        kind = _KINDS[moment.name]
        view = self._views.get(moment.name)
        if view is None:
            view = self._views[moment.name] = kind.make(self._ink)
            view.can_focus = False  # until somebody goes into it
            self.mount(view)
        if self._shown is None or self._shown[0] != moment.name:
            for name, other in self._views.items():
                other.display = name == moment.name
        self._shown = (moment.name, moment)
        try:
            kind.fill(view, moment, spec, of)
        except (LookupError, TypeError, ValueError):
            # What lies on a disk for long may be damaged, or of another version.
            view.display = False
            self._shown = None

    @property
    def view(self) -> View | None:
        """The view that is seen."""
        return self._views[self._shown[0]] if self._shown else None

    @property
    def moment(self) -> Moment | None:
        """What is drawn."""
        return self._shown[1] if self._shown else None


def main() -> None:
    """A mouse that learns by heart where it was, walk by walk; left and right change the walk."""
    from tui.demos.film import picture_demo

    picture_demo().run()


if __name__ == "__main__":
    main()
