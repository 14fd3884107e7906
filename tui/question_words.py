"""What is said around a question that is marked: offers, and what an answer has brought about."""

from __future__ import annotations

from course.gates import misses_before_reveal
from course.lesson import Question
from tui.questions import Tried

AGAIN = "*Again, with a fresh look. Right this time counts as your own.*"
IN_TRIAL = "Enter begins the lesson; this question waits for you there."
READ_FIRST = "Read this hint first; the next one follows in a moment."


def no_hint_left(question: Question, press: str, may_reveal: bool) -> str:
    """Why there is no further hint; `press` is how the answer is asked for."""
    if question.no_hint_because:
        return f"No hint here: {question.no_hint_because}"
    shows = f" {press} shows the answer." if may_reveal else ""
    return f"There are no more hints.{shows}"


def not_yet(question: Question, tried: Tried) -> str:
    """When the answer may be looked at."""
    wrong = len(tried.wrong)
    more = max(1, misses_before_reveal(question) - wrong)
    tries = "one more try" if wrong and more == 1 else "one try" if more == 1 else ""
    tries = tries or f"{more} {'more ' if wrong else ''}tries"
    hints = " or the last hint" if question.hints else ""
    return f"The answer can be shown after {tries}{hints}."


def reveal_offered(press: str, asked: int) -> str:
    """That the answer may be looked at, in round `asked`, and what that means."""
    then = "it then counts as helped" if asked else "the question then comes back"
    return f"{press} shows the answer; {then}."


def given_away(asked: int) -> str:
    """That the misses before a right answer had told it, in round `asked`."""
    then = "it counts as helped" if asked else "the question comes back later"
    return f"The tries before had given the answer away: {then}."


def lesson_passed(how: str, ahead: int) -> str:
    """That an answer has passed the lesson, `unaided` or `helped`, with `ahead` questions left."""
    helped = ", with help" if how == "helped" else ""
    rest = "one question is" if ahead == 1 else f"{ahead} questions are"
    more = f"{rest} still ahead" if ahead else "the rest is yours too"
    return (
        f"With this the lesson is passed{helped}: every objective has an answer of yours. Do read"
        f" on: {more}."
    )
