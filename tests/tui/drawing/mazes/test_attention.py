"""Attention in a maze: every number on the screen is worked out anew from the weights."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from models.mazes.scene import Scene
from models.mazes.solvers import distances, shortest_path
from tui.drawing.attention.heads import Place
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.mazes.attention import (
    Gaze,
    Judged,
    MazeAttention,
    by_route,
    if_uniform,
    lies_on,
    route,
    shares,
)
from tui.drawing.mazes.attention_picture import draw, lines_wanted, pitch_of
from tui.drawing.mazes.attention_small import in_small, in_small_takes, numbers, tiles
from tui.drawing.mazes.attention_words import selected, sentence, words
from tui.drawing.mazes.shading import TIMES, level, scale
from tui.drawing.mazes.thoughts import Thoughts
from tui.drawing.mazes.walls import LARGE, WIDE

SCENE = replace(Scene.drawn(4, random.Random(3)), mouse=0, cheese=15)
WAY = shortest_path(SCENE.maze, 0, 15)


def rows(seed: int = 0) -> dict[Place, list[list[float]]]:
    chance = random.Random(seed)

    def row() -> list[float]:
        raw = [chance.random() ** 4 for _ in range(16)]
        return [one / sum(raw) for one in raw]

    return {(layer, head): [row() for _ in range(16)] for layer in range(2) for head in range(3)}


WEIGHTS = rows()


def attention(off: Sequence[Place] = (), wrong: int = 0) -> MazeAttention:
    away = distances(SCENE.maze, SCENE.cheese)
    arrows = [
        next(
            (
                d
                for d in range(4)
                if SCENE.maze.is_open(cell, d) and away[SCENE.maze.step(cell, d)] < away[cell]
            ),
            0,
        )
        for cell in range(16)
    ]
    for cell in range(wrong):
        arrows[cell] = next(d for d in range(4) if not SCENE.maze.is_open(cell, d))
    return MazeAttention(
        SCENE,
        Thoughts(SCENE.maze, 0, 15, away, [arrows], title="after training"),
        layers=2,
        heads=3,
        row=lambda place, cell: WEIGHTS[place][cell],
        asked=15,
        whole=Judged(15, 0.99),
        without=[
            [Judged(15 - 3 * layer - head, 0.9 - head / 10) for head in range(3)]
            for layer in (0, 1)
        ],
        on_route=[[0.25, 0.5, 0.75], [0.1, 0.2, 0.3]],
        on_route_uniform=0.4,
        mazes=100,
        off=frozenset(off),
        now=Judged(12, 0.5) if off else None,
        who="plain transformer",
    )


def said(gaze: Gaze, seen: MazeAttention | None = None) -> str:
    return "\n".join(text for text, _ in words(seen or attention(), gaze))


def test_a_row_is_what_the_cell_reads_and_a_column_is_who_reads_it() -> None:
    seen = attention()
    assert shares(seen, Gaze(5, 1, 2)) == WEIGHTS[1, 2][5]
    assert shares(seen, Gaze(5, 1, 2, flipped=True)) == [row[5] for row in WEIGHTS[1, 2]]
    mean = [sum(WEIGHTS[1, head][5][cell] for head in range(3)) / 3 for cell in range(16)]
    assert shares(seen, Gaze(5, 1, None)) == pytest.approx(mean)


def test_the_honest_lines_are_always_there_and_right() -> None:
    here = sum(WEIGHTS[0, 1][0][cell] for cell in WAY)
    text = said(Gaze(0, 0, 1))
    assert "L1·H2, plain transformer, after training" in text
    lines = {line.split("  ")[0]: line.split() for line in text.split("\n")}
    assert lines["on the route"][-2:] == [number_text(here), ".500"]
    assert lines["if uniform"][-2:] == [number_text(len(WAY) / 16), ".400"]
    assert lines["itself"][1] == number_text(WEIGHTS[0, 1][0][0])
    assert lines["itself"][-1] == number_text(WEIGHTS[0, 1][0][15])
    assert lines["right"][1:] == ["15/15", "99.0", "%"]
    assert lines["without it"][2:] == ["14/15", "80.0", "%"]


def test_through_a_door_equal_shares_are_those_of_two_cells_at_most() -> None:
    seen = replace(attention(), looped=True)
    for cell in range(16):
        way = route(seen, cell)
        for head in range(3):
            leads = SCENE.maze.is_open(cell, head)
            astray = leads and SCENE.maze.step(cell, head) not in way
            assert if_uniform(seen, Gaze(cell, 0, head)) == (0.5 if astray else 1)
    assert if_uniform(attention(), Gaze(0)) == len(WAY) / 16


def test_flipped_the_weight_that_a_cell_gets_is_held_against_one() -> None:
    text = said(Gaze(5, 1, 0, flipped=True))
    total = sum(row[5] for row in WEIGHTS[1, 0])
    assert f"{number_text(total)}" in text and "1.000" in text and "without it" in text
    assert "with equal shares it would be 1.000" in sentence(
        attention(), Gaze(5, 1, 0, flipped=True)
    )


def test_of_a_mean_the_head_that_is_missed_most_is_told() -> None:
    text = said(Gaze(0, 1, None))
    assert "worst one off" in text and "10/15" in text and "70.0 %" in text
    assert "what no head does" in text


def test_it_is_said_whether_the_picture_was_picked_and_from_how_many() -> None:
    seen = attention()
    order = by_route(seen, Gaze(0))
    on_way = [sum(WEIGHTS[place][0][cell] for cell in WAY) for place in order]
    assert on_way == sorted(on_way, reverse=True)
    best = order[0]
    assert "Picked: of 6 heads" in selected(seen, Gaze(0, *best, picked=True))
    assert "number 1 of 6" in selected(seen, Gaze(0, *best))
    assert "number 6 of 6" in selected(seen, Gaze(0, *order[-1]))
    assert selected(seen, Gaze(0)).startswith("The maze was drawn at random.")


def test_heads_that_are_off_are_named_with_what_is_left_and_wrong_arrows_are_marked() -> None:
    seen = attention([(1, 2), (0, 0)], wrong=2)
    text = said(Gaze(3, 1, 2), seen)
    assert "L2·H3 (off)" in text and "2 heads off" in text
    assert "off: L2·H3" in said(Gaze(3, 1, 2), attention([(1, 2)]))
    assert "12/15" in text and "50.0 %" in text
    lines, _ = draw(seen, Gaze(3), (72, 17), (0, 0), Ink())
    assert plain(lines).count("!") == 2
    assert "With L1·H1 L2·H3 off 12 of 15, 50.0 %." in sentence(seen, Gaze(3))


def test_shades_are_multiples_of_an_equal_share_and_the_scale_says_which() -> None:
    assert [level(times / 16, 1 / 16) for times in (0.4, *TIMES)] == [0, 1, 2, 3, 4]
    assert scale(0.04, Ink()) == "· <.02  ░ .02  ▒ .06  ▓ .12  █ ≥.24"


def test_every_square_has_the_shade_of_its_weight() -> None:
    seen, gaze = attention(), Gaze(5, 0, 2)
    lines, _ = draw(seen, gaze, (72, 17), (0, 0), Ink())
    picture = plain(lines).split("\n")
    for cell in set(range(16)) - {5, 15}:
        row, column = divmod(cell, 4)
        glyph = picture[2 * row + 1][4 * column + 2]
        assert glyph == "·░▒▓█"[level(WEIGHTS[0, 2][5][cell], 1 / 16)]
    digits, _ = draw(seen, replace(gaze, digits=True), (72, 17), (0, 0), Ink())
    hundredths = plain(digits).split("\n")[1][1:4]
    assert hundredths.strip() == str(round(100 * WEIGHTS[0, 2][5][0]))


def test_all_heads_of_the_layer_are_drawn_in_small_the_chosen_one_marked() -> None:
    seen = attention()
    lines = plain(tiles(seen, Gaze(0, 1, 2), 72, 5, Ink())).split("\n")
    assert "►L2·H3" in lines[0] and " L2·H1" in lines[0] and "L1·" not in lines[0]
    both = plain(tiles(seen, Gaze(0, 1, 2), 72, 10, Ink()))
    assert "L1·H1" in both and "L2·H2" in both
    assert tiles(seen, Gaze(0), 72, 4, Ink()) == []


def test_where_pictures_are_too_tall_every_head_has_its_number() -> None:
    seen, gaze = attention([(0, 1)]), Gaze(0, 1, 2)
    lines = plain(in_small(seen, gaze, 72, 4, Ink())).split("\n")
    assert len(lines) == 2 and in_small_takes(seen, 72, 4) == 2
    for layer, line in enumerate(lines):
        for head in range(3):
            share = number_text(lies_on(WEIGHTS[layer, head][0], WAY))
            told = "off" if (layer, head) == (0, 1) else share
            assert f"L{layer + 1}·H{head + 1} {told}" in line
    assert lines[0].startswith("on the route   L1·H1") and "►L2·H3" in lines[1]
    flipped = plain(numbers(seen, replace(gaze, flipped=True), 72, 4, Ink())).split("\n")
    column = sum(row[0] for row in WEIGHTS[1, 2])
    assert flipped[0].startswith("all cells") and f"►L2·H3 {number_text(column)}" in flipped[1]
    chosen = plain(in_small(seen, gaze, 72, 1, Ink()))
    assert "►L2·H3" in chosen and "L1·" not in chosen, "where not all fit, the one that is chosen"


def test_numbers_and_pictures_share_the_room_and_all_pictures_need_no_numbers() -> None:
    seen = attention()
    both = plain(in_small(seen, Gaze(0, 1, 0), 72, 8, Ink())).split("\n")
    assert len(both) == 2 + 5 and "on the route" in both[0] and "►L2·H1" in both[2]
    assert "M" in "".join(both[3:])
    whole = plain(in_small(seen, Gaze(0), 72, 10, Ink()))
    assert "on the route" not in whole and in_small_takes(seen, 72) == 10
    assert in_small(seen, Gaze(0), 72, 0, Ink()) == [] == in_small(seen, Gaze(0), 6, 4, Ink())


def test_where_all_heads_fit_below_them_squares_are_large_and_shaded_throughout() -> None:
    seen, gaze = attention(), Gaze(5, 0, 2)
    assert pitch_of(seen, 112, 33) == LARGE and pitch_of(seen, 72, 17) == WIDE
    lines, _ = draw(seen, gaze, (112, 33), (0, 0), Ink())
    picture = plain(lines).split("\n")
    for cell in set(range(16)) - {5, 15}:
        row, column = divmod(cell, 4)
        glyph = " ░▒▓█"[level(WEIGHTS[0, 2][5][cell], 1 / 16)]
        for line in (1, 3):
            assert picture[4 * row + line][8 * column + 1 : 8 * column + 8] == glyph * 7


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(10, 4), (24, 8), (40, 20), (72, 17), (112, 33), (200, 60)])
def test_every_ink_in_every_room(kind: str, size: tuple[int, int]) -> None:
    for gaze in (Gaze(0), Gaze(15, 1, None, flipped=True), Gaze(7, 1, 1, digits=True)):
        lines, _ = draw(attention([(0, 1)]), gaze, size, (0, 0), Ink(kind))
        assert len(lines) == size[1] and all(line.cell_length == size[0] for line in lines)
        assert kind != "ascii" or plain(lines).isascii()
    assert lines_wanted(attention(), *size) > 9
