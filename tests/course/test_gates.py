"""The way through a lesson, what passes it, and which lessons are open."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest

from course.bets import Bets, Predict
from course.catalog import Catalog, Part
from course.gates import (
    Stop,
    lesson_state,
    may_reveal,
    progress,
    route,
    standing,
    trial,
    what_is_missing,
)
from course.lesson import Lesson, Numeric, Observe, Option, Prose, Question, RunRef, Screen, Words
from course.reader import read_lesson
from course.solver import next_move
from course.standing import SETTLED, Standing
from tests.support.lessons import SAMPLE

SAMPLE_LESSON = read_lesson(SAMPLE, "sample.md")
Histories = dict[str, list[dict[str, Any]]]


def right(asked: int = 0, aided: bool = False) -> dict[str, Any]:
    return {"type": "answered", "round": asked, "answer": 1, "correct": True, "aided": aided}


def revealed(asked: int = 0) -> dict[str, Any]:
    return {"type": "revealed", "round": asked}


def question(name: str, objective: str = "") -> Question:
    return Numeric(id=name, prompt="", answer="1", objective=objective)


def lesson(*parts: str | Question, name: str = "l", **other: Any) -> Lesson:
    """A lesson of prose screens (by key) and question screens."""
    screens = [
        Screen(part, part, (Prose(part),))
        if isinstance(part, str)
        else Screen(part.id, "", (part,))
        for part in parts
    ]
    return Lesson(name, name.title(), 20, tuple(screens), **other)


def keys(stops: tuple[Stop, ...]) -> list[str]:
    return [stop.screen.key + "'" * stop.round for stop in stops]


def wrong(asked: int = 0) -> dict[str, Any]:
    return {"type": "answered", "round": asked, "answer": 0, "correct": False, "aided": False}


class TestTrial:
    """A lesson is tested out of by its checkpoints, and by the same rule as ever."""

    CHECKS = lesson(
        "a",
        Numeric(id="c1", prompt="", answer="1", objective="o", checkpoint=True),
        question("q", "o"),
        Numeric(id="c2", prompt="", answer="1", objective="p", checkpoint=True),
        objectives={"o": "do one", "p": "do two"},
    )

    def test_it_asks_the_checkpoints_in_order_and_nothing_else(self) -> None:
        assert keys(trial(self.CHECKS, {})) == ["c1", "c2"]

    def test_all_of_them_right_pass_the_lesson_unaided(self) -> None:
        histories = {stop.screen.key: [right()] for stop in trial(self.CHECKS, {})}
        assert progress(self.CHECKS, histories).passed == "unaided"

    def test_what_is_right_without_help_already_is_not_asked_again(self) -> None:
        assert keys(trial(self.CHECKS, {"c1": [right()]})) == ["c2"]

    @pytest.mark.parametrize("before", [wrong(), revealed(), right(aided=True)])
    def test_a_checkpoint_that_was_tried_ends_it(self, before: dict[str, Any]) -> None:
        assert trial(self.CHECKS, {"c2": [before]}) == ()

    def test_other_questions_may_have_been_tried(self) -> None:
        assert keys(trial(self.CHECKS, {"q": [wrong()]})) == ["c1", "c2"]

    def test_an_objective_that_no_checkpoint_asks_for_allows_none(self) -> None:
        lacking = lesson(
            *(screen.question for screen in self.CHECKS.screens[1:3] if screen.question),
            question("r", "p"),
            objectives={"o": "do one", "p": "do two"},
        )
        assert trial(lacking, {}) == ()

    def test_what_happened_in_a_run_cannot_be_asked_before_it(self) -> None:
        seen = Observe(id="s", prompt="", options=(), of="b", objective="p", checkpoint=True)
        only = lesson(self.CHECKS.screens[1].question, seen, objectives={"o": "", "p": ""})
        assert trial(only, {}) == ()
        both = lesson(seen, self.CHECKS.screens[3].question, objectives={"p": ""})
        assert keys(trial(both, {})) == ["c2"]

    def test_a_lesson_that_asks_nothing_that_counts_has_none(self) -> None:
        assert trial(lesson("a", question("q")), {}) == ()


class TestRoute:
    FIVE = lesson("a", *(question(f"q{i}") for i in range(5)), "b")

    def test_at_first_it_is_the_screens(self) -> None:
        assert keys(route(self.FIVE, {})) == ["a", "q0", "q1", "q2", "q3", "q4", "b"]
        assert [stop.screen_index for stop in route(self.FIVE, {})] == list(range(7))

    def test_what_was_helped_comes_back_after_three_other_questions(self) -> None:
        stops = route(self.FIVE, {"q0": [revealed()]})
        assert keys(stops) == ["a", "q0", "q1", "q2", "q3", "q0'", "q4", "b"]
        assert stops[5] == Stop(1, self.FIVE.screens[1], 1)

    def test_with_fewer_questions_left_it_comes_back_behind_them(self) -> None:
        assert keys(route(self.FIVE, {"q2": [revealed()]}))[-2:] == ["q2'", "b"]
        assert keys(route(self.FIVE, {"q4": [right(aided=True)]}))[-2:] == ["b", "q4'"]

    def test_several_come_back_in_the_order_they_were_asked(self) -> None:
        histories = {"q4": [revealed()], "q2": [revealed()], "q0": [revealed()]}
        assert keys(route(self.FIVE, histories)) == [
            "a", "q0", "q1", "q2", "q3", "q0'", "q4", "q2'", "b", "q4'",
        ]  # fmt: skip

    def test_it_stays_on_the_way_once_it_is_answered(self) -> None:
        for again in ([right(1)], [revealed(1)]):
            assert "q0'" in keys(route(self.FIVE, {"q0": [revealed(), *again]}))

    def test_prose_between_counts_for_nothing(self) -> None:
        spread = lesson(*(part for i in range(5) for part in (question(f"q{i}"), f"p{i}")))
        assert keys(route(spread, {"q0": [revealed()]}))[6:9] == ["q3", "q0'", "p3"]

    def test_nothing_comes_between_a_bet_and_what_is_seen_of_it(self) -> None:
        two = (Option("x", "", correct=True), Option("y", ""))
        bet = Predict(id="bet", prompt="", options=two, run=RunRef("mouse"), outcomes=())
        seen = Observe(id="seen", prompt="", options=two, of="bet")
        parts = [question("q0"), question("q1"), question("q2"), bet, "lab", seen, question("q3")]
        stops = keys(route(lesson(*parts), {"q0": [revealed()]}))
        assert stops == ["q0", "q1", "q2", "bet", "lab", "seen", "q0'", "q3"]

    def test_a_bet_never_comes_back(self) -> None:
        placed = {"p-no-mask": [{"type": "bet", "round": 0, "answer": 0}]}
        assert len(route(SAMPLE_LESSON, placed)) == len(SAMPLE_LESSON.screens)

    def test_sealed_bets_never_come_back_and_need_no_answer(self) -> None:
        bets = Bets(id="b", prompt="", options=(Option("x", ""), Option("y", "")))
        sealed = [{"type": "bet", "round": 0, "answer": []}]
        assert standing(bets, []) is Standing.UNSEEN
        assert standing(bets, sealed) is Standing.RIGHT
        assert keys(route(lesson(bets, question("q0", "a")), {"b": sealed})) == ["b", "q0"]
        assert not may_reveal(bets, sealed)

    def test_own_words_never_come_back_and_need_no_answer(self) -> None:
        words = Words(id="w", prompt="")
        parts = [words, question("q0", "a")]
        draft = {"type": "wrote", "round": 0, "text": "I th", "draft": True}
        handed_in = {"type": "wrote", "round": 0, "text": "I think", "draft": False}
        assert standing(words, [draft]) is Standing.UNSEEN
        assert standing(words, [draft, handed_in]) is Standing.RIGHT
        assert keys(route(lesson(*parts), {"w": [draft, handed_in]})) == ["w", "q0"]
        assert not may_reveal(words, [draft, handed_in])


class TestProgress:
    TWO = lesson(
        question("q0", "a"),
        question("q1", "a"),
        question("q2", "b"),
        question("q3"),
        objectives={"a": "do a", "b": "do b"},
    )

    def test_at_first_everything_is_open(self) -> None:
        found = progress(self.TWO, {})
        assert found.objectives == {"a": "open", "b": "open"}
        assert found.passed == ""
        assert found.missing == (
            "“do a”: the question on screen 1 is still to be answered.",
            "“do b”: the question on screen 3 is still to be answered.",
        )

    def test_one_right_answer_for_each_objective_passes(self) -> None:
        found = progress(self.TWO, {"q1": [right()], "q2": [right()]})
        assert found.passed == "unaided"
        assert found.missing == ()

    def test_right_when_asked_again_is_unaided(self) -> None:
        found = progress(self.TWO, {"q0": [right()], "q2": [revealed(), right(1)]})
        assert found.objectives == {"a": "unaided", "b": "unaided"}

    def test_helped_twice_passes_with_help(self) -> None:
        found = progress(self.TWO, {"q0": [right()], "q2": [revealed(), revealed(1)]})
        assert found.objectives == {"a": "unaided", "b": "helped"}
        assert found.passed == "helped"

    def test_helped_once_says_where_it_is_asked_again(self) -> None:
        found = progress(self.TWO, {"q0": [right()], "q2": [revealed()]})
        assert found.passed == ""
        assert found.missing == ("“do b”: a question is asked once more, on screen 5.",)

    def test_an_objective_may_still_be_met_by_its_other_question(self) -> None:
        helped = {"q0": [revealed(), revealed(1)], "q2": [right()]}
        found = progress(self.TWO, helped)
        assert found.objectives["a"] == "open"
        # The question asked again stands after the fourth screen, so the second is the second.
        assert found.missing == ("“do a”: the question on screen 2 is still to be answered.",)
        assert progress(self.TWO, {**helped, "q1": [right()]}).passed == "unaided"
        both = {**helped, "q1": [revealed(), revealed(1)]}
        assert progress(self.TWO, both).passed == "helped"

    def test_a_bet_counts_for_nothing(self) -> None:
        bets: Histories = {"p-no-mask": [{"type": "bet", "round": 0, "answer": 1}]}
        assert set(progress(SAMPLE_LESSON, bets).objectives.values()) == {"open"}

    def test_an_objective_without_questions_bars_nobody(self) -> None:
        empty = lesson(question("q0", "a"), objectives={"a": "do a", "z": "nothing"})
        assert progress(empty, {"q0": [right()]}).passed == "unaided"


def catalog(*lessons: Lesson) -> Catalog:
    order = tuple(one.id for one in lessons)
    return Catalog("c", (Part("p", order),), {one.id: one for one in lessons}, {}, order)


class TestLocks:
    A = lesson(question("qa", "a"), name="a", objectives={"a": "do a"})
    B = lesson(question("qb", "b"), name="b", objectives={"b": "x"}, requires=("a",))
    C = lesson(question("qc", "c"), name="c", objectives={"c": "x"}, requires=("b", "a"))
    ALL = catalog(A, B, C)

    @pytest.mark.parametrize(
        ("passed", "opened", "states"),
        [
            ({}, (), ["open", "locked", "locked"]),
            ({"a": "unaided"}, (), ["passed", "open", "locked"]),
            ({"a": "helped"}, (), ["helped", "open", "locked"]),
            ({"a": "helped", "b": "unaided"}, (), ["helped", "passed", "open"]),
            ({}, ("c",), ["open", "locked", "open"]),
            ({"c": "unaided"}, (), ["open", "locked", "passed"]),
        ],
    )
    def test_states(
        self, passed: Mapping[str, str], opened: tuple[str, ...], states: list[str]
    ) -> None:
        assert [lesson_state(self.ALL, one, passed, opened) for one in "abc"] == states

    def test_what_is_missing_and_how_long_it_takes(self) -> None:
        assert what_is_missing(self.ALL, "a", {}, ()) == ""
        assert what_is_missing(self.ALL, "b", {}, ()) == "Pass “A” first: about 20 minutes."
        assert what_is_missing(self.ALL, "c", {}, ()) == "Pass “A” and “B” first: about 40 minutes."
        assert what_is_missing(self.ALL, "c", {"a": "helped"}, ()) == (
            "Pass “B” first: about 20 minutes."
        )
        assert what_is_missing(self.ALL, "c", {}, ("c",)) == ""

    def test_a_long_way_is_told_by_its_length_and_its_beginning(self) -> None:
        names = "abcdefgh"
        chain = [
            lesson(
                question(f"q{name}", name),
                name=name,
                objectives={name: "x"},
                requires=tuple(before),
            )
            for before, name in zip(["", *names], names, strict=False)
        ]
        assert what_is_missing(catalog(*chain), "h", {}, ()) == (
            "Pass 7 lessons first, beginning with “A”: about 2 hours."
        )

    def test_what_cannot_be_passed_bars_nobody(self) -> None:
        gone = lesson(question("q", "b"), name="b", objectives={"b": "x"}, requires=("nowhere",))
        talk = lesson("only prose", name="a")
        after = lesson(question("q", "b"), name="b", objectives={"b": "x"}, requires=("a",))
        assert lesson_state(catalog(gone), "b", {}, ()) == "open"
        assert lesson_state(catalog(talk, after), "b", {}, ()) == "open"

    def test_a_circle_ends(self) -> None:
        one = lesson(question("q", "a"), name="a", objectives={"a": "x"}, requires=("b",))
        assert what_is_missing(catalog(one, self.B), "a", {}, ()) == (
            "Pass “B” first: about 20 minutes."
        )


@pytest.mark.parametrize("seed", range(25))
def test_whatever_a_learner_does_the_route_and_the_standing_keep_their_promises(seed: int) -> None:
    """Random walks through random lessons: what is promised of every one of them."""
    draw = random.Random(seed)
    count = draw.randint(1, 9)
    parts: list[str | Question] = []
    for index in range(count):
        parts += [f"p{index}"] * draw.randint(0, 2)
        parts.append(question(f"q{index}", draw.choice(["a", "b", ""])))
    one = lesson(*parts, objectives={"a": "do a", "b": "do b"})
    histories: Histories = {}
    place = 0
    before = route(one, histories)
    while place < len(stops := route(one, histories)):
        assert [stop for stop in stops if stop.round == 0] == list(route(one, {}))
        assert [stop for stop in stops if stop in before] == list(before), "nothing is taken away"
        assert stops[:place] == before[:place], "and nothing is put in behind the learner"
        check_distances(stops)
        stop = stops[place]
        asked = stop.screen.question
        if asked is not None:
            take_a_chance(draw, asked, stop.round, histories.setdefault(asked.id, []))
        before = stops
        place += 1
    for asked in one.questions:
        assert standing(asked, histories[asked.id]) in SETTLED
    found = progress(one, histories)
    assert found.passed and not found.missing
    helped = any(state == "helped" for state in found.objectives.values())
    assert (found.passed == "helped") == helped


def check_distances(stops: tuple[Stop, ...]) -> None:
    """What is asked again follows three other questions, or all that are left."""
    for number, stop in enumerate(stops):
        if stop.round == 1:
            first = stops.index(Stop(stop.screen_index, stop.screen, 0))
            between = [s for s in stops[first + 1 : number] if s.screen.question and not s.round]
            assert len(between) >= 3 or all(
                later.round or later.screen.question is None for later in stops[number:]
            )


def take_a_chance(
    draw: random.Random, asked: Question, number: int, history: list[dict[str, Any]]
) -> None:
    """Answer right, wrong, or by a reveal, until the question is done in this round."""
    while next_move(asked, number, history, "right") is not None:
        mine = [event for event in history if event["round"] == number]
        if may_reveal(asked, mine) and draw.random() < 0.7:
            history.append(revealed(number))
        else:
            history.append({**right(number), "correct": draw.random() < 0.3})
    assert standing(asked, history) is not Standing.UNSEEN
