"""What is to be seen of a network's thoughts in a maze, in words."""

from __future__ import annotations

from tui.drawing.mazes.thoughts import NOWHERE, ROUND, THERE, WALL, Thoughts, Way


def counted(number: int, thing: str) -> str:
    """A number of things: 1 move, 2 moves."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def mouse_words(way: Way, away: int) -> str:
    """How a mouse fares that goes by the arrows; `away` is how far it is by a shortest way."""
    moves = counted(way.moves, "move")
    if way.ends == THERE and not way.moves:
        return "stands on the cheese"
    if way.ends == THERE:
        return f"arrives in {moves}" + (f", shortest {away}" if way.moves > away else "")
    if way.ends == WALL:
        return f"hits a wall after {moves}" if way.moves else "hits a wall at once"
    return "has no door to leave by" if way.ends == NOWHERE else f"goes round after {moves}"


def sentence(thoughts: Thoughts | None, loop: int, mouse: int) -> str:
    """All that the picture shows, in plain words."""
    if thoughts is None:
        return "No thoughts yet."
    count = thoughts.count(loop)
    title = f"{thoughts.title[:1].upper()}{thoughts.title[1:]}. " if thoughts.title else ""
    loops = f"{title}After {loop} of {counted(thoughts.loops, thoughts.unit)}"
    if not thoughts.loops:
        loops = f"{title}In a single pass"
    right = f"the arrows of {count.right} of {counted(count.asked, 'cell')} are right."
    if (since := thoughts.right_since(loop)) is not None and thoughts.loops:
        right = f"{right[:-1]}, and have been since {thoughts.unit} {since}."
    told = f"{loops} {right} {_known(thoughts, loop)}"
    row, column = divmod(mouse, thoughts.maze.width)
    way = thoughts.way(loop, mouse)
    return f"{told.rstrip()} A mouse in row {row + 1}, column {column + 1} {_fares(way)}."


def _known(thoughts: Thoughts, loop: int) -> str:
    """Of the cells that can know of the cheese by now, and of the others, how many are right."""
    count = thoughts.count(loop)
    if not thoughts.floods:
        return ""
    luck = f"a guess among the doors of each would get {count.luck:,.0f} right."
    if not count.near:
        return f"No news of the cheese can have come anywhere yet; {luck}"
    near = (
        f"Within {counted(loop, 'move')} of the cheese, as far as news of it can have come,"
        f" {count.near_right:,} of {count.near:,} are right"
    )
    if not count.far:
        return f"{near}: that is everywhere."
    return f"{near}; farther away {count.far_right:,} of {count.far:,}, where {luck}"


def _fares(way: Way) -> str:
    moves = counted(way.moves, "move")
    if way.ends == ROUND:
        return f"would be where it has been before after {moves}, and go round for ever"
    if way.ends == THERE:
        return f"would arrive in {moves}" if way.moves else "is there"
    if way.ends == NOWHERE:
        return "has no door to leave by"
    return f"would walk into a wall after {moves}" if way.moves else "would walk into a wall"
