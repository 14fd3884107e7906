"""The program itself on a real terminal, with its real worker: killed, hung up on, quit."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from course.catalog import read_catalog
from course.lesson import Lab, Single
from course.variants import seed_for, variant
from progress.journal import Journal
from tests.support.lessons import SINGLE, WORDS, with_body
from tests.support.real_program import Program
from tui.own_words import latest

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs a Unix terminal")

LESSON = read_catalog().lessons["mouse"]
QUESTION = next(q for q in LESSON.questions if isinstance(q, Single))
AT = [screen.key for screen in LESSON.screens].index(QUESTION.id) + 1


def wrong_ones() -> list[tuple[str, str]]:
    """The wrong options: the letter of each on the screen, and how its explanation begins."""
    order = variant(QUESTION, seed_for(QUESTION.id, 0)).order
    options = [(letter, QUESTION.options[one]) for letter, one in zip("abcdef", order)]  # noqa: B905
    return [(letter, one.explanation[:20]) for letter, one in options if not one.correct]


def answers(home: Path) -> list[int]:
    with Journal(home / "journals") as journal:
        found = journal.record.histories.get(QUESTION.id, [])
        return [event["answer"] for event in found if event["type"] == "answered"]


def test_killed_three_times_while_answering_it_comes_back_with_every_answer(tmp_path: Path) -> None:
    place = ("--lesson", "mouse", "--screen", str(AT))
    told: list[str] = []
    for letter, explanation in wrong_ones()[:3]:
        with Program(tmp_path, "--still", *place) as program:
            program.sees(QUESTION.options[0].text[:20])
            for before in told:
                program.sees(before)
            program.press(letter)
            if not told:
                program.sees("How sure are you?")
                program.press("3")
            program.sees(explanation)
            program.kill()
        told.append(explanation)
        place = ("--lesson", "mouse")
        assert len(answers(tmp_path)) == len(told)
    assert len(set(answers(tmp_path))) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_lost_connection_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with Program(tmp_path, "--still") as program:
        program.sees("quit")
        program.process.send_signal(number)
        program.ends()
        assert program.process.returncode == 0
        assert "\x1b[?1049l" in program.drawn, "the terminal was not given back"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_lost_connection_in_the_middle_of_a_word_loses_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "sample.md").write_text(with_body(WORDS + SINGLE))
    at = ("--lessons", str(shelf), "--lesson", "sample", "--screen", "1")
    with Program(tmp_path, "--still", *at) as program:
        program.sees("what does attention do?")
        program.press("It looks arou")
        program.sees("It looks arou")
        program.process.send_signal(number)
        program.ends()
    with Journal(tmp_path / "journals") as journal:
        written = latest(journal.record.history("w-attention"))
        assert written is not None and written.draft
        assert written.text == "It looks arou"


def test_quitting_while_a_network_trains_takes_less_than_a_second(tmp_path: Path) -> None:
    screen = next(
        index
        for index, screen in enumerate(LESSON.screens, 1)
        if any(lab.run.lab == "mouse" for lab in screen.blocks_of(Lab))
    )
    took = []
    for _ in range(3):
        with Program(tmp_path, "--lesson", "mouse", "--screen", str(screen)) as program:
            program.sees("enter")
            program.sees("It runs on", 90)
            program.press("\r")
            program.sees("training the mouse", 90)
            program.press("\x11")
            took.append(program.ends())
            assert program.process.returncode == 0
        if took[-1] < 1:
            break
    assert min(took) < 1, took
