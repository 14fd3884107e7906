"""All heads at once: pictures, words and numbers say the same."""

from __future__ import annotations

import pytest

from tui.drawing.attention.head_words import score
from tui.drawing.attention.heads import Heads, Judged, Looking, sentence
from tui.drawing.attention.heads_picture import draw, height_of
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

TOKENS = tuple("abcab")
SELF = tuple(tuple(float(row == column) for column in range(5)) for row in range(5))
BACK = tuple(tuple(float(column == max(0, row - 1)) for column in range(5)) for row in range(5))
EVEN = ((0.2,) * 5,) * 5


def heads(**given: object) -> Heads:
    told = {"now": Judged(0.5, 1.0, (1.0, 0.5)), "whole": Judged(1.0, 0.1, (1.0, 1.0))}
    return Heads(TOKENS, ((SELF, BACK), (EVEN, SELF)), **{**told, **given})  # type: ignore[arg-type]


def one(row: list[float]) -> str:
    return score([row] * len(row), "abcde", len(row) - 1, "letter").words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (SELF, "looks at itself: 1.000"),
        (BACK, "looks one back: 1.000"),
        (tuple((0.0, 0.0, 1.0, 0.0, 0.0) for _ in range(5)), "looks at letter 3: 1.000"),
        (EVEN, "even: 100% of the highest entropy"),
    ],
)
def test_a_pattern_is_named_with_the_mean_weight_on_it(rows: object, words: str) -> None:
    assert score(rows, TOKENS, None, "letter").words == words  # type: ignore[arg-type]


def test_a_causal_head_is_even_where_each_row_shares_what_it_may_see() -> None:
    rows = [[1 / (row + 1) * (column <= row) for column in range(8)] for row in range(8)]
    assert score(rows, "abcdefgh", None, "token").short == "even"


def test_what_followed_last_time_is_a_pattern() -> None:
    rows = [[0.0] * 5 for _ in range(5)]
    rows[3][1], rows[4][2] = 0.9, 0.7  # a followed by b, b followed by c
    for row in (0, 1, 2):
        rows[row][row] = 1.0
    found = score(rows, TOKENS, None, "token")
    assert found.words == "looks at what followed this last time: .800"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ([0.0, 0.0, 0.9, 0.1, 0.0], "looks at letter 3: .900"),
        ([0.0, 0.0, 0.55, 0.0, 0.45], "mixes letters 3 and 5: .550 .450"),
        ([0.2] * 5, "even: all alike"),
        ([0.5, 0.25, 0.25, 0.0, 0.0], "spread out, most at letter 1: .500"),
    ],
)
def test_where_one_row_is_answered_only_that_counts(row: list[float], words: str) -> None:
    assert one(row) == words


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_it_fits_whatever_the_ink_and_the_width(kind: str, width: int) -> None:
    told = heads(asking=4, questions=("first", "second"), off=frozenset({(0, 1)}))
    lines = draw(told, Looking(cursor=1), width, height_of(told, width), Ink(kind))
    assert all(line.cell_length == width for line in lines)
    text = plain(lines)
    assert kind != "ascii" or text.isascii()
    assert "off" in text and "L1" in text


@pytest.mark.parametrize(("kind", "marks"), [("colour", "▀▄█"), ("ascii", "'_#")])
def test_two_rows_share_a_line(kind: str, marks: str) -> None:
    told = heads()
    rows = plain(draw(told, Looking(), 100, 30, Ink(kind))).split("\n")
    first = next(n for n, row in enumerate(rows) if "L1" in row)
    # The diagonal: row 0 at column 0 is an upper half, row 1 at column 1 a lower one.
    assert rows[first + 1][1:3] == marks[0] + marks[1]
    # Looking one back, rows 0 and 1 both look at column 0.
    assert rows[first + 1][18] == marks[2]


def test_a_threshold_hides_what_is_below_it() -> None:
    told = heads()
    low = plain(draw(told, Looking(threshold=0.1), 100, 30, Ink("colour")))
    high = plain(draw(told, Looking(threshold=0.3), 100, 30, Ink("colour")))
    assert low.count("█") > high.count("█")


