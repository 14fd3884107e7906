"""What is read in one maze: recomputed from the tensors, and held against the run's own metrics."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
import pytest
import torch

from models.labs.map_asked import asked
from models.labs.probe import ProbeLab
from models.labs.readings import Mazes, streams
from models.linear_probe import RIDGE
from models.specs.map import LOOPS
from models.specs.probe import AT, FITTED, SPEC

MAZES = 8


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("PRACTISED", "UNSEEN", "GLANCED"):
        monkeypatch.setattr(f"models.labs.probe.{name}", MAZES)
    yield


@functools.cache
def judged() -> ProbeLab:
    lab = ProbeLab(SPEC.settings({"steps": 20, "mazes": 20}), 0)
    for _ in lab.train():
        pass
    return lab


@pytest.mark.parametrize("who", FITTED)
def test_what_is_read_is_the_weighted_sum_of_the_stream_that_the_network_has(who: str) -> None:
    lab = judged()
    arrays, values = lab.probe("readings", {"who": who, "sample": 3})
    racer = lab.racers[0]
    network = racer.untrained if who == "untrained" else racer.network
    of = asked({"sample": 3}, 0)
    for loop in (1, 7, LOOPS):
        stream = torch.from_numpy(arrays["stream"][loop - 1])
        # The mask of a whole matrix, and no shortcut by neighbours.
        logits = network(of.board.is_open, of.board.cheese, of.maze.width, loop)
        torch.testing.assert_close(network.point(stream), logits[0], rtol=1e-3, atol=1e-4)
        told = arrays["stream"][loop - 1].astype("float64") @ arrays["weights"][loop - 1]
        assert np.allclose(arrays["read"][loop - 1], told + arrays["bias"][loop - 1], atol=2e-3)
    if who == "control":
        assert set(values["wanted"]) <= set(lab._mazes_read.controls[0].flatten().tolist())
    else:
        assert values["wanted"] == values["away"] == of.board.away[0].tolist()


def test_its_weights_miss_the_distance_by_least_in_the_mazes_that_they_were_fitted_to() -> None:
    lab, loop = judged(), 6
    arrays, _ = lab.probe("readings", {"who": "map"})
    mazes = Mazes(MAZES, MAZES, 0, "cpu")
    stream = [x.clone() for x in streams(lab.racers[0].network, mazes)][loop - 1][:MAZES]
    x = stream.flatten(0, 1).double().numpy()
    z = mazes.away[:MAZES].flatten().double().numpy()

    centred = x - x.mean(0)
    ridge = np.sqrt(RIDGE * centred.var(0).mean() * len(x)) * np.eye(x.shape[1])
    goal = np.r_[z - z.mean(), np.zeros(x.shape[1])]
    best = np.linalg.lstsq(np.r_[centred, ridge], goal, rcond=None)[0]
    ours = x @ arrays["weights"][loop - 1].astype("float64") + arrays["bias"][loop - 1]
    assert np.allclose(ours, centred @ best + z.mean(), atol=0.02)


def test_how_much_it_explains_is_what_the_run_reports() -> None:
    lab = judged()
    assert lab.result is not None
    for who in ("map", "untrained"):
        _, values = lab.probe("readings", {"who": who})
        told = [lab.result.metrics[f"{who}.at{k}"] for k in AT]
        assert [values["explained"][k - 1] for k in AT] == pytest.approx(told)
        assert [values["curves"][who][k - 1] for k in AT] == pytest.approx(told)
    _, values = lab.probe("readings", {"who": "control"})
    assert set(values["curves"]) == {*FITTED, "arrived"}
    told = [lab.result.metrics[f"arrived.at{k}"] for k in AT]
    assert [values["curves"]["arrived"][k - 1] for k in AT] == pytest.approx(told)


def test_before_it_was_judged_only_that_is_known_which_is_asked_for() -> None:
    lab = ProbeLab(SPEC.settings({"steps": 20, "mazes": 20}), 0)
    arrays, values = lab.probe("readings", {"who": "untrained"})
    assert arrays["read"].shape == (LOOPS, 49) and set(values["curves"]) == {"arrived"}
    assert (values["practised"], values["unseen"]) == (MAZES, MAZES)


def test_of_a_training_that_is_over_all_is_known_before_it_is_judged_again() -> None:
    again = ProbeLab(SPEC.settings({"steps": 20, "mazes": 20}), 0)
    again.restore(judged().state())
    _, values = again.probe("readings", {})
    _, told = judged().probe("readings", {})
    assert values["curves"] == {
        name: pytest.approx(curve, abs=1e-4) for name, curve in told["curves"].items()
    }


def test_a_network_that_has_learned_more_is_read_anew() -> None:
    lab = ProbeLab(SPEC.settings({"steps": 20, "mazes": 20}), 0)
    before, _ = lab.probe("readings", {})
    lab.racers[0].pupil.advance()
    after, _ = lab.probe("readings", {})
    assert not np.allclose(before["read"], after["read"])
    untrained, _ = lab.probe("readings", {"who": "untrained"})
    assert np.allclose(before["read"], untrained["read"])


def test_nobody_else_is_read() -> None:
    with pytest.raises(ValueError, match="nothing called arrived is read here"):
        judged().probe("readings", {"who": "arrived"})
