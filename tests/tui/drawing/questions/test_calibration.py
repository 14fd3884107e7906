"""The bars of how sure one was: lengths, marks and words, in every ink."""

from __future__ import annotations

import pytest

from course.calibration import CERTAIN, FAIRLY, GUESS, Tally
from tui.drawing.ink import KINDS, Ink
from tui.drawing.questions.calibration import FEW, calibration_lines, judgement

INKS = [Ink("colour"), Ink("shade"), Ink("ascii", "ascii")]


def tallies(
    guess: tuple[int, int] = (0, 0),
    fairly: tuple[int, int] = (0, 0),
    certain: tuple[int, int] = (0, 0),
) -> tuple[Tally, ...]:
    levels = ((GUESS, guess, 0.25), (FAIRLY, fairly, 0.625), (CERTAIN, certain, 1.0))
    return tuple(Tally(level, right, count, ideal) for level, (right, count), ideal in levels)


def text(shown: tuple[Tally, ...], width: int = 76, ink: Ink = INKS[0]) -> list[str]:
    return [line.plain for line in calibration_lines(shown, width, ink)]


def test_every_ink_is_here() -> None:
    assert {ink.kind for ink in INKS} == set(KINDS)


@pytest.mark.parametrize("ink", INKS, ids=lambda ink: ink.kind)
def test_bars_are_as_long_as_the_shares_and_bear_the_ideal(ink: Ink) -> None:
    lines = text(tallies((2, 8), (4, 8), (4, 8)), 76, ink)
    full, mark = ink.glyphs.steps[7], ink.glyphs.bar
    certain, fairly, guess = (line for line in lines if " right" in line and " of " in line)
    assert certain.startswith("certain") and guess.startswith("a guess")
    room = 76 - 11 - 25
    assert certain.count(full) == room // 2
    assert fairly.count(full) == room // 2
    assert abs(guess.count(full) - room // 4) <= 1
    places = [line[11 : 11 + room].index(mark) for line in (guess, fairly, certain)]
    assert places == [round(0.25 * (room - 1)), round(0.625 * (room - 1)), room - 1]


@pytest.mark.parametrize("ink", INKS, ids=lambda ink: ink.kind)
@pytest.mark.parametrize("width", [20, 45, 53, 76, 120])
def test_no_line_is_wider_than_asked(ink: Ink, width: int) -> None:
    lines = text(tallies((3, 3), (5, 9), (99, 100)), width, ink)
    assert max(map(len, lines)) <= max(width, 11 + 6 + 25)
    assert not ink.is_ascii or "".join(lines).isascii()


def test_few_answers_are_said_to_say_little() -> None:
    said = "\n".join(text(tallies((1, 1), (2, FEW - 1), (FEW, FEW))))
    assert "1 answer says little" in said
    assert f"{FEW - 1} answers say little" in said
    assert f"{FEW} answers" not in said
    assert f"{FEW} of {FEW} right, 100 %" in said
    assert f"2 of {FEW - 1} right," not in said


def test_no_answers_are_no_zero() -> None:
    assert sum("no answers yet" in line for line in text(tallies())) == 3
    assert not any("0 of" in line for line in text(tallies()))


def test_it_judges_only_what_there_are_answers_for() -> None:
    assert judgement(tallies()) == ""
    assert "Still few answers" in judgement(tallies(certain=(0, FEW - 1)))
    assert "built on" in judgement(tallies(certain=(9, 10)))
    assert "certain enough" in judgement(tallies(certain=(5, 10)))
    assert "trust" in judgement(tallies(guess=(6, 8)))
    assert "trust" not in judgement(tallies(guess=(2, 8), certain=(9, 10)))
