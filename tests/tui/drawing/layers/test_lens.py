"""The logit lens: the numbers of the tensors, cell by cell, in every ink and size."""

from __future__ import annotations

import pytest

from tui.demos.inside_speakers import told
from tui.drawing.ink import Ink
from tui.drawing.layers.lens import Lens, draw, lines_wanted, sentence, shown
from tui.drawing.lines import plain
from tui.speaker_probes import lens_of

SMALL = Lens(
    (".", "the", "cat"),
    ("the", "cat", "runs"),
    (5, 14, 4),
    (("the", "hen", "that"), ("the", "cat", "run")),
    ((0.5, 0.07, 0.25), (0.7, 0.11, 0.41)),
    ((0.5, 0.05, 0.2), (0.7, 0.11, 0.22)),
    (("right", "possible", "possible"), ("right", "right", "wrong")),
    "after training",
)


@pytest.mark.parametrize(
    ("ink", "cell"), [(Ink(), "▓ run       ✗"), (Ink("ascii"), "+ run       x")]
)
def test_a_cell_says_how_sure_it_is_and_whether_that_came(ink: Ink, cell: str) -> None:
    text = plain(draw(SMALL, (2, 1), 76, lines_wanted(SMALL), ink))
    assert cell in text and "block 1" in text and "embedding" in text
    assert "After block 1, having read" in text and "41.0 %" in text and "22.0 %" in text


def test_many_layers_and_words_are_shown_through_a_window_that_holds_the_cursor() -> None:
    deep = Lens(
        SMALL.reads,
        SMALL.comes,
        SMALL.could,
        SMALL.says * 6,
        SMALL.shares * 6,
        SMALL.right * 6,
        SMALL.marks * 6,
    )
    for layer in range(12):
        assert layer in shown(deep, layer, 76)
    text = plain(draw(deep, (2, 11), 76, 6, Ink()))
    assert "block 11" in text and "block 2 " not in text and "cat " in text


@pytest.mark.parametrize("size", [(20, 3), (44, 5), (76, 20), (120, 40)])
def test_it_is_as_large_as_its_room(size: tuple[int, int]) -> None:
    lines = draw(SMALL, (0, 0), *size, Ink())
    assert len(lines) == size[1] and all(line.cell_length == size[0] for line in lines)


def test_it_tells_the_numbers_of_the_probe() -> None:
    seen = told("lens", text="the cats run to the milk .")
    lens = lens_of(seen, "now")
    shares, right = seen.arrays["shares"].rows(), seen.arrays["right"].rows()
    for layer in range(lens.layers):
        for place, word in enumerate(lens.comes):
            told_of = sentence(lens, (place, layer))
            assert f"{100 * shares[layer][place]:.1f} %" in told_of
            if lens.says[layer][place] != word:
                assert f"{100 * right[layer][place]:.1f} %" in told_of
    assert sentence(Lens(), (0, 0)) == "Nothing has been read yet."
