"""The gradient of the learner's own network, clipped in both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding

from tui.drawing.ticks import exact
from tui.drawing.training.gradients import Gradients
from tui.lab_run import LabRun
from tui.lab_settings import run_ref
from tui.pages.page import Desk
from tui.panels import speaking_panel
from tui.panels.speaking_panel import LAB, SpeakingPanel
from tui.speaker_probes import gradients_of
from tui.widgets.drawn_view import DrawnView
from tui.widgets.gradients_view import GradientsView
from tui.widgets.key_line import Hint

SETTINGS = speaking_panel.SETTINGS | {"at"}
LIMITS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""What can be clipped to."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the view from being shown with these settings; empty if nothing does."""
    if found := speaking_panel.fault(settings):
        return found
    at = settings.get("at", "1")
    known = ", ".join(map(exact, LIMITS))
    return "" if _limit(at) is not None else f"at {at}: one of {known}"


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab, when = run_ref(settings.get("lab", LAB)).lab, settings.get("when", "after")
    return (
        f"The gradient of a network of the lab {lab}, {when} training: a histogram of its numbers"
        " as they are, clipped by norm and clipped by value, how long each is, and how far each"
        " points from where the raw one does."
    )


def _limit(text: str) -> int | None:
    try:
        return LIMITS.index(float(text))
    except ValueError:
        return None


class GradientsPanel(SpeakingPanel):
    """The gradient, limit by limit."""

    BINDINGS = [  # noqa: RUF012
        Binding("left", "limit(-1)", "Less", show=False, id="gradients-less"),
        Binding("right", "limit(1)", "More", show=False, id="gradients-more"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk)
        self._limit = _limit(settings.get("at", "1")) or 0
        self._seen: dict[tuple[str, int, int], Gradients] = {}

    def build(self) -> DrawnView:
        """The histograms."""
        return GradientsView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The limit first."""
        hints = super().hints_of_keys
        return (("← →", "limit"), *hints) if self.pictured else hints

    @property
    def help_keys(self) -> Sequence[Hint]:
        """The same."""
        return (*super().help_keys, ("← →", "clip to less, or to more"))

    @property
    def wanted(self) -> tuple[str, int, int]:
        """And which limit."""
        return self.when, self.sample, self._limit

    def action_limit(self, by: int) -> None:
        """Clip to less, or to more."""
        self._limit = max(0, min(self._limit + by, len(LIMITS) - 1))
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """The gradient of a batch."""
        wanted = (when, self.sample, self._limit)
        told = {
            "runner": self.runner,
            "when": when,
            "sample": self.sample,
            "at": LIMITS[self._limit],
        }
        seen = await self.desk.labs.probe(run, "gradient", told)
        self._seen[wanted] = gradients_of(seen, f"{when} training")

    def show(self) -> None:
        """Draw it."""
        picture = self.picture
        assert isinstance(picture, GradientsView)
        picture.show(self._seen[self.wanted])
