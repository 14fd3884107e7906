"""What stands beside a maze of thoughts: how many arrows are right, loop by loop and step by step.

right   ▂▂▃▄▅▆▇████   a bar a loop: the share of cells whose arrow is right
news    ▁▂▂▃▄▅▆▇███   and of those that the news of the cheese can have reached
        ↑ loop 3
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, strip
from tui.drawing.mazes.bars import Row, bars, pointer
from tui.drawing.mazes.thoughts import Thoughts
from tui.drawing.mazes.thoughts_words import counted, mouse_words
from tui.drawing.memory.reach_axis import Axis

LEAST = 36
"""Columns without which numbers and bars have no room beside a maze."""
WANTED = 15
"""Lines that hold all of it."""
_LABEL = 10
"""Columns before numbers and bars."""
_LOW = 0.75
"""How full a line is at most where another stands above it."""
_TALLEST = 4
"""Lines of a bar at most."""


@dataclass(frozen=True)
class Scene:
    """Of what a picture is: a network at some steps of its training, in the same maze."""

    frames: tuple[Thoughts, ...]
    at: int = 0
    """The frame that is shown."""
    loop: int = 0
    """The loops after which it is asked."""
    mouse: int = 0
    """The cell from which the arrows are followed."""
    steered: bool = False
    """Whether the mouse is being moved: then it is what is looked at, else how far the news is on
    its way to it."""
    shaded: bool = False
    """Whether it is drawn how sure the network is."""
    remark: str = ""
    """What goes on: how fast it plays, what the keys move."""

    @property
    def now(self) -> Thoughts:
        """What is shown."""
        return self.frames[self.at]

    @property
    def focus(self) -> int:
        """The cell that stays in sight."""
        return self.mouse if self.steered else self.now.front(self.loop, self.mouse)


def draw_facts(scene: Scene, width: int, height: int, ink: Ink) -> list[Strip]:
    """As many lines as `height`; what matters least is left out first."""
    told = [*head(scene, width, ink), *_numbers(scene, width, ink)]
    if len(told) > height:
        told = [*head(scene, width, ink), *in_short(scene, width, ink)]
    draws = [_loop_bars] if scene.now.loops else []
    draws += [_step_bars] if len(scene.frames) > 1 else []
    blocks = max(1, len(draws))
    tall = max(1, min(_TALLEST, (height - len(told) - 4 * blocks + 1) // blocks))
    for block in [draw(scene, tall, width, ink) for draw in draws]:
        gap = [blank(width)] if len(told) + len(block) < height else []
        told += gap + block
    return (told + [blank(width)] * height)[:height]


def in_short(scene: Scene, width: int, ink: Ink) -> list[Strip]:
    """How many arrows are right, and what share near the cheese and farther away."""
    now, count = scene.now, scene.now.count(scene.loop)
    kinds = (("near", count.near_right, count.near), ("farther", count.far_right, count.far))
    shares = [f"{name} {100 * right / of:.0f} %" for name, right, of in kinds if of]
    whole = f"right {count.right} of {count.asked}, {100 * count.share:.0f} %"
    return [
        strip([(whole, ink.style("good"))], width),
        strip([("  ".join(shares) if now.floods else "", ink.style("dim"))], width),
    ]


def head(scene: Scene, width: int, ink: Ink) -> list[Strip]:
    """Whose arrows these are, and after how many loops."""
    now = scene.now
    title = fit(ink.words(now.title), width, ink)
    after = f"after {scene.loop} of {counted(now.loops, now.unit)}"
    loops: list[Piece] = [
        (after if now.loops else "in a single pass", ink.style("accent")),
        (f"   {scene.remark}" if scene.remark else "", ink.style("dim")),
    ]
    return [strip([(title, ink.style("strong"))], width), strip(loops, width)]


def _numbers(scene: Scene, width: int, ink: Ink) -> list[Strip]:
    """Right in all, near the cheese and farther away, and how the mouse fares."""
    now, count = scene.now, scene.now.count(scene.loop)
    within = f"within {counted(scene.loop, 'move')}", f"within {scene.loop}"
    luck = (f"by luck {count.luck:,.0f}" if count.far else "",)
    share: tuple[str, ...] = (f"{100 * count.share:.0f} %",)
    if (since := now.right_since(scene.loop)) is not None and now.loops:
        share = (f"{share[0]}, since {now.unit} {since}", *share)
    rows = [("right", _share(count.right, count.asked), share, "good")]
    if now.floods:
        rows += [
            ("near", _share(count.near_right, count.near), within, "arrow"),
            ("farther", _share(count.far_right, count.far), luck, "dim"),
        ]
    numbers = max(len(one[1]) for one in rows)
    room, lines = width - _LABEL - numbers - 2, []
    for label, number, more, role in rows:
        pieces: list[Piece] = [(label.ljust(_LABEL), ink.style("dim"))]
        pieces.append((number.rjust(numbers), ink.style(role)))
        told = next((words for words in more if len(words) <= room), "")
        pieces.append((f"  {told}", ink.style("dim")))
        lines.append(strip(pieces, width))
    way = now.way(scene.loop, scene.mouse)
    fares = mouse_words(way, now.away[scene.mouse])
    role = "path" if way.ends == "there" else "bad"
    mouse: list[Piece] = [("mouse".ljust(_LABEL), ink.style("dim"))]
    mouse.append((fit(fares, width - _LABEL, ink), ink.style(role)))
    return [*lines, strip(mouse, width)]


def _share(right: int, of: int) -> str:
    return f"{right} of {of}" if of else "none"


def _loop_bars(scene: Scene, tall: int, width: int, ink: Ink) -> list[Strip]:
    """The share that is right after each loop, and that of the cells that the news can have
    reached by then."""
    now = scene.now
    axis = Axis.of(now.loops + 1, width - _LABEL, scene.loop, ("", "", now.unit))
    counts = [now.count(loop) for loop in axis.shown]
    shares = [count.share for count in counts]
    lines = bars(Row("right".ljust(_LABEL), shares, tall), axis, width, ink)
    if now.floods:
        reached = [_LOW * count.near / max(1, count.asked) for count in counts]
        lines += bars(Row("news".ljust(_LABEL), reached), axis, width, ink)
    return [*lines, pointer(axis, f"{now.unit} {scene.loop}", _LABEL, width, ink)]


def _step_bars(scene: Scene, tall: int, width: int, ink: Ink) -> list[Strip]:
    """The share that is right after all loops, at each saved step of the training."""
    axis = Axis.of(len(scene.frames), width - _LABEL, scene.at, ("", "", "step"))
    shown = [scene.frames[place] for place in axis.shown]
    shares = [frame.count(frame.loops).share for frame in shown]
    step = scene.now.step
    words = f"step {step:,}" if step is not None else ""
    return [
        *bars(Row("training".ljust(_LABEL), shares, tall), axis, width, ink),
        pointer(axis, words, _LABEL, width, ink),
    ]
