"""What a live picture on a page has in common with the others."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical
from textual.widget import Widget

from tui.widgets.key_line import Hint


class LiveView(Vertical):
    """A picture drawn from live data, with its sentence."""

    DEFAULT_CSS = """
    LiveView { height: auto; width: 1fr; }
    """

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The keys it takes, most important first."""
        return ()

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All the keys it takes, for the help."""
        return self.hints_of_keys

    @property
    def help_text(self) -> str:
        """What it is and how it is read, as Markdown."""
        return ""

    @property
    def sentence(self) -> str:
        """What is to be seen, as one plain sentence."""
        return ""

    @property
    def in_field(self) -> bool:
        """Whether letters are text now: then its keys are all that matter."""
        return False

    @property
    def focus_target(self) -> Widget:
        """Where its keys are taken."""
        return self
