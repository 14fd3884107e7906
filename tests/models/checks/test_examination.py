"""What is said of lines that are wrong in a way of their own."""

from __future__ import annotations

import pytest

from models.checks.examination import examine
from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES
from models.exercises.examined import EMPTY, ERROR, KNOWN, OTHER, STOPPED, SYNTAX, YES

SOFTMAX = EXERCISES["softmax"]


@pytest.mark.parametrize(
    ("text", "kind", "line", "told"),
    [
        ("", EMPTY, 0, "Write the missing lines first."),
        ("  \n", EMPTY, 0, "Write the missing lines first."),
        ("return (", SYNTAX, 1, "`'(' was never closed`"),
        ("x = 1\n  y = 2", SYNTAX, 2, "`unexpected indent`"),
        ("x = 1\nreturn foo", ERROR, 2, "Line 2: `NameError: name 'foo' is not defined`."),
        ("def f():\n    return 1 / 0\nreturn f()", ERROR, 2, "ZeroDivisionError"),
        ("exit()", ERROR, 1, "Line 1: it ends the program."),
        ("raise ValueError('a `b` *c*')", ERROR, 1, "`ValueError: a 'b' *c*`"),
        ("raise ValueError", ERROR, 1, "`ValueError`"),
        ("pass", OTHER, 0, "`shares` should be numbers, and is nothing."),
        ("return 'abc'", OTHER, 0, "`shares` should be numbers, and is str."),
        ("return [1.0]", OTHER, 0, "`shares` has the shape (1,), and should have (3,)."),
        ("return [[0.5], [0.5]]", OTHER, 0, "has the shape (2, 1)"),
        ("return [1.0, 2.0, 3.0]", OTHER, 0, "Nor does it hold that the shares sum to 1."),
        (
            "return [1 / len(scores) for _ in scores]",
            OTHER,
            0,
            "9, 1 and 7 other numbers come out.",
        ),
        ("raise MemoryError", STOPPED, 1, "more memory"),
    ],
)
def test_what_went_wrong_and_in_which_line(text: str, kind: str, line: int, told: str) -> None:
    found = examine(SOFTMAX, text)
    assert (found.kind, found.line) == (kind, line)
    assert told in found.told


def test_both_results_are_shown_from_the_first_case_that_differs() -> None:
    sides = examine(SOFTMAX, "return by_ratio(scores)").sides
    assert sides is not None
    assert (sides.title, sides.name) == ("the scores 9, 1 and 7", "shares")
    assert sides.target.rows == [["0.881", "0.000", "0.119"]]
    assert sides.own.rows == [["0.529", "0.059", "0.412"]]


def test_numbers_that_hardly_differ_are_shown_with_more_digits() -> None:
    text = "return [one + 1e-4 for one in by_ratio([exp(s - max(scores)) for s in scores])]"
    sides = examine(SOFTMAX, text).sides
    assert sides is not None
    assert sides.target.rows[0][0] != sides.own.rows[0][0]


def test_every_step_is_told_with_how_it_went() -> None:
    steps = dict(examine(SOFTMAX, "return by_ratio(scores)").steps)
    assert steps.pop("the numbers") == "no"
    assert set(steps.values()) == {YES}
    broken = dict(examine(SOFTMAX, "return foo").steps)
    assert broken.pop("it runs") == "no"
    assert set(broken.values()) == {""}


def test_the_guard_is_called_before_a_line_of_it_runs() -> None:
    told: list[str] = []
    examine(SOFTMAX, "raise ValueError", lambda: told.append("guarded"))
    assert told == ["guarded"]
    examine(SOFTMAX, "(", lambda: told.append("twice"))
    assert told == ["guarded"]


MASK = EXERCISES["causal-mask"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "x = bias or 0\nreturn scores.masked_fill(~allowed, -math.inf)",
            "Line 1, with a mask and a bias: `RuntimeError: ",
        ),
        (
            "return scores * allowed",
            "Line 1, with a bias and no mask: `TypeError: unsupported operand",
        ),
        (
            "if allowed is None:\n    return 0\nreturn scores",
            "With a bias and no mask your lines ran, and what follows them cannot go on",
        ),
    ],
)
def test_an_error_in_any_case_is_told_before_numbers_that_differ(text: str, told: str) -> None:
    found = examine(MASK, text)
    assert found.kind == ERROR
    assert found.told.startswith(told)
    assert found.line == found.told.startswith("Line 1")
    assert found.sides is None


def test_a_classic_mistake_that_raises_tells_the_error_too() -> None:
    found = examine(SOFTMAX, SOFTMAX.wrong["no-largest"])
    assert (found.kind, found.wrong, found.line) == (KNOWN, "no-largest", 1)
    assert "Line 1, with the scores 1000 and 999: `OverflowError: math range error`" in found.told


@pytest.mark.parametrize(
    ("rest", "kind", "told"),
    [
        ("q + 0", OTHER, "it does not hold that the future changes nothing."),
        ("q.other", ERROR, "Line 4: `AttributeError: 'Tensor' object has no attribute 'other'`."),
    ],
)
def test_numbers_that_are_right_are_not_all(rest: str, kind: str, told: str) -> None:
    reference = blank_of(MASK).reference.replace("\n", "\n    ")
    # The promise alone is looked at with four tokens.
    text = f"if len(q) < 4:\n    {reference}\nq = q\nreturn ({rest}) @ k.transpose(-2, -1)"
    lines = text.count("\n") + 1
    found = examine(MASK, text)
    assert (found.kind, found.line) == (kind, lines if kind == ERROR else 0)
    assert told.replace("Line 4", f"Line {lines}") in found.told


@pytest.mark.parametrize("wrong", ["added", "nought", "inverted"])
def test_a_mask_that_leaves_the_future_a_share_does_not_keep_the_promise(wrong: str) -> None:
    what, how = examine(MASK, MASK.wrong[wrong]).steps[-1]
    assert what == MASK.promise
    assert how == "no"
