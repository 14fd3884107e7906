"""The width that is learned with each point left out, and the one that is not."""

from __future__ import annotations

import math

import pytest
import torch

from models.labs.kernel import KernelLab
from models.labs.lab import Look
from models.lookup.curve import truth
from models.lookup.nearness import shares_at
from models.lookup.shares import mixture
from models.specs.kernel import SPEC
from models.specs.spec import Value


def run(seed: int = 0, **knobs: Value) -> tuple[KernelLab, list[Look]]:
    lab = KernelLab(SPEC.settings(dict(knobs)), seed)
    return lab, [seen for seen in lab.train() if isinstance(seen, Look)]


def test_who_may_look_at_what_it_is_asked_for_learns_to_look_at_nothing_else() -> None:
    lab, _ = run()
    assert lab.result is not None and lab.result.reached and lab.result.control_failed
    found = lab.result.metrics
    assert found["itself.width"] < 0.05 < found["left_out.width"]
    assert found["itself.seen"] < found["left_out.seen"]
    assert found["itself.error"] > found["left_out.error"]


def test_how_far_off_it_is_can_be_worked_out_number_by_number() -> None:
    lab, looks = run(steps=60)
    assert lab.result is not None
    newest = [look for look in looks if look.runner == "left_out"][-1].data
    assert newest["width"] == pytest.approx(lab.result.metrics["left_out.width"])
    squares = []
    for x in torch.linspace(0, 5, 1001).tolist():
        shares = shares_at(x, newest["xs"], newest["kernel"], newest["width"])
        squares.append((mixture(shares, newest["ys"]) - truth(x)) ** 2)
    by_hand = math.sqrt(sum(squares) / len(squares))
    assert by_hand == pytest.approx(lab.result.metrics["left_out.error"], abs=1e-3)


def test_a_kernel_with_hard_edges_has_no_gradient_and_learns_no_width() -> None:
    for kernel in ("boxcar", "constant"):
        lab, _ = run(steps=30, kernel=kernel)
        assert lab.result is not None
        assert lab.result.metrics["left_out.width"] == lab.result.metrics["itself.width"] == 1


def test_a_look_inside_shows_rows_that_sum_to_one() -> None:
    lab, _ = run(steps=30)
    arrays, values = lab.probe("fit", {"runner": "itself"})
    assert arrays["weights"].sum(-1) == pytest.approx(1, abs=1e-5)
    assert arrays["weights"] @ arrays["ys"] == pytest.approx(arrays["estimates"], abs=1e-5)
    assert values["width"] < lab.probe("fit", {"when": "before"})[1]["width"] == 1
    with pytest.raises(ValueError, match="nobody called me learns a width"):
        lab.probe("fit", {"runner": "me"})
