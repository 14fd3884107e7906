"""A walk through matrices: what stands on the screen, and that every number can be worked again."""

from __future__ import annotations

import math
import random
import re

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.layers.walk import Place, Stage, Walk, draw, height_wanted, sentence
from tui.drawing.layers.walk_made import headline, number, table, terms
from tui.drawing.lines import plain

TOKENS = ("We", "propose", "architecture", "___")


def stage(name: str, kind: str, of: tuple[str, ...], columns: str) -> Stage:
    return Stage(name, kind, of, columns, f"formula of {name}", f"the {name}", f"About {name}.")


def matrix(rows: int, columns: int, seed: int) -> list[list[float]]:
    rng = random.Random(seed)
    return [[rng.uniform(-2, 2) for _ in range(columns)] for _ in range(rows)]


def walk() -> Walk:
    x, w, bias = matrix(4, 3, 1), matrix(3, 3, 2), [0.1, -0.2, 0.3]
    q = [
        [
            math.fsum(a * b for a, b in zip(row, col, strict=True)) + c
            for col, c in zip(zip(*w, strict=True), bias, strict=True)
        ]
        for row in x
    ]
    turned = [list(column) for column in zip(*x, strict=True)]
    raw = [
        [
            math.fsum(a * b for a, b in zip(row, col, strict=True))
            for col in zip(*turned, strict=True)
        ]
        for row in q
    ]
    scores = [[value / 2 for value in row] for row in raw]
    whole = [math.fsum(map(math.exp, row)) for row in scores]
    weights = [[math.exp(v) / total for v in row] for row, total in zip(scores, whole, strict=True)]
    arrays = {"x": x, "w": w, "b": bias, "q": q, "turned": turned}
    arrays |= {"raw": raw, "scores": scores, "weights": weights}
    stages = (
        stage("x", "given", (), "C"),
        stage("q", "product", ("x", "w", "b"), "C"),
        stage("raw", "product", ("q", "turned"), "T"),
        stage("scores", "scale", ("raw",), "T"),
        stage("weights", "softmax", ("scores",), "T"),
    )
    labels = {"T": TOKENS, "C": ("1", "2", "3")}
    return Walk(stages, arrays, labels, 2.0, 3, "before training", "It says a.")


def shown(place: Place, width: int = 73, height: int = 14, ink: Ink | None = None) -> str:
    return plain(draw(walk(), place, width, height, ink or Ink()))


def test_a_matrix_has_its_formula_shape_names_and_numbers() -> None:
    text = shown(Place(1, 2, 1))
    first, head, *rows = text.split("\n")
    assert first.startswith("2/5 the q") and "formula of q   4 × 3   before training" in first
    assert head.split() == ["1", "2", "3"]
    for row, name in zip(rows, ("We", "propose", "►architect…", "___"), strict=False):
        assert row.strip().startswith(name)
    q = walk().matrix("q")
    for row, values in zip(rows, q, strict=False):
        assert re.findall(r"−?\d+\.\d\d", row) == [number(value) for value in values]


def test_a_product_is_taken_apart_into_the_numbers_that_are_multiplied() -> None:
    place = Place(1, 2, 1)
    left, right = terms(walk(), place)
    total = math.fsum(a * b for a, b in zip(left, right, strict=True)) - 0.2
    assert total == pytest.approx(walk().matrix("q")[2][1])
    said = headline(walk(), place)
    assert said.startswith("architecture, 2:  sum of 3 products") and "bias −0.200" in said
    assert said.endswith(f"= {total:.3f}".replace("-", "−"))
    names = [name for name, _ in table(walk(), place)]
    assert names == ["x", "W_Q", "products"]
    assert all(name in shown(place) for name in names)


def test_only_shares_have_the_sum_of_their_row() -> None:
    assert "Σ" not in shown(Place(3))
    text = shown(Place(4))
    assert "Σ" in text and text.count("1.00") >= 4


def test_a_softmax_is_worked_from_its_scores() -> None:
    scores = walk().matrix("scores")[1]
    whole = math.fsum(map(math.exp, scores))
    said = headline(walk(), Place(4, 1, 2))
    assert f"{math.exp(scores[2]):.3f} / {whole:.3f} = {math.exp(scores[2]) / whole:.3f}" in said


def test_dividing_and_norming_say_by_what() -> None:
    assert "/ √4 = " in headline(walk(), Place(3)) and "/ 2.000 =" in headline(walk(), Place(3))
    row = walk().matrix("q")[0]
    mean = sum(row) / 3
    spread = math.sqrt(sum((v - mean) ** 2 for v in row) / 3 + 1e-5)
    arrays = {**(walk().arrays or {}), "g": [1.0, 2.0, 1.0], "n": [0.0, 0.5, 0.0]}
    normed = [[(v - mean) / spread for v in row]] * 4
    arrays["normed"] = [
        [v * g + b for v, g, b in zip(r, arrays["g"], arrays["n"], strict=True)] for r in normed
    ]  # type: ignore[arg-type]
    there = Walk((stage("normed", "norm", ("q", "g", "n"), "C"),), arrays, walk().labels)
    said = headline(there, Place(0, 0, 1))
    shown = [number(v) for v in (row[1], mean, spread, 2.0, 0.5)]
    assert "({} − {}) / {} · {} + {}".format(*shown) in said
    assert said.endswith(f"{normed[0][1] * 2 + 0.5:.3f}".replace("-", "−"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(20, 4), (40, 8), (73, 14), (120, 30)])
def test_every_ink_in_every_room(kind: str, size: tuple[int, int]) -> None:
    ink = Ink(kind)
    for number_ in range(5):
        lines = draw(walk(), Place(number_, 3, 2), *size, ink)
        assert len(lines) == size[1] and {line.cell_length for line in lines} == {size[0]}
        assert not ink.is_ascii or plain(lines).isascii()


def test_a_wide_matrix_keeps_its_cursor_in_sight() -> None:
    wide = Walk(
        (stage("logits", "given", (), "V"),),
        {"logits": matrix(4, 30, 5)},
        {"T": TOKENS, "V": [f"w{n}" for n in range(30)]},
    )
    text = plain(draw(wide, Place(0, 0, 29), 73, 14, Ink()))
    assert "w29" in text and "w0 " not in text


def test_low_windows_scroll_the_rows_under_the_cursor() -> None:
    text = shown(Place(0, 3, 0), height=5)
    assert "►___" in text and "We" not in text


def test_the_sentence_says_the_step_and_the_number() -> None:
    said = sentence(walk(), Place(4, 0, 0))
    assert said.startswith("Step 5 of 5, the weights: We, We:  e^")
    assert sentence(Walk(), Place()) == "No walk yet."


def test_all_steps_want_the_same_height() -> None:
    assert len({height_wanted(walk(), Place(n), 73, Ink()) for n in range(5)}) == 1
