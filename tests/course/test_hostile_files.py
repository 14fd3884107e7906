"""A lesson file may be broken in any way: the reader says so, and never falls over."""

from __future__ import annotations

import random

import pytest

from course.arithmetic import ArithmeticProblem, evaluate, names_in, parse_number
from course.problems import LessonErrors
from course.reader import read_lesson
from course.solver import STRATEGIES, solve
from course.variants import seed_for, variant
from tests.support.lessons import SAMPLE

PIECES = [
    ":::", "::::", ":::{single} q", ":::{numeric} n", "+++", "---", "## A", "```", "- [ ] a",
    "- [x] b", "  > why", "> why", "1. step", ":answer: 1 / 0", ":draw: d in", ":hint:", "{{d}}",
    "{{ run.a.b | x }}", "\t", " ", "\x00", "\u2028", "|a|\n|-|", "<div>", "\\", "#mc:", "=>",
    ":also: 1 => x", ":tolerance: %", ":before: 1<2", "    indented", "- ", "* ", "\ufeff",
]  # fmt: skip


def spoiled(draw: random.Random) -> str:
    """The sample with some of its lines lost, doubled, swapped, cut or replaced."""
    lines = SAMPLE.split("\n")
    for _ in range(draw.randint(1, 6)):
        lines = lines or [""]
        at = draw.randrange(len(lines))
        match draw.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[draw.randrange(len(lines))])
            case 2:
                lines[at] = lines[at][: draw.randint(0, len(lines[at]))]
            case 3:
                lines.insert(at, draw.choice(PIECES))
            case 4:
                lines[at] = draw.choice(PIECES) + lines[at]
            case _:
                lines = lines[: max(1, at)]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_a_spoiled_file_is_read_or_its_faults_are_named(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(10):
        text = spoiled(draw)
        try:
            lesson = read_lesson(text, "spoiled.md")
        except LessonErrors as errors:
            assert errors.problems
            last = text.count("\n") + 2
            assert all(1 <= problem.line <= last and problem.text for problem in errors.problems)
        else:
            assert len({screen.key for screen in lesson.screens}) == len(lesson.screens)
            assert all(screen.blocks for screen in lesson.screens)


@pytest.mark.parametrize("seed", range(3))
def test_what_can_be_read_can_be_taken_to_its_end(seed: int) -> None:
    draw = random.Random(1000 + seed)
    taken = 0
    for _ in range(15):
        try:
            lesson = read_lesson(spoiled(draw), "spoiled.md")
            for question in lesson.questions:
                variant(question, seed_for(question.id, 0))
        except (LessonErrors, ArithmeticProblem):
            continue
        taken += 1
        for strategy in STRATEGIES:
            solve(lesson, strategy)
    assert taken


@pytest.mark.parametrize("seed", range(4))
def test_arithmetic_of_any_kind_has_a_value_or_a_problem(seed: int) -> None:
    draw = random.Random(seed)
    tokens = [*"0123456789.+-*/()<>=! e", "**", "1e9", "d", "d.x", " and ", "==", "__", "é", "\n"]
    for _ in range(300):
        text = "".join(draw.choices(tokens, k=draw.randint(0, 25)))
        for work_out in (parse_number, names_in, lambda words: evaluate(words, {"d": 2.0})):
            try:
                work_out(text)
            except ArithmeticProblem as problem:
                assert str(problem)
