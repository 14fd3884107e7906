"""What of a lab is drawn, and the lines it is compared with."""

from __future__ import annotations

import math

from models.specs.catalog import LABS
from models.specs.speak import BIGRAM, CEILING, FLOOR
from tui.measures import levels, measures


def test_a_loss_is_compared_with_a_guess_and_with_what_its_lab_names() -> None:
    loss, share = measures(LABS["speak"])
    assert levels(LABS["speak"], loss) == {
        "guessing": math.log(55),
        "counting pairs": BIGRAM,
        "floor": FLOOR,
    }
    assert levels(LABS["speak"], share)["ceiling"] == 100 * CEILING


def test_a_lab_without_levels_has_the_line_of_a_guess_alone() -> None:
    loss, share = measures(LABS["letters"])
    assert levels(LABS["letters"], loss) == {"guessing": math.log(26)}
    assert levels(LABS["letters"], share).keys() <= {"guessing"}
