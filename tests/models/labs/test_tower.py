"""The lab of towers: who lacks what, how it is judged, and what is seen of a tower."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import pytest
import torch

from models.labs.lab import Look
from models.labs.tower import TowerLab
from models.networks.tower import Tower
from models.specs.spec import Value
from models.specs.tower import PARTS, SPEC


def begun(**knobs: Value) -> TowerLab:
    small: dict[str, Value] = {"steps": 20, "depth": 2}
    return TowerLab(SPEC.settings({**small, **knobs}), 0)


def judged(lab: TowerLab, tower: float = 1.0, **others: float) -> tuple[bool, bool]:
    rates = {"cut": 0.1, "bare": 0.1, "flat": 1.0, "alone": 0.1, "tower": tower, **others}
    return lab.judge({f"{name}.accuracy": rate for name, rate in rates.items()})


def by_backward(net: Tower, rows: torch.Tensor, answers: torch.Tensor) -> list[float]:
    """The length of each block's gradient, as `backward` leaves it."""
    net.zero_grad()
    logits = net(rows)
    torch.nn.functional.cross_entropy(logits.flatten(0, 1), answers.flatten()).backward()
    found = []
    for block in net.blocks:
        squares = [float(weight.grad.double().square().sum()) for weight in block.parameters()]
        found.append(math.sqrt(math.fsum(squares)))
    net.zero_grad()
    return found


def by_pairs(x: torch.Tensor) -> float:
    """The mean cosine of two tokens, pair by pair."""
    cosines = [
        float(torch.cosine_similarity(one, other, dim=0).detach())
        for text in x
        for one, other in combinations(text, 2)
    ]
    return sum(cosines) / len(cosines)


def test_the_towers_differ_in_what_is_said_and_in_nothing_else() -> None:
    lab = begun()
    whole = lab.racers[0].network
    for racer in lab.racers:
        expected = {"residual": True, "norm": "pre", "feed_forward": True, "alone": False}
        parts = {k: v for k, v in racer.network.parts().items() if k != "depth"}
        assert parts == {**expected, **PARTS[racer.name]}
        weight = racer.network.blocks[0].attend.in_proj_weight
        assert torch.equal(weight, whole.blocks[0].attend.in_proj_weight)
    rows = [lab._texts(racer, "unseen", 5) for racer in lab.racers]
    assert all(torch.equal(row, rows[0][0]) for row, _ in rows)


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ({}, (True, True)),
        ({"tower": 0.98}, (False, True)),
        ({"cut": 0.21}, (True, False)),
        ({"bare": 0.21}, (True, False)),
        ({"alone": 0.21}, (True, False)),
        ({"flat": 0.1}, (True, True)),
    ],
)
def test_the_claim_and_its_control(rates: dict[str, float], expected: tuple[bool, bool]) -> None:
    assert judged(begun(), **rates) == expected


@pytest.mark.parametrize("runner", PARTS)
def test_a_profile_is_what_backward_and_the_cosines_of_all_pairs_say(runner: str) -> None:
    lab = begun(depth=3)
    arrays, values = lab.probe("tower", {"runner": runner, "when": "before"})
    racer = next(one for one in lab.racers if one.name == runner)
    rows, answers = lab._texts(racer, "profiled", 64)
    assert arrays["gradient"].tolist() == pytest.approx(
        by_backward(racer.untrained, rows, answers), rel=1e-4
    )
    x = racer.untrained.place(racer.untrained.token(rows))
    streams = [x]
    itself = torch.eye(8, dtype=torch.bool)[None, None] if runner == "alone" else None
    for block in racer.untrained.blocks:
        streams.append(block(streams[-1], itself))
    assert arrays["alike"].tolist() == pytest.approx([by_pairs(x) for x in streams], abs=1e-5)
    sizes = [float(x.detach().norm(dim=-1).mean()) for x in streams]
    assert arrays["size"].tolist() == pytest.approx(sizes, rel=1e-5)
    assert values["depth"] == 3 and values["rows"] == 64


def test_any_switches_make_a_tower_to_look_at_before_training() -> None:
    lab = begun()
    for runner, parts in PARTS.items():
        asked, _ = lab.probe("tower", dict(parts))
        raced, _ = lab.probe("tower", {"runner": runner, "when": "before"})
        assert all((asked[name] == raced[name]).all() for name in raced)


def test_looking_changes_neither_weights_nor_gradients() -> None:
    lab, other = begun(), begun()
    for mine, theirs in zip(lab.train(), other.train(), strict=True):
        lab.probe("tower", {"runner": "cut"})
        if not isinstance(mine, Look):
            assert {k: v for k, v in mine.metrics.items() if k != "seconds"} == {
                k: v for k, v in theirs.metrics.items() if k != "seconds"
            }


def test_every_tower_is_shown_while_it_trains() -> None:
    lab = begun()
    looks = [seen for seen in lab.train() if isinstance(seen, Look)]
    assert {(look.runner, look.step) for look in looks} == {
        (name, step) for name in PARTS for step in (0, 10, 20)
    }
    first = next(look for look in looks if look.runner == "cut")
    arrays, _ = lab.probe("tower", {"runner": "cut", "when": "before"})
    assert first.data["gradient"] == arrays["gradient"].tolist()
    assert first.data["residual"] is False and first.data["depth"] == 2


def test_at_twenty_four_blocks_norms_save_the_gradient_and_residuals_the_tokens() -> None:
    def seen(**parts: Any) -> tuple[float, float]:
        arrays, _ = lab.probe("tower", parts)
        gradient, alike = arrays["gradient"].tolist(), arrays["alike"].tolist()
        return gradient[0] / gradient[-1], alike[-1]

    lab = begun(depth=24)
    for norm in ("pre", "post"):
        share, alike = seen(residual=False, norm=norm)
        assert share > 0.01 and alike > 0.999999
        share, alike = seen(norm=norm)
        assert share > 0.01 and alike < 0.95
    share, alike = seen(residual=False, norm="none")
    assert share < 1e-20 and alike > 0.999999


def test_the_attention_of_a_mouse_is_that_of_its_network() -> None:
    lab = begun()
    arrays, values = lab.probe("attention", {"runner": "flat", "layer": 1, "head": 3})
    assert arrays["weights"].shape == (8, 8) and len(values["tokens"]) == 8
    assert values["layers"] == 2 and values["heads"] == 4
    assert "without this head" in values["without"]
    alone, _ = lab.probe("attention", {"runner": "alone", "when": "before"})
    assert (alone["weights"] == torch.eye(8).numpy()).all()
