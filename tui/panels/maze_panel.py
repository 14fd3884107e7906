"""One or two mice in the same maze, side by side, played by the same keys."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from course.problems import did_you_mean
from models.mazes.generators import depth_first, random_ends, wilson
from models.mazes.maze import Maze
from models.mazes.trace import Trace
from models.mazes.walkers import WALKERS, budget_for
from tui.drawing.mazes.walls import NARROW, canvas_size
from tui.pages.page import Desk, Page
from tui.panels.live_view import LiveView
from tui.widgets.key_line import Hint
from tui.widgets.maze_view import HELP, MazeView

KINDS = {"wilson": wilson, "depth-first": depth_first}
SETTINGS = frozenset({"walker", "beside", "size", "seed", "maze"})
SIZES = range(2, 42)
"""How many cells a maze may be wide; a larger one is not to be taken in."""
_WIDEST = 60
"""Columns of a small maze at most, with its words."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a maze with these settings from being drawn; empty if nothing does."""
    for name, known in (("walker", WALKERS), ("beside", WALKERS), ("maze", KINDS)):
        if name in settings and settings[name] not in known:
            return f"the maze has no {name} {settings[name]}: {did_you_mean(settings[name], known)}"
    size = settings.get("size", "5")
    if not size.isdecimal() or int(size) not in SIZES:
        return f"size {size}: expected a whole number from {SIZES[0]} to {SIZES[-1]}"
    return ""


def crossing(settings: Mapping[str, str], walker: str, again: int = 0) -> Trace:
    """What `walker` does in the maze that the settings describe; `again` draws another one."""
    seed = f"{settings.get('seed', '0')}/{again}"
    size = int(settings.get("size", "5"))
    rng = random.Random(seed)
    maze: Maze = KINDS[settings.get("maze", "wilson")](size, size, rng)
    start, goal = random_ends(maze, rng)
    # A second run is made by the same mouse as the first: it draws the same lots.
    mouse = walker.removesuffix("2")
    return WALKERS[walker](maze, start, goal, random.Random(f"{seed}/{mouse}"), budget_for(maze))


class MazePanel(LiveView, can_focus=True):
    """Mice in a maze. Nothing moves until space is pressed."""

    DEFAULT_CSS = """
    MazePanel Horizontal { height: auto; }
    MazePanel MazeView { width: 1fr; height: auto; margin: 0 2 0 0; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("space", "play", "Play", show=False, id="maze-play"),
        Binding("right", "step", "Step", show=False, id="maze-step"),
        Binding("left", "back", "Back", show=False, id="maze-back"),
        Binding("up", "speed(1)", "Faster", show=False, id="maze-faster"),
        Binding("down", "speed(-1)", "Slower", show=False, id="maze-slower"),
        Binding("r", "restart", "Again", show=False, id="maze-restart"),
        Binding("e", "to_end", "End", show=False, id="maze-end"),
        Binding("m", "another", "Another maze", show=False, id="maze-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__()
        self._settings = settings
        self._desk = desk
        self._walkers = [settings.get("walker", "random")]
        if "beside" in settings:
            self._walkers.append(settings["beside"])
        self._again = 0

    def compose(self) -> ComposeResult:
        """The views, side by side."""
        with Horizontal():
            for walker in self._walkers:
                trace = crossing(self._settings, walker)
                view = MazeView(trace, ink=self._desk.ink)
                view.styles.max_width = max(_WIDEST, canvas_size(trace.maze, NARROW)[0])
                view.can_focus = False
                yield view

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Play first."""
        playing = any(view.playing for view in self._views)
        return (("space", "pause" if playing else "play"), ("→", "step"), ("m", "another maze"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And how to go back, faster, to the start and to the end."""
        return (
            ("space", "play and pause"),
            ("→ ←", "a step on, a step back"),
            ("↑ ↓", "faster, slower"),
            ("r", "again from the start"),
            ("e", "to the end"),
            ("m", "another maze"),
        )

    @property
    def help_text(self) -> str:
        """How a maze is read."""
        words, _, _ = HELP.partition("**enter**")
        return words.rstrip()

    @property
    def sentence(self) -> str:
        """What is to be seen, for every mouse."""
        return " ".join(view.sentence for view in self._views)

    def action_play(self) -> None:
        """Play or hold them all."""
        playing = any(view.playing for view in self._views)
        if not playing and all(view.finished for view in self._views):
            self.action_restart()
        for view in self._views:
            if playing:
                view.pause()
            elif not view.finished:
                view.play()
        self.post_message(Page.KeysChanged())

    @on(MazeView.Finished)
    def redraw_keys(self) -> None:
        """What played is at its end: space plays again."""
        self.post_message(Page.KeysChanged())

    def action_step(self) -> None:
        """One step on, for each."""
        for view in self._views:
            view.step()
        self.post_message(Page.KeysChanged())

    def action_back(self) -> None:
        """One step back. The mouse that is further on goes back alone until they are level."""
        furthest = max(view.at for view in self._views)
        for view in self._views:
            if view.at == furthest:
                view.back()

    def action_speed(self, by: int) -> None:
        """Faster or slower, all of them."""
        for view in self._views:
            view.action_speed(by)

    def action_restart(self) -> None:
        """All back to the start."""
        for view in self._views:
            view.action_restart()

    def action_to_end(self) -> None:
        """All to the end."""
        for view in self._views:
            view.to_end()

    def action_another(self) -> None:
        """Another maze, the same mice."""
        self._again += 1
        for walker, view in zip(self._walkers, self._views, strict=True):
            view.show(crossing(self._settings, walker, self._again))
        self.post_message(Page.KeysChanged())

    @property
    def _views(self) -> list[MazeView]:
        return list(self.query(MazeView))
