"""A study on a page: what it asks, how far it is while the learner reads on, what it found."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from course.lesson import Study as StudyBlock
from models.specs.studies import find_study
from tui import study_words
from tui.lab_run import Phase
from tui.lab_words import Lines as TextLines
from tui.lab_words import warning
from tui.pages.page import Desk, Page
from tui.study_run import StudyRun
from tui.widgets.key_line import Hint
from tui.widgets.lines import Lines
from tui.widgets.progress_line import ProgressLine
from tui.widgets.study_view import HELP, StudyView

MOST_A_SECOND = 4
"""How often the page follows the runs."""


class StudyWords(Lines):
    """What is said beside the picture, or in its place."""

    def __init__(self, page: StudyPage) -> None:
        super().__init__()
        self._page = page

    def lines(self, width: int) -> list[Content]:
        """The study before it is begun; what went wrong."""
        return self._page.told(width)


class StudyPage(Page):
    """One study. It belongs to the desk, not to the page: leaving does not end it."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "begin", "Start", show=False, id="study-begin"),
        Binding("space", "pause", "Pause", show=False, id="study-pause"),
        Binding("x", "stop", "Stop", show=False, id="study-stop"),
        Binding("m", "measure", "Another number", show=False, id="study-measure"),
    ]

    DEFAULT_CSS = """
    StudyPage { padding: 1 2 0 4; }
    StudyPage ProgressLine { max-width: 120; }
    StudyPage StudyView { max-width: 130; }
    StudyPage StudyWords { max-width: 100; }
    """

    def __init__(self, block: StudyBlock, desk: Desk) -> None:
        super().__init__()
        self._text = block.text
        self._desk = desk
        self._studies = desk.studies
        self.study = find_study(block.name)
        self._metric = self.study.metrics[0]
        self._stale = True
        self._keys_of: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The picture stays hidden until there is something in it."""
        yield ProgressLine(ink=self._desk.ink)
        yield StudyWords(self)
        yield StudyView(ink=self._desk.ink)

    def on_mount(self) -> None:
        """Look what is there, and follow what comes."""
        self._unsubscribe = self._studies.subscribe(self._changed)
        self.set_interval(1 / MOST_A_SECOND, self._follow)
        self._draw()
        self.run_worker(self._studies.look(self.study), exit_on_error=False)

    def on_unmount(self) -> None:
        """The study goes on; nobody looks."""
        self._unsubscribe()

    @property
    def shown(self) -> StudyRun:
        """The study as it stands."""
        return self._studies.of(self.study)

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done with it now."""
        one = self.shown
        measure = (("m", "other number"),) if len(self.study.metrics) > 1 else ()
        if one.phase is Phase.PAUSED:
            return (("space", "go on"), ("x", "stop"), ("n", "read on"), *measure)
        if one.alive:
            return (("n", "read on, it goes on"), ("space", "pause"), ("x", "stop"), *measure)
        if one.complete:
            return (("enter", "next"), ("← →", "run by run"), *measure, ("p", "back"))
        start = "go on" if one.results else "start"
        start = "try again" if one.troubles or one.trouble else start
        return (("enter", start), ("n", "skip"), ("p", "back"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """Everything that can be done with it, now or at another time."""
        return (
            ("space", "hold the run that is trained now, and let it go on"),
            ("x", "stop; the runs that are done stay"),
            ("← →", "run by run"),
            ("m", "another number of the same runs"),
        )

    @property
    def help_text(self) -> str:
        """What it is, how the picture is read, and the point under the cursor."""
        return f"{HELP}\n\n{self._here()}"

    @property
    def focus_target(self) -> Widget:
        """The picture takes its keys, once there is one."""
        view = self.query_one(StudyView)
        return view if view.display else self

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter begins what is not done, and turns the page otherwise."""
        if action == "begin":
            return not self.shown.alive and not self.shown.complete
        return True

    def action_begin(self) -> None:
        """Train what is missing, in the background."""
        self._studies.begin(self.study)
        self._draw()

    def action_pause(self) -> None:
        """Hold it, or let it go on."""
        self._studies.pause_or_go_on(self.shown)

    def action_stop(self) -> None:
        """End it and keep what there is."""
        self._studies.stop(self.shown)

    def action_measure(self) -> None:
        """The next of the numbers that the runs measured."""
        names = self.study.metrics
        self._metric = names[(names.index(self._metric) + 1) % len(names)]
        self._draw()

    # Drawing

    def _changed(self, one: StudyRun) -> None:
        self._stale = self._stale or one is self.shown
        if one is self.shown and not one.alive:
            self._follow()

    def _follow(self) -> None:
        if self._stale:
            self._stale = False
            self._draw()

    def _draw(self) -> None:
        one, view = self.shown, self.query_one(StudyView)
        progress, was_there = self.query_one(ProgressLine), view.display
        progress.display = one.alive
        view.display = one.alive or bool(one.results)
        progress.show(study_words.progress_of(one))
        drawn = self._desk.session.sketches(self.study.name)
        mine = {bet.runner: dict(bet.points) for bet in drawn if bet.metric == self._metric}
        view.show(study_words.picture_of(one, self._metric, mine))
        self.query_one(StudyWords).redraw()
        if view.display != was_there and self.is_attached:
            self.screen.set_focus(self.focus_target)
        if not one.alive:
            one.new = False
        now = (one.phase, len(one.results), len(one.troubles))
        if now != self._keys_of:
            self._keys_of = now
            self.post_message(self.KeysChanged())

    def told(self, width: int) -> TextLines:
        """What is said in words, above the picture or in its place."""
        one = self.shown
        going = self._studies.going
        if one.alive and going is not None and going is not one:
            told = f"It begins when the study “{going.study.title}” is done."
            return Content.styled(told, "$foreground-muted").wrap(width)
        if one.alive:
            return []
        trouble = study_words.trouble_of(one)
        if one.results:
            lines = warning(trouble, width) if trouble else []
            if not one.complete and not trouble:
                lines = study_words.begun(one, self._text, width)
            return lines
        cannot = trouble or self._desk.labs.cannot_run(self.study.lab)
        return study_words.before(one, self._text, cannot, width)

    def _here(self) -> str:
        """The point under the cursor: its runs, and how to make them again."""
        place = self.query_one(StudyView).cursor
        values = list(dict.fromkeys(point.value for point in self.shown.points))
        points = [point for point in self.shown.points if point.value == values[place]]
        commands = "\n".join(f"    {study_words.command(self.study, point)}" for point in points)
        what = self.study.metric(self.study.runners[0], self._metric).means
        return f"### Under the cursor\n\nThe number is {what}. The same runs by hand:\n\n{commands}"
