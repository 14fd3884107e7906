"""Every exercise: its lines are those of the file, and its versions come out as they must."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import models
from models.checks.examination import check_of, examine
from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES
from models.exercises.examined import KNOWN, NO, RIGHT, Examined
from models.exercises.exercise import Exercise

EVERY = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
WRONG = [(one, name) for one in EXERCISES.values() for name in one.wrong]


@EVERY
def test_the_blank_is_cut_from_the_file_that_runs(exercise: Exercise) -> None:
    blank = blank_of(exercise)
    source = (Path(models.__file__).parent.parent / blank.path).read_text("utf-8")
    assert blank.filled(blank.reference) == source
    assert blank.reference.count("\n") + 1 == exercise.lines <= 15
    assert blank.above[0].split("(")[0].split()[-1] == exercise.function.split(".")[-1]


@EVERY
def test_the_solution_passes_and_what_stands_there_at_first_does_not(exercise: Exercise) -> None:
    right = examine(exercise, blank_of(exercise).reference)
    assert (right.kind, right.wrong) == (RIGHT, "")
    assert NO not in [state for _, state in right.steps]
    assert examine(exercise, exercise.starter).kind != RIGHT


@pytest.mark.parametrize(("exercise", "name"), WRONG, ids=[f"{e.name} {n}" for e, n in WRONG])
def test_a_wrong_version_is_recognised_by_its_own_name(exercise: Exercise, name: str) -> None:
    found = examine(exercise, exercise.wrong[name])
    assert (found.kind, found.wrong) == (KNOWN, name), found


@EVERY
def test_another_spelling_of_a_version_is_the_same_version(exercise: Exercise) -> None:
    for text in (blank_of(exercise).reference, *exercise.wrong.values()):
        spelled = "# my own\n" + text.replace(", ", ",  ")
        one, other = examine(exercise, text), examine(exercise, spelled)
        assert (one.kind, one.wrong) == (other.kind, other.wrong)


@EVERY
def test_it_is_explained_and_checked_by_files_of_its_name(exercise: Exercise) -> None:
    name = exercise.name.replace("-", "_")
    assert import_module(f"models.exercises.{name}").EXERCISE is exercise
    assert len(check_of(exercise).cases) >= 2
    assert 2 <= len(exercise.wrong) <= 4


@EVERY
def test_it_travels_as_plain_data(exercise: Exercise) -> None:
    found = examine(exercise, exercise.starter)
    plain = found.as_json()
    assert Examined(**plain).as_json() == plain
