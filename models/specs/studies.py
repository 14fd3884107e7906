"""All studies there are, in the order of the course."""

from __future__ import annotations

from models.specs.named import named
from models.specs.studied import mouse_meets_map, the_machine, the_map, the_mouse
from models.specs.study import Study

STUDIES: dict[str, Study] = {
    study.name: study
    for part in (the_mouse, the_map, the_machine, mouse_meets_map)
    for study in part.ALL
}


def find_study(name: str) -> Study:
    """The study called `name`.

    Raises:
        LookupError: in plain words, with the name that was probably meant.
    """
    return named(name, STUDIES, "study")
