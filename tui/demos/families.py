"""The demonstration of the masks of three families: copying a word, with masks worked by rule."""

from __future__ import annotations

from tui.demos.demo import Demo
from tui.drawing.attention.families import Families, Family, Mask
from tui.drawing.ink import Ink

_GIVEN, _WRITTEN = tuple("mouse"), tuple(".esu")


def families_demo(ink: Ink | None = None) -> Demo:
    """Who may read whom while `mouse` is turned round."""
    from tui.widgets.families_view import FamiliesView

    return Demo(lambda: [FamiliesView(turned_round())], ink)


def turned_round() -> Families:
    """The three families, given `mouse`, which two of them write backwards."""
    whole = _GIVEN + _WRITTEN
    families = (
        Family("encoder", {"self": _all(_GIVEN, _GIVEN)}, len(_GIVEN)),
        Family("decoder", {"self": _causal(whole)}, len(_GIVEN)),
        Family(
            "encoder-decoder",
            {
                "source": _all(_GIVEN, _GIVEN),
                "self": _causal(_WRITTEN),
                "read": _all(_WRITTEN, _GIVEN),
            },
            len(_GIVEN),
        ),
    )
    return Families(families, given="word", written="answer")


def _all(asks: tuple[str, ...], answers: tuple[str, ...]) -> Mask:
    return Mask(asks, answers, tuple(tuple(True for _ in answers) for _ in asks))


def _causal(tokens: tuple[str, ...]) -> Mask:
    places = range(len(tokens))
    return Mask(tokens, tokens, tuple(tuple(j <= i for j in places) for i in places))
