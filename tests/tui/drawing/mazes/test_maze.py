"""What stands where in a drawn maze, and that stepping back undoes stepping on."""

from __future__ import annotations

import random

import pytest
from rich.cells import cell_len
from textual.strip import Strip

from models.mazes.generators import random_ends, wilson, with_loops
from models.mazes.maze import DIRECTIONS, EAST, SOUTH, Maze
from models.mazes.solvers import distances
from models.mazes.trace import FRONTIER, PATH, SEEN, Step, Trace
from models.mazes.walkers import WALKERS, budget_for
from tui.drawing.ink import Ink
from tui.drawing.lines import plain
from tui.drawing.mazes.board import Board
from tui.drawing.mazes.maze import MazeDrawing
from tui.drawing.mazes.maze_words import describe, describe_briefly
from tui.drawing.mazes.walls import NARROW, WIDE, best_pitch, canvas_size

CORRIDOR = Maze(3, 1, (1 << EAST, 1 << EAST | 8, 8))


def trace(walker: str, size: int = 5, seed: int = 0, loops: int = 0) -> Trace:
    rng = random.Random(seed)
    maze = with_loops(wilson(size, size, rng), loops, rng)
    start, goal = random_ends(maze, rng)
    return WALKERS[walker](maze, start, goal, rng, budget_for(maze))


def draw_maze(board: Board, width: int, height: int, ink: Ink) -> list[Strip]:
    """The whole picture, cut where it does not fit."""
    drawing = MazeDrawing(board.trace.maze, best_pitch(board.trace.maze, width), ink)
    return [drawing.row(board, y, 0, width) for y in range(height)]


def test_a_corridor() -> None:
    board = Board(Trace(CORRIDOR, 0, 2, (Step(1), Step(2))))
    assert plain(draw_maze(board, 13, 3, Ink())).split("\n") == [
        "┌───────────┐",
        "│ M       C │",
        "└───────────┘",
    ]
    board.go(1)
    assert plain(draw_maze(board, 13, 3, Ink())).split("\n")[1] == "│ · · M   C │"
    board.go(2)
    assert plain(draw_maze(board, 13, 3, Ink("ascii"))).split("\n") == [
        "+-----------+",
        f"| . . . . M{Ink('ascii').glyphs.tick}|",
        "+-----------+",
    ]


