"""One kept run whole: its chart, perhaps with another run behind it, and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from models.kept import Kept
from models.protocol import Opened
from tui.drawing.results import columns, results, written
from tui.kept_words import ended, is_known, off_default, so_far, spec_of, when, with_numbers
from tui.screens.dialogs import HelpScreen
from tui.widgets.key_line import Hint, KeyLine
from tui.widgets.lines import Lines
from tui.widgets.loss_chart import LossChart
from tui.widgets.page import Desk

HELP = """\
Every run of a lab is kept where it was trained, with its curves and its numbers, also when it was
stopped or its worker died. `g` marks a run: its curves lie faintly behind those of every other run
of the same lab that you look at. `grok-tui runs` does the same on the command line.
"""

Points = Mapping[str, Sequence[tuple[int, float]]]


def points_of(opened: Opened) -> dict[tuple[str, str], list[tuple[int, float]]]:
    """All of its curves, by runner and metric."""
    return {(c.runner, c.metric): list(zip(c.steps, c.values, strict=True)) for c in opened.curves}


def curves_of(opened: Opened) -> Points:
    """The curves that its lab draws, by their names; all there are of a lab that is gone."""
    found = points_of(opened)
    spec = spec_of(opened.kept)
    if not is_known(opened.kept):
        spec = with_numbers(spec, {}, found)
    named: dict[str, list[tuple[int, float]]] = {}
    for one in spec.series:
        named.setdefault(one.label, []).extend(found.get((one.runner, one.metric), ()))
    return {name: points for name, points in named.items() if points}


class RunFacts(Lines):
    """The table of a run, how it ended and what it took."""

    def __init__(self, opened: Opened, ghost: Opened | None, desk: Desk) -> None:
        super().__init__()
        self._opened = opened
        self._ghost = ghost
        self._desk = desk

    def lines(self, width: int) -> list[Content]:
        """Table and words at a width."""
        kept = self._opened.kept
        found = points_of(self._opened)
        spec = spec_of(kept)
        metrics = kept.numbers if kept.state == "finished" else so_far(spec, found)
        if not is_known(kept):
            spec = with_numbers(spec, metrics, found)
        table = results(spec, metrics)
        rows: list[Content] = []
        if len(table) > 1:
            head, *lines = (Content(self._desk.ink.words(line)) for line in columns(table))
            rows = [head.stylize("$foreground-muted"), *lines, Content("")]
        for text in self._said(kept):
            rows += Content(self._desk.ink.words(text)).wrap(width)
        return [row.truncate(width) for row in rows]

    def _said(self, kept: Kept) -> list[str]:
        off = ", ".join(f"{k} = {written(v)}" for k, v in off_default(kept).items())
        turned = "; ".join(f"{t.name} = {written(t.value)} at step {t.step:,}" for t in kept.turned)
        end = ended(kept)
        said = [
            f"{end[0].upper()}{end[1:]}: {kept.steps:,} steps on {kept.device}, seed {kept.seed}"
            + (f", {off}." if off else "."),
            f"It failed because: {kept.why}" if kept.why else "",
            f"Turned while it trained: {turned}." if turned else "",
            f"Behind it, faintly: {self._ghost.kept.id}." if self._ghost else "",
            kept.note,
            self._opened.note,
        ]
        return [text for text in said if text]


class RunScreen(Screen):
    """One kept run: its chart, with the ghost behind it, and its table."""

    DEFAULT_CSS = """
    RunScreen #run-header { height: 1; dock: top; color: $text-muted; }
    RunScreen LossChart { height: 15; max-height: 60%; margin: 1 2 0 2; }
    RunScreen VerticalScroll { padding: 1 2 0 2; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("up", "move(-1)", "Up", show=False, id="run-up", priority=True),
        Binding("down", "move(1)", "Down", show=False, id="run-down", priority=True),
        Binding("question_mark,f1", "help", "Help", show=False, id="run-help"),
        Binding("escape,q", "close", "Back", show=False, id="run-close"),
    ]

    def __init__(self, desk: Desk, opened: Opened, ghost: Opened | None) -> None:
        super().__init__()
        self._desk = desk
        self._opened = opened
        self._ghost = ghost

    def compose(self) -> ComposeResult:
        """Header, chart if there are curves, table, keys."""
        kept = self._opened.kept
        spec = spec_of(kept)
        head = f" {kept.id}: {spec.title}, {when(kept)}"
        yield Static(Content(self._desk.ink.words(head)), id="run-header")
        curves = curves_of(self._opened)
        if curves:
            chart = LossChart(log_scale=spec.log_scale and is_known(kept), ink=self._desk.ink)
            for name, points in curves.items():
                chart.extend(name, points)
            chart.set_ghosts(curves_of(self._ghost) if self._ghost else {})
            yield chart
        with VerticalScroll():
            yield RunFacts(self._opened, self._ghost, self._desk)
        yield KeyLine(self._desk.ink)

    def on_mount(self) -> None:
        """The chart takes the keys, where there is one."""
        chart = self.query(LossChart)
        (chart.first() if chart else self.query_one(VerticalScroll)).focus()
        self.query_one(KeyLine).show(self.keys)

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done."""
        scale: tuple[Hint, ...] = (("l", "log scale"),) if self.query(LossChart) else ()
        return (("escape", "the list"), ("↑↓", "scroll"), *scale, ("?", "help"))

    def action_move(self, by: int) -> None:
        """Scroll the table."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False, immediate=True)

    def action_help(self) -> None:
        """The keys, and what is kept."""
        words = self._desk.ink.words
        here = [(words(key), words(label)) for key, label in self.keys if key != "?"]
        self.app.push_screen(HelpScreen(here, (), HELP))

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)
