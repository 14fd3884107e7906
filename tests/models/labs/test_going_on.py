"""A lab that is kept after any unit of work and restored goes on as if it had never stopped."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from models.checkpoint import Checkpoint, CheckpointError, load, save
from models.labs.lab import Lab, Look
from models.protocol import Report
from models.specs.catalog import LABS
from tests.support.small_labs import begin, judged_on_little, ran

Curves = dict[tuple[str, str], list[tuple[int, float]]]
TRAINED = [name for name, spec in LABS.items() if spec.counts == "steps"]


SHARES = (0.0, 0.35, 0.62, 0.97)
"""Of all units of work: how many were done when a lab was kept."""


@pytest.fixture(autouse=True)
def small_and_alone() -> Iterator[None]:
    with judged_on_little():
        yield


def curves(units: Iterable[Report | Look]) -> Curves:
    """What was measured, but for how long it took."""
    found: Curves = {}
    for seen in units:
        if isinstance(seen, Report):
            for metric, value in seen.metrics.items():
                if metric != "seconds":
                    found.setdefault((seen.runner, metric), []).append((seen.step, value))
    return found


def kept(lab: Lab, folder: Path) -> Checkpoint:
    """The lab as it stands, from a file."""
    state = lab.state()
    assert state is not None
    save(folder / "kept", state.tensors, state.about)
    return load(folder / "kept")


@pytest.mark.parametrize("name", TRAINED)
def test_what_comes_after_is_what_would_have_come(name: str, tmp_path: Path) -> None:
    straight, units = ran(name)
    whole = curves(units)
    shown = {(u.runner, u.step): u.data for u in units if isinstance(u, Look)}
    first: list[Report | Look] = []
    lab = begin(name)
    train = lab.train()
    for share in SHARES:
        first += itertools.islice(train, int(share * len(units)) - len(first))
        again = begin(name)
        again.restore(kept(lab, tmp_path))
        rest = list(again.train())
        assert curves([*first, *rest]) == whole, "bit by bit, nothing missing, nothing twice"
        assert again.result == straight.result
        assert shown == {(u.runner, u.step): u.data for u in [*first, *rest] if isinstance(u, Look)}
        done = [unit.fraction for unit in rest if isinstance(unit, Report)]
        assert done == sorted(done) and done[-1] == 1.0


@pytest.mark.parametrize("name", TRAINED)
def test_a_rate_that_was_turned_stays_turned(name: str, tmp_path: Path) -> None:
    def some(lab: Lab, losses: int) -> list[float]:
        found = []
        for seen in lab.train():
            if isinstance(seen, Report) and "rate" in seen.metrics:
                found.append(seen.metrics["rate"])
                if len(found) == losses:
                    break
        return found

    lab = begin(name)
    units = lab.train()
    while "loss" not in getattr(next(units), "metrics", ()):
        pass
    lab.set_knob("learning_rate", 0.00002)
    again = begin(name)
    again.restore(kept(lab, tmp_path))
    assert max(some(again, 6)) < 0.00002 * 1.01


@pytest.mark.parametrize("name", TRAINED)
def test_a_checkpoint_of_something_else_is_refused(name: str, tmp_path: Path) -> None:
    lab = begin(name)
    state = kept(lab, tmp_path)
    with pytest.raises(CheckpointError, match="run the lab again"):
        begin(name).restore(Checkpoint({}, {}))
    with pytest.raises(CheckpointError):
        begin(name).restore(Checkpoint(state.tensors, {}))
    fewer = dict(state.tensors)
    del fewer[next(n for n in fewer if "optimizer" in n)]
    with pytest.raises(CheckpointError, match="does not fit"):
        begin(name).restore(Checkpoint(fewer, state.about))


def test_a_lab_that_trains_nothing_has_nothing_to_keep() -> None:
    lab = begin("mice")
    assert lab.state() is None
    with pytest.raises(CheckpointError, match="run it again"):
        lab.restore(Checkpoint({}, {}))
