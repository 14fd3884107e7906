"""What `author check --run` says of the experiments of a lesson."""

from __future__ import annotations

import pytest

from course.experiment import Experiment
from tests.support.lessons import EXPERIMENT, HEAD_LINES, LOOPS, read
from tui.authoring.bets import one_run
from tui.authoring.experiments import Done, Tried, check_experiments, do, experiments_of, judge

ALL = {"right": 6, "not-enough": 4, "too-many": 4, "also-1": 1}


def experiment(body: str = EXPERIMENT) -> Experiment:
    [found] = experiments_of(read(body.replace(":hint:", ":seeds: 0 1\n:hint:", 1)))
    return found


def said(*outcomes: dict[str, int], trouble: str = "") -> list[tuple[int, str, str]]:
    """What is said where a run of each seed came to these outcomes."""
    question = experiment()
    done = {
        one_run(question.run, seed): Done((Tried(question.id, ", m = 1", one),), trouble)
        for seed, one in enumerate(outcomes)
    }
    found = judge("sample.md", question, done)
    return [(one.line - HEAD_LINES, one.level, one.text) for one in found]


def test_where_something_is_right_on_every_seed_nothing_is_said() -> None:
    assert said(ALL, ALL) == []


def test_a_seed_on_which_nothing_is_right_is_an_error() -> None:
    wrong = {name: count for name, count in ALL.items() if name != "right"}
    text = "x-heads-off, seed 1, m = 1: nothing that can be done is right"
    assert said(ALL, wrong) == [(1, "error", text)]


def test_an_explanation_that_nobody_would_see_is_named_at_its_line() -> None:
    few = {"right": 14, "too-many": 1}
    assert [(line, level) for line, level, _ in said(few, few)] == [
        (10, "warning"),
        (11, "warning"),
    ]
    assert said(few, few)[0][2].endswith("nothing comes to this on any seed: off == heads")
    assert said(few, ALL) == []


def test_a_run_that_fails_is_an_error() -> None:
    found = said({}, ALL, trouble="There is no torch.")
    assert (1, "error", "x-heads-off, seed 0: There is no torch.") in found


def test_where_there_are_none_nothing_is_run() -> None:
    assert check_experiments([read("## One\n\nText.\n")], lambda text: pytest.fail(text)) == []


@pytest.mark.parametrize("until", ["accuracy < 2", "accuracy < 0"])
def test_everything_is_done_to_a_network_that_was_trained_for_it(until: str) -> None:
    body = EXPERIMENT.replace("accuracy < 0.4", until).replace("heads\n:r", "heads steps=20\n:r")
    question = experiment(body)
    done = do(one_run(question.run, 0), [question])
    assert not done.trouble and len(done.tried) == 3, "as many as there are numbers to be drawn"
    for one in done.tried:
        assert sum(one.outcomes.values()) == 2**4 - 1
        wanted = {"right": 4, "too-many": 10} if until == "accuracy < 2" else {"not-enough": 14}
        assert one.outcomes == {**wanted, "also-1": 1}


@pytest.mark.slow
def test_the_loops_of_a_trained_map() -> None:
    question = experiment(LOOPS)
    done = do(one_run(question.run, 0), [question])
    assert all(one.outcomes["right"] == 1 for one in done.tried)
