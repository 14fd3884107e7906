"""Going through a film by keys: frame by frame, by bookmarks, playing, and into its pictures."""

from __future__ import annotations

from textual import on
from textual.binding import Binding
from textual.screen import Screen
from textual.timer import Timer

from tui.scrubber import JUMP, Scrubber
from tui.widgets.film_chart import FilmChart
from tui.widgets.film_line import Sought
from tui.widgets.film_view import FilmView
from tui.widgets.key_line import Hint
from tui.widgets.maze_view import MazeView


class FilmPlayer(Screen):
    """The keys of a film. A subclass composes the view among other things, and is told of moves."""

    AUTO_FOCUS = ""
    BINDINGS = [  # noqa: RUF012
        Binding("right", "move(1)", "A frame on", show=False, id="film-on"),
        Binding("left", "move(-1)", "A frame back", show=False, id="film-back"),
        Binding("up", f"move({JUMP})", "Ten frames on", show=False, id="film-far-on"),
        Binding("down", f"move(-{JUMP})", "Ten frames back", show=False, id="film-far-back"),
        Binding("home", "begin", "To the beginning", show=False, id="film-begin"),
        Binding("end,g", "end", "To the end", show=False, id="film-end"),
        Binding("space", "play", "Play", show=False, id="film-play"),
        Binding("f,plus", "speed(1)", "Faster", show=False, id="film-faster"),
        Binding("s,minus", "speed(-1)", "Slower", show=False, id="film-slower"),
        Binding("b", "bookmark", "Next bookmark", show=False, id="film-bookmark"),
        Binding("c", "pin", "Pin a step", show=False, id="film-pin"),
        Binding("t", "swap", "To the pinned step", show=False, id="film-swap"),
        Binding("a", "runner", "Another runner", show=False, id="film-runner"),
        Binding("m", "measure", "Another metric", show=False, id="film-measure"),
        Binding("v", "side", "Picture or facts", show=False, id="film-side"),
        Binding("l", "scale", "Log or linear", show=False, id="film-scale"),
        Binding("enter", "enter", "Into the picture", show=False, id="film-enter"),
        Binding("escape,q", "close", "Back", show=False, id="film-close"),
    ]

    def __init__(self, view: FilmView, scrub: Scrubber) -> None:
        super().__init__()
        self.view = view
        self.scrub = scrub
        self._timer: Timer | None = None

    # What a subclass does

    def moved(self) -> None:
        """Somebody went somewhere else in the film."""

    def draw_frame(self) -> None:
        """What can be done has changed."""

    # Moving

    def _show(self) -> None:
        self.moved()
        self.view.show()

    def action_move(self, by: int) -> None:
        """Frames on or back."""
        self.play(False)
        self.scrub.move(by)
        self._show()

    def action_begin(self) -> None:
        """To the first frame."""
        self.action_move(-len(self.scrub.frames))

    def action_end(self) -> None:
        """To the last frame."""
        self.action_move(len(self.scrub.frames))

    def action_bookmark(self) -> None:
        """The next bookmark."""
        self.play(False)
        self.scrub.next_mark()
        self._show()

    def action_pin(self) -> None:
        """Pin this step, or let go of it."""
        self.scrub.toggle_pin()
        self.view.share_out()
        self.draw_frame()

    def action_swap(self) -> None:
        """To the pinned step, and back."""
        if self.scrub.pin is not None:
            self.play(False)
            self.scrub.swap()
            self._show()

    @on(Sought)
    def seek(self, event: Sought) -> None:
        """Somebody pointed at a step."""
        self.play(False)
        self.scrub.seek(event.step)
        self._show()

    # Playing

    def action_play(self) -> None:
        """Play or pause the film; the maze, while it has the keys."""
        if isinstance(self.focused, MazeView):
            self.focused.action_play_or_pause()
            return
        self.play(not self.scrub.playing)
        self._show()

    def action_speed(self, by: int) -> None:
        """Faster or slower."""
        self.scrub.change_speed(by)
        self.play(self.scrub.playing)
        self.view.show()

    def play(self, on: bool) -> None:
        """Play from here, or stand still."""
        if on != self.scrub.playing:
            self.scrub.play_or_pause()
            self.draw_frame()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if on:
            self._timer = self.set_interval(1 / self.scrub.speed, self._tick)

    def _tick(self) -> None:
        if not self.is_active:
            return
        self.scrub.tick()
        if not self.scrub.playing:
            self.play(False)
            self.draw_frame()
        self._show()

    # Looking

    def action_runner(self) -> None:
        """Follow another runner."""
        self.view.next_runner()

    def action_measure(self) -> None:
        """Another metric on the chart."""
        self.view.choice.measure += 1
        self.view.draw_curves()

    def action_side(self) -> None:
        """The picture, or what there is to say of the run."""
        self._leave()
        self.view.next_side()
        self.draw_frame()

    def action_scale(self) -> None:
        """Logarithmic or linear."""
        self.query_one(FilmChart).action_switch_scale()

    @property
    def inside(self) -> bool:
        """Whether the picture, or the facts, have the arrows."""
        return self.focused is not None

    def action_enter(self) -> None:
        """Hand the arrows to the picture; to the facts where they are shown."""
        if (target := self.view.focus_target) is not None:
            self.play(False)
            target.can_focus = True
            self.set_focus(target)
            self.draw_frame()

    def _leave(self) -> None:
        """Take the arrows back."""
        if self.focused is not None:
            self.focused.can_focus = False
            self.set_focus(None)

    def action_close(self) -> None:
        """Take the arrows back from the picture; or else leave."""
        if self.inside and self.view.reel.runners:
            self._leave()
            self.draw_frame()
        else:
            self.dismiss(None)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys that matter now, most important first."""
        alone, again = not self.view.reel.runners, (("r", "start"),)
        other = (("a", "another"),) if alone and len(self.view.runners) > 1 else ()
        if isinstance(self.focused, MazeView):
            return (("← →", "step"), ("enter", "play"), ("↑ ↓", "speed"), *(other or again))
        if self.inside:
            return (("arrows", "move"), ("v", "the other side"))
        if alone:
            return (("v", "picture or facts"), ("enter", "into it"), *other)
        play = "pause" if self.scrub.playing else "play"
        pin = (("t", "swap"), ("c", "unpin")) if self.scrub.pin is not None else (("c", "pin"),)
        mark = (("b", "bookmark"),) if self.scrub.marks else ()
        return (("← →", "scrub"), ("space", play), *mark, *pin)

    @property
    def all_hints(self) -> tuple[Hint, ...]:
        """Every key of a film."""
        return (
            ("← →", "one frame back, one on"),
            ("↓ ↑", "ten frames back, ten on"),
            ("home end", "the first frame, the last; g is the last, too"),
            ("space", "play the film, pause"),
            ("s f", "slower, faster; so do - and +"),
            ("b", "the next bookmark"),
            ("c", "pin this step, to compare; once more lets go of it"),
            ("t", "to the pinned step, and back"),
            ("a", "another runner in strips and picture"),
            ("m", "another metric on the chart"),
            ("l", "logarithmic scale or linear"),
            ("v", "picture or facts"),
            ("enter", "hand the arrows to the picture: a mouse walks; escape takes them back"),
        )
