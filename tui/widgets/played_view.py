"""A picture that is drawn whole and played: its keys, and what becomes of them at its end."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.drawn_view import DrawnView
from tui.widgets.playing import Playing


class PlayedView(DrawnView, Playing):
    """A subclass goes on by some steps, and knows how many are left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play_or_pause", "play", id="played.play", tooltip="Play or pause"),
        Binding("f,plus", "speed(1)", "faster", id="played.faster", tooltip="Faster"),
        Binding("s,minus", "speed(-1)", "slower", id="played.slower", tooltip="Slower"),
    ]

    class Changed(Message):
        """What the keys do has changed."""

    # What a subclass does

    @property
    def left(self) -> int:
        """How many steps are still to be played; none where there is nothing to play."""
        raise NotImplementedError

    def skip(self, steps: int) -> None:
        """Some steps on, or back, as far as there are any."""
        raise NotImplementedError

    def to_start(self) -> None:
        """To where it begins."""
        raise NotImplementedError

    # Playing

    def play(self) -> None:
        """Play on; from the beginning where the end was reached."""
        if self.left == 0:
            self.to_start()
        self.set_playing(self.left > 0)
        self.post_message(self.Changed())

    def pause(self) -> None:
        """Stay where it is."""
        if self.playing:
            super().pause()
            self.post_message(self.Changed())

    def advance(self, steps: int) -> None:
        """Some steps on, to the end at most."""
        self.skip(steps)
        if self.left == 0:
            self.pause()
