"""What there is to say of a maze that is being changed, and of a network's arrows in it."""

from __future__ import annotations

from models.mazes.ways import pieces, rings, shortest_ways
from tui.drawing.attention.weights import number_text
from tui.drawing.mazes.attention import DIRECTIONS
from tui.drawing.mazes.editor import Edited
from tui.drawing.mazes.thoughts import NOWHERE, ROUND, THERE, WALL, Way

_ENDS = {
    WALL: "{moves} and stops before a wall",
    ROUND: "round in circles after {moves}",
    NOWHERE: "nowhere: its cell has no door",
}


def words(edited: Edited) -> list[tuple[str, str]]:
    """All of it line by line, each with its role; the most important first."""
    thoughts = edited.thoughts
    if thoughts is None:
        return [("asking the network…", "dim"), *_of_the_maze(edited)]
    state = "asking the network…" if edited.asking else thoughts.title
    at = f"{edited.loop} of {counted(thoughts.loops, edited.called)}"
    lines = [(f"{at}, {state}", "strong")]
    for text in (right(edited), way(edited), needed(edited)):
        lines += [(text, "plain")] if text else []
    lines += [(text, "accent") for text in (here(edited), looks(edited)) if text]
    return [*lines, *_of_the_maze(edited)]


def _of_the_maze(edited: Edited) -> list[tuple[str, str]]:
    lines = [(unreachable(edited), "bad"), (kind(edited), "dim"), (edited.note, "strong")]
    return [line for line in lines if line[0]]


def sentence(edited: Edited) -> str:
    """The whole of it in one go."""
    if edited.thoughts is None:
        return f"{unreachable(edited)} {kind(edited)} The network is being asked.".strip()
    at = f"After {edited.loop} of {counted(edited.thoughts.loops, edited.called)}"
    told = (
        edited.note,
        unreachable(edited),
        f"{at} {_inside(way(edited))}",
        right(edited),
        needed(edited),
        here(edited),
        looks(edited),
        kind(edited),
    )
    return " ".join(text for text in told if text)


def _inside(text: str) -> str:
    """A sentence as it goes on inside of another."""
    return text[:1].lower() + text[1:]


def right(edited: Edited) -> str:
    """How many arrows are right."""
    assert edited.thoughts is not None
    count = edited.thoughts.count(edited.loop)
    if not count.asked:
        return "No cell has a way to the cheese, so no arrow can be right."
    return f"{count.right} of {counted(count.asked, 'arrow')} right."


def way(edited: Edited) -> str:
    """Where the mouse goes by the arrows, against the shortest way."""
    goes, shortest = edited.ways[edited.loop], edited.away[edited.scene.mouse]
    if goes.ends != THERE:
        told = f"The mouse goes {_ENDS[goes.ends].format(moves=counted(goes.moves, 'move'))}"
        return f"{told}." if shortest < 0 else f"{told}; the shortest way has {shortest}."
    return f"The mouse arrives in {counted(goes.moves, 'move')}; {_compared(edited, goes)}."


def _compared(edited: Edited, goes: Way) -> str:
    scene, shortest = edited.scene, edited.away[edited.scene.mouse]
    if goes.moves > shortest:
        return f"the shortest way has {shortest}"
    count = shortest_ways(scene.maze, scene.mouse, scene.cheese)
    return "no way is shorter" if count == 1 else f"one of {count} shortest ways"


def needed(edited: Edited) -> str:
    """How many loops it takes until the mouse arrives for good."""
    assert edited.thoughts is not None
    first, asked = edited.needs, edited.thoughts.loops
    if edited.away[edited.scene.mouse] < 0:
        return ""
    if first is None:
        been = any(goes.ends == THERE for goes in edited.ways)
        told = "It does not stay so" if been else "It never arrives"
        return f"{told} within {counted(asked, edited.called)}."
    return f"It needs {counted(first, edited.called)}: from then on it arrives."


def here(edited: Edited) -> str:
    """The cell under the cursor: where it points, how surely, and whether rightly."""
    thoughts, cell = edited.thoughts, edited.cursor
    row, column = divmod(cell, edited.scene.maze.width)
    where = f"Row {row + 1}, column {column + 1}"
    if thoughts is None or cell == edited.scene.cheese:
        return f"{where}: the cheese." if cell == edited.scene.cheese else ""
    sure = f" ({number_text(thoughts.sure[edited.loop][cell])})" if thoughts.sure else ""
    points = f"{where} points {DIRECTIONS[thoughts.arrows[edited.loop][cell]]}{sure}"
    away = thoughts.away[cell]
    if away < 0:
        return f"{points}; no way leads to the cheese."
    verdict = "right" if thoughts.is_right(edited.loop, cell) else "wrong"
    return f"{points}: {verdict}, {counted(away, 'move')} to go."


def looks(edited: Edited) -> str:
    """How much the heads of the cell under the cursor take in through its doors."""
    if edited.doors is None or not edited.loop:
        return ""
    maze, cell = edited.scene.maze, edited.cursor
    if edited.asking or not maze.passages[cell]:
        return ""
    weights = edited.doors(edited.loop, cell)
    told = (
        f"{name} {number_text(weight)}"
        for way, (name, weight) in enumerate(zip(DIRECTIONS, weights, strict=True))
        if maze.is_open(cell, way)
    )
    return f"Its heads look through the doors: {', '.join(told)}."


def unreachable(edited: Edited) -> str:
    """That the cheese cannot be reached, or not from everywhere."""
    cut = len(edited.cut_off)
    if not cut:
        return ""
    if edited.scene.mouse in edited.cut_off:
        return (
            "The mouse cannot reach the cheese: no way leads there from"
            f" {counted(cut, 'cell')} (shaded)."
        )
    return f"{counted(cut, 'cell')} cut off from the cheese (shaded)."


def kind(edited: Edited) -> str:
    """What kind of maze it is, against those that the network was trained in."""
    maze, size = edited.scene.maze, edited.trained
    round_ways, parts = rings(maze), pieces(maze)
    odd = []
    if (maze.width, maze.height) != (size, size):
        odd.append(f"of {maze.width}x{maze.height}")
    if round_ways:
        odd.append(f"with {counted(round_ways, 'ring')}")
    if parts > 1:
        odd.append(f"in {parts} pieces")
    if not odd:
        return f"A perfect maze of {size}x{size}, such as it was trained in."
    return f"A maze {' and '.join(odd)}: it was trained in perfect ones of {size}x{size} only."


def counted(number: int, thing: str) -> str:
    """A number of things."""
    return f"{number} {thing}" + ("" if number == 1 else "s")
