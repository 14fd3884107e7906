"""A race through a maze in words: who is where, who has arrived, and what each is told."""

from __future__ import annotations

from tui.drawing.mazes.race import LOST, Contestant, MiceRace
from tui.drawing.mazes.thoughts import THERE, WALL

UNLIKE = "One cell at a time is not the same information as the whole maze."
"""What has to be said of every such race."""
TOLD = {
    "right": "sees its own cell",
    "mouse": "cell, cheese, memory",
    "lstm": "told the maze, reads",
    "plain": "told the maze, looks",
    "map": "told the maze, loops",
    "bfs": "told the maze, seeks",
}
"""What each has to go by, in as few words as fit under a maze of five squares."""
_SHORT = {"right": "rule", "mouse": "mouse", "plain": "plain", "map": "map", "bfs": "search"}
"""The names in the line of the score."""
_SEES = {
    "right": (
        "sees the walls of its own cell and nothing else, not even the cheese. It has no parameters"
        " and learns nothing; in a maze without loops it always arrives."
    ),
    "mouse": (
        "sees the walls of its own cell, and where it and the cheese are; what it made of that on"
        " the way is in its memory. It is not told the maze."
    ),
    "lstm": "is told the whole maze, reads it row by row from both ends, and says an arrow a cell.",
    "plain": "is told the whole maze; in each of four layers every cell looks at all others.",
    "map": "is told the whole maze as its mask; its one block loops, one door farther each time.",
    "bfs": (
        "is told the whole maze, and looks at it in waves before it moves: the numbers say when"
        " a wave came to a cell. It learns nothing."
    ),
}


def standing(one: Contestant, at: int) -> str:
    """How far one has come, in a few words."""
    if not one.path:
        return "cannot take part"
    if not one.over(at):
        return f"{_moves(at)} so far"
    if one.ends == THERE:
        return f"there in {_moves(one.moves)}"
    if one.ends == WALL:
        return f"wall after {_moves(one.moves)}"
    return f"lost, {_moves(one.moves)}" if one.ends == LOST else "goes round for ever"


def score_line(race: MiceRace, at: int) -> str:
    """The shortest way, the moves so far, and who has arrived."""
    shortest = f"Shortest: {race.shortest}." if race.shortest >= 0 else "No way leads there."
    there = sorted((one for one in race.contestants if one.arrived(at)), key=lambda one: one.moves)
    if not there:
        return f"{shortest} After {_moves(at)} nobody is there yet."
    who = ", ".join(f"{_SHORT.get(one.name, one.who)} {one.moves}" for one in there)
    return f"{shortest} After {_moves(at)} there: {who}."


def about(race: MiceRace, one: Contestant) -> str:
    """What one sees, and how good its arrows are."""
    told = f"{one.who[:1].upper()}{one.who[1:]}: {_SEES.get(one.name, '')}"
    if one.why:
        return f"{told} It cannot take part: {one.why}."
    if one.arrows:
        right = race.asked - len(race.wrong(one.arrows))
        told += f" {right} of {race.asked} arrows are right here."
    if one.looked:
        told += f" It looked at {one.looked} of {race.maze.cells} cells."
    return told


def others_line(some: list[Contestant], at: int) -> str:
    """Those that are not in sight, in a line."""
    told = (f"{_SHORT.get(one.name, one.who)}, {standing(one, at)}" for one in some)
    return f"not in sight: {'; '.join(told)}"


def sentence(race: MiceRace, at: int) -> str:
    """All of it, for who cannot see the mazes."""
    ends = "; ".join(f"{one.who}: {standing(one, at)}" for one in race.contestants)
    return f"{score_line(race, at)} {ends}. {UNLIKE}"


def _moves(count: int) -> str:
    return "1 move" if count == 1 else f"{count} moves"
