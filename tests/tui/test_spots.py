"""Places pointed at with keys: in a maze, on a curve, in a grid of one's own network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from course.catalog import Catalog, Part, read_catalog
from course.lesson import View
from course.solver import STRATEGIES
from course.spot import PLACES
from course.spot_marking import RIGHT, kind_of
from course.variants import variant
from models.mazes.solvers import distances, shortest_path
from models.specs.studies import find_study
from models.tasks.sentence import KIND, NAME, OURS, THING, VERB, WORDS, hide
from progress.journal import Journal
from tests.support.lab_link import MEASURED, LabLink
from tests.support.lessons import SINGLE, SPOT, read
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.drawing.attention.weights import Weights
from tui.drawing.ink import KINDS, MARKERS, Ink
from tui.drawing.questions.spots import draw_curve, draw_squares
from tui.lab_run import Phase
from tui.pages.page import Desk
from tui.pages.spot_answer import NOWHERE, SpotAnswer
from tui.panels.maze_panel import crossing
from tui.showable import faults
from tui.spot_curves import MOST, CurveOf, curve_places, stretches
from tui.spots import Grid, maze_places, spot_fault, view_of

INKS = [Ink(kind, marker) for kind, marker in zip(KINDS, MARKERS, strict=True)]
MAZE = SPOT.replace("m in 1, 2, 3", "m in 2").replace("s.rows", "s.mask")
FALL = """\
:::{spot} sp-fall
:objective: s.mask
:hint: Where is it steepest?
:view: curve
:lab: letters
:measure: loss
:where: slope == min_slope
:also: slope == 0 => Nothing follows there.
:otherwise: It falls there, and faster elsewhere.

After which step does the loss fall fastest?

> Early on.
:::
"""
ROW = """\
:::{spot} sp-row
:objective: s.mask
:hint: Look along the row.
:view: alignment
:where: row == 2 and weight == row_max
:also: row != 2 => That is another row.
:otherwise: Something in this row is darker.

Point at what the second move looks at most.

