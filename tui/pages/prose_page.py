"""A page to read, with at most a few live views under its text."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from course.lesson import Prose, Screen, View
from course.placeholders import fill_runs
from tui.lab_run import LabRun, Phase
from tui.pages.lesson_markdown import LessonMarkdown
from tui.pages.page import Desk, Page
from tui.panels.live_view import LiveView
from tui.views import build_view
from tui.widgets.key_line import Hint, more_below


class ProsePage(Page):
    """Markdown, and below it (beside it on a wide terminal) what the text speaks of."""

    DEFAULT_CSS = """
    ProsePage .text { width: 1fr; max-width: 76; height: auto; }
    ProsePage .live { width: 1fr; height: auto; }
    """

    def __init__(self, screen: Screen, desk: Desk) -> None:
        super().__init__(classes="-with-view" if screen.blocks_of(View) else None)
        self._screen = screen
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Text first, then the views."""
        with Vertical(classes="text"):
            if self._screen.heading:
                yield LessonMarkdown(f"## {self._screen.heading}", classes="heading")
            for prose in self._screen.blocks_of(Prose):
                yield LessonMarkdown(self._filled(prose), classes="prose")
        views = self._screen.blocks_of(View)
        if views:
            with Vertical(classes="live"):
                for view in views:
                    yield build_view(view, self._desk)

    def on_mount(self) -> None:
        """Follow the runs: numbers in the text are filled in when they are there."""
        self._unsubscribe = self._desk.labs.subscribe(self._run_changed)
        self.watch(self, "show_vertical_scrollbar", self._length_changed, init=False)

    def on_unmount(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    @property
    def live(self) -> Sequence[LiveView]:
        """The views on this page; one that is opened within another is a part of it."""
        views = self.query(LiveView)
        return tuple(
            one for one in views if not any(isinstance(on, LiveView) for on in one.ancestors)
        )

    @property
    def keys(self) -> Sequence[Hint]:
        """Those of the view come first: it is what the page is about."""
        own = [hint for view in self.live[:1] for hint in view.hints_of_keys]
        if any(view.in_field for view in self.live):
            return own
        taken = any("↓" in key for key, _ in own)
        more = more_below(self._desk.ink) if self.show_vertical_scrollbar and not taken else ()
        return (("enter", "next"), *more, *own, ("p", "back"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """Every key of the views."""
        return tuple(hint for view in self.live for hint in view.help_keys)

    @property
    def help_text(self) -> str:
        """What the views are."""
        return "\n\n".join(view.help_text for view in self.live)

    @property
    def focus_target(self) -> Widget:
        """The view takes its keys; a page without one scrolls."""
        return self.live[0].focus_target if self.live else self

    def _length_changed(self) -> None:
        """There is more below, or no more: that has a key."""
        self.post_message(self.KeysChanged())

    def _filled(self, prose: Prose) -> str:
        return fill_runs(prose.markdown, self._desk.session.runs.measured)

    def _run_changed(self, run: LabRun | None) -> None:
        if run is not None and run.phase is Phase.FINISHED:
            texts = self.query(".prose").results(LessonMarkdown)
            for text, prose in zip(texts, self._screen.blocks_of(Prose), strict=True):
                if text.source != (filled := self._filled(prose)):
                    text.update(filled)
