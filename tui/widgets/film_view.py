"""A film on the screen: chart, pictures, strips and the line, all of them about one step."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from models.protocol import Opened
from tui import film_words
from tui.drawing.ink import Ink
from tui.drawing.training.chart import MARGIN
from tui.drawing.training.film import Line
from tui.drawing.training.film_table import Table
from tui.film import Reel, Shown, shown_at
from tui.film_layout import BESIDE, Plan, Side, plan
from tui.lab_run import LabRun
from tui.scrubber import Scrubber
from tui.widgets.film_chart import FilmChart
from tui.widgets.film_line import FilmLine
from tui.widgets.film_table import FilmTable
from tui.widgets.moment_pictures import MomentPicture
from tui.widgets.run_facts import RunFacts


@dataclass
class Choice:
    """What of a film somebody looks at."""

    runner: str = ""
    """Whose strips and pictures are shown."""
    measure: int = 0
    """Which of the film's charts."""
    side: Side = "picture"


class FilmView(Vertical):
    """Shows a `Reel` at the step where a `Scrubber` stands."""

    DEFAULT_CSS = """
    FilmView { height: 1fr; padding: 0 1; overflow: hidden hidden; }
    FilmView #film-top { height: auto; }
    FilmView MomentPicture, FilmView #film-facts { margin: 0 0 0 2; }
    FilmView.-turns MomentPicture, FilmView.-turns #film-facts { margin: 0; }
    FilmView #film-told { height: 2; text-overflow: ellipsis; }
    FilmView #film-below { margin: 1 0 0 0; }
    """

    def __init__(self, run: Opened | LabRun, reel: Reel, scrub: Scrubber, ink: Ink) -> None:
        super().__init__()
        self.reel = reel
        self.choice = Choice(next(iter(reel.runners), _first_runner(reel)))
        self._run = run
        self._scrub = scrub
        self._ink = ink
        self._ghost: Reel | None = None
        self._behind = ""
        self._plan: Plan | None = None
        self._told = Content("")
        self.remark = ""
        """What is said in place of the last bookmark."""

    def set_ghost(self, ghost: Reel | None, behind: str) -> None:
        """Another run of the same lab to lie behind this one; before the view is mounted."""
        self._ghost, self._behind = ghost, behind

    def compose(self) -> ComposeResult:
        """Everything; what there is no room for is hidden."""
        with Horizontal(id="film-top"):
            yield FilmChart(ink=self._ink)
            yield MomentPicture(self._ink, id="film-now")
            yield MomentPicture(self._ink, id="film-then")
            with VerticalScroll(id="film-facts", can_focus=False):
                yield RunFacts(self._run, self._behind, self._ink)
        yield FilmTable(ink=self._ink)
        yield FilmLine(ink=self._ink)
        yield Static("", id="film-told", markup=False)
        with VerticalScroll(id="film-below", can_focus=False):
            yield RunFacts(self._run, self._behind, self._ink)

    def on_mount(self) -> None:
        """Draw the curves."""
        self.choice.side = self.sides[0] if self.size.width >= BESIDE else "chart"
        self.draw_curves()

    def on_resize(self) -> None:
        """Share out the new size."""
        if self.choice.side not in self.sides:
            self.choice.side = self.sides[0]
        self.share_out()

    # What there is to choose

    @property
    def sides(self) -> tuple[Side, ...]:
        """What can stand beside the chart, or on a narrow screen in its place."""
        found: list[Side] = ["picture"] if self.reel.threads else []
        narrow = bool(self.reel.runners) and 0 < self.size.width - 2 < BESIDE
        return (*(("chart",) if narrow else ()), *found, "facts")

    @property
    def runners(self) -> tuple[str, ...]:
        """Whom one can follow: who has curves, and who showed something."""
        return tuple(
            dict.fromkeys([*self.reel.runners, *(one for one, _ in self.reel.threads if one)])
        )

    @property
    def focus_target(self) -> Widget | None:
        """What takes the keys when somebody wants to go into it: the picture, or the facts."""
        if self.choice.side == "facts":
            return self.query_one("#film-facts")
        if self.choice.side == "picture":
            return self.query_one("#film-now", MomentPicture).view
        return None

    def next_runner(self) -> None:
        """Follow the next runner."""
        names = self.runners
        if len(names) > 1:
            here = names.index(self.choice.runner) if self.choice.runner in names else -1
            self.choice.runner = names[(here + 1) % len(names)]
            self.share_out()

    def next_side(self) -> None:
        """The next of what can stand beside the chart."""
        sides = self.sides
        here = sides.index(self.choice.side) if self.choice.side in sides else -1
        self.choice.side = sides[(here + 1) % len(sides)]
        self.share_out()

    # Drawing

    def take(self, run: Opened | LabRun, reel: Reel) -> None:
        """The same run, further on."""
        self._run, self.reel = run, reel
        for facts in self.query(RunFacts):
            facts.show(run)
        self.draw_curves(fresh=False)

    def draw_curves(self, fresh: bool = True) -> None:
        """Draw the chart anew, or what its curves have grown by; then everything else."""
        charts = film_words.charts(self.reel)
        if charts:
            measure = charts[self.choice.measure % len(charts)]
            turned = self._run.kept.turned if isinstance(self._run, Opened) else ()
            turns = tuple(float(turn.step) for turn in turned)
            drawn = film_words.drawn(self.reel, measure, self._ghost, self._behind, turns)
            self.query_one(FilmChart).show_curves(drawn, fresh)
        self.share_out()

    def share_out(self) -> None:
        """Give everything its room."""
        reel, size = self.reel, self.content_size
        if not size.area:
            return
        shown = self._table()
        self._plan = at = plan(
            size.width,
            size.height,
            curves=bool(film_words.charts(reel)),
            pictures=len(self._pictures()),
            side=self.choice.side,
            metrics=len(shown.tracks),
            heads=len(shown.heads),
            label=max((len(track.name) for track in shown.tracks), default=0),
        )
        self.set_class(size.width < BESIDE or not at.chart, "-turns")
        for widget, columns in (
            (self.query_one(FilmChart), at.chart),
            (self.query_one("#film-now"), at.side if at.pictures else 0),
            (self.query_one("#film-then"), at.side if at.pictures > 1 else 0),
            (self.query_one("#film-facts"), at.side if self.choice.side == "facts" else 0),
        ):
            widget.display = columns > 0
            if columns:
                widget.styles.width, widget.styles.height = columns, at.top
        self.query_one("#film-top").styles.height = at.top
        strips, line = self.query_one(FilmTable), self.query_one(FilmLine)
        strips.display, line.display = at.table > 0, at.table > 0
        strips.styles.height = at.table
        strips.set_left(at.left)
        line.set_left(at.left)
        for name, lines in (("#film-told", at.told), ("#film-below", at.below)):
            self.query_one(name).display = lines > 0
            self.query_one(name).styles.height = lines
        self.show(fresh=True)

    def show(self, fresh: bool = False) -> None:
        """Everything at the step where the scrubber stands; `fresh` if curves may have changed."""
        step, pin, at = self._scrub.step, self._scrub.pin, self._plan
        if at is None:
            return
        if at.chart:
            self.query_one(FilmChart).show_step(step, pin)
        if at.table:
            self.query_one(FilmTable).show(self._table(), step, pin, fresh)
            self.query_one(FilmLine).show(self._line())
        if at.pictures:
            for picture, (moment, of) in zip(
                self.query(MomentPicture), self._pictures()[: at.pictures], strict=False
            ):
                picture.show(moment, self.reel.spec, of)
        self._tell()

    def _table(self) -> Table:
        columns = (self._plan.left if self._plan else 60) - MARGIN
        bar = self.reel.right / max(1, columns - 1)
        step, pin = self._scrub.step, self._scrub.pin
        return film_words.table(self.reel, self.choice.runner, step, pin, self._ink, bar)

    def _line(self) -> Line:
        scrub, reel = self._scrub, self.reel
        place = f"{scrub.at + 1} of {len(scrub.frames)}"
        told = f"{place}, playing {scrub.speed} a second" if scrub.playing else f"frame {place}"
        marks = [mark.step for mark in reel.bookmarks]
        return Line(scrub.step, reel.right, scrub.pin, reel.steps_shown, marks, told)

    def _pictures(self) -> list[Shown]:
        """What is to be seen, and beside it what it is to be compared with; and whose they are."""
        other = (self._ghost, self._behind) if self._ghost else None
        return shown_at(self.reel, self.choice.runner, self._scrub.step, self._scrub.pin, other)

    def _cut(self, text: Content, rows: int) -> list[Content]:
        """A text in at most so many lines; what does not fit ends in an ellipsis."""
        width = max(1, self.content_size.width)
        lines = text.wrap(width)
        if len(lines) > rows > 0:
            lines[rows - 1 :] = [
                Content(" ").join(lines[rows - 1 :]).truncate(width, ellipsis=True)
            ]
        return lines[: max(0, rows)]

    def _tell(self) -> None:
        assert self._plan is not None
        charts = film_words.charts(self.reel)
        step, pin = self._scrub.step, self._scrub.pin
        words = self.remark or film_words.happened(self.reel, step, self._ink)
        said = ""
        if charts:
            measure = charts[self.choice.measure % len(charts)]
            room = self.content_size.width * (self._plan.told - 1)
            said = film_words.sentence(self.reel, measure, step, pin, room)
        first = Content.styled(self._ink.words(words), "$text-accent")
        rest = Content.styled(self._ink.words(said), "$foreground-muted")
        told = Content("\n").join(self._cut(first, 1) + self._cut(rest, self._plan.told - 1))
        if not told.is_same(self._told):
            self._told = told
            self.query_one("#film-told", Static).update(told, layout=False)


def _first_runner(reel: Reel) -> str:
    return reel.threads[0][0] if reel.threads else ""
