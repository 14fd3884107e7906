"""Experiments: what is measured decides, what is said of it, and what is kept of it."""

from __future__ import annotations

from typing import Any

import pytest

from course.experiment import RIGHT, TASKS, Experiment
from course.experiment_marking import experiment_answer, outcome_of, tried
from course.findings import texts_of
from course.gates import progress, trial
from course.lock import digest
from course.marking import mark, solution
from course.solver import STRATEGIES, solve
from course.variants import Variant, seed_for, variant
from tests.support.lessons import EXPERIMENT, FIND_HEAD, LOOPS, SINGLE, faults_in, read

SAMPLES = [EXPERIMENT, LOOPS, FIND_HEAD]


def experiment(body: str = EXPERIMENT) -> Experiment:
    [found] = read(body).questions
    assert isinstance(found, Experiment)
    return found


def shown(body: str = EXPERIMENT, asked: int = 0) -> Variant:
    question = experiment(body)
    return variant(question, seed_for(question.id, asked))


def switched(off: int, fewest: int, accuracy: float) -> dict[str, float]:
    numbers = {"off": off, "fewest": fewest, "accuracy": accuracy, "enough": accuracy < 0.4}
    return {name: float(value) for name, value in numbers.items()} | {
        "heads": 4.0,
        "whole": 0.995,
        "loss": 2.0,
    }


@pytest.mark.parametrize(
    ("body", "measured", "outcome", "said"),
    [
        (EXPERIMENT, switched(2, 2, 0.031), RIGHT, "3.1 % are left without 2 of 4."),
        (EXPERIMENT, switched(1, 1, 0.5), "not-enough", "50.0 % are still right, of 99.5 %."),
        (EXPERIMENT, switched(3, 2, 0.0), "too-many", "Enough with 3 off; 2 can do it."),
        (EXPERIMENT, switched(4, 2, 0.0), "also-1", "All 4 off: that shows little."),
        (EXPERIMENT, switched(4, 4, 0.0), RIGHT, "0.0 % are left without 4 of 4."),
        (
            LOOPS,
            {"loops": 7, "fewest": 9, "away": 9, "arrives": 0},
            "too-few",
            "After 7 it is not there.",
        ),
        (
            LOOPS,
            {"loops": 12, "fewest": 9, "away": 9, "arrives": 1},
            "too-many",
            "It was there after 9 already.",
        ),
        (LOOPS, {"loops": 9, "fewest": 9, "away": 8, "arrives": 1}, RIGHT, "9 loops for 8 moves."),
        (
            FIND_HEAD,
            {"score": 0.91, "highest": 0.91, "other": 0, "here": 1, "without": 0.2},
            RIGHT,
            "91.0 % of its weight; 20.0 % without it.",
        ),
        (
            FIND_HEAD,
            {"score": 0.1, "highest": 0.91, "other": 1, "here": 1},
            "other-score",
            "That one does something else.",
        ),
        (
            FIND_HEAD,
            {"score": 0.4, "highest": 0.91, "other": 0, "here": 1},
            "one-text",
            "It does so in this text alone.",
        ),
        (
            FIND_HEAD,
            {"score": 0.4, "highest": 0.91, "other": 0, "here": 0},
            "neither",
            "40.0 % of its weight lies there, at most 91.0 %.",
        ),
    ],
)
def test_what_was_measured_decides_and_is_told(
    body: str, measured: dict[str, float], outcome: str, said: str
) -> None:
    answer = tried(experiment(body), {"some": "thing"}, measured, "in words")
    assert answer["outcome"] == outcome
    verdict = mark(shown(body), answer)
    assert verdict.correct is (outcome == RIGHT)
    assert [remark.text for remark in verdict.remarks] == [said]


def test_a_mistake_is_tagged() -> None:
    assert mark(shown(), experiment_answer("also-1")).misconceptions == ("heads",)
    assert mark(shown(), experiment_answer("not-enough")).misconceptions == ("grid-vs-row",)
    assert mark(shown(), experiment_answer("too-many")).misconceptions == ()


def test_numbers_that_are_not_there_make_no_try_right() -> None:
    for body in SAMPLES:
        assert outcome_of(experiment(body), {}) in TASKS[experiment(body).task].wrong


def test_what_is_only_revealed_is_not_told_with_holes_in_it() -> None:
    verdict = mark(shown(), solution(shown()))
    assert verdict.correct and not verdict.remarks


