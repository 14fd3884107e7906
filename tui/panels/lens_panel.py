"""The logit lens on the learner's own GPT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.drawing.layers.lens import Lens
from tui.lab_run import LabRun
from tui.lab_settings import run_ref
from tui.pages.page import Desk
from tui.panels import speaking_panel
from tui.panels.speaking_panel import LAB, SpeakingPanel
from tui.speaker_probes import lens_of
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.lens_view import LensView

SETTINGS = (speaking_panel.SETTINGS - {"runner"}) | {"text"}


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab, when = run_ref(settings.get("lab", LAB)).lab, settings.get("when", "after")
    return (
        f"What the GPT of the lab {lab} would say after each of its layers, {when} training: a row"
        " for each word of a sentence, a column for the embedding and for each block, and how sure"
        " it would be."
    )


class LensPanel(SpeakingPanel):
    """The lens, sentence by sentence."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk)
        self._text = settings.get("text", "")
        self._seen: dict[tuple[str | int, ...], Lens] = {}

    def build(self) -> DrawnView:
        """The table."""
        return LensView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """From cell to cell first."""
        hints = super().hints_of_keys
        return (("←↑↓→", "cell"), *hints) if self.pictured else hints

    @property
    def help_keys(self) -> Sequence[Hint]:
        """The same."""
        return (*super().help_keys, ("←↑↓→", "a word or a layer on"))

    async def ask(self, run: LabRun, when: str) -> None:
        """The lens on the sentence that is given, or on another."""
        wanted = (when, self.sample)
        told: dict[str, object] = {"when": when, "sample": self.sample}
        if self._text and not self.sample:
            told["text"] = self._text
        seen = await self.desk.labs.probe(run, "lens", told)
        self._seen[wanted] = lens_of(seen, f"{when} training")

    def show(self) -> None:
        """Draw it."""
        picture = self.picture
        assert isinstance(picture, LensView)
        picture.show(self._seen[self.wanted])
