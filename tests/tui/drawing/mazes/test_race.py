"""A race in one maze: who is where, what each can see of it, and who is in sight."""

from __future__ import annotations

import pytest

from models.mazes.maze import EAST, NORTH, SOUTH, WEST, Maze
from tui.demos.mice_race import pointing, worked
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.mazes.race import LOST, Contestant, MiceRace
from tui.drawing.mazes.race_picture import Look, RacePicture, in_sight, lines_wanted
from tui.drawing.mazes.race_words import UNLIKE, about, score_line, sentence, standing
from tui.drawing.mazes.thoughts import ROUND, THERE, WALL

ROW = Maze(3, 1, (1 << EAST, 1 << EAST | 1 << WEST, 1 << WEST))
AWAY = [2, 1, 0]


def crossing(*contestants: Contestant) -> MiceRace:
    return MiceRace(ROW, 0, 2, AWAY, contestants)


def drawn(race: MiceRace, at: int = 0, focus: int = 0, width: int = 116, height: int = 32) -> str:
    return plain(RacePicture(width, height, Ink("shade")).draw(Look(race, at, focus)))


def walker(*path: int, name: str = "right", ends: str = THERE) -> Contestant:
    return Contestant(name, "right-hand rule", path, ends)


def test_who_goes_round_for_ever_does_so_as_long_as_one_looks() -> None:
    one = walker(0, 1, 2, 1, ends=ROUND)
    assert [one.cell(at) for at in range(7)] == [0, 1, 2, 1, 2, 1, 2]
    assert walker(0, 1, 2).cell(9) == 2


@pytest.mark.parametrize(
    ("one", "at", "words"),
    [
        (walker(0, 1, 2), 1, "1 move so far"),
        (walker(0, 1, 2), 2, "there in 2 moves"),
        (walker(0, 1, ends=WALL), 5, "wall after 1 move"),
        (walker(0, 1, 0, ends=ROUND), 5, "goes round for ever"),
        (walker(0, 1, 0, 1, ends=LOST), 5, "lost, 3 moves"),
        (
            Contestant("plain", "plain transformer", (), "", "it has no places"),
            0,
            "cannot take part",
        ),
    ],
)
def test_how_far_one_has_come_is_said(one: Contestant, at: int, words: str) -> None:
    assert standing(one, at) == words


def test_the_score_names_those_who_are_there_the_fastest_first() -> None:
    race = crossing(walker(0, 1, 0, 1, 2), walker(0, 1, 2, name="map"))
    assert score_line(race, 1) == "Shortest: 2. After 1 move nobody is there yet."
    assert score_line(race, 4) == "Shortest: 2. After 4 moves there: map 2, rule 4."
    assert UNLIKE in sentence(race, 4)


def test_right_arrows_are_counted_against_all_shortest_ways() -> None:
    one = pointing("map", "looped map", ROW, 0, 2, [EAST, WEST, NORTH])
    assert one.ends == ROUND
    assert about(crossing(one), one).endswith("1 of 2 arrows are right here.")


def test_the_fog_hides_what_was_never_seen_and_the_rule_is_not_told_of_the_cheese() -> None:
    race = crossing(walker(0, 1, 2), walker(0, 1, 2, name="mouse"))
    before = drawn(race, 0).splitlines()[3]
    rule, mouse = before[:13], before[16:29]
    assert rule.count("?") == 2 and "C" not in rule
    assert mouse.count("?") == 1 and "C" in mouse
    after = drawn(race, 2).splitlines()[3]
    assert "?" not in after


def test_walls_of_cells_that_were_not_seen_are_not_drawn() -> None:
    """Two columns, a wall between them but at the bottom; from the top left nothing is known of
    the right."""
    down = 1 << SOUTH
    maze = Maze(2, 2, (down, down, 1 << NORTH | 1 << EAST, 1 << NORTH | 1 << WEST))
    race = MiceRace(maze, 0, 1, [3, 0, 2, 1], (walker(0, 2, 3, 1),))
    lines = drawn(race, 0).splitlines()[2:7]
    assert lines[0] == "┌───┬───┐" and lines[4] == "└───────┘"
    assert lines[3].startswith("│ ?   ? │"), "the way between them may be open or not"
    assert drawn(race, 3).splitlines()[5].startswith("│ · · · │")


def test_those_who_are_told_the_maze_see_all_of_it_at_once() -> None:
    race = worked()
    text = drawn(race, 0)
    assert text.count("!") == len(race.wrong(race.contestants[2].arrows))
    assert "looked at 25 of 25 cells" in text.replace("\n", " ")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(76, 16), (76, 17), (116, 32), (196, 52), (44, 16), (30, 12)])
def test_it_fills_its_room_in_every_ink(kind: str, size: tuple[int, int]) -> None:
    race = worked()
    for at in (0, 5, race.moves):
        for focus in range(5):
            lines = RacePicture(*size, Ink(kind)).draw(Look(race, at, focus, "4 a second"))
            assert len(lines) == size[1]
            assert {line.cell_length for line in lines} == {size[0]}
            if kind == "ascii":
                assert plain(lines).isascii()


def test_as_many_are_in_sight_as_fit_and_the_one_in_focus_is() -> None:
    race = worked()
    for focus in range(5):
        shown, _ = in_sight(Look(race, 0, focus), 76)
        assert len(shown) == 3 and focus in shown
    assert len(in_sight(Look(race), 116)[0]) == 5
    assert len(in_sight(Look(race), 24)[0]) == 1
    assert "not in sight: map, 0 moves so far; search, 0 moves so far" in drawn(race, width=76)


def test_where_there_is_room_everyone_is_spoken_of() -> None:
    race = worked()
    everyone = drawn(race, height=lines_wanted(race, 116, 60))
    assert all(f"{one.who[:1].upper()}{one.who[1:]}: " in everyone for one in race.contestants)
    assert UNLIKE in everyone and "its memory " in everyone
    assert "it looked at" not in drawn(race, width=20, height=5).lower()


def test_the_memory_is_that_before_the_next_move() -> None:
    one = Contestant("mouse", "GRU mouse", (0, 1, 2), THERE, memory=[[0.1, 0.9], [0.9, 0.1]])
    race = crossing(one)
    shades = [
        next(line for line in drawn(race, at).splitlines() if line.startswith("its memory"))
        for at in range(3)
    ]
    assert shades == ["its memory ·█", "its memory █·", "its memory █·"]
