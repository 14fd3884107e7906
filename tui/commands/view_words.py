"""What a lesson's picture shows, in words, where no picture can be drawn."""

from __future__ import annotations

from course.lesson import View
from models.mazes.solvers import shortest_path
from models.mazes.trace import Trace
from models.specs.mice import MICE
from tui.drawing.mazes.board import Board
from tui.drawing.mazes.maze_words import describe as in_words
from tui.views import view_in_words


def describe(view: View) -> str:
    """What is to be seen in a view once it has been played to its end."""
    if view.name == "maze":
        return _mice(view)
    if said := view_in_words(view):
        return said
    turned = ", ".join(f"{name} {value}" for name, value in view.settings.items())
    return f"{view.name}{f' ({turned})' if turned else ''}: live in the course."


def _mice(view: View) -> str:
    """How each mouse gets through the maze that the view opens with."""
    from tui.panels.maze_panel import crossing

    walkers = [view.settings[key] for key in ("walker", "beside") if key in view.settings]
    traces = [crossing(view.settings, walker) for walker in walkers]
    maze = traces[0].maze
    said = [f"A maze, {maze.width} by {maze.height}."]
    for side, walker, trace in zip(("Left", "Right"), walkers, traces, strict=False):
        place = f"{side}, " if len(walkers) > 1 else ""
        who = f"{place}{MICE.get(walker, walker)}"
        said.append(f"{who[0].upper()}{who[1:]}. {_played(trace)}")
    return " ".join(said)


def _played(trace: Trace) -> str:
    """How it ended."""
    board = Board(trace)
    while not board.finished:
        board.step()
    return in_words(board, len(shortest_path(trace.maze, trace.start, trace.cheese)) - 1)
