"""What stands under the chart of a lab page: the claim before, the news meanwhile, the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from models.specs.spec import LabSpec, Value
from tui import lab_words
from tui.axes import STEPS, Axis, who_was_first
from tui.drawing.ink import Ink
from tui.drawing.training.chart import mark, turn_mark
from tui.drawing.training.chart_bet import bet_mark
from tui.lab_bets import came_out
from tui.lab_news import News, why_held
from tui.lab_run import LabRun, Phase
from tui.measures import Measure, measures, who
from tui.sketches import Drawn

if TYPE_CHECKING:
    from course.measured import MeasuredRun

Lines = list[Content]


@dataclass(frozen=True)
class Telling:
    """All that there is to tell of a lab and of its run, and how much room there is for it."""

    spec: LabSpec
    text: str
    knobs: Mapping[str, Value]
    """The knobs that the next run will have."""
    seed: int
    ink: Ink
    run: LabRun | None = None
    kept: Mapping[str, float] | None = None
    """What the lab measured last, in this sitting or before."""
    news: Sequence[News] = ()
    axis: Axis = STEPS
    measure: Measure | None = None
    """What the chart draws."""
    bets: Sequence[Drawn] = ()
    """What the learner drew of this run before it began."""
    said: str = ""
    """What the last key did, where the page has to say so."""
    claim: bool = True
    """Whether the claim may be told: not before the bets on it have been placed."""
    rows: int = 4
    """Lines for what is told while a run goes."""
    low: bool = False
    further: Sequence[str] = ()
    """Of the next run: how long it takes, where it runs, in sentences."""
    cannot: str = ""
    """Why the lab cannot run here."""
    theirs: MeasuredRun | None = None
    """What the authors measured, for whoever cannot."""

    def lines(self, width: int) -> Lines:
        """Everything in words and numbers at a width."""
        if self.kept is not None:
            return self._results(self.kept, width)
        if self.run is not None and self.run.alive and self.run.phase is not Phase.STARTING:
            return self._meanwhile(self.run, width)
        return self._before(width)

    def _before(self, width: int) -> Lines:
        lines = self._trouble(width)
        if self.cannot:
            if self.run is None or self.run.trouble != self.cannot:
                lines += lab_words.warning(self.cannot, width)
            if self.theirs is not None:
                return lines + lab_words.by_authors(self.spec, self.text, self.theirs, width)
        if self.run is not None and self.run.phase is Phase.STOPPED:
            lines += stopped(self.run, width)
        told = (self.spec, self.text, self.knobs, self.further, width)
        return lines + lab_words.before(*told, claim=self.claim)

    def _meanwhile(self, run: LabRun, width: int) -> Lines:
        """Always as many lines, so that the chart above does not jump: why the run holds, or what
        a key did; the newest moments; who came first; and the claim where there is room."""
        held = self._why(run, width)
        last = self._first(run, width)
        last = last if len(last) <= self.rows // 2 else []
        room = self.rows - len(held) - len(last)
        happened = told_news(self.news, self.ink, width)[-room:] if room > 0 else []
        lines = [*held, *happened, *last]
        if self.claim and len(lines) + 3 <= self.rows:
            lines += Content.styled(run.spec.goal, "$foreground-muted").wrap(width)
        return (lines + [Content("")] * self.rows)[: max(self.rows, len(held))]

    def _why(self, run: LabRun, width: int) -> Lines:
        if run.trouble:
            return Content.styled(self.ink.words(run.trouble), "bold $text-warning").wrap(width)
        if told := why_held(run):
            go_on = Content.assemble(
                (f"{self.ink.words(told)} ", "bold $text-warning"),
                ("space", "bold $text-accent"),
                " goes on, ",
                ("s", "bold $text-accent"),
                " makes one step.",
            )
            return go_on.wrap(width)
        return Content.styled(self.ink.words(self.said), "$text-accent").wrap(width)[
            : 2 * bool(self.said)
        ]

    def _results(self, kept: Mapping[str, float], width: int) -> Lines:
        run = self.run if self.run is not None and self.run.result else None
        measured = (run.began_with, run.seed) if run else (dict(self.knobs), self.seed)
        marks = marks_of(self.spec, self.ink) if run else None
        more = further_curves(self.measure, self.ink) if run and self.measure else ()
        lines = self._trouble(width)
        told = lab_words.results_of(self.spec, kept, measured[0], run, width, marks, more)
        # Low windows have no line to spare for an empty one.
        lines += [line for line in told if line.plain.strip()] if self.low and run else told
        if run is not None:
            lines += self._after(run, width)
        if (self.knobs, self.seed) != measured:
            lines += lab_words.next_run(self.spec, self.knobs, self.seed, width)
        return lines

    def _after(self, run: LabRun, width: int) -> Lines:
        """Who came first, and where there is room the moments."""
        lines = self._bets(run, width)
        # A low window has room for one of them.
        if not (self.low and lines):
            lines += self._first(run, width)
        return lines if self.low else [*lines, *told_news(self.news, self.ink, width)]

    def _bets(self, run: LabRun, width: int) -> Lines:
        """How far off the learner's drawings were."""
        told = came_out(self.bets, run, self.kept or {})
        glyph = bet_mark(self.ink)
        marked = (
            Content.assemble((f"{glyph} ", "bold $text-accent"), self.ink.words(one))
            for one in told
        )
        return [line for one in marked for line in one.wrap(width)]

    def _first(self, run: LabRun, width: int) -> Lines:
        """Who came first. Of runners that train one after the other nobody does."""
        told = who_was_first(run.spec, run.curves, self.axis) if run.racing else ""
        return Content(self.ink.words(told)).wrap(width) if told else []

    def _trouble(self, width: int) -> Lines:
        if self.run is None or not self.run.trouble:
            return []
        return lab_words.warning(self.ink.words(self.run.trouble), width)


