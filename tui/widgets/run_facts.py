"""A run in numbers and words: its table, how it ended, what was turned, what went wrong."""

from __future__ import annotations

from textual.content import Content

from models.protocol import Opened
from tui import lab_words
from tui.drawing.ink import Ink
from tui.drawing.training.results import columns, fitting, results, written
from tui.film import points_of
from tui.kept_words import ended, is_known, off_default, so_far, spec_of, with_numbers
from tui.lab_run import LabRun
from tui.widgets.lines import Lines


class RunFacts(Lines):
    """What there is to say of a kept run, or of one of this sitting."""

    def __init__(self, run: Opened | LabRun, behind: str, ink: Ink) -> None:
        super().__init__()
        self._run = run
        self._behind = behind
        self._ink = ink

    def show(self, run: Opened | LabRun) -> None:
        """Tell of another run, or of this one as it is now."""
        self._run = run
        self.redraw()

    def lines(self, width: int) -> list[Content]:
        """Table and words at a width."""
        if isinstance(self._run, LabRun):
            return _of_this_sitting(self._run, width)
        rows = self._table(self._run, width)
        for text in self._said(self._run):
            rows += Content(self._ink.words(text)).wrap(width)
        return [row.truncate(width) for row in rows]

    def _table(self, opened: Opened, width: int) -> list[Content]:
        kept, found = opened.kept, points_of(opened)
        spec = spec_of(kept)
        metrics = kept.numbers if kept.state == "finished" else so_far(spec, found)
        if not is_known(kept):
            spec = with_numbers(spec, metrics, found)
        table = results(spec, metrics)
        if len(table) < 2:
            return []
        head, *lines = (Content(self._ink.words(line)) for line in columns(fitting(table, width)))
        return [head.stylize("$foreground-muted"), *lines, Content("")]

    def _said(self, opened: Opened) -> list[str]:
        kept = opened.kept
        off = ", ".join(f"{k} = {written(v)}" for k, v in off_default(kept).items())
        turned = "; ".join(f"{t.name} = {written(t.value)} at step {t.step:,}" for t in kept.turned)
        end = ended(kept)
        worked = f"{kept.steps:,} {spec_of(kept).counts}"
        said = [
            f"{end[0].upper()}{end[1:]}: {worked} on {kept.device}, seed {kept.seed}"
            + (f", {off}." if off else "."),
            f"It failed because: {kept.why}" if kept.why else "",
            f"Turned while it trained: {turned}." if turned else "",
            f"It went on from {kept.resumed}." if kept.resumed else "",
            f"Behind it, faintly: {self._behind}." if self._behind else "",
            kept.note,
            opened.note,
        ]
        return [text for text in said if text]


def _of_this_sitting(run: LabRun, width: int) -> list[Content]:
    told = lab_words.warning(run.trouble, width) if run.trouble else []
    if run.result is not None and not run.result.stopped:
        return told + lab_words.results_of(run.spec, run.result.metrics, run.knobs, run, width)
    head, *rows = columns(fitting(results(run.spec, so_far(run.spec, run.curves)), width))
    table = [Content.styled(head, "$foreground-muted"), *map(Content, rows)] if rows else []
    return [line.truncate(width) for line in (*told, *table)]
