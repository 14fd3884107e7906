"""What there is to say of where a head looks in a maze: the lines that no picture goes without."""

from __future__ import annotations

from tui.drawing.attention.weights import number_text
from tui.drawing.mazes.attention import (
    DIRECTIONS,
    Gaze,
    Judged,
    MazeAttention,
    by_route,
    if_uniform,
    lies_on,
    route,
    shares,
)

Line = tuple[str, str]
"""A text and the role that it is drawn in."""
_NAME, _HERE, _MANY = 16, 8, 11


def title(seen: MazeAttention, gaze: Gaze) -> str:
    """Whose weights they are."""
    called = "loop" if seen.looped else "layer"
    if gaze.head is None:
        of = f" of {called} {gaze.layer + 1}" if seen.layers > 1 else ""
        name = f"the mean of {seen.heads} heads{of}"
    elif seen.looped:
        name = f"loop {gaze.layer + 1}, the head that looks {DIRECTIONS[gaze.head]}"
    else:
        name = seen.name((gaze.layer, gaze.head))
    off = " (off)" if gaze.head is not None and seen.is_off((gaze.layer, gaze.head)) else ""
    who = f", {seen.who}" if seen.who else ""
    return f"{name[:1].upper()}{name[1:]}{off}{who}, {seen.thoughts.title}"


def asks(gaze: Gaze) -> str:
    """Which way one looks."""
    if gaze.flipped:
        return "how much each cell reads of the mouse's cell"
    return "how much the mouse's cell reads of each cell"


def words(seen: MazeAttention, gaze: Gaze) -> list[Line]:
    """All of it line by line, each with its role."""
    return [
        (title(seen, gaze), "strong"),
        (asks(gaze), "plain"),
        (_row("", "here", f"{seen.mazes} mazes"), "dim"),
        *_weights(seen, gaze),
        *_rights(seen, gaze),
        (selected(seen, gaze), "dim"),
    ]


def _row(name: str, here: str, many: str) -> str:
    return f"{name:<{_NAME}}{here:>{_HERE}}{many:>{_MANY}}"


def _weights(seen: MazeAttention, gaze: Gaze) -> list[Line]:
    """Where the weight lies, against equal shares."""
    weights, way = shares(seen, gaze), route(seen, gaze.mouse)
    if gaze.flipped:
        told = _row("all cells", number_text(sum(weights)), "")
        lines = [(told, "plain"), (_row("if uniform", number_text(1.0), ""), "plain")]
    else:
        many = number_text(_mean_on_route(seen, gaze))
        equal = number_text(if_uniform(seen, gaze))
        lines = [
            (_row("on the route", number_text(lies_on(weights, way)), many), "plain"),
            (_row("if uniform", equal, number_text(seen.on_route_uniform)), "plain"),
        ]
    itself, cheese = (number_text(weights[cell]) for cell in (gaze.mouse, seen.scene.cheese))
    return [*lines, (f"{_row('itself', itself, '').rstrip()}   the cheese {cheese}", "plain")]


def _mean_on_route(seen: MazeAttention, gaze: Gaze) -> float:
    layer = seen.on_route[gaze.layer]
    return sum(layer) / len(layer) if gaze.head is None else layer[gaze.head]


def _rights(seen: MazeAttention, gaze: Gaze) -> list[Line]:
    """How many arrows are right, with the head and without it."""
    lines = [(_judged("right", seen, seen.whole), "plain")]
    if gaze.head is not None:
        without = seen.judged_without((gaze.layer, gaze.head))
        lines.append((_judged("without it", seen, without), "plain"))
    else:
        each = [seen.judged_without((gaze.layer, head)) for head in range(seen.heads)]
        worst = min(each, key=lambda one: (one.many, one.here))
        lines.append((_judged("worst one off", seen, worst), "plain"))
    if seen.now is not None and seen.off:
        count = len(seen.off)
        name = f"off: {seen.silent()}" if count == 1 else f"{count} heads off"
        lines.append((_judged(name, seen, seen.now), "bad"))
    return lines


def _judged(name: str, seen: MazeAttention, judged: Judged) -> str:
    return _row(name, f"{judged.here}/{seen.asked}", f"{100 * judged.many:.1f} %")


def selected(seen: MazeAttention, gaze: Gaze) -> str:
    """Whether the picture was picked, and from how many."""
    maze = f"The maze was {seen.chosen}."
    if gaze.head is None:
        return f"{maze} A mean of heads is what no head does."
    if seen.looped:
        return f"{maze} The mask leaves this head its own cell and the one behind one door."
    order = by_route(seen, gaze)
    rank, count = order.index((gaze.layer, gaze.head)) + 1, len(order)
    if gaze.picked and rank == 1:
        return f"{maze} Picked: of {count} heads the one with most weight on this route."
    return f"{maze} By weight on this route the head is number {rank} of {count}."


def sentence(seen: MazeAttention, gaze: Gaze) -> str:
    """The whole of it in one go."""
    weights, way = shares(seen, gaze), route(seen, gaze.mouse)
    row, column = (at + 1 for at in divmod(gaze.mouse, seen.scene.maze.width))
    where = f"row {row}, column {column}"
    if gaze.flipped:
        told = (
            f"All cells together read {number_text(sum(weights))} of the cell in {where}; with"
            " equal shares it would be 1.000."
        )
    else:
        told = (
            f"From {where} {number_text(lies_on(weights, way))} of the weight lies on the route,"
            f" {number_text(if_uniform(seen, gaze))} if uniform; over {seen.mazes} mazes"
            f" {number_text(_mean_on_route(seen, gaze))} against"
            f" {number_text(seen.on_route_uniform)}."
        )
    return f"{title(seen, gaze)}. {told} {_without(seen, gaze)} {selected(seen, gaze)}"


def _without(seen: MazeAttention, gaze: Gaze) -> str:
    whole, off = seen.whole, ""
    many = f"{100 * whole.many:.1f} % in {seen.mazes} mazes"
    told = f"{whole.here} of {seen.asked} arrows are right here, {many}"
    if seen.now is not None and seen.off:
        now = seen.now
        off = f" With {seen.silent()} off {now.here} of {seen.asked}, {100 * now.many:.1f} %."
    if gaze.head is None:
        return f"{told}.{off}"
    without = seen.judged_without((gaze.layer, gaze.head))
    return f"{told}; without this head {without.here}, {100 * without.many:.1f} %.{off}"