def told_news(news: Sequence[News], ink: Ink, width: int) -> Lines:
    """The moments with their steps, side by side where they fit."""
    lines: Lines = []
    for one in news:
        glyph = turn_mark(ink) if one.turned else ink.glyphs.star
        style = "$text-accent" if one.turned else "$text-warning"
        entry = Content.assemble(
            (f"{glyph} ", f"bold {style}"),
            (f"step {one.step:,}: ", "$foreground-muted"),
            ink.words(one.text),
        )
        if lines and lines[-1].cell_length + 3 + entry.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], "   ", entry)
        else:
            lines.append(entry)
    return [line.truncate(width) for line in lines]


def stopped(run: LabRun, width: int) -> Lines:
    """That a run was ended before its time, and what is left of it."""
    at = f" at step {run.report.step:,} of {run.report.steps:,}" if run.report else ""
    kept = run.result.kept if run.result else ""
    left = f" What it did until then is kept as {kept}." if kept else ""
    told = f"Stopped{at}: it measured nothing.{left} enter starts it anew."
    return [*Content.styled(told, "$text-warning").wrap(width), Content("")]


def marks_of(spec: LabSpec, ink: Ink) -> dict[str, Content]:
    """The mark on the chart of each row of the table of results, by what the row is called."""
    marks: dict[str, Content] = {}
    for place, line in enumerate(measures(spec)[0].lines if spec.series else ()):
        if line.of_first:
            marks[who(spec, line.runner)] = _marked(place, ink)
    return marks


def further_curves(measure: Measure, ink: Ink) -> Lines:
    """The marks of the curves that no row of the table stands for, with their names, in a line."""
    pieces: list[Content] = []
    for place, line in enumerate(measure.lines):
        if line.metric and not line.of_first:
            pieces.append(Content.assemble(_marked(place, ink), f" {ink.words(line.label)}"))
    return [Content("   ").join(pieces)] if pieces else []


def _marked(place: int, ink: Ink) -> Content:
    return Content.styled(mark(place, ink), str(ink.style(f"series{place % 6}")))
