"""The map of the course: what has been walked is solid, every lesson can be found and reached."""

from __future__ import annotations

import pytest

from tui.drawing.course.course_map import draw_course_map
from tui.drawing.course.course_plan import (
    HELPED,
    LOCKED,
    OPEN,
    PASSED,
    PLANNED,
    Course,
    MapPart,
    legend,
)
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

SIZES = (4, 5, 3, 2, 6)


def course(passed: int = 3, selected: str = "l4") -> Course:
    ids = [f"l{number}" for number in range(1, 21)]
    parts, first = [], 0
    for size in SIZES:
        parts.append(MapPart(f"Part of {size}", tuple(ids[first : first + size])))
        first += size
    states = dict.fromkeys(ids, PLANNED) | {"l5": OPEN, "l6": LOCKED, "l4": OPEN}
    states |= dict.fromkeys(ids[:passed], PASSED)
    if passed > 1:
        states["l2"] = HELPED
    current = ids[passed] if passed < len(ids) else ""
    return Course(tuple(parts), states, {i: f"Title of {i}" for i in ids}, current, selected)


def test_the_map_of_the_home_screen() -> None:
    picture = draw_course_map(course(), 74, 11, Ink())
    rows = plain(picture.lines).split("\n")
    assert len(rows) == 10
    assert rows[0] == ("PART OF 4      ●━━━━━━━━━━━━━◐━━━━━━━━━━━━━━●━━━━━━━━━━━━━[M]┄┄┄┄┄┄┄┄┄┄┄┄┐")
    assert rows[1].split() == ["1", "2", "3", "4", "┊"]
    assert rows[2].rstrip().endswith("┘") and "○" in rows[2] and "∘" in rows[2]
    assert rows[8].endswith("C")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [0, 1, 7, 23, 24, 40, 49, 50, 60, 74, 80, 116, 190])
@pytest.mark.parametrize("height", [0, 1, 3, 5, 11, 24])
def test_every_size_and_ink(kind: str, width: int, height: int) -> None:
    picture = draw_course_map(course(), width, height, Ink(kind))
    assert len(picture.lines) <= height
    assert all(line.cell_length == width for line in picture.lines)
    assert kind != "ascii" or plain(picture.lines).isascii()


@pytest.mark.parametrize("size", [(74, 11), (116, 20), (40, 11), (24, 5)])
def test_what_is_hit_is_what_is_drawn(size: tuple[int, int]) -> None:
    state = course()
    picture = draw_course_map(state, *size, Ink())
    assert [stop.lesson for stop in picture.stops] == [
        s for s in state.lessons if s in picture.hits
    ]
    for stop in picture.stops:
        if stop.x < size[0]:
            glyph = picture.lines[stop.y].text[stop.x]
            expected = {PASSED: "●", HELPED: "◐", OPEN: "○", LOCKED: "·", PLANNED: "∘"}
            here = stop.lesson == state.current
            assert glyph == ("M" if here else expected[state.state(stop.lesson)])
            assert picture.at(stop.x, stop.y) == stop.lesson
    assert picture.at(0, size[1]) == ""


@pytest.mark.parametrize("size", [(74, 11), (116, 20), (40, 11)])
def test_every_lesson_can_be_reached_by_the_arrows(size: tuple[int, int]) -> None:
    picture = draw_course_map(course(), *size, Ink())
    reached, edge = {"l1"}, ["l1"]
    while edge:
        here = edge.pop()
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = picture.beside(here, *step)
            if there not in reached:
                reached.add(there)
                edge.append(there)
    assert reached == set(course().lessons)


@pytest.mark.parametrize("size", [(74, 11), (40, 11), (74, 6)])
def test_up_and_down_change_the_row(size: tuple[int, int]) -> None:
    picture = draw_course_map(course(), *size, Ink())
    assert picture.beside("l1", 0, 1) in {"l5", "l9"}
    assert picture.beside(picture.beside("l1", 0, 1), 0, -1) in {"l1", "l2", "l3", "l4"}


def test_arrows_go_where_they_point_and_round_the_corner() -> None:
    picture = draw_course_map(course(), 74, 11, Ink())
    assert picture.beside("l1", 1, 0) == "l2"
    assert picture.beside("l1", -1, 0) == "l1"
    assert picture.beside("l4", 1, 0) == "l5", "round the corner on the right"
    assert picture.beside("l5", 1, 0) == "l4"
    assert picture.beside("l5", -1, 0) == "l6", "the second row runs to the left"
    assert picture.beside("l9", -1, 0) == "l10"
    assert picture.beside("l4", 0, -1) == "l4"
    assert picture.beside("nowhere", 1, 0) == "l1"


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_has_been_walked_is_solid(kind: str) -> None:
    ink = Ink(kind)
    walked = ink.glyphs.walked[0]

    def solid(passed: int) -> int:
        return plain(draw_course_map(course(passed), 74, 11, ink).lines).count(walked)

    assert solid(0) == 0
    assert 0 < solid(1) < solid(2) < solid(3) < solid(20)
    whole = plain(draw_course_map(course(20), 74, 11, ink).lines)
    assert ink.glyphs.ahead[0] not in whole


def test_the_selected_lesson_is_bracketed() -> None:
    for size in ((74, 11), (40, 11)):
        picture = draw_course_map(course(selected="l6"), *size, Ink())
        assert "[·]" in plain(picture.lines)


def test_titles_where_there_is_room() -> None:
    assert "Title of l3" in plain(draw_course_map(course(), 116, 20, Ink()).lines)
    assert "Title" not in plain(draw_course_map(course(), 74, 11, Ink()).lines)


def test_a_long_part_takes_several_rows() -> None:
    long = Course((MapPart("Long", tuple(str(n) for n in range(25))),), selected="0")
    picture = draw_course_map(long, 74, 11, Ink())
    assert len(picture.hits) == 25 and len(picture.lines) == 8


def test_a_course_without_lessons() -> None:
    assert draw_course_map(Course(()), 74, 11, Ink()).lines == ()
    assert draw_course_map(Course((MapPart("Empty", ()),)), 74, 11, Ink()).hits == {}


def test_the_legend_names_every_state() -> None:
    assert legend(Ink()) == "● passed   ◐ with help   ○ open   · locked   ∘ to come"
    assert "to come" not in legend(Ink(), planned=False)