> It looks at its own word.
:::
"""
LAB = ":::{lab} letters\n:::\n"
LESSON = read("## One\n\nText.\n\n" + MAZE + LAB + FALL + ROW + SINGLE + "## End\n\nText.\n")
LOSS = CurveOf.of({"lab": "letters"})
BY_LENGTH = {"lab": "positions", "measure": "learned.at*", "over": "tokens 20 30 40 60 80"}
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))
IN_MAZE, RUN, ON_CURVE, IN_GRID = 2, 3, 4, 5
"""The screens."""


@pytest.fixture(autouse=True)
def reads_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.pages.marked_page.BETWEEN_HINTS", 0.0)


@asynccontextmanager
async def learner(
    home: Path, screen: int, size: tuple[int, int] = (80, 24), **options: Any
) -> AsyncIterator[Player]:
    """A learner before a picture."""
    options = {"still": True, "lesson": LESSON.id, "screen": screen, "confidence": False} | options
    app = GrokApp(Options(**options), catalog=COURSE, journal=Journal(home), link=LabLink())
    async with playing(app, size) as player:
        yield player


def answer(player: Player) -> SpotAnswer:
    found = player.page.card.answer
    assert isinstance(found, SpotAnswer)
    return found


async def point(player: Player, at: tuple[int, int]) -> None:
    """Go to a place by arrows, and point at it."""
    field = answer(player).field
    await player.wait(lambda: field.here)
    assert field.here is not None
    down, right = at[0] - field.here.at[0], at[1] - field.here.at[1]
    keys = ["down" if down > 0 else "up"] * abs(down) + ["right" if right > 0 else "left"] * abs(
        right
    )
    await player.press(*keys, until=lambda: field.here is not None and field.here.at == at)
    await player.press("enter")


# A maze


async def test_a_square_is_pointed_at_and_every_kind_explained(tmp_path: Path) -> None:
    async with learner(tmp_path, IN_MAZE) as player:
        places = {place.at: place.facts for place in answer(player).field.places}
        start = next(at for at, one in places.items() if one["from_start"] == 0)
        right = next(
            at
            for at, one in places.items()
            if one["exits"] == 1 and one["from_start"] and one["to_cheese"]
        )
        await point(player, start)
        await player.sees("✗ Not this. That is the start.", f"row {start[0] + 1}")
        await point(player, right)
        await player.sees("✓ Right. Whoever goes in has to come back.")
        tried = [e for e in player.history("sp-dead-end") if e["type"] == "answered"]
        assert [(one["correct"], one["answer"]["hit"]) for one in tried] == [(False, 1), (True, 0)]
        assert tried[1]["answer"]["at"] == list(right)
    async with learner(tmp_path, IN_MAZE) as player:
        await player.sees("✓ Right. Whoever goes in has to come back.", f"row {right[0] + 1}")


async def test_the_same_wrong_place_is_no_second_miss(tmp_path: Path) -> None:
    async with learner(tmp_path, IN_MAZE) as player:
        places = answer(player).field.places
        start = next(place.at for place in places if place.facts["from_start"] == 0)
        await point(player, start)
        await player.sees("✗ Not this. That is the start.")
        assert answer(player).missed == {start}
        await point(player, start)
        await player.wait(lambda: player.app._notifications)
        assert len([e for e in player.history("sp-dead-end") if e["type"] == "answered"]) == 1


async def test_the_answer_is_shown_in_the_picture(tmp_path: Path) -> None:
    async with learner(tmp_path, IN_MAZE) as player:
        await player.press("h")
        await player.sees("Count the open sides.")
        await player.press("r")
        await player.sees("This is the answer.", "= row")
        here = answer(player).field.here
        assert here is not None and here.facts["exits"] == 1


async def test_arrows_never_turn_the_page_and_how_sure_is_asked(tmp_path: Path) -> None:
    async with learner(tmp_path, IN_MAZE, confidence=True) as player:
        page = player.page
        await player.press("left", "up", "right", "right", "right", "right", "right", "right")
        await player.press("enter", until=lambda: page.asks_how_sure)
        await player.press("2", until=lambda: player.history("sp-dead-end"))
        assert player.page is page
        assert player.history("sp-dead-end")[-1]["confidence"] == 2


# A curve of one's own run


async def test_without_a_run_there_is_nothing_to_point_at(tmp_path: Path) -> None:
    async with learner(tmp_path, ON_CURVE) as player:
        await player.sees("There is no curve of letters here: go back with p and run it first.")
        await player.press("enter")
        assert not player.history("sp-fall")


async def test_a_step_of_ones_own_run_is_pointed_at(tmp_path: Path) -> None:
    async with learner(tmp_path, RUN) as player:
        await player.press("enter", until=lambda: player.page.phase is Phase.FINISHED)
        await player.turn("n")
        await player.sees("step 100: 3")
        await point(player, (0, 1))
        await player.sees("Not this. It falls there, and faster elsewhere.", "step 200: 1.5")
        await player.press("end", "enter")
        await player.sees("Not this. Nothing follows there.", "step 300: 1")
        await point(player, (0, 0))
        await player.sees("✓ Right. Early on.")


# A grid of one's own network


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_cell_of_ones_own_network_is_pointed_at(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with learner(tmp_path, IN_GRID, size) as player:
        await player.sees("no trained networks in memory")
        assert not any(key == "b" for key, _ in player.page.keys)
        await player.press("space", until=lambda: answer(player).field.here)
        await point(player, (0, 3))
        await player.sees("Not this. That is another row.")
        await point(player, (1, 0))
        await player.sees("Not this. Something in this row is darker.", "move 2 (W), word 1 (ru)")
        await point(player, (1, 2))
        await player.sees("✓ Right. It looks at its own word.")


async def test_what_is_revealed_without_the_run_is_shown_when_it_is_there(tmp_path: Path) -> None:
    async with learner(tmp_path, IN_GRID) as player:
        await player.press("h")
        await player.press("r")
        await player.sees("This is the answer.")
        await player.press("space")
        await player.sees("= move 2 (W), word 3")
        assert NOWHERE not in player.text


# What is known of places


WEIGHTS = Weights.of(
    "abc", "abc", [[1, 0, 0], [0.25, 0.75, 0], [0.2, 0.5, 0.3]],
    [[False, True, True], [False, False, True], [False, False, False]],
)  # fmt: skip


def test_the_cells_of_a_grid_know_their_row_and_their_column() -> None:
    grid = Grid.of(WEIGHTS)
    assert grid is not None and len(grid.places) == 9
    facts = grid.place(1, 0).facts
    assert facts.keys() == PLACES["attention-grid"]
    assert (facts["weight"], facts["row_max"], facts["row_min"]) == (0.25, 0.75, 0)
    assert (facts["column_max"], facts["max"], facts["uniform"]) == (1, 1, 0.5)
    assert grid.place(0, 2).facts["masked"] and grid.place(2, 2).facts["same"]
    late = Weights("ab", "ab", lambda row: None if row else [0.5, 0.5])
    assert Grid.of(late) is None


def test_the_weight_that_a_lesson_asks_for_is_that_from_the_name_to_the_noun_it_hangs_on() -> None:
    lesson = read_catalog().lessons["query-key-value"]
    words = [WORDS[word] for word in hide(OURS[None], NAME)[0].tolist()]
    equal = [[1 / len(words)] * len(words) for _ in words]
    grid = Grid.of(Weights.of(words, words, equal, [[False] * len(words) for _ in words]))
    assert grid is not None
    asked = variant(lesson.question("sp-read"), 0)
    kinds = {place.at: kind_of(asked, place.facts) for place in grid.places}
    assert [at for at, kind in kinds.items() if kind == RIGHT] == [(NAME, KIND)]
    # The first noun, the mirrored cell and the one of the 14 % are each told something of its own.
    special = [kinds[at] for at in ((NAME, THING), (KIND, NAME), (VERB, THING))]
    assert len(set(special)) == 3 and list(kinds.values()).count(special[0]) == 1


def test_the_points_of_a_curve_know_how_it_goes_on() -> None:
    places = curve_places([(0, 4.0), (10, 2.0), (30, 1.0), (40, 1.5)], LOSS)
    assert all(place.facts.keys() == PLACES["curve"] for place in places)
    assert [place.facts["slope"] for place in places] == [-0.2, -0.05, 0.05, 0]
    assert places[0].facts["min_slope"] == -0.2 and places[3].facts["x"] == 40
    assert curve_places([], LOSS) == []


def test_a_curve_over_values_is_told_in_words_and_shares() -> None:
    curve = CurveOf.of(BY_LENGTH)
    points = [(20, 1.0), (30, 0.75), (40, 0.6), (60, 0.4), (80, 0.35)]
    places = curve_places(points, curve)
    assert [place.told for place in places][:2] == ["20 tokens: 100 %", "30 tokens: 75 %"]
    assert [place.facts["x"] for place in places] == [20, 30, 40, 60, 80]
    # A step of twenty tokens is not twice as steep as one of ten that falls as far.
    assert [place.facts["slope"] for place in places] == pytest.approx(
        [-0.025, -0.015, -0.01, -0.0025, 0]
    )
    told = [line.plain for line in draw_curve(points, 1, [], (60, 10), Ink(), "tokens", curve.told)]
    assert told[-1].split() == ["tokens", "20", "30", "40", "60", "80"]
    assert sum(line[10:].count("●") for line in told) == 4 and "75 %" in " ".join(told)


def test_a_curve_over_the_knob_of_a_study_is_the_mean_of_its_seeds() -> None:
    curve = CurveOf.of({"study": "amnesia-length", "measure": "lstm.accuracy"})
    study = find_study("amnesia-length")
    run = SimpleNamespace(
        results={point: {"lstm.accuracy": 1 / (1 + point.seed)} for point in study.points()}
    )
    desk = SimpleNamespace(studies=SimpleNamespace(of=lambda one: run if one is study else None))
    seeds = [1 / (1 + seed) for seed in study.seeds]
    mean = pytest.approx(sum(seeds) / len(seeds))
    assert curve.at_hand(cast(Desk, desk)) == [(float(length), mean) for length in study.values]
    assert curve.told_at(20) == "20 letters" and curve.told(0.5) == "50 %"
    assert (curve.name, curve.measured_by) == ("LSTM: right", "the study amnesia-length")


def test_the_place_that_lesson_7_asks_for_is_right_after_what_was_practised() -> None:
    question = read_catalog().lessons["where-am-i"].question("sp-lost")
    asked = variant(question, 0)
    curve = CurveOf.of(view_of(asked).settings)
    run = MEASURED.run("positions", {})
    assert run is not None
    for seed in range(len(run.seeds)):
        points = [(x, run.metrics[curve.at(x)][seed]) for x in curve.values]
        kinds = [kind_of(asked, place.facts) for place in curve_places(points, curve)]
        assert kinds[0] == RIGHT and RIGHT not in kinds[1:]
        assert kinds[-1] != kinds[1]


def test_a_long_curve_is_shown_by_the_means_of_its_stretches() -> None:
    few = [(0.0, 4.0), (10.0, 2.0)]
    assert stretches(few) == few and stretches([]) == []
    points = [(float(step), step**0.5) for step in range(240)]
    means = stretches(points)
    assert len(means) == MOST
    assert means[1] == (14.5, pytest.approx(sum(n**0.5 for n in range(10, 20)) / 10))


def test_the_squares_of_a_maze_know_both_ways() -> None:
    trace = crossing({"seed": "3", "size": "6"}, "bfs")
    maze, places = trace.maze, maze_places(trace)
    assert all(place.facts.keys() == PLACES["maze"] for place in places)
    away = distances(maze, trace.cheese)
    for cell, place in enumerate(places):
        assert place.at == divmod(cell, 6)
        assert place.facts["exits"] == len(maze.neighbours(cell))
        assert place.facts["to_cheese"] == away[cell]
    on_way = [
        p for p in places if p.facts["from_start"] + p.facts["to_cheese"] == p.facts["shortest"]
    ]
    assert len(on_way) == len(shortest_path(maze, trace.start, trace.cheese))
    assert sum(place.facts["visits"] for place in places) == trace.moves + 1


# Pictures


@pytest.mark.parametrize("ink", INKS, ids=str)
def test_the_cursor_and_what_was_asked_for_are_seen_in_every_ink(ink: Ink) -> None:
    trace = crossing({"seed": "3"}, "bfs")
    rows = [line.text for line in draw_squares(trace, (0, 1), [(2, 2), (0, 1)], 60, ink)]
    assert f"[{ink.glyphs.tick}]" in rows[1] and rows[1].count("[") == 1
    assert rows[5][10] == ink.glyphs.tick
    points = [(float(step), 4.0 - step / 10) for step in range(0, 40, 10)]
    curve = [line.plain for line in draw_curve(points, 1, [3], (50, 9), ink)]
    assert sum(ink.glyphs.tick in line[10:] for line in curve) == 1
    assert sum(("o" if ink.is_ascii else "◉") in line for line in curve) == 1
    assert "step 0" in curve[-1] and curve[-1].endswith("30")
    assert not ink.is_ascii or all(text.isascii() for text in [*rows, *curve])


@pytest.mark.parametrize("width", [1, 5, 9, 12])
def test_a_narrow_window_breaks_nothing(width: int) -> None:
    squares = draw_squares(crossing({"seed": "3"}, "bfs"), (4, 4), [(0, 0)], width, Ink())
    curve = draw_curve([(0, 1.0)], 0, [], (width, 3), Ink())
    assert squares and {line.cell_length for line in squares} == {width}
    assert len(curve) == len(draw_curve([(0, 1.0)], 0, [], (40, 3), Ink()))


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (View("maze", {"walker": "bsf"}), "did you mean bfs"),
        (View("maze", {"walkr": "bfs"}), "no setting walkr"),
        (View("curve", {}), "expected `:lab: NAME`"),
        (View("curve", {"lab": "leters"}), "did you mean letters"),
        (View("curve", {"lab": "recall", "measure": "lstn.loss"}), "no runner lstn"),
        (View("curve", {"lab": "recall", "measure": "lstm.loss"}), ""),
        (View("curve", BY_LENGTH), ""),
        (View("curve", {**BY_LENGTH, "over": "tokens 20 35"}), "does not measure learned.at35"),
        (View("curve", {**BY_LENGTH, "over": "tokens 30 20"}), "larger than the one before"),
        (View("curve", {**BY_LENGTH, "over": "tokens 20 x"}), "expected a word and numbers"),
        (View("curve", {**BY_LENGTH, "over": "step 20 30"}), "a * stands for the values"),
        (View("curve", {"lab": "positions", "measure": "learned.at*"}), "a * stands for"),
        (View("curve", {"study": "amnesia-lenght"}), "did you mean amnesia-length"),
        (View("curve", {"study": "amnesia-length", "measure": "lstm.loss"}), "does not measure"),
        (View("curve", {"study": "amnesia-length", "measure": "lstm.accuracy"}), ""),
        (View("curve", {"study": "amnesia-length", "lab": "amnesia"}), "over its knob"),
        (View("alignment", {"lab": "mouse"}), "no weights to show"),
        (View("alignment", {}), ""),
    ],
)
def test_what_cannot_be_shown_is_named(view: View, said: str) -> None:
    assert said in spot_fault(view)
    assert bool(spot_fault(view)) is bool(said)


def test_authors_hear_of_a_maze_without_such_a_square() -> None:
    body = MAZE.replace("exits == 1 and", "exits == 5 and")
    [problem] = [one for one in faults(read(body)) if "square" in one.text]
    assert problem.text == "sp-dead-end: no square is like that with m = 2"
    assert not [one for one in faults(read(MAZE)) if "square" in one.text]


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_whoever_plays_gets_through(tmp_path: Path, strategy: str) -> None:
    async with learner(tmp_path, 1) as player:
        await player.play(strategy)
