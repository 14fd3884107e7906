"""One screen of a lesson: what every kind of page can be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from tui.drawing.ink import Ink
from tui.widgets.key_line import Hint

if TYPE_CHECKING:
    from tui.examiner import Examiner
    from tui.labs import Labs
    from tui.session import Session
    from tui.studies import Studies
    from tui.widgets.view import View


@dataclass(frozen=True)
class Desk:
    """What lies before the learner: the session, the labs, and how things are drawn."""

    session: Session
    find_labs: Callable[[], Labs]
    find_studies: Callable[[], Studies]
    find_examiner: Callable[[], Examiner]
    ink: Ink
    still: bool
    """Whether nothing may move unasked."""
    outside: bool = False
    """Whether this is no page of a lesson: runs may be free of them, and are found all the same."""

    @cached_property
    def labs(self) -> Labs:
        """The labs. The first picture does without them, and without the code that they need."""
        return self.find_labs()

    @cached_property
    def examiner(self) -> Examiner:
        """Who checks exercises."""
        return self.find_examiner()

    @cached_property
    def studies(self) -> Studies:
        """The studies, which start-up does without as well."""
        return self.find_studies()


class Page(VerticalScroll, can_focus=True):
    """A page fills the space between the header and the footer of a lesson."""

    DEFAULT_CSS = """
    Page { padding: 1 3 0 4; scrollbar-size-vertical: 1; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("y", "copy", "Copy the pictures as text", show=False, id="page-copy"),
        Binding("Y", "save", "Save the pictures as SVG", show=False, id="page-save"),
    ]

    class KeysChanged(Message):
        """The keys that matter have changed; the footer is to be drawn again."""

    @property
    def keys(self) -> Sequence[Hint]:
        """The keys that matter on this page now, most important first."""
        return (("enter", "next"), ("p", "back"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All the keys of this page, for the help, which has more room than the footer."""
        return self.keys

    @property
    def help_text(self) -> str:
        """What is special to this page, as Markdown, for the help."""
        return ""

    @property
    def focus_target(self) -> Widget:
        """Where the keys of this page are taken."""
        return self

    def takes_enter(self) -> bool:
        """Use enter for something of the page's own; where that is nothing, it turns the page."""
        return False

    @property
    def _pictures(self) -> list[View]:
        """What is drawn on this page now."""
        from tui.widgets.view import View  # the first picture does without

        return [view for view in self.query(View) if view.is_on_screen]

    def action_copy(self) -> None:
        """Take the pictures away as text."""
        from tui.widgets import yank

        yank.copy(self.app, self._pictures)

    def action_save(self) -> None:
        """Take the pictures away as SVG."""
        from tui.widgets import yank

        yank.save(self.app, self._pictures)
