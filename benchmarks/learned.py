"""Pictures of what networks have learned: large ones against small ones, and small changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from textual.widget import Widget

from benchmarks.painting import Cost, Frame, high, paint, ratio
from benchmarks.result import Measure, Target
from tui.demos import families, inside_speakers
from tui.demos.patch import by_hand
from tui.demos.speech import by_counting
from tui.drawing.layers.lens import Lens
from tui.drawing.training.gradients import Gradients
from tui.drawing.training.per_length import ByLength
from tui.drawing.training.speech import Speech
from tui.speaker_probes import gradients_of, lens_of
from tui.widgets.families_view import FamiliesView
from tui.widgets.gradients_view import GradientsView
from tui.widgets.lens_view import LensView
from tui.widgets.patch_view import PatchView
from tui.widgets.per_length_view import PerLengthView
from tui.widgets.speech_view import SpeechView

FRAMES = 40


def moving(make: Callable[[], Any]) -> Cost:
    """A cursor that goes three times down and to the right, and three times back."""

    def frame(widget: Any) -> Frame:
        return lambda number: widget.action_move(*((1, 1) if number % 6 < 3 else (-1, -1)))

    return paint(high(make), frame, FRAMES)


def showing(make: Callable[[], Widget], pictures: Sequence[Any]) -> Cost:
    """One picture after the other, over and over."""

    def frame(widget: Any) -> Frame:
        return lambda number: widget.show(pictures[number % len(pictures)])

    return paint(high(make), frame, FRAMES)


def whole(make: Callable[[], Any]) -> Cost:
    """The same picture, painted whole again and again."""

    def frame(widget: Any) -> Frame:
        return lambda number: widget.redraw()

    return paint(high(make), frame, FRAMES)


def predicted() -> tuple[Speech, Speech]:
    """The same sentences before there was anything to count, and afterwards: other signs."""
    after = by_counting()
    unsure = ("wrong", "possible")
    before = [
        replace(one, marks=tuple(unsure[at % 2] for at in range(len(one.words))))
        for one in after.heard
    ]
    return replace(after, heard=tuple(before)), after


def read(times: int = 1) -> Lens:
    """A sentence read after each layer of a young GPT, all its layers so many times over."""
    lens = lens_of(inside_speakers.told("lens"), "after training")
    layers = {name: getattr(lens, name) * times for name in ("says", "shares", "right", "marks")}
    return replace(lens, **layers)


def clipped(most: float) -> Gradients:
    """The gradient of one batch, clipped."""
    return gradients_of(inside_speakers.told("gradient", at=most), "after training")


def judged(lengths: int) -> ByLength:
    """Three who were judged on so many lengths."""
    rows = range(1, lengths + 1)
    shares = tuple(tuple(length * (3 + who) % 101 / 100 for length in rows) for who in range(3))
    seen = tuple(length % 3 > 0 for length in rows)
    return ByLength(tuple(rows), seen, ("GPT", "LSTM", "encoder"), shares, 1000)


def masks(times: int) -> FamiliesView:
    """Three families that are given a word so many times as long as usual."""
    return FamiliesView(families.turned_round(("m",) * 5 * times, ("e",) * 4 * times))


def large() -> Mapping[str, float]:
    """CPU time of a frame of large pictures, divided by that of small ones: a sentence read after
    96 layers and after 3, a patient trained for 4,000 steps and for 200, bars of 400 lengths and of
    12, masks of 180 tokens and of 9. A design that works out what nobody sees grows with them."""
    return {
        "lens-cpu": ratio(
            lambda: moving(lambda: LensView(read(32))), lambda: moving(lambda: LensView(read()))
        ),
        "patch-cpu": ratio(
            lambda: moving(lambda: PatchView(by_hand(4000))),
            lambda: moving(lambda: PatchView(by_hand(200))),
        ),
        "per-length-cpu": ratio(
            lambda: moving(lambda: PerLengthView(judged(400))),
            lambda: moving(lambda: PerLengthView(judged(12))),
        ),
        "families-cpu": ratio(lambda: moving(lambda: masks(20)), lambda: moving(lambda: masks(1))),
    }


def changes() -> Mapping[str, float]:
    """Bytes of small changes, divided by those of the whole picture: other signs in the same
    sentences, another limit for the same gradient, and a cursor in each of the others. A design
    that paints everything for either shows 1."""
    speeches, gradients = predicted(), [clipped(most) for most in (0.02, 0.05, 0.1)]
    cursors: dict[str, Callable[[], Widget]] = {
        "lens": lambda: LensView(read()),
        "patch": lambda: PatchView(by_hand()),
        "per-length": lambda: PerLengthView(judged(12)),
        "families": lambda: masks(1),
    }
    shares = {name: moving(make).bytes / whole(make).bytes for name, make in cursors.items()}
    shares["speech"] = (
        showing(SpeechView, speeches).bytes / whole(lambda: SpeechView(speeches[0])).bytes
    )
    shares["gradients"] = (
        showing(GradientsView, gradients).bytes / whole(lambda: GradientsView(gradients[0])).bytes
    )
    return {f"{name}-bytes": share for name, share in shares.items()}


MEASURES = (
    Measure(
        (
            Target("lens-cpu", 1.5),
            Target("patch-cpu", 1.5),
            Target("per-length-cpu", 2.0),
            Target("families-cpu", 2.0),
        ),
        large,
    ),
    Measure(
        (
            Target("speech-bytes", 0.7),
            Target("lens-bytes", 0.5),
            Target("gradients-bytes", 0.7),
            Target("patch-bytes", 0.5),
            Target("per-length-bytes", 0.5),
            Target("families-bytes", 0.5),
        ),
        changes,
    ),
)
