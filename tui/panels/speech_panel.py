"""What a speaker predicts and says, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping

from tui.drawing.training.speech import Speech
from tui.lab_run import LabRun
from tui.lab_settings import run_ref
from tui.pages.page import Desk
from tui.panels.speaking_panel import LAB, SpeakingPanel
from tui.speech_moments import speech_of
from tui.widgets.drawn_view import DrawnView
from tui.widgets.speech_view import SpeechView


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab, when = run_ref(settings.get("lab", LAB)).lab, settings.get("when", "after")
    return (
        f"What a network of the lab {lab} predicts, {when} training: a few sentences, each word"
        " with a sign that tells whether it was predicted; and sentences that it says by itself,"
        " each of them wrong, new or recited."
    )


class SpeechPanel(SpeakingPanel):
    """Sentences predicted and said."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk)
        self._seen: dict[tuple[str | int, ...], Speech] = {}

    def build(self) -> DrawnView:
        """The sentences."""
        return SpeechView(ink=self.desk.ink)

    async def ask(self, run: LabRun, when: str) -> None:
        """What is predicted in the sentences of the sample."""
        wanted = (when, self.sample)
        told = {"runner": self.runner, "when": when, "sample": self.sample}
        seen = await self.desk.labs.probe(run, "speech", told)
        title = f"{when} training"
        self._seen[wanted] = speech_of(seen.values, self.spec, self.runner, title)

    def show(self) -> None:
        """Draw it."""
        picture = self.picture
        assert isinstance(picture, SpeechView)
        picture.show(self._seen[self.wanted])
