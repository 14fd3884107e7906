"""The mask triptych: scores, who may look, and the softmax are what the tensors say."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.probed import by_hand, network, probe, seen
from tui.drawing.attention.masks import Masks, most_hidden, words
from tui.drawing.attention.masks_picture import draw_masks, fits
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

TEXT = "hagdbe"


def masks(cursor: tuple[int, int] = (2, 1), **how: object) -> Masks:
    return Masks(*seen(probe(network(), TEXT)), cursor, **how)  # type: ignore[arg-type]


def drawn(shown: Masks, width: int = 90, height: int = 16) -> list[list[str]]:
    """The words of each line; brackets of the cursor are none."""
    text = plain(draw_masks(shown, width, height, Ink()))
    return [row.replace("[", " ").replace("]", " ").split() for row in text.split("\n")]


def one_place(number: float) -> str:
    text = f"{number:.1f}"
    return (text.removeprefix("-") if float(text) == 0 else text).replace("-", "−")


def two_places(share: float) -> str:
    return "1.0" if share >= 0.995 else f"{share:.2f}"[1:]


@pytest.mark.parametrize("lifted", [False, True])
def test_every_cell_is_what_the_tensors_say(lifted: bool) -> None:
    hand, lines = by_hand(network(), text=TEXT), drawn(masks(lifted=lifted))
    assert lines[1] == list(TEXT) * 3
    free = np.exp(hand.scores) / np.exp(hand.scores).sum(1, keepdims=True)
    for row in range(6):
        cells = [cell for cell in lines[2 + row] if cell not in ("►", TEXT[row], f"►{TEXT[row]}")]
        assert cells[:6] == [one_place(score) for score in hand.scores[row]]
        if lifted:
            assert cells[6:12] == ["✓"] * 6
            assert cells[12:] == [two_places(share) for share in free[row]]
        else:
            seen_by = row + 1
            assert cells[6:12] == ["✓"] * seen_by + ["×"] * (6 - seen_by)
            told = [two_places(share) for share in hand.weights[row][:seen_by]]
            assert cells[12:] == told + ["×"] * (6 - seen_by)


def test_the_sentence_has_the_number_that_the_mask_is_for() -> None:
    hand = by_hand(network(), text=TEXT)
    free = np.exp(hand.scores) / np.exp(hand.scores).sum(1, keepdims=True)
    hidden = np.triu(free, 1)
    near = np.tril(hidden, 4)
    row, column = most_hidden(*seen(probe(network(), TEXT)))
    assert near[row, column] == near.max()
    for row in range(6):
        told = words(masks((row, 0)))
        best = int(hand.scores[row].argmax())
        if row == 5:
            assert told == "The last letter, e, may look at every letter: no mask changes this row."
            continue
        assert f"its largest score, {one_place(hand.scores[row, best])}, is for" in told
        share = two_places(hidden[row].sum())
        if best > row:
            alone = two_places(free[row, best])
            assert (
                f"which it may not look at. Without the mask that alone would take {alone}" in told
            )
            assert f"all that is hidden {share}." in told
        else:
            assert f"all it may not look at would take {share}." in told


def test_where_they_do_not_fit_scores_are_rounded_and_then_one_is_seen_at_a_time() -> None:
    hand = by_hand(network(), text=TEXT)
    assert fits(masks(), 70, Ink()) and not fits(masks(), 44, Ink())
    row = drawn(masks(), 64)[4]
    assert row[1:7] == [one_place(round(score)).removesuffix(".0") for score in hand.scores[2]]
    titles = [drawn(masks(panel=panel), 44)[0] for panel in range(3)]
    assert [title[:3] for title in titles] == [[f"{n}", "of", "3"] for n in (1, 2, 3)]
    assert drawn(masks(panel=1), 44)[4][-6:] == ["✓", "✓", "✓", "×", "×", "×"]


def test_of_a_long_text_the_window_follows_the_cursor() -> None:
    shown = masks((5, 5))
    lines = drawn(shown, 30, 12)
    assert lines[1][-1] == "e" and len(lines[1]) < 6
    assert [line[0] for line in lines if line[:1] == ["►e"]]
    assert "[" in plain(draw_masks(shown, 30, 12, Ink()))


@pytest.mark.parametrize("kind", KINDS)
def test_lines_have_their_width_and_height(kind: str) -> None:
    for width, height in ((1, 1), (24, 6), (44, 10), (64, 20), (80, 24), (150, 50)):
        for panel in range(3):
            lines = draw_masks(masks(panel=panel, lifted=bool(panel)), width, height, Ink(kind))
            assert len(lines) == height and {line.cell_length for line in lines} == {width}
            assert kind != "ascii" or plain(lines).isascii()
