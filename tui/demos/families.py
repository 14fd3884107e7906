"""The demonstration of the masks of three families: copying a word, with masks worked by rule."""

from __future__ import annotations

from tui.demos.demo import Demo
from tui.drawing.attention.families import Families, Family, Mask
from tui.drawing.ink import Ink

Tokens = tuple[str, ...]
_GIVEN, _WRITTEN = tuple("mouse"), tuple(".esu")


def families_demo(ink: Ink | None = None) -> Demo:
    """Who may read whom while `mouse` is turned round."""
    from tui.widgets.families_view import FamiliesView

    return Demo(lambda: [FamiliesView(turned_round())], ink)


def turned_round(given: Tokens = _GIVEN, written: Tokens = _WRITTEN) -> Families:
    """The three families, given a word, which two of them write backwards."""
    whole = given + written
    families = (
        Family("encoder", {"self": _all(given, given)}, len(given)),
        Family("decoder", {"self": _causal(whole)}, len(given)),
        Family(
            "encoder-decoder",
            {
                "source": _all(given, given),
                "self": _causal(written),
                "read": _all(written, given),
            },
            len(given),
        ),
    )
    return Families(families, given="word", written="answer")


def _all(asks: Tokens, answers: Tokens) -> Mask:
    return Mask(asks, answers, tuple(tuple(True for _ in answers) for _ in asks))


def _causal(tokens: Tokens) -> Mask:
    places = range(len(tokens))
    return Mask(tokens, tokens, tuple(tuple(j <= i for j in places) for i in places))
