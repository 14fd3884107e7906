"""A whole maze at a glance: a dot a cell, in every ink."""

from __future__ import annotations

import random

import pytest

from models.mazes.maze import Maze
from tui.drawing.ink import Ink
from tui.drawing.lines import cells
from tui.drawing.mazes.overview import Overview, Sight, overview_size

FIELD = Maze(5, 6, (0,) * 30)
ALL = Sight(0, 0, 5, 6)


def shown(ink: Ink, drawn: set[int], signs: dict[int, tuple[str, str]] | None = None) -> list[str]:
    lines = Overview(FIELD, ink).draw(frozenset(drawn), signs or {}, ALL)
    assert [line.cell_length for line in lines] == [overview_size(FIELD)[0]] * len(lines)
    return [line.text for line in lines]


def test_a_cell_is_a_dot_of_braille() -> None:
    assert shown(Ink(), {0}) == ["⠁··", "···"]
    assert shown(Ink(), {0, 1, 5, 6, 10, 11, 15, 16}) == ["⣿··", "···"]
    assert shown(Ink(), {24, 29}) == ["···", "··⠃"]


@pytest.mark.parametrize(
    ("ink", "rows"),
    [(Ink("shade", "block"), ["▒█·", "··░"]), (Ink("ascii"), ["=#.", "..-"])],
)
def test_without_braille_more_cells_are_darker(ink: Ink, rows: list[str]) -> None:
    drawn = {0, 6, 11, 2, 3, 7, 8, 12, 13, 17, 18, 29}
    assert shown(ink, drawn) == rows


def test_who_is_where_is_drawn_over_it() -> None:
    assert shown(Ink(), {0}, {0: ("C", "cheese"), 29: ("M", "mouse")}) == ["C··", "··M"]


def test_what_the_window_shows_is_brighter() -> None:
    ink = Ink("colour")
    lines = Overview(FIELD, ink).draw(frozenset(), {}, Sight(2, 0, 2, 3))
    styles = [[style for _, style in cells(line)] for line in lines]
    assert styles[0] == [ink.style("faint"), ink.style("dim"), ink.style("faint")]
    assert set(styles[1]) == {ink.style("faint")}
    lines = Overview(FIELD, ink).draw(frozenset({0, 2}), {}, Sight(2, 0, 2, 3))
    styles = [[style for _, style in cells(line)] for line in lines]
    assert styles[0] == [ink.style("seen"), ink.style("frontier"), ink.style("faint")]


def test_what_is_kept_is_what_would_be_drawn_anew() -> None:
    rng, kept = random.Random(0), Overview(FIELD, Ink())
    for _ in range(30):
        drawn = frozenset(rng.sample(range(30), rng.randrange(30)))
        signs = {rng.randrange(30): ("M", "mouse")}
        sight = Sight(rng.randrange(3), rng.randrange(3), 2, 2)
        assert kept.draw(drawn, signs, sight) == Overview(FIELD, Ink()).draw(drawn, signs, sight)
