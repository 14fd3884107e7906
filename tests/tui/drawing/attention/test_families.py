"""Three mask pictures: a cell is full where the network may read, and the words say the same."""

from __future__ import annotations

import functools

import pytest
import torch

from models.specs.families import SPEC
from tui.demos.families import turned_round
from tui.drawing.attention.families import ACROSS, ALL, PAST, Families, like, words
from tui.drawing.attention.families_picture import draw_families, height_wanted, sentence
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.panels.families_panel import families_of


@functools.cache
def of_networks(moves: int = 2) -> Families:
    from models.labs.families import FamiliesLab

    torch.set_num_threads(1)
    lab = FamiliesLab(SPEC.settings({"width": 8}), 0)
    return families_of(lab.probe("masks", {"moves": moves})[1])


def cells(text: str, width: int, row: int) -> list[str]:
    """The cells of a row of each family, in a picture of single columns."""
    line = text.split("\n")[1 + row].ljust(width)
    return [part for part in line.replace("►", " ").split() if set(part) <= set("█▓·✓×") and part]


@pytest.mark.parametrize("moves", [1, 2])
def test_every_cell_is_what_the_networks_were_told(moves: int) -> None:
    picture = of_networks(moves)
    whole = 12 + moves
    masks = (torch.ones(11, 11), torch.ones(whole, whole).tril(), torch.ones(whole, whole).tril())
    masks[2][:11, :11] = 1  # the maze reads all of itself
    text = plain(draw_families(picture, 76, 1 + whole + 2, Ink()))
    for row in range(whole):
        told = [part for part in cells(text, 76, row) if len(part) > 1]
        shown = [mask for mask in masks if row < len(mask)]
        assert len(told) == len(shown)
        for part, mask in zip(told, shown, strict=True):
            assert [cell not in "·×" for cell in part] == mask[row].bool().tolist()


def test_what_is_read_across_looks_different() -> None:
    text = plain(draw_families(turned_round(), 76, 17, Ink()))
    last = text.split("\n")[2 + 8]
    assert "▓" * 10 + "█" * 8 in last and "█" * 18 in last
    assert text.count("▓") == 2 * 4 * 5


def test_the_cell_under_the_cursor_is_a_tick_or_a_cross() -> None:
    picture = turned_round().turned(1)
    may, may_not = (
        plain(draw_families(picture.moved(3, column), 76, 17, Ink())).split("\n")[2 + 3]
        for column in (3, 4)
    )
    assert "██████✓ · · ·" in may and "████████× · ·" in may_not


@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_words_name_all_that_a_row_may_read(at: int) -> None:
    picture = turned_round().turned(at)
    family = picture.family
    for row in range(len(family.tokens)):
        told = words(picture.moved(row, 0))
        may = [family.may(row, column) for column in range(len(family.tokens))]
        given, written = (
            sum(may[:5]),
            "".join(family.tokens[n] for n in range(5, len(may)) if may[n]),
        )
        count = {5: "all 5 tokens of the word"}.get(given, f"the first {given} of 5 tokens")
        assert (count.replace("the first 1 ", "the first ") in told) == bool(given)
        assert (" ".join(written) + " of the answer" in told) == bool(written)


def test_why_a_cell_is_not_read_is_said() -> None:
    picture = turned_round().turned(2)
    assert words(picture.moved(0, 6)).endswith(
        "Not column 7, “e”: the word is read before the answer is begun."
    )
    assert words(picture.moved(5, 7)).endswith("Not column 8, “s”: that comes later.")
    assert words(picture.moved(5, 2)).endswith("It reads column 3, “u”, across.")
    assert words(picture.moved(5, 5)).endswith("It reads itself.")


def test_what_each_is_good_for_follows_from_its_masks() -> None:
    assert [like(family) for family in turned_round().families] == [ALL, PAST, ACROSS]
    assert [like(family) for family in of_networks().families] == [ALL, PAST, ACROSS]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "height"), [(76, 17), (118, 30), (40, 17), (26, 8), (60, 10)])
def test_it_fills_its_room_in_every_ink(width: int, height: int, kind: str) -> None:
    ink = Ink(kind, "ascii" if kind == "ascii" else "braille")
    for at in (0, 1, 2):
        picture = of_networks().turned(at)
        lines = draw_families(picture, width, height, ink)
        assert len(lines) == height and {line.cell_length for line in lines} == {width}
        text = plain(lines)
        assert picture.family.who in text and ink.glyph("pointer") in text
        assert kind != "ascii" or (text.isascii() and "?" not in text)


def test_in_a_small_room_it_is_said_in_words() -> None:
    picture = of_networks()
    text = " ".join(plain(draw_families(picture, 25, 20, Ink())).split())
    assert text.startswith(sentence(picture)[:60])
    assert height_wanted(picture) == 14 + 2 + 4


def test_the_cursor_stays_inside_when_the_family_changes() -> None:
    picture = of_networks().moved(99, 99)
    assert (picture.row, picture.column) == (13, 13)
    smaller = picture.turned(1)
    assert smaller.family.who == "encoder" and (smaller.row, smaller.column) == (10, 10)
