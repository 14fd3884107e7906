"""A page that asks what happened in a run: it tells how the bet went and has the tables at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding

from course.bets import Sketch
from course.gates import Stop
from course.lesson import Lesson, Observe, RunRef
from models.specs.studies import find_study
from tui.bet_words import bet_told
from tui.lab_run import LabRun
from tui.pages.marked_page import MarkedPage
from tui.pages.page import Desk
from tui.screens.results import ResultsScreen, Table
from tui.sketches import told
from tui.study_run import StudyRun
from tui.widgets.key_line import Hint


class ObservePage(MarkedPage):
    """What the learner saw happen after a bet."""

    BINDINGS = [  # noqa: RUF012
        Binding("t", "results", "The tables again", show=False, id="results"),
    ]

    def __init__(self, lesson: Lesson, stop: Stop, question: Observe, desk: Desk) -> None:
        self._leave: list[Callable[[], None]] = []
        self._bet = desk.session.bet_of(lesson, question)
        super().__init__(lesson, stop, question, desk)

    def on_mount(self) -> None:
        """A run may end, or a study go on, while it is asked about."""
        self._leave.append(self._desk.labs.subscribe(self._run_changed))
        if isinstance(self._bet, Sketch) and self._bet.study and not self._round:
            studies = self._desk.studies
            self._leave.append(studies.subscribe(self._study_changed))
            self.run_worker(studies.look(find_study(self._bet.study)), exit_on_error=False)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        for leave in self._leave:
            leave()

    def before(self) -> str:
        """How the bet went, or that the question comes back."""
        if self._round:
            return super().before()
        labs = self._desk.labs
        if isinstance(self._bet, Sketch):
            return told(self._bet, self._desk)
        cannot = bool(labs.cannot_run(self._bet.run.lab))
        trains = labs.trains(self._bet.run)
        return bet_told(self._session, self._lesson, self._bet, cannot, trains)

    def _run_changed(self, run: LabRun | None) -> None:
        """What was on its way when the page was opened may be there."""
        if run is not None and not run.alive and run.spec.name == self._bet.run.lab:
            self.card.say_before(self.before())
            self.post_message(self.KeysChanged())

    def _study_changed(self, one: StudyRun) -> None:
        if isinstance(self._bet, Sketch) and one.study.name == self._bet.study:
            self.card.say_before(self.before())

    @property
    def more_keys(self) -> Sequence[Hint]:
        """The tables, where there are any."""
        return (("t", "the table"),) if self._tables() else ()

    def action_results(self) -> None:
        """The tables of the runs, to be read again."""
        if tables := self._tables():
            self.app.push_screen(ResultsScreen(tables))

    def _tables(self) -> list[Table]:
        """What the runs measured, the default run first."""
        ref = self._bet.run
        if not ref.lab:
            return []  # a study has a page of its own
        refs = [RunRef(ref.lab), ref] if ref.knobs else [ref]
        found = [(one, self._session.runs.metrics(one)) for one in refs]
        return [(one, metrics) for one, metrics in found if metrics is not None]
