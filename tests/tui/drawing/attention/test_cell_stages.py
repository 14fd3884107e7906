"""One weight taken apart: every line that is printed follows from the tensors, digit for digit."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.support.probed import NAMES, by_hand, network, probe, seen, taken
from tui.drawing.attention.attended import Taken
from tui.drawing.attention.cell_lines import STAGES, Opened
from tui.drawing.attention.cell_numbers import exact, places_for, power_text, signed
from tui.drawing.attention.cell_pair import difference, draw_pair
from tui.drawing.attention.cell_stages import draw, height_for
from tui.drawing.attention.cell_words import explained, sentence
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

CELLS = [(9, 0), (9, 9), (5, 2), (3, 7), (0, 0)]


def rows(cell: Taken, width: int = 58, height: int = 40, **how: object) -> list[str]:
    told = plain(draw(Opened(cell, **how), width, height, Ink()))  # type: ignore[arg-type]
    return [" ".join(row.split()) for row in told.split("\n")]


@pytest.mark.parametrize("positions", ["learned", "alibi"])
@pytest.mark.parametrize(("row", "column"), CELLS)
@pytest.mark.parametrize("head", [0, 1])
def test_every_line_is_what_the_tensors_say(
    positions: str, row: int, column: int, head: int
) -> None:
    model = network(positions)
    hand, cell = by_hand(model, head), taken(model, row, column, head=head)
    lines = rows(cell)
    text = "\n".join(lines)
    products = hand.q[row] * hand.k[column]
    places = places_for(np.abs(products))
    order = np.argsort(-np.abs(products))
    assert lines[1] == "1 q · k 6 products, largest first"
    assert " ".join(signed(products[i], places) for i in order) == " ".join(
        re.findall(r"[+−][\d.]+", " ".join(lines[2 : lines.index(summed(products, places))]))
    )
    scaled = products.sum() / np.sqrt(6)
    told = f"2 scale {signed(products.sum(), places)} / √6 = {signed(scaled, places)}"
    assert told in lines
    if positions == "alibi":
        bias, score = hand.bias[row, column], hand.scores[row, column]
        assert f"{signed(bias, places)} for the distance = {signed(score, places)}" in lines
    if column > row:
        assert "3 mask × may not look: −∞" in lines
        assert "4 softmax e^−∞ / Σ = 0 / Σ = 0" in lines
        return
    assert ("3 mask ✓ may look" if row < 9 else "3 mask none in this row") in lines
    power, whole = np.exp(hand.scores[row, column]), np.exp(hand.scores[row, : row + 1]).sum()
    score = signed(hand.scores[row, column], places).removeprefix("+")
    assert f"4 softmax e^{score} / Σ = {power_text(power)} / {power_text(whole)}" in text
    rank = 1 + (hand.scores[row, : row + 1] > hand.scores[row, column]).sum()
    share = exact(hand.weights[row, column])
    assert f"= {share} rank {rank} of {row + 1} row Σ 1.000" in lines
    effects = hand.effects[row, column]
    said = int(hand.logits[row].argmax())
    others = [i for i in np.argsort(-np.abs(effects)) if i != said]
    spots = places_for(np.abs(effects))
    told = " ".join(f"{NAMES[i]} {signed(effects[i], spots)}" for i in [said, *others])
    shown = lines[lines.index("5 × v → W_O → change in the logits") + 1]
    assert told.startswith(shown) and len(shown) > 20
    logit, whole_row = hand.logits[row, said], hand.effects[row, :, said].sum()
    assert (
        f"logit {NAMES[said]} {signed(logit)} = {signed(effects[said])} here,"
        f" {signed(whole_row - effects[said])} rest of row, {signed(logit - whole_row)} elsewhere"
    ) in " ".join(lines)
    likely = np.exp(logit) / np.exp(hand.logits[row]).sum()
    assert f"→ says {NAMES[said]}, {100 * likely:.1f} %" in lines


def summed(products: np.ndarray, places: int) -> str:
    return f"Σ = {signed(products.sum(), places)}"


def test_without_the_mask_the_softmax_is_over_the_whole_row() -> None:
    model = network()
    hand = by_hand(model)
    for row, column in ((3, 7), (3, 1)):
        lines = rows(taken(model, row, column), lifted=True)
        free = np.exp(hand.scores[row])
        assert "3 mask lifted: all may be looked at" in lines
        share = free[column] / free.sum()
        with_it = "0" if column > row else f"{hand.weights[row, column]:.3f}".removeprefix("0")
        assert f"= {exact(share)}, masked {with_it}" in lines
        assert f"{power_text(free[column])} / {power_text(free.sum())}" in " ".join(lines)


def test_stages_open_one_at_a_time() -> None:
    cell = taken(network(), 9, 0)
    names = ("1 q · k", "2 scale", "3 mask", "4 softmax", "5 × v")
    for stages in range(1, STAGES + 1):
        lines = rows(cell, stages=stages)
        for stage, name in enumerate(names, 1):
            shown = any(line.startswith(name) for line in lines)
            assert shown == (stage <= stages), (stages, name)
        nexts = [line for line in lines if line.startswith("tab ")]
        assert len(nexts) == (stages < STAGES)


def test_on_a_wide_screen_q_k_and_products_stand_under_their_channel() -> None:
    model = network()
    hand, lines = by_hand(model), rows(taken(model, 9, 4), 80)
    at = lines.index("1 q · k 6 channels, largest product first")
    channels = [int(number) - 1 for number in lines[at + 1].split()]
    products = hand.q[9] * hand.k[4]
    assert channels == list(np.argsort(-np.abs(products)))
    for line, name, numbers in (
        (at + 2, "q", hand.q[9]),
        (at + 3, "k", hand.k[4]),
        (at + 4, "q × k", products),
    ):
        told = " ".join(signed(numbers[i], places_for(np.abs(products))) for i in channels)
        assert lines[line] == f"{name} {told}"
    # Bars: the first is whole, and what speaks against is of another stuff.
    bars = plain(draw(Opened(taken(model, 9, 4)), 80, 40, Ink())).split("\n")[at + 5]
    assert "██████" in bars and ("░" in bars) == bool((products < 0).any())


def test_products_without_room_are_summed_up() -> None:
    model = network()
    products = (lambda hand: hand.q[9] * hand.k[0])(by_hand(model))
    height = height_for(Opened(taken(model, 9, 0)), 31, Ink())
    lines = rows(taken(model, 9, 0), 31, height - 1)
    left = products[np.argsort(-np.abs(products))][4:]
    places = places_for(np.abs(products))
    assert f"2 others {signed(left.sum(), places)} {summed(products, places)}" in lines


def test_two_cells_are_held_side_by_side_line_by_line() -> None:
    model = network("alibi")
    hand = by_hand(model, 1)
    one, other = taken(model, 9, 3, head=1), taken(model, 9, 6, head=1)
    lines = [
        " ".join(row.split())
        for row in plain(draw_pair(Opened(one), other, 70, 40, Ink())).split("\n")
    ]
    products = [hand.q[9] * hand.k[j] for j in (3, 6)]
    apart = products[0] - products[1]
    first = int(np.argmax(np.abs(apart)))
    places = places_for(np.abs(products[0]))
    numbers = (products[0][first], products[1][first], apart[first])
    assert lines[3] == f"1 dim {first + 1} " + " ".join(signed(x, places) for x in numbers)
    sums = [part.sum() for part in products]
    scaled = [total / np.sqrt(6) for total in sums]
    for name, pair in (("sum", sums), ("2 scaled", scaled), ("distance", hand.bias[9, [3, 6]])):
        told = (signed(x, places) for x in (*pair, pair[0] - pair[1]))
        assert f"{name} {' '.join(told)}" in lines
    weights, scores = hand.weights[9, [3, 6]], hand.scores[9, [3, 6]]
    difference_of = signed(weights[0] - weights[1], 3)
    assert f"weight {exact(weights[0])} {exact(weights[1])} {difference_of}" in lines
    powers = " ".join(power_text(x) for x in np.exp(scores))
    assert any(line.startswith(f"4 e^score {powers} ×") for line in lines)
    words = difference(one, other)
    size = abs(scores[0] - scores[1])
    assert f"e^{signed(size, places_for(np.abs(scores)))[1:]} = {np.exp(size):.3g}" in words
    assert ("as large" if scores[0] > scores[1] else "smaller") in words
    assert "another whole" in difference(one, taken(model, 8, 6, head=1))
    assert "not both may be looked at" in difference(
        taken(model, 3, 1, head=1), taken(model, 3, 6, head=1)
    )
    assert difference(one, one).startswith("This cell is pinned")


def test_words_say_the_same_numbers() -> None:
    model = network()
    hand, cell = by_hand(model), taken(model, 9, 2)
    told = sentence(cell)
    total = (hand.q[9] * hand.k[2]).sum()
    assert told.startswith(
        f"The last letter, h, asks g, the third letter: q · k is {signed(total)}, over √6"
        f" {signed(total / np.sqrt(6))}; rank"
    )
    assert f"it takes {100 * hand.weights[9, 2]:.1f} %." in told
    most = int(np.abs(hand.effects[9, 2]).argmax())
    moved = "raises" if hand.effects[9, 2, most] > 0 else "lowers"
    assert f"That {moved} the logit of {NAMES[most]} most" in told
    words = explained(cell)
    power, whole = np.exp(hand.scores[9, 2]), np.exp(hand.scores[9]).sum()
    assert f"{power_text(power)} / {power_text(whole)} = {exact(hand.weights[9, 2])}" in words
    assert f"`score = q · k / √6 = {signed(total)} / 2.45" in words
    assert "Query, Key, Value" in words
    hidden = taken(model, 3, 7)
    free = np.exp(hand.scores[3])
    assert f"Without the mask it would take {100 * free[7] / free.sum():.1f} %" in sentence(hidden)
    assert "without the mask `" in explained(hidden)


def test_a_row_that_nothing_is_read_from_says_so() -> None:
    cell = Taken(*seen(probe(network(), row=9)), 4, 2)
    assert "on its way…" in rows(cell)
    tile = cell.inside.tiles[0]
    silent = {4: [[0.0] * 8] * 10}
    inside = replace(cell.inside, tiles=(replace(tile, effects=silent),))
    told = rows(Taken(cell.weights, inside, 4, 2))
    assert "nothing: no answer is read from this row" in told
    assert "No answer is read from this row" in sentence(Taken(cell.weights, inside, 4, 2))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", [(9, 0), (3, 7)])
def test_lines_have_their_width_and_height(kind: str, cell: tuple[int, int]) -> None:
    one, other = taken(network("alibi"), *cell), taken(network("alibi"), 9, 9)
    for width, height in ((1, 1), (20, 5), (30, 6), (37, 17), (60, 12), (80, 24), (150, 50)):
        for lines in (
            draw(Opened(one), width, height, Ink(kind)),
            draw(Opened(one, 2, lifted=True), width, height, Ink(kind)),
            draw_pair(Opened(one), other, width, height, Ink(kind)),
        ):
            assert len(lines) == height and {line.cell_length for line in lines} == {width}
            assert kind != "ascii" or plain(lines).isascii()


def test_nothing_is_cut_where_there_is_the_room_that_was_asked_for() -> None:
    for width in (37, 44, 60, 80, 113):
        for kind in KINDS:
            opened = Opened(taken(network(), 9, 0))
            height = height_for(opened, width, Ink(kind))
            told = plain(draw(opened, width, height, Ink(kind)))
            assert "elsewhere" in told and "…" not in told and "others" not in told, (width, kind)


def test_numbers_are_printed_to_digits_of_their_own() -> None:
    assert [exact(x) for x in (0.93321, 0.0021, 0.99996, 0.0)] == [
        ".933",
        "2.10e−3",
        "1.000",
        ".000",
    ]
    assert [signed(x, 3) for x in (-0.0004, 0.25, -1.5)] == ["+0.000", "+0.250", "−1.500"]
    assert power_text(1e9) == "1e+9" and power_text(float("inf")) == "∞"
