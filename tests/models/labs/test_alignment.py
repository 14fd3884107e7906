"""The alignment lab: two translators as large as each other, and the alignment as it fills in."""

from __future__ import annotations

import functools

import pytest
import torch

from models.labs.alignment import AlignmentLab
from models.labs.lab import Look
from models.networks.translator import END
from models.probe import watching
from models.protocol import Report
from models.specs.alignment import SPEC
from models.specs.spec import Value
from models.tasks.alignment import MOVES, WORDS


def begun(**knobs: Value) -> AlignmentLab:
    small: dict[str, Value] = {"steps": 25, "turns": 4, "state": 16}
    return AlignmentLab(SPEC.settings({**small, **knobs}), 0)


@functools.cache
def ran() -> tuple[AlignmentLab, list[Report | Look]]:
    lab = begun()
    return lab, list(lab.train())


@pytest.mark.parametrize("state", [16, 17, 32, 128])
def test_both_are_equally_large(state: int) -> None:
    with_attention, without = (racer.network for racer in begun(state=state).racers)
    sizes = [sum(w.numel() for w in one.parameters()) for one in (with_attention, without)]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.05)
    assert with_attention.attend is not None and without.attend is None


def test_the_alignment_is_looked_at_early_and_at_the_end() -> None:
    looks = [seen for seen in ran()[1] if isinstance(seen, Look)]
    assert [look.step for look in looks] == [0, 10, 20, 25]
    first, *_, last = (look.data for look in looks)
    assert first["answers"] == last["answers"] and first["asks"] == last["asks"]
    assert first["weights"] != last["weights"]


def test_words_that_are_looked_at_apart_say_nothing_of_their_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lab, _ = ran()
    source, target = lab._texts(lab.racers[0], "twice", 1, "longest")
    source[0, 2:4] = source[0, :2]
    monkeypatch.setattr(lab, "_texts", lambda *told: (source, target))
    with watching(lab.racers[0].network, "attend.weights") as seen:
        lab._if_apart(lab.racers[0])
    weights = seen["attend.weights"][0, -1]  # (S,)
    assert weights[:2].tolist() == pytest.approx(weights[2:4].tolist())
    assert weights[0] != pytest.approx(weights[1])


def test_the_last_look_is_what_the_probe_shows() -> None:
    lab, seen = ran()
    last = next(one for one in reversed(seen) if isinstance(one, Look))
    arrays, values = lab.probe("alignment", {})
    assert abs(torch.tensor(last.data["weights"]) - torch.tensor(arrays["weights"])).max() < 1e-4
    assert last.data["answers"] == values["answers"]


def test_rows_are_the_right_moves_and_columns_the_words() -> None:
    lab, _ = ran()
    arrays, values = lab.probe("alignment", {"sample": 5})
    source, target = lab._texts(lab.racers[0], "sample 5", 1, "longest")
    assert values["answers"] == [WORDS[word] for word in source[0]]
    asks = [MOVES[move] for move in target[0] if move != END]
    assert values["asks"] == [*asks, "."]
    assert arrays["weights"].shape == (len(asks) + 1, 8)
    assert arrays["weights"].sum(1) == pytest.approx(1.0, abs=1e-5)
    assert values["uniform"] == 1 / 8


def test_before_is_before_the_first_step() -> None:
    fresh, _ = begun().probe("alignment", {})
    lab, _ = ran()
    before, _ = lab.probe("alignment", {"when": "before"})
    after, values = lab.probe("alignment", {})
    assert (before["weights"] == fresh["weights"]).all()
    assert (after["weights"] != fresh["weights"]).any()
    assert "equal shares" in values["without"]


def test_only_a_whole_way_is_right() -> None:
    lab = begun()
    racer = lab.racers[0]
    source, target = lab._texts(racer, "unseen", 10)
    said = racer.network.translate(source, target.shape[1])
    assert racer.accuracy(source, said) == 1.0
    said[3, 1] = (said[3, 1] + 1) % 5
    assert racer.accuracy(source, said) == 0.9


@pytest.mark.parametrize(
    ("accuracy", "squeezed", "equal", "expected"),
    [
        (0.995, 0.5, 0.0, (True, True)),
        (0.98, 0.5, 0.0, (False, True)),
        (0.995, 0.71, 0.0, (True, False)),
        (0.995, 0.5, 0.2, (True, False)),
    ],
)
def test_the_claim_and_its_control(
    accuracy: float,
    squeezed: float,
    equal: float,
    expected: tuple[bool, bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(AlignmentLab, "if_uniform", lambda self, *about: equal)
    metrics = {"attention.accuracy": accuracy, "bottleneck.longest": squeezed}
    assert begun().judge(metrics) == expected


def test_there_is_nothing_else_to_look_at() -> None:
    with pytest.raises(LookupError, match="to look at"):
        ran()[0].probe("reach", {})
