"""An echo is the message one letter further on, and what can be foreseen of it is known exactly."""

from __future__ import annotations

import math

import torch

from models.tasks.echo import LENGTH, LETTERS, echoed, floor, graded, spelled, texts


def test_each_letter_comes_back_as_the_next_and_p_as_a() -> None:
    assert spelled(echoed(torch.tensor([[3, 10, 0, 12, 15, 5]]))) == ["dkampfelbnag"]


def test_messages_are_drawn_evenly_and_the_echo_follows() -> None:
    drawn = texts(4000, torch.Generator().manual_seed(0))
    assert drawn.shape == (4000, 2 * LENGTH)
    assert torch.equal(drawn[:, LENGTH:], (drawn[:, :LENGTH] + 1) % 16)
    counts = drawn[:, :LENGTH].flatten().bincount(minlength=16)
    assert (counts / counts.sum() - 1 / 16).abs().max() < 0.005


def test_as_many_letters_are_graded_as_asked_for() -> None:
    marks = graded(4000, 1 / 3, torch.Generator().manual_seed(0))
    assert marks.shape == (4000, 2 * LENGTH - 1)
    assert abs(marks.float().mean().item() - 1 / 3) < 0.01


def test_the_floor_is_what_a_network_that_knows_all_there_is_to_know_would_have() -> None:
    drawn = texts(500, torch.Generator().manual_seed(1))
    losses = [math.log(len(LETTERS))] * (LENGTH - 1) + [0.0] * LENGTH
    assert len(losses) == drawn.shape[1] - 1
    assert math.isclose(floor(), sum(losses) / len(losses))
