"""A lab on a page: what it claims, the run as it goes, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from course.lesson import Lab, Lesson, Screen
from models.protocol import Break
from models.specs.spec import Value
from tui import lab_keys, lab_words
from tui.lab_bets import may_be_told
from tui.lab_keys import RATE, has_rate
from tui.lab_news import NewsReader
from tui.lab_run import LabRun, Phase
from tui.lab_told import Telling
from tui.screens.breaks import BreakScreen
from tui.screens.knobs import KnobScreen
from tui.widgets.key_line import Hint
from tui.widgets.lab_live import LabLive
from tui.widgets.lines import Lines
from tui.widgets.page import Desk, Page

ROOMY = 33
"""Rows from which the news of a run may take more lines."""
ROWS, MANY_ROWS = 4, 8
"""Lines of news: as a rule, and where there is plenty of room."""
MOST_COLUMNS = 100
"""Columns of what is told; longer lines are hard to read."""
MOST_A_SECOND = 10
"""How often the page follows the run; eyes need no more."""
FACTOR = 2
"""By how much one key changes the learning rate; the other key undoes it exactly."""


class Verdict(Lines):
    """The claim of a lab, and once it has been run, whether it held."""

    def __init__(self, page: LabPage) -> None:
        super().__init__()
        self._page = page

    def lines(self, width: int) -> list[Content]:
        """The claim, the table of results, and what they say."""
        return self._page.told(width)


class LabPage(Page):
    """One lab. The run belongs to the labs, not to the page: leaving does not end it."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "start", "Start", show=False, id="lab-start"),
        Binding("space", "pause", "Pause", show=False, id="lab-pause"),
        Binding("s", "step", "One step", show=False, id="lab-step"),
        Binding("x", "stop", "Stop", show=False, id="lab-stop"),
        Binding("a", "again", "Run again", show=False, id="lab-again"),
        Binding("k", "knobs", "Knobs", show=False, id="lab-knobs"),
        Binding("b", "breaks", "Break when", show=False, id="lab-breaks"),
        Binding("plus,equals_sign", f"rate({FACTOR})", "Faster", show=False, id="lab-faster"),
        Binding("minus", f"rate({1 / FACTOR})", "Slower", show=False, id="lab-slower"),
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

    def __init__(self, lesson: Lesson, screen: Screen, lab: Lab, desk: Desk) -> None:
        super().__init__()
        self._lesson = lesson
        self._text = lab.text
        self._ref = lab.run
        self._desk = desk
        self._labs = desk.labs
        self.spec, self._knobs = self._labs.settings(lab.run)
        self._default: dict[str, Value] = dict(self._knobs)
        self._seed = 0
        self._place = f"{lesson.id}/{screen.key}"
        self._breaks: list[Break] = []
        self._run = self._labs.last_at(self._place) or self._labs.last(self.spec.name, self._knobs)
        if self._run is not None:
            self._knobs, self._seed = self._run.began_with, self._run.seed
            self._breaks = list(self._run.breaks)
        self._said = ""
        self._news = NewsReader()
        self._telling: Telling | None = None
        self._lines: dict[int, list[Content]] = {}
        self._stale = False
        self._keys_of: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The live part stays hidden until there is something alive."""
        yield LabLive(self.spec, self._desk.ink, self._desk.still)
        yield Verdict(self)

    def on_mount(self) -> None:
        """Follow the run, at a pace that eyes can follow."""
        self._unsubscribe = self._labs.subscribe(self._changed)
        self.set_interval(1 / MOST_A_SECOND, self._follow)
        self._draw()

    def on_resize(self) -> None:
        """Another height, another chart."""
        self._fit()

    def on_unmount(self) -> None:
        """The run goes on; nobody looks."""
        self._unsubscribe()

    @property
    def run_shown(self) -> LabRun | None:
        """The run that this page shows."""
        return self._run

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        return self._run.phase if self._run else Phase.IDLE

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
            self._kept() is not None,
            self.max_scroll_y > 0,
            live.measure is not None and live.measure.percent,
            len(live.axes) > 1,
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter starts a lab that has not run, and turns the page after that."""
        if action == "start":
            return self.phase in (Phase.IDLE, Phase.FAILED, Phase.STOPPED) and self._kept() is None
        return True

    def action_start(self) -> None:
        """Train."""
        self._begin()

    def action_again(self) -> None:
        """Train again; the run before stays on the chart as a ghost."""
        if self._run is None or not self._run.alive:
            self._begin()

    def action_pause(self) -> None:
        """Hold it, or let it go on."""
        if self._run is not None:
            self._said = ""
            self._labs.pause_or_resume(self._run)

    def action_step(self) -> None:
        """One training step."""
        if self._run is not None:
            self._labs.step(self._run)

    def action_stop(self) -> None:
        """End it and keep what there is."""
        if self._run is not None:
            self._labs.stop(self._run)

    def action_rate(self, factor: float) -> None:
        """Double or halve the learning rate of a run that goes, and say what it is now."""
        run = self._run
        if run is None or not run.alive or not has_rate(self.spec):
            return
        was = run.knobs[RATE]
        assert isinstance(was, float)
        try:
            self._labs.turn(run, RATE, was * factor)
        except ValueError:
            self._said = f"The learning rate stays at {was:g}: it {self.spec.knob(RATE).range}."
        else:
            done, undo = ("doubled", "-") if factor > 1 else ("halved", "+")
            told = f"The learning rate is {done}: {was:g} → {run.knobs[RATE]:g} at its highest"
            self._said = f"{told}; {undo} undoes it."
        self._draw()

    def action_scale(self) -> None:
        """Logarithmic or linear."""
        self.live.switch_scale()

    def action_measure(self) -> None:
        """Draw the loss, or how often each is right."""
        self.live.turn_measure()
        self._draw()

    def action_axis(self) -> None:
        """Let the x axis count something else."""
        self.live.turn_axis()
        if len(self.live.axes) < 2:
            self._said = "The x axis counts steps: this run does not report anything else."
        self._draw()

    def action_film(self) -> None:
        """Any step of the run, as it was."""
        if self._run is not None and (self._run.curves or self._run.moments):
            from tui.screens.film import FilmScreen  # costs start-up time

            self.app.push_screen(FilmScreen(self._desk, self._run))

    def action_choose(self, number: int) -> None:
        """Look at one runner, or at all of them."""
        self.live.choose(number)
        self._draw()

    @work
    async def action_breaks(self) -> None:
        """Choose where the run is to hold, now or when it is started."""
        if not self.spec.series:
            return
        alive = self._run if self._run is not None and self._run.alive else None
        now = alive.breaks if alive else self._breaks
        chosen = await self.app.push_screen_wait(BreakScreen(self.spec, now, self._desk.ink))
        if chosen is not None and chosen != now:
            self._breaks = chosen
            if self._run is not None and self._run.alive:
                self._labs.break_when(self._run, chosen)
            self._draw()

    @work
    async def action_knobs(self) -> None:
        """Turn knobs: those that may be turned while it trains take effect at once."""
        alive = self._run if self._run is not None and self._run.alive else None
        knobs = alive.knobs if alive else self._knobs
        chosen = await self.app.push_screen_wait(
            KnobScreen(self.spec, knobs, self._seed, self._default, live_only=alive is not None)
        )
        if chosen is None:
            return
        if alive is None:
            self._knobs, self._seed = chosen
        elif alive.alive:
            for name, value in chosen[0].items():
                if value != alive.knobs[name]:
                    self._labs.turn(alive, name, value)
        self._draw()

    # The run

    def _begin(self) -> None:
        self._said = ""
        self._run = self._labs.start(self.spec, dict(self._knobs), self._seed, self._place)
        if self._breaks:
            self._labs.break_when(self._run, self._breaks)
        self._draw()

    def _changed(self, run: LabRun | None) -> None:
        if run is None or run is self._run:
            self._stale = True

    def _follow(self) -> None:
        if self._stale:
            self._stale = False
            self._draw()
        elif self._run is not None and self._run.alive:
            self.live.show_progress()

    def _draw(self) -> None:
        run = self._run
        self.live.show(run, self._labs.before(run) if run else None)
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
        width, height = self.scrollable_content_region.size
        if width:
            self.live.fit(width, height, len(self.told(min(width, MOST_COLUMNS))))

    @property
    def _low(self) -> bool:
        return self.app.size.height < ROOMY

    # What is told

    def _kept(self) -> dict[str, float] | None:
        """What this lab, with these knobs, measured last, in this sitting or before."""
        if self._run is not None and self._run.result and not self._run.result.stopped:
            return self._run.result.metrics
        if self._run is not None and self._run.alive:
            return None
        return self._desk.session.metrics(self._ref) if self._knobs == self._default else None

    def told(self, width: int) -> list[Content]:
        """Everything in words and numbers at a width."""
        if width not in self._lines:
            self._lines[width] = (self._telling or self._tell()).lines(width)
        return self._lines[width]

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
            kept=self._kept(),
            news=self._news.read(run),
            axis=self.live.axis,
            said=self._said,
            claim=may_be_told(session, self._lesson, self._ref),
            rows=min(most, self.live.room_for_news(*self.scrollable_content_region.size)),
            low=self._low,
            device=labs.ready.device if labs.ready else "",
            cannot=cannot,
            theirs=session.authors.run(self.spec.name, off) if cannot else None,
        )