def test_the_most_decided_come_first_when_sorted() -> None:
    told = heads()
    assert told.ordered(True)[-1] == (1, 0) and told.ordered(False)[2] == (1, 0)


def test_the_sentence_says_what_is_off_and_what_that_changes() -> None:
    told = heads(off=frozenset({(0, 1)}), questions=("first", "second"), cases="9 texts")
    said = sentence(told, Looking(cursor=1))
    assert said.startswith("L1·H2: looks one back: 1.000. It is switched off")
    assert "Right in .500 of 9 texts, loss 1.000; with all heads 1.000, 0.100." in said
    assert said.endswith("first 1.000, second .500.")


def test_where_not_all_fit_those_around_the_cursor_are_drawn() -> None:
    told = Heads(TOKENS, tuple((SELF,) * 4 for _ in range(6)))
    text = plain(draw(told, Looking(cursor=23), 80, 17, Ink("colour")))
    assert "►L6·H4" in text and "L1·H1" not in text


SCORES = {"prev": ((0.2, 0.875), (0.1, 0.3)), "same": ((0.05, 0.01), (0.9, 0.4)), "first": EVEN[:2]}
EQUAL = {"prev": 0.25, "same": 0.3, "first": 0.5}


def test_heads_are_marked_with_their_scores_beside_what_equal_shares_are_worth() -> None:
    told = heads(scores=SCORES, equal=EQUAL, now=None, whole=None)
    rows = plain(draw(told, Looking(), 100, 30, Ink("colour"))).split("\n")
    marks = next(row for row in rows if "prev" in row)
    assert marks.split() == ["prev", ".20", "prev", ".88", "same", ".90", "same", ".40"]
    assert "With equal shares: prev .250, same .300, first .500." in "\n".join(rows)
    said = sentence(told, Looking(cursor=1))
    assert said.startswith("L1·H2: looks one back: 1.000; prev .875, same .010, first .200.")


def test_where_a_picture_is_wide_enough_two_scores_stand_below_it() -> None:
    tokens = tuple("labyrinthlabyrint")
    row = tuple(1 / 17 for _ in tokens)
    layer = ((row,) * 17,) * 2
    told = Heads(tokens, (layer, layer), scores=SCORES, equal=EQUAL)
    text = plain(draw(told, Looking(), 74, 30, Ink("colour")))
    assert "prev .20 same .05 prev .88 same .01 prev .10 same .90 prev .30 same .40" in text


@pytest.mark.parametrize(("width", "told"), [(74, False), (40, True)])
def test_no_words_give_away_what_is_to_be_found_where_pictures_show_it(
    width: int, told: bool
) -> None:
    for unnamed in (False, True):
        text = plain(draw(heads(unnamed=unnamed), Looking(), width, 30, Ink("colour")))
        assert ("one back" in text) is (told or not unnamed)


@pytest.mark.parametrize(("height", "pictures"), [(6, 0), (10, 0), (11, 1), (16, 1), (17, 2)])
def test_on_a_narrow_screen_all_scores_stand_in_a_list_below_the_pictures_there_is_room_for(
    height: int, pictures: int
) -> None:
    told = heads(scores=SCORES, equal=EQUAL, now=None, whole=None)
    rows = plain(draw(told, Looking(cursor=3), 30, height, Ink("colour"))).split("\n")
    assert len(rows) == height
    listed = [row.split() for row in rows if "same" in row]
    names = [row for row in rows if "L" in row and "prev" in row]
    assert [row.split()[0].strip("►") for row in names] == ["L1·H1", "L1·H2", "L2·H1", "L2·H2"]
    assert ["even", "prev", ".25", "same", ".30"] in listed
    assert len({row.index("prev") for row in rows if "prev" in row and "same" in row}) == 1
    drawn = [row for row in rows if "L" in row and "prev" not in row]
    assert len(drawn) == pictures and all("L2" in row for row in drawn[:2])
