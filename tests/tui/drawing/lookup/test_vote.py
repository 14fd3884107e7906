"""Scores and shares side by side: what is printed is what an independent reckoning says."""

from __future__ import annotations

import math
import re

import pytest

from tui.ballots import BALLOTS
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.lookup.vote import Ballot, Vote, draw, faults, sentence, worked

CLASS = BALLOTS["classroom"][0]
ALL = [ballot for ballots in BALLOTS.values() for ballot in ballots]


def vote(scores: tuple[float, ...] = CLASS.scores, temperature: float = 1.0) -> Vote:
    return Vote(CLASS, scores, temperature)


def percents(text: str, name: str) -> list[str]:
    row = next(line for line in text.split("\n") if f" {name} " in line)
    return re.findall(r"(-?[\d.e-]+) %", row)


@pytest.mark.parametrize("temperature", [0.25, 1.0, 10.0])
def test_every_share_is_what_the_formula_says(temperature: float) -> None:
    text = plain(draw(vote(temperature=temperature), 0, 73, Ink()))
    powers = [math.exp(score / temperature) for score in CLASS.scores]
    for name, score, power in zip(CLASS.names, CLASS.scores, powers, strict=True):
        ratio, soft = percents(text, name)
        assert ratio == f"{100 * score / sum(CLASS.scores):.2f}"
        assert float(soft) == pytest.approx(100 * power / sum(powers), rel=0.5, abs=0.005)


def test_nine_one_and_seven() -> None:
    text = plain(draw(vote(), 1, 73, Ink()))
    assert percents(text, "Alice") == ["52.94", "88.05"]
    assert percents(text, "Bob") == ["5.88", "0.03"]
    assert percents(text, "Charlie") == ["41.18", "11.92"]
    assert "12.59 hours" in text and "10.25 hours" in text
    assert "0.03 %" in sentence(vote(), 1) and "12.59 hours, or 10.25 hours" in sentence(vote(), 1)


def test_a_small_share_is_never_printed_as_nought() -> None:
    text = plain(draw(vote((90, 1, 7)), 1, 73, Ink()))
    assert 0 < float(percents(text, "Bob")[1]) < 1e-30


def test_a_ratio_that_is_no_share_is_said_to_be_none() -> None:
    assert "none" in plain(draw(vote((-3, 1, 2)), 0, 73, Ink()))
    assert "no ratio" in faults(vote((-3, 1, 2)))
    assert "-300.00 %" in plain(draw(vote((-3, 2, 2)), 0, 73, Ink()))
    assert "no share" in faults(vote((-3, 2, 2))) and not faults(vote())
    assert "upside down" in faults(vote((-1, -9, -3)))


def test_what_comes_of_it_is_said_even_where_there_is_no_ratio() -> None:
    silent = next(one for one in BALLOTS["chatbot"] if not any(one.scores))
    text = " ".join(plain(draw(Vote(silent, silent.scores), 0, 73, Ink())).split())
    assert "no ratio" in text and silent.outcome in text


def test_the_help_works_the_share_under_the_cursor() -> None:
    assert worked(vote(), 2) == "e^((7 − 9) / 1) / sum = 0.1353 / 1.136 = 11.92 %"


@pytest.mark.parametrize("ballot", ALL, ids=lambda ballot: ballot.question)
@pytest.mark.parametrize("width", [20, 34, 46, 60, 73, 120, 200])
@pytest.mark.parametrize("kind", KINDS)
def test_every_line_has_the_width_and_the_ink_that_is_asked_for(
    ballot: Ballot, width: int, kind: str
) -> None:
    lines = draw(Vote(ballot, ballot.scores), 0, width, Ink(kind))
    assert {line.cell_length for line in lines} == {width}
    if kind == "ascii":
        assert plain(lines).isascii()
    if width >= 60:
        assert all(name in plain(lines) for name in ballot.names)


def test_without_colour_the_cursor_is_still_to_be_seen() -> None:
    assert "> Bob" in plain(draw(vote(), 1, 73, Ink("ascii")))
