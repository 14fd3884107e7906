"""A view that plays: its speed, and a timer that runs only while somebody can see it."""

from __future__ import annotations

from typing import Any

from textual.timer import Timer

from tui.widgets.view import View

SPEEDS = (1, 2, 4, 8, 15, 30, 100, 400)
"""Steps a second."""
_FRAMES = 15
"""Pictures a second at most; faster speeds take several steps a picture."""


class Playing(View):
    """A subclass goes on by some steps when it is told to. Nothing moves until it is asked to."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._timer: Timer | None = None
        self._playing = False
        self._level = SPEEDS.index(8)

    # What a subclass does

    def play(self) -> None:
        """Play on."""
        raise NotImplementedError

    def advance(self, steps: int) -> None:
        """Some steps on, to the end at most."""
        raise NotImplementedError

    def show_pace(self) -> None:
        """Say how fast it plays."""

    # What is asked of it

    def pause(self) -> None:
        """Stop playing and stay where we are."""
        self.set_playing(False)

    @property
    def playing(self) -> bool:
        """Whether it plays (it waits while nobody can see it)."""
        return self._playing

    @property
    def speed(self) -> int:
        """Steps a second."""
        return SPEEDS[self._level]

    @speed.setter
    def speed(self, steps_a_second: int) -> None:
        nearest = min(SPEEDS, key=lambda speed: abs(speed - steps_a_second))
        self._level = SPEEDS.index(nearest)
        self._set_timer()

    # Keys

    def action_play_or_pause(self) -> None:
        """Play or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def action_speed(self, by: int) -> None:
        """A faster or slower speed."""
        self.speed = SPEEDS[max(0, min(len(SPEEDS) - 1, self._level + by))]
        self.show_pace()

    # The timer

    def set_playing(self, playing: bool) -> None:
        """Play, or stay where it is."""
        if playing != self._playing:
            self._playing = playing
            self.show_pace()
        self._set_timer()

    def on_mount(self) -> None:
        """Learn of screens that come to lie over ours."""
        self.app.screen_change_signal.subscribe(self, lambda _: self._set_timer())

    def on_show(self) -> None:
        """Somebody can see it again."""
        self._set_timer()

    def on_hide(self) -> None:
        """Nobody can see it."""
        self._set_timer()

    def _set_timer(self) -> None:
        """Run the timer if there is something to play and somebody to see it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._playing and self.is_attached and self.screen.is_active and self.display:
            self._timer = self.set_interval(1 / min(self.speed, _FRAMES), self._tick)

    def _tick(self) -> None:
        if not self.showing:
            self._set_timer()
            return
        self.advance(max(1, round(self.speed / _FRAMES)))
