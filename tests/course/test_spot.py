"""Places to be pointed at: what is right, what is said of the others, and what is kept of it."""

from __future__ import annotations

from typing import Any

import pytest

from course.findings import texts_of
from course.gates import progress, trial
from course.lock import digest
from course.marking import mark, solution
from course.solver import STRATEGIES, solve
from course.spot import Spot
from course.spot_marking import RIGHT, answer_at, kind_of
from course.variants import Variant, seed_for, variant
from tests.support.lessons import SINGLE, SPOT, faults_in, read


def spot(body: str = SPOT) -> Spot:
    [found] = read(body).questions
    assert isinstance(found, Spot)
    return found


def shown(asked: int = 0) -> Variant:
    question = spot()
    return variant(question, seed_for(question.id, asked))


def facts(exits: float, from_start: float, to_cheese: float) -> dict[str, float]:
    return {"exits": exits, "from_start": from_start, "to_cheese": to_cheese}


def test_what_is_no_setting_of_its_own_is_one_of_the_view() -> None:
    question = spot()
    assert question.view.name == "maze"
    assert question.view.settings == {"walker": "bfs", "seed": "{{m}}"}
    assert question.where.startswith("exits == 1")
    assert [one.expression for one in question.also] == ["from_start == 0", "exits == 2"]
    assert question.otherwise == "Ways part there, in maze {{m}}."


@pytest.mark.parametrize(
    ("place", "kind", "said"),
    [
        (facts(1, 3, 2), RIGHT, "Whoever goes in has to come back."),
        (facts(1, 0, 5), 1, "That is the start."),
        (facts(2, 0, 5), 1, "That is the start."),
        (facts(2, 3, 5), 2, "One can go through there."),
        (facts(3, 3, 5), 3, "Ways part there, in maze {m}."),
        (facts(1, 4, 0), 3, "Ways part there, in maze {m}."),
    ],
)
def test_the_first_condition_that_holds_decides(
    place: dict[str, float], kind: int, said: str
) -> None:
    found = shown()
    assert kind_of(found, place) == kind
    verdict = mark(found, answer_at(kind, (1, 2), "row 2, column 3"))
    assert verdict.correct is (kind == RIGHT)
    [remark] = verdict.remarks
    assert remark.text == said.format(m=int(found.values["m"]))
    assert verdict.misconceptions == {1: ("grid-vs-row",), 2: ("heads",)}.get(kind, ())


@pytest.mark.parametrize(
    "answer", [None, 3, [1, 2], {}, {"hit": -1}, {"hit": 4}, {"hit": True}, {"hit": "0"}]
)
def test_what_is_no_place_is_no_try(answer: Any) -> None:
    assert mark(shown(), answer).form == "Point at a place."


def test_the_solution_is_a_right_place() -> None:
    assert mark(shown(), solution(shown())).correct


def test_another_round_draws_another_picture() -> None:
    assert shown(0).values != shown(1).values


@pytest.mark.parametrize("because", [":hint: Count the open sides.", ":hint: none because short"])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_everybody_gets_through(strategy: str, because: str) -> None:
    body = SPOT.replace(":hint: Count the open sides.", because)
    body = body.replace(":also: exits == 2 => One can go through there. #mc:heads\n", "")
    lesson = read(body + SINGLE)
    events = solve(lesson, strategy)
    histories = {q.id: [e for e in events if e["question"] == q.id] for q in lesson.questions}
    assert not [one for one in progress(lesson, histories).missing if "read a row" in one]


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        (":view: maze", ":view: map", 5, "nothing can be pointed at in map"),
        ("exits == 1 and", "exit == 1 and", 8, "“exit” is not known of a place: did you mean"),
        ("exits == 2 =>", "weight == 2 =>", 10, "“weight” is not known of a place"),
        ("exits == 2 =>", "exits =>", 10, "expected a comparison"),
        ("=> One can", "One can", 10, "expected CONDITION => explanation"),
        (":otherwise: Ways part there, in maze {{m}}.\n", "", 1, "needs :otherwise:"),
        ("in maze {{m}}", "in maze {{n}}", 11, "“n” is not drawn"),
        (":seed: {{m}}", ":seed: {{n}}", 7, "“n” is not drawn"),
    ],
)  # fmt: skip
def test_faults_name_their_line(old: str, new: str, line: int, text: str) -> None:
    found = faults_in(SPOT.replace(old, new, 1))
    assert any(at == line and text in told for at, told in found), found


def test_who_has_run_nothing_is_not_tried_with_pictures_of_a_run() -> None:
    body = SPOT.replace(":draw:", ":checkpoint: yes\n:draw:")
    in_maze = read(body)
    of_run = read(
        body.replace(":view: maze\n:walker: bfs", ":view: curve\n:lab: letters")
        .replace("exits == 1 and from_start > 0 and to_cheese > 0", "value == min")
        .replace("from_start == 0", "value == max")
        .replace("exits == 2", "x == 0")
    )
    assert [stop.screen.key for stop in trial(in_maze, {})] == ["sp-dead-end"]
    assert trial(of_run, {}) == ()


def test_all_that_it_says_is_looked_at() -> None:
    texts = [text for _, _, text in texts_of(read(SPOT))]
    for said in ("That is the start.", "Ways part there, in maze {{m}}.", "Count the open sides."):
        assert said in texts


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("exits == 1 and", "exits == 3 and", True),
        (":walker: bfs", ":walker: astar", True),
        ("m in 1, 2", "m in 4, 2", True),
        ("That is the start", "That is where it starts", False),
    ],
)
def test_the_lock_knows_what_is_asked(old: str, new: str, differs: bool) -> None:
    assert (digest(spot(SPOT.replace(old, new))) != digest(spot())) is differs
