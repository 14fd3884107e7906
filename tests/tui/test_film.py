"""What a film is made of: its frames, its values at a step, its pictures."""

from __future__ import annotations

import pytest

from models.kept import Curve, Kept
from models.protocol import Moment, Opened
from models.specs.catalog import LABS
from tui.film import FRAMES, SPREAD, Reel
from tui.film_words import charts, curves, sentence, why_not

SPEC = LABS["mouse"]


def walk(step: int, runner: str = "mouse") -> Moment:
    return Moment("r", runner, step, "walk", {})


def reel(moments: list[Moment], steps: int = 500, **curves_: list[tuple[int, float]]) -> Reel:
    found = {("mouse", "loss"): [(step, 1.0 / step) for step in range(1, steps + 1)]}
    found |= {("mouse", metric): points for metric, points in curves_.items()}
    return Reel.of(SPEC, found, moments, {"walk"})


def test_every_picture_is_a_frame_and_the_curve_fills_the_rest() -> None:
    film = reel([walk(step) for step in (0, 1, 2, 50, 500)])
    assert {0, 1, 2, 50, 500} <= set(film.frames)
    assert 100 <= len(film.frames) <= FRAMES
    assert list(film.frames) == sorted(set(film.frames))


def test_a_film_has_no_more_frames_than_can_be_gone_through() -> None:
    film = reel([walk(step) for step in range(500)])
    assert len(film.frames) == FRAMES
    assert film.frames[0] == 0 and film.frames[-1] == 500


def test_a_film_with_nearly_as_many_pictures_as_frames_has_room_for_a_step_more() -> None:
    for pictures in range(117, 123):
        film = reel([walk(step) for step in range(1, 1 + pictures)])
        assert {0, 500} <= set(film.frames) and len(film.frames) >= SPREAD - 3


def test_what_is_judged_after_the_training_is_no_step_of_it() -> None:
    film = reel([], arrival=[(250, 0.5), (500, 0.9), (1000, 0.93)])
    assert film.end == 500
    assert film.value("mouse", "arrival", 9999) == (500, 0.9)


def test_the_value_of_a_step_is_the_nearest_earlier_one_and_says_its_step() -> None:
    film = reel([], arrival=[(25, 0.1), (50, 0.2)])
    assert film.value("mouse", "arrival", 24) is None
    assert film.value("mouse", "arrival", 49) == (25, 0.1)
    assert film.value("mouse", "arrival", 50) == (50, 0.2)
    assert "unseen mazes" not in sentence(film, charts(film)[0], 49, None)


def test_what_is_said_of_a_step_is_cut_between_two_runners_and_not_in_a_number() -> None:
    film = reel([], validation=[(500, 0.2)])
    whole = sentence(film, charts(film)[0], 500, None)
    told = sentence(film, charts(film)[0], 500, None, len(whole) - 1)
    assert whole.endswith(".") and told.endswith(" more.") and len(told) < len(whole)
    assert whole.startswith(told.split(" and ")[0])


def test_a_picture_is_the_last_that_was_shown_and_before_the_first_the_first() -> None:
    film = reel([walk(10), walk(20), walk(15, "control")])
    thread = ("mouse", "walk")
    assert [film.picture(thread, step).step for step in (0, 10, 19, 20, 400)] == [  # type: ignore[union-attr]
        10,
        10,
        10,
        20,
        20,
    ]
    assert film.thread_of("control") == ("control", "walk")
    assert film.thread_of("nobody") == thread


def test_moments_of_a_name_that_nobody_draws_are_left_out() -> None:
    film = reel([walk(10), Moment("r", "mouse", 20, "song", {})])
    assert film.steps_shown == (10,)


def test_everyone_keeps_their_mark_on_every_chart() -> None:
    found = {
        (runner, metric): [(1, 0.5), (2, 0.25)]
        for runner in ("mouse", "control")
        for metric in ("loss", "gradient")
    }
    film = Reel.of(SPEC, found, [], {"walk"})
    drawn = [list(curves(film, measure)) for measure in charts(film)]
    assert len(drawn) > 1
    places = [[bool(points) for points in curves(film, m).values()] for m in charts(film)]
    assert places[0][0] and places[-1][0] and places[-1][2] and not places[-1][1]


def test_a_run_of_a_lab_that_is_gone_is_a_film_too() -> None:
    kept = Kept(id="weather-1", lab="weather", knobs={}, seed=0, device="CPU", began="")
    film = Reel.of_opened(Opened(0, kept, [Curve("sky", "rain", [0, 5], [1.0, 2.0])], []), {"walk"})
    assert film.end == 5 and film.value("sky", "rain", 3) == (0, 1.0)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"lab": "weather"}, "no lab weather"),
        ({"state": "going"}, "still being trained"),
        ({"state": "failed"}, "failed"),
        ({"state": "finished"}, "come to its end"),
        ({"state": "stopped"}, "weights were not kept"),
        ({"state": "stopped", "resumable": True}, ""),
    ],
)
def test_what_cannot_go_on_says_why_in_one_sentence(fields: dict[str, str], told: str) -> None:
    said = {"id": "x-1", "lab": "mouse", "knobs": {}, "seed": 0, "device": "CPU", "began": ""}
    reason = why_not(Kept(**(said | fields)))  # type: ignore[arg-type]
    assert told in reason and bool(reason) == bool(told)
    assert reason.count(".") <= 1


def test_a_film_opens_at_the_fall_of_whom_its_lab_is_about_or_at_its_end() -> None:
    falls = [(step, 3.0 if step < 90 else 1.0) for step in range(1, 201)]
    other = [(step, 3.0 if step < 30 else 1.0) for step in range(1, 201)]
    found = {("two", "loss"): falls, ("fixed", "loss"): other}
    film = Reel.of(LABS["induction"], found, [], set())
    assert film.opening in range(81, 101) and film.opening in film.frames
    flat = {("two", "loss"): [(step, 3.0) for step, _ in falls], ("fixed", "loss"): other}
    assert Reel.of(LABS["induction"], flat, [], set()).opening == 200
    assert reel([]).opening == 500


def test_scores_of_heads_stand_right_below_loss_and_accuracy() -> None:
    points = [(25, 0.1), (50, 0.9)]
    film = reel([], same=points, gradient=points, prev=points, arrival=points, rate=points)
    assert film.metrics == ("loss", "arrival", "prev", "same", "gradient", "rate")
