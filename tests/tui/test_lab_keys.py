"""Which keys a lab page offers."""

from __future__ import annotations

from models.specs.catalog import LABS
from tui.drawing.ink import Ink
from tui.lab_keys import Facts, every_key, keys
from tui.lab_run import Phase


def offered(lab: str) -> set[str]:
    facts = Facts(LABS[lab], Phase.FINISHED, measured=True)
    assert {key for key, _ in every_key(LABS[lab])} >= {"space", "s", "x", "a", "k"}
    return {key for key, _ in keys(facts, Ink())} & {key for key, _ in every_key(LABS[lab])}


def test_how_often_each_is_right_can_be_drawn_only_where_that_is_counted() -> None:
    assert "m" in offered("recall") and "f" in offered("recall")
    assert "m" not in offered("kernel") and "f" in offered("kernel")


def test_a_lab_without_curves_has_no_film() -> None:
    assert not {"m", "f"} & offered("mice")