@pytest.mark.parametrize(
    "answer",
    [
        None,
        3,
        {},
        {"outcome": "nothing", "did": {}, "measured": {}, "told": ""},
        {"outcome": RIGHT, "did": 3, "measured": {}, "told": ""},
        {"outcome": RIGHT, "did": {}, "measured": {"off": "2"}, "told": ""},
        {"outcome": RIGHT, "did": {}, "measured": {}},
    ],
)
def test_what_is_no_try_is_not_counted(answer: Any) -> None:
    assert mark(shown(), answer).form == "Do something to the network first."


@pytest.mark.parametrize("body", SAMPLES)
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_everybody_gets_through(strategy: str, body: str) -> None:
    lesson = read(body + SINGLE)
    events = solve(lesson, strategy)
    histories = {q.id: [e for e in events if e["question"] == q.id] for q in lesson.questions}
    assert not [one for one in progress(lesson, histories).missing if "read a row" in one]


def test_another_round_asks_about_another_maze() -> None:
    assert shown(LOOPS, 0).values != shown(LOOPS, 1).values


def test_who_has_trained_nothing_is_not_tried_with_it() -> None:
    assert experiment().of_a_run
    assert trial(read(EXPERIMENT), {}) == ()


@pytest.mark.parametrize(
    ("body", "old", "new", "line", "text"),
    [
        (EXPERIMENT, ":task: switch-off", ":task: switch", 5, "nothing to do is called switch"),
        (EXPERIMENT, ":task: switch-off\n", "", 1, "{experiment} needs :task:"),
        (EXPERIMENT, ":lab: heads\n", "", 1, "{experiment} needs :lab:"),
        (EXPERIMENT, "heads\n:runner", "heads width\n:runner", 6, "expected knob=value"),
        (EXPERIMENT, ":until: accuracy < 0.4\n", "", 1, "{experiment} needs :until:"),
        (EXPERIMENT, "accuracy < 0.4", "off < 2", 8, "“off” is not measured here: there is"),
        (EXPERIMENT, "accuracy < 0.4", "accuracy", 8, "expected a comparison"),
        (EXPERIMENT, "off == heads =>", "offf == heads =>", 9, "did you mean off?"),
        (EXPERIMENT, "off == heads => All", "All", 9, "expected CONDITION => explanation"),
        (EXPERIMENT, "{{accuracy}} are still", "{{acuracy}} are still", 10, "“acuracy”"),
        (EXPERIMENT, ":too-many:", ":too-many-heads:", 11, "did you mean too-many?"),
        (EXPERIMENT, ":too-many:", ":not-enough:", 11, ":not-enough: is given twice"),
        (EXPERIMENT, ":too-many:", ":not-enough:", 1, "{experiment} needs :too-many:"),
        (EXPERIMENT, ":runner: four", ":score: prev", 7, "no option :score: here"),
        (EXPERIMENT, ":hint: Which", ":checkpoint: yes\n:hint: Which", 3, "no option :checkpoint:"),
        (EXPERIMENT, "Bring the", "- [x] Bring the", 13, "{experiment} takes :task:, not a list"),
        (FIND_HEAD, ":score: prev\n", "", 1, "{experiment} needs :score:"),
        (LOOPS, "{{m}}", "{{n}}", 7, "“n” is not drawn"),
    ],
)  # fmt: skip
def test_faults_name_their_line(body: str, old: str, new: str, line: int, text: str) -> None:
    found = faults_in(body.replace(old, new, 1))
    assert any(at == line and text in told for at, told in found), found


@pytest.mark.parametrize("body", SAMPLES)
def test_every_wrong_outcome_is_to_be_explained(body: str) -> None:
    for name in TASKS[experiment(body).task].wrong:
        lines = [line for line in body.splitlines(True) if not line.startswith(f":{name}:")]
        assert (1, f"{{experiment}} needs :{name}:") in faults_in("".join(lines))


def test_all_that_it_says_is_looked_at() -> None:
    texts = [text for _, _, text in texts_of(read(EXPERIMENT))]
    assert "All {{heads}} off: that shows little." in texts
    assert "Enough with {{off}} off; {{fewest}} can do it." in texts
    assert "{{accuracy}} are left without {{off}} of {{heads}}." in texts


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("accuracy < 0.4", "accuracy < 0.3", True),
        (":runner: four", ":runner: two", True),
        (":lab: heads", ":lab: heads width=8", True),
        ("All {{heads}} off", "None of {{heads}} on", False),
    ],
)
def test_the_lock_knows_what_is_asked(old: str, new: str, differs: bool) -> None:
    assert (digest(experiment(EXPERIMENT.replace(old, new))) != digest(experiment())) is differs
