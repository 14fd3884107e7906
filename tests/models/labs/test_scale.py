"""Random queries and keys: variance, largest share and slope against what theory says."""

from __future__ import annotations

import pytest
import torch

from models.labs.scale import ScaleLab
from models.specs.scale import SPEC


def measured(width: int, seed: int = 0) -> dict[str, float]:
    lab = ScaleLab(SPEC.settings({"width": width, "draws": 1000}), seed)
    list(lab.train())
    assert lab.result is not None
    return lab.result.metrics


@pytest.mark.parametrize("width", [4, 64, 256])
def test_the_variance_of_a_product_is_the_width_and_the_root_makes_it_one(width: int) -> None:
    metrics = measured(width)
    assert metrics["raw.variance"] == pytest.approx(width, rel=0.1)
    assert metrics["scaled.variance"] == pytest.approx(1, rel=0.1)


def test_without_the_root_the_softmax_hardens_with_the_width_and_with_it_not() -> None:
    narrow, wide = measured(4), measured(256)
    assert wide["raw.largest"] > 0.9 > 0.5 > narrow["raw.largest"]
    assert wide["raw.slope"] < 0.15 < 0.6 < narrow["raw.slope"]
    assert wide["scaled.largest"] == pytest.approx(narrow["scaled.largest"], abs=0.03)
    assert wide["scaled.slope"] == pytest.approx(narrow["scaled.slope"], abs=0.02)


def test_raw_words_look_at_themselves_and_projected_ones_anywhere() -> None:
    metrics = measured(256)
    assert metrics["itself.own"] > 0.999
    assert metrics["projected.own"] == pytest.approx(1 / 16, abs=0.02)


def test_the_slope_is_that_of_the_softmax() -> None:
    scores = torch.tensor([1.0, -0.5, 2.0], dtype=torch.double)
    jacobian = torch.autograd.functional.jacobian(lambda s: s.softmax(-1), scores)
    p = scores.softmax(-1)
    assert jacobian.diagonal().sum() == pytest.approx((p * (1 - p)).sum())  # type: ignore[union-attr]


def test_a_narrow_query_does_not_need_the_root() -> None:
    lab = ScaleLab(SPEC.settings({"width": 4}), 0)
    list(lab.train())
    assert lab.result is not None and not lab.result.control_failed
