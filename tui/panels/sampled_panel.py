"""A look at what was drawn at random, before training or after it; a key draws another sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding

from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint


class SampledPanel(InsidePanel):
    """A subclass asks for what is `wanted`; `m` takes other samples."""

    OTHERS = "others"
    """What another sample is, in words."""
    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Others", show=False, id="sampled-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str) -> None:
        super().__init__(settings, desk, lab)
        self.sample = 0

    @property
    def wanted(self) -> tuple[str | int, ...]:
        """What the picture is of: before or after training, and which sample."""
        return self.when, self.sample

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Others, and the other time."""
        hints = super().hints_of_keys
        return (("m", "others"), hints[1]) if self.pictured else hints

    @property
    def help_keys(self) -> Sequence[Hint]:
        """The same."""
        return (
            ("space", "begin the run, where there is none"),
            ("m", self.OTHERS),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How the picture is read, and what is to be seen now."""
        told = self.picture.HELP or ""
        return f"{told}\n\n{self.sentence}" if self.has_picture else told

    def action_another(self) -> None:
        """Another sample."""
        self.sample += 1
        self.look()
