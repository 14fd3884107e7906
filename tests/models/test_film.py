"""What is thinned and what never is."""

from __future__ import annotations

import math
from itertools import pairwise

from models.film import EXACT, Film, Frame, Thinner, extremes
from models.protocol import Report


def frame(step: int, loss: float = math.nan, runner: str = "mouse", size: int = 1) -> Frame:
    return Frame(runner, step, "walk", b"x" * size, loss)


def report(step: int, **metrics: float) -> Report:
    return Report("mouse", "train", step, 10_000, 0.0, metrics)


def test_a_film_that_is_not_too_long_is_kept_whole() -> None:
    film = Film(frames=4)
    for step in range(4):
        film.add(frame(step))
    assert [f.step for f in film.frames] == [0, 1, 2, 3]
    assert film.dropped == 0


def test_a_long_film_keeps_its_ends_and_where_the_loss_moves() -> None:
    film = Film(frames=20)
    for step in range(1000):  # a plateau, a fall between 500 and 550, a plateau
        film.add(frame(step, 2.0 * 0.9 ** min(50, max(0, step - 500))))
    steps = [f.step for f in film.frames]
    assert len(steps) == 20
    assert (steps[0], steps[-1]) == (0, 999)
    assert sum(500 <= step <= 550 for step in steps) >= 14


def test_without_a_loss_a_long_film_is_thinned_evenly() -> None:
    film = Film(frames=30)
    for step in range(500):
        film.add(frame(step))
    steps = [f.step for f in film.frames]
    gaps = [b - a for a, b in pairwise(steps)]
    assert (steps[0], steps[-1]) == (0, 499)
    assert max(gaps) <= 64


def test_every_runner_keeps_its_first_and_its_last() -> None:
    film = Film(frames=12)
    for step in range(100):
        for runner in ("mouse", "control"):
            film.add(frame(step, 1.0 / (step + 1), runner))
    for runner in ("mouse", "control"):
        steps = [f.step for f in film.frames if f.runner == runner]
        assert (steps[0], steps[-1]) == (0, 99)


def test_a_film_is_never_too_large() -> None:
    film = Film(size=100)
    for step in range(50):
        film.add(frame(step, 1.0, size=30))
    assert sum(len(f.line) for f in film.frames) <= 100
    film.add(frame(50, size=1000))
    assert sum(len(f.line) for f in film.frames) <= 100


def test_more_kinds_than_frames_still_fit() -> None:
    film = Film(frames=5)
    for number in range(50):
        film.add(frame(0, 1.0, f"runner{number}"))
    assert len(film.frames) == 5


def test_every_report_is_kept_at_first() -> None:
    thinner = Thinner()
    kept = [r for step in range(EXACT) for r in thinner.add(report(step, loss=1.0))]
    assert len(kept) == EXACT
    assert thinner.rest() == []


def test_a_long_curve_keeps_its_extremes_and_grows_slowly() -> None:
    thinner = Thinner(exact=100)
    kept = []
    for step in range(100_000):
        kept += thinner.add(report(step, loss=5.0 if step == 77_777 else step % 7 / 7))
    kept += thinner.rest()
    assert len(kept) < 100 * 2 * 12
    assert max(r.metrics["loss"] for r in kept) == 5.0
    assert [r.step for r in kept] == sorted({r.step for r in kept})
    assert kept[-1].step == 99_999


def test_a_metric_that_comes_rarely_is_not_lost() -> None:
    group = [report(step, loss=1.0 / step) for step in range(1, 30)]
    group[12] = report(13, loss=0.5, accuracy=0.8)
    assert [r.step for r in extremes(group)] == [1, 13, 29]


def test_a_loss_that_is_no_number_is_an_extreme() -> None:
    group = [report(1, loss=1.0), report(2, loss=math.nan), report(3, loss=math.nan)]
    assert [r.step for r in extremes(group)] == [1, 2]
