"""A lab on a page: what it claims, the run as it goes, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from course.lesson import Lab, Lesson
from models.specs.spec import Value
from tui import lab_keys, lab_words
from tui.lab_bets import drawn_on, may_be_told
from tui.lab_cost import cost_of
from tui.lab_news import NewsReader
from tui.lab_run import LabRun
from tui.lab_told import Telling
from tui.open_bets import open_bets
from tui.pages.lab_controls import LabControls
from tui.pages.lab_live import LabLive
from tui.pages.page import Desk
from tui.widgets.key_line import Hint
from tui.widgets.lines import Lines

ROOMY = 33
"""Rows from which the news of a run may take more lines."""
ROWS, MANY_ROWS = 4, 8
"""Lines of news: as a rule, and where there is plenty of room."""
MOST_COLUMNS = 100
"""Columns of what is told; longer lines are hard to read."""
MOST_A_SECOND = 10
"""How often the page follows the run; eyes need no more."""

FREE = "A lesson still waits for your bet on it: what you run here decides nothing there."


class Verdict(Lines):
    """The claim of a lab, and once it has been run, whether it held."""

    def __init__(self, page: LabPage) -> None:
        super().__init__()
        self._page = page

    def lines(self, width: int) -> list[Content]:
        """The claim, the table of results, and what they say."""
        return self._page.told(width)


class LabPage(LabControls):
    """One lab: its live part, and what there is to tell of it."""

    BINDINGS = [  # noqa: RUF012
        Binding("m", "measure", "What is drawn", show=False, id="lab-measure"),
        Binding("t", "axis", "What the x axis counts", show=False, id="lab-axis"),
        Binding("f", "film", "Film", show=False, id="lab-film"),
        Binding("l", "scale", "Log or linear", show=False, id="lab-scale"),
        *(Binding(str(n), f"choose({n})", "One runner", show=False) for n in range(10)),
    ]

    DEFAULT_CSS = """
    LabPage { padding: 1 2 0 4; }
    LabPage Verdict { max-width: 100; margin: 0 0 0 0; }
    """

    def __init__(self, lab: Lab, place: str, desk: Desk, lesson: Lesson | None = None) -> None:
        """`place` names the page; without a `lesson` it stands by itself."""
        super().__init__(lab, place, desk)
        self._lesson, self._text = lesson, lab.text
        self._drawn = drawn_on(desk.session, lab.run)
        self._news = NewsReader()
        self._telling: Telling | None = None
        self._lines: dict[int, list[Content]] = {}
        self._stale, self._told_remark = False, ""
        self._keys_of: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The live part stays hidden until there is something alive."""
        yield LabLive(self.spec, self._desk.ink, self._desk.still, self._drawn)
        yield Verdict(self)

    def on_mount(self) -> None:
        """Follow the run, at a pace that eyes can follow."""
        self._unsubscribe = self._labs.subscribe(self._changed)
        self.set_interval(1 / MOST_A_SECOND, self._follow)
        self.draw()

    def on_resize(self) -> None:
        """Another height, another chart."""
        self._fit()

    def watch_show_vertical_scrollbar(self) -> None:
        """There is more below, or no longer: the keys say so."""
        self.call_after_refresh(self.post_message, self.KeysChanged())

    def on_unmount(self) -> None:
        """The run goes on; nobody looks."""
        self._unsubscribe()

    @property
    def live(self) -> LabLive:
        """The live part."""
        return self.query_one(LabLive)

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done with the run now, and that there is more below."""
        live = self.live
        facts = lab_keys.Facts(
            self.spec,
            self.phase,
            self.kept is not None,
            self.max_scroll_y > 0,
            live.measure is not None and live.measure.percent,
            len(live.axes) > 1,
            self._lesson is None,
        )
        return lab_keys.keys(facts, self._desk.ink)

    @property
    def help_text(self) -> str:
        """What the lab is and what its knobs are."""
        knobs = "\n".join(f"- `{k.name}`: {k.means}; {k.range}" for k in self.spec.knobs)
        return f"### {self.spec.title}\n\n{self.spec.summary}\n\n{knobs}"

    @property
    def help_keys(self) -> Sequence[Hint]:
        """Everything that can be done with a run, now or at another time."""
        return lab_keys.every_key(self.spec)

    # Keys

    def action_scale(self) -> None:
        """Logarithmic or linear."""
        self.live.switch_scale()

    def action_measure(self) -> None:
        """Draw the loss, or how often each is right."""
        self.live.turn_measure()
        self.draw()

    def action_axis(self) -> None:
        """Let the x axis count something else."""
        self.live.turn_axis()
        if len(self.live.axes) < 2:
            self.say("The x axis counts steps: this run does not report anything else.")
        self.draw()

    def action_film(self) -> None:
        """Any step of the run, as it was."""
        if self._run is not None and (self._run.curves or self._run.moments):
            from tui.screens.film import FilmScreen  # costs start-up time

            self.app.push_screen(FilmScreen(self._desk, self._run))

    def action_choose(self, number: int) -> None:
        """Look at one runner, or at all of them."""
        self.live.choose(number)
        self.draw()

    # The run

    def _changed(self, run: LabRun | None) -> None:
        if run is None or run is self._run:
            self._stale = True

    def _follow(self) -> None:
        if self._stale or self._told_remark != self.remark:
            self._stale = False
            self.draw()
        elif self._run is not None and self._run.alive:
            self.live.show_progress()

    def draw(self) -> None:
        """Draw the run as it is now."""
        run = self._run
        self.live.show(run, self._labs.before(run) if run else None, self._is_of_lesson)
        self._fit()
        self.query_one(Verdict).redraw()
        self.call_after_refresh(self._check_keys)

    def _check_keys(self) -> None:
        now = (self.keys, self.phase)
        if now != self._keys_of:
            self._keys_of = now
            self.post_message(self.KeysChanged())

    def _fit(self) -> None:
        self._telling, self._lines = self._tell(), {}
        self._told_remark = self.remark
        width, height = self.scrollable_content_region.size
        if width:
            self.live.fit(width, height, len(self.told(min(width, MOST_COLUMNS))))

    @property
    def _low(self) -> bool:
        return self.app.size.height < ROOMY

    # What is told

    def told(self, width: int) -> list[Content]:
        """Everything in words and numbers at a width."""
        if width not in self._lines:
            self._lines[width] = (self._telling or self._tell()).lines(width)
        return self._lines[width]

    @property
    def _is_of_lesson(self) -> bool:
        """Whether the run is the one that the lesson speaks of, from its first step to its last."""
        run = self._run
        return run is not None and not run.turns and run.knobs == self._default

    @property
    def _may_be_told(self) -> bool:
        """Whether the claim spoils nobody's bet."""
        session = self._desk.session
        if self._lesson is None:
            return not open_bets(session, self.spec.name)
        return may_be_told(session, self._lesson, self._ref)

    def _further(self, off_default: Mapping[str, Value]) -> list[str]:
        """What else there is to say of the next run."""
        session, ready = self._desk.session, self._labs.ready
        told = [cost_of(self.spec, off_default, session.runs).words]
        told += [f"It runs on {ready.device}."] if ready else []
        if self._lesson is None and open_bets(session, self.spec.name, off_default):
            told.append(FREE)
        return told

    def _tell(self) -> Telling:
        run, labs, session = self._run, self._labs, self._desk.session
        cannot = labs.cannot_run(self.spec.name)
        off = lab_words.off_default(self.spec, self._knobs)
        most = ROWS if self._low else MANY_ROWS
        return Telling(
            self.spec,
            self._text,
            self._knobs,
            self._seed,
            self._desk.ink,
            run=run,
            kept=self.kept,
            news=self._news.read(run),
            axis=self.live.axis,
            measure=self.live.measure,
            said=self.remark,
            bets=self._drawn if self._is_of_lesson else (),
            claim=self._may_be_told,
            rows=min(most, self.live.room_for_news(*self.scrollable_content_region.size)),
            low=self._low,
            further=self._further(off),
            cannot=cannot,
            theirs=session.authors.run(self.spec.name, off) if cannot else None,
        )
