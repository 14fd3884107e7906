"""All labs there are."""

from __future__ import annotations

from models.specs import (
    alignment,
    amnesia,
    clinic,
    families,
    heads,
    induction,
    inference,
    kernel,
    lap,
    letters,
    mapsequence,
    mice,
    mouse,
    peeking,
    positions,
    probe,
    recall,
    recurrence,
    reversal,
    rivals,
    roles,
    scale,
    sentence,
    speak,
    tower,
)
from models.specs import map as map_
from models.specs.named import named
from models.specs.spec import LabSpec

SPECS = (
    mouse.SPEC,
    mice.SPEC,
    recurrence.SPEC,
    amnesia.SPEC,
    inference.SPEC,
    recall.SPEC,
    alignment.SPEC,
    kernel.SPEC,
    letters.SPEC,
    scale.SPEC,
    sentence.SPEC,
    positions.SPEC,
    heads.SPEC,
    tower.SPEC,
    roles.SPEC,
    speak.SPEC,
    peeking.SPEC,
    clinic.SPEC,
    reversal.SPEC,
    families.SPEC,
    map_.SPEC,
    mapsequence.SPEC,
    lap.SPEC,
    probe.SPEC,
    rivals.SPEC,
    induction.SPEC,
)
LABS: dict[str, LabSpec] = {spec.name: spec for spec in SPECS}


def find_lab(name: str) -> LabSpec:
    """The lab called `name`.

    Raises:
        LookupError: in plain words, with the name that was probably meant.
    """
    return named(name, LABS, "lab")
