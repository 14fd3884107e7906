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
    told = (
        f"{title}After {loop} of {counted(thoughts.loops, 'loop')} the arrows of {count.right} of"
        f" {counted(count.asked, 'cell')} are right. {_known(thoughts, loop)}"
    )
    row, column = divmod(mouse, thoughts.maze.width)
    way = thoughts.way(loop, mouse)
    return f"{told} A mouse in row {row + 1}, column {column + 1} {_fares(way)}."


def _known(thoughts: Thoughts, loop: int) -> str:
    """Of those who can know by now, and of those who can only guess, how many are right."""
    count = thoughts.count(loop)
    parts = [
        f"{right} of the {all_} {who}"
        for right, all_, who in (
            (count.cheese_right, count.cheese, "that have the cheese within as many moves"),
            (count.ends_right, count.ends, "that can tell by dead ends as near"),
            (count.rest_right, count.rest, "that can only guess"),
        )
        if all_
    ]
    luck = f" (by luck {count.luck:.0f})" if count.rest else ""
    return f"{'; '.join(parts)}{luck}." if parts else ""


def _fares(way: Way) -> str:
    moves = counted(way.moves, "move")
    if way.ends == ROUND:
        return f"would be where it has been before after {moves}, and go round for ever"
    if way.ends == THERE:
        return f"would arrive in {moves}" if way.moves else "is there"
    if way.ends == NOWHERE:
        return "has no door to leave by"
    return f"would walk into a wall after {moves}" if way.moves else "would walk into a wall"
