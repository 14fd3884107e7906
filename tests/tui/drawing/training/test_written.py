"""What networks write: each step with its sign, and how many texts are legal."""

from __future__ import annotations

import pytest

from tui.demos.written import by_rule
from tui.drawing.ink import Ink
from tui.drawing.lines import plain
from tui.drawing.training.written import Writer, Written, draw, lines_wanted, sentence

TWO = Written(
    (
        Writer("with a mask", ("abehg",), ((True,) * 4,), 97, 100),
        Writer("without", ("ababx",), ((True, False, False, False),), 0, 100),
    ),
    ("abc", "def", "ghi"),
    "after 20 steps",
)


@pytest.mark.parametrize(
    ("ink", "legal", "broken"),
    [
        (Ink(), "a·b·e·h·g", "a·b✗a✗b✗x"),
        (Ink("shade"), "a·b·e·h·g", "a·b✗a✗b✗x"),
        (Ink("ascii", "ascii"), "a.b.e.h.g", "a.bxaxbxx"),
    ],
)
def test_every_step_has_its_sign_in_every_ink(ink: Ink, legal: str, broken: str) -> None:
    text = plain(draw(TWO, 40, 8, ink))
    assert legal in text and broken in text
    assert "with a mask  97 of 100 legal" in text and "without  0 of 100 legal" in text
    assert "through a wall, or straight back" in text


def test_the_board_stands_beside_the_texts_where_there_is_room() -> None:
    written = by_rule()
    assert lines_wanted(written) == 14
    for width, height, is_there in ((40, 14, True), (27 + 3, 14, True), (40, 9, False)):
        lines = plain(draw(written, width, height, Ink())).splitlines()
        assert ("a b c" in lines[2] and "g h i" in lines[4]) == is_there
        assert max(map(len, lines)) <= width


def test_a_small_window_gets_fewer_texts_and_a_tiny_one_a_sentence() -> None:
    written = by_rule()
    low = draw(written, 40, 8, Ink())
    assert len(low) == 8 and plain(low).count("of 100 legal") == 3
    assert "of 100 legal" in plain(draw(written, 29, 6, Ink()))
    assert sentence(TWO) == (
        "After 20 steps. with a mask: 97 of 100 legal; without: 0 of 100 legal."
    )
    assert sentence(Written()) == "Nothing was written yet."


def test_the_demonstration_judges_its_own_walks() -> None:
    rules, back, nothing = by_rule().writers
    assert rules.right == 100 and all(map(all, rules.legal))
    assert nothing.right <= back.right < 30
