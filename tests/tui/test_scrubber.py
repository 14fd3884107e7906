"""Where one is in a film, and how one gets elsewhere."""

from __future__ import annotations

from tui.scrubber import SPEEDS, Scrubber

FRAMES = (0, 10, 20, 30, 100)


def test_one_goes_frame_by_frame_and_not_beyond_the_ends() -> None:
    scrub = Scrubber(FRAMES)
    scrub.move(-1)
    assert scrub.step == 0
    scrub.move(2)
    assert scrub.step == 20
    scrub.move(99)
    assert scrub.step == 100 and scrub.at_end


def test_seeking_finds_the_nearest_frame() -> None:
    scrub = Scrubber(FRAMES)
    scrub.seek(62)
    assert scrub.step == 30
    scrub.seek(70)
    assert scrub.step == 100


def test_bookmarks_follow_each_other_and_begin_again() -> None:
    scrub = Scrubber(FRAMES, (10, 30))
    steps = []
    for _ in range(3):
        scrub.next_mark()
        steps.append(scrub.step)
    assert steps == [10, 30, 10]


def test_a_pinned_step_can_be_visited_and_let_go() -> None:
    scrub = Scrubber(FRAMES)
    scrub.swap()
    assert scrub.step == 0
    scrub.toggle_pin()
    scrub.move(3)
    scrub.swap()
    assert (scrub.step, scrub.pin) == (0, 30)
    scrub.toggle_pin()
    assert scrub.pin is None


def test_playing_stops_at_the_end_and_begins_again_from_there() -> None:
    scrub = Scrubber(FRAMES)
    scrub.play_or_pause()
    for _ in range(9):
        scrub.tick()
    assert scrub.at_end and not scrub.playing
    scrub.play_or_pause()
    assert scrub.step == 0 and scrub.playing


def test_speed_has_bounds() -> None:
    scrub = Scrubber(FRAMES)
    scrub.change_speed(99)
    assert scrub.speed == SPEEDS[-1]
    scrub.change_speed(-99)
    assert scrub.speed == SPEEDS[0]


def test_a_film_that_grows_stays_where_one_looks_or_follows() -> None:
    scrub = Scrubber(FRAMES)
    scrub.seek(20)
    scrub.grow((*FRAMES, 200), (), follow=False)
    assert scrub.step == 20
    scrub.grow((*FRAMES, 200, 300), (), follow=True)
    assert scrub.step == 300