@pytest.mark.parametrize("pitch", [WIDE, NARROW])
@pytest.mark.parametrize("kind", ["colour", "ascii"])
def test_walls_stand_where_no_passage_is(pitch: int, kind: str) -> None:
    maze = wilson(6, 4, random.Random(3))
    board = Board(Trace(maze, 0, 0, ()))
    drawing = MazeDrawing(maze, pitch, Ink(kind))
    rows = [drawing.row(board, y, 0, drawing.width).text for y in range(drawing.height)]
    assert [len(row) for row in rows] == [drawing.width] * canvas_size(maze, pitch)[1]
    for cell in range(maze.cells):
        x, y = drawing.centre(cell)
        places = ((x, y - 1), (x + pitch // 2, y), (x, y + 1), (x - pitch // 2, y))
        for direction in DIRECTIONS:
            column, line = places[direction]
            assert (rows[line][column] == " ") == maze.is_open(cell, direction)


def test_a_window_shows_the_same_as_the_whole() -> None:
    board = Board(trace("random", 8))
    board.go(40)
    drawing = MazeDrawing(board.trace.maze, WIDE, Ink())
    for y in range(drawing.height):
        whole = drawing.row(board, y, 0, drawing.width).text
        for left in (0, 1, 2, 3, 7, 20):
            assert drawing.row(board, y, left, 11).text == whole[left : left + 11].ljust(11)


@pytest.mark.parametrize("walker", list(WALKERS))
def test_back_undoes_every_step(walker: str) -> None:
    told = trace(walker, seed=4, loops=3)
    board = Board(told)
    pictures = []
    for _ in told.steps:
        pictures.append(plain(draw_maze(board, 40, 11, Ink())))
        board.step()
    for picture in reversed(pictures):
        board.back()
        assert plain(draw_maze(board, 40, 11, Ink())) == picture
    assert board.at == 0 and board.back() == frozenset() and board.moves == 0
    assert board.looked_at == 0


@pytest.mark.parametrize("walker", list(WALKERS))
@pytest.mark.parametrize("pitch", [WIDE, NARROW])
def test_nothing_changes_outside_of_what_is_said_to_change(walker: str, pitch: int) -> None:
    told = trace(walker, seed=1, loops=4)
    board, ink = Board(told), Ink()
    drawing = MazeDrawing(told.maze, pitch, ink)

    def picture() -> list[str]:
        return [drawing.row(board, y, 0, drawing.width).text for y in range(drawing.height)]

    rng = random.Random(0)
    for _ in range(len(told.steps) * 2):
        before = picture()
        squares = board.step() if rng.random() < 0.7 else board.back()
        said = {
            (x + dx, y) for x, y, length in drawing.changed(board, squares) for dx in range(length)
        }
        after = picture()
        changed = {
            (x, y)
            for y, (old, new) in enumerate(zip(before, after, strict=True))
            for x in range(drawing.width)
            if old[x] != new[x]
        }
        assert changed <= said


def test_the_route_is_one_line_and_the_search_is_dots() -> None:
    maze = Maze(2, 2, (1 << EAST | 1 << SOUTH, 8 | 1 << SOUTH, 1, 1))
    steps = (
        Step(None, ((0, SEEN), (1, FRONTIER), (2, FRONTIER))),
        Step(None, ((1, SEEN), (3, FRONTIER))),
        Step(1, ((0, PATH), (1, PATH))),
    )
    board = Board(Trace(maze, 0, 3, steps))
    board.go(2)
    assert plain(draw_maze(board, 9, 5, Ink())).split("\n")[1:4] == [
        "│ M · · │",
        "│   ╷   │",
        "│ ○ │ C │",
    ]
    board.go(3)
    assert plain(draw_maze(board, 9, 5, Ink())).split("\n")[1] == "│ ╺━━━M │"


def test_more_visits_are_darker() -> None:
    board = Board(Trace(CORRIDOR, 0, 2, (Step(1), Step(0)) * 8))
    drawing = MazeDrawing(CORRIDOR, WIDE, Ink())
    seen = []
    for at in (2, 4, 8, 16):
        board.go(at)
        seen.append(drawing.row(board, 1, 0, 13).text[6])
    assert seen == ["·", "░", "▒", "▓"]


@pytest.mark.parametrize("kind", ["colour", "shade", "ascii"])
@pytest.mark.parametrize("walker", ["random", "theseus2", "bfs"])
def test_every_size_and_ink(kind: str, walker: str) -> None:
    board = Board(trace(walker, 4))
    board.go(9)
    for width in (0, 1, 2, 5, 9, 16, 17, 40):
        for height in (0, 1, 2, 9, 12):
            lines = draw_maze(board, width, height, Ink(kind))
            assert len(lines) == height
            assert all(line.cell_length == width for line in lines)
            assert all(cell_len(line.text) == len(line.text) for line in lines)
            assert kind != "ascii" or plain(lines).isascii()


def test_the_pitch_follows_the_room() -> None:
    maze = CORRIDOR
    assert best_pitch(maze, 13) == WIDE and best_pitch(maze, 12) == NARROW


@pytest.mark.parametrize("walker", list(WALKERS))
def test_the_sentence_counts_right(walker: str) -> None:
    told = trace(walker, seed=2)
    board = Board(told)
    away = distances(told.maze, told.cheese)[told.start]
    board.go(len(told.steps))
    words = describe(board, away)
    if told.arrived and not board.searches:
        assert words.startswith(f"There after {told.moves} move")
    elif told.arrived:
        assert f"then {told.moves} move" in words and "no way is shorter" in words
    else:
        assert f"gave up after {told.moves} move" in words
    assert str(away) in words or "no way is shorter" in words
    assert len(words) <= 72
    assert describe_briefly(board, away)


def test_the_sentence_on_the_way() -> None:
    board = Board(Trace(CORRIDOR, 0, 2, (Step(1), Step(0), Step(1), Step(2))))
    assert describe(board, 2) == "The mouse has not moved yet; the cheese is 2 moves away."
    board.go(1)
    assert describe(board, 2) == "1 move so far, not there yet; the shortest way has 2 moves."
    board.go(4)
    assert describe(board, 2) == "There after 4 moves: 2 times the shortest way, which has 2."
    assert describe_briefly(board, 2) == "There in 4 moves. Shortest: 2."


def test_a_search_that_finds_nothing() -> None:
    maze = Maze(2, 1, (0, 0))
    board = Board(Trace(maze, 0, 1, (Step(None, ((0, SEEN),)),)))
    board.go(1)
    assert describe(board, -1) == "1 of 2 squares looked at: no way leads to the cheese."
