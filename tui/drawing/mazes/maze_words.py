"""What is to be seen in a maze, in a sentence."""

from __future__ import annotations

from tui.drawing.mazes.board import Board


def _count(number: int, thing: str) -> str:
    plural = "" if number == 1 else "s"
    return f"{number:,}".replace(",", " ") + f" {thing}{plural}"


def describe(board: Board, shortest: int) -> str:
    """Where things stand: moves so far, arrived or not, and the length of the shortest way."""
    return _search(board, shortest) if board.searches else _walk(board, shortest)


def describe_briefly(board: Board, shortest: int) -> str:
    """The same for a narrow view."""
    if board.searches and not board.moves:
        return f"{board.looked_at} of {board.trace.maze.cells} squares looked at."
    moves = _count(board.moves, "move")
    if board.arrived:
        return f"There in {moves}. Shortest: {shortest}."
    state = ", not there." if board.finished and board.at else " so far."
    return f"{moves}{state} Shortest: {shortest}."


def _walk(board: Board, shortest: int) -> str:
    if board.arrived:
        return f"There after {_count(board.moves, 'move')}: {_compared(board.moves, shortest)}."
    if board.moves == 0:
        return f"The mouse has not moved yet; the cheese is {_count(shortest, 'move')} away."
    if board.finished:
        return (
            f"It gave up after {_count(board.moves, 'move')}; "
            f"the shortest way has {_count(shortest, 'move')}."
        )
    return (
        f"{_count(board.moves, 'move')} so far, not there yet; "
        f"the shortest way has {_count(shortest, 'move')}."
    )


def _compared(moves: int, shortest: int) -> str:
    if moves <= shortest or shortest <= 0:
        return "no way is shorter"
    ratio = f"{moves / shortest:.1f}".removesuffix(".0")
    return f"{ratio} times the shortest way, which has {shortest}"


def _search(board: Board, shortest: int) -> str:
    looked = f"{board.looked_at} of {_count(board.trace.maze.cells, 'square')} looked at"
    if board.moves and board.arrived:
        moves = _count(board.moves, "move")
        return f"{looked}, then {moves}: {_compared(board.moves, shortest)}."
    if board.moves:
        return f"{looked}, then {_count(board.moves, 'move')} of {shortest} so far."
    if board.finished and board.at:
        return f"{looked}: no way leads to the cheese."
    waiting = f", {board.waiting} waiting" if board.waiting else ""
    return f"{looked}{waiting}; the mouse has not moved yet."
