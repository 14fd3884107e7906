"""Where the code of a picture stands: each piece is found in its file, on a line that runs."""

from __future__ import annotations

import pytest

from models.labs.walk_steps import STEPS
from models.run_here import begin
from models.sources import sources
from models.specs.catalog import LABS
from tui.code_places import ALIGNED, CELL, MASK, PANELS, SOFTMAX, CodePlace, read_code
from tui.drawing.attention.cell_lines import STAGES
from tui.drawing.attention.masks_picture import PANELS as PICTURES
from tui.drawing.ink import Ink
from tui.panels.weights_panel import LOOKS

WALKED = tuple(CodePlace(step.title, step.file, step.line) for step in STEPS if step.file)


@pytest.mark.parametrize("place", dict.fromkeys((*CELL, *PANELS, *ALIGNED, *WALKED)), ids=str)
def test_the_piece_is_found_in_the_file_and_not_in_its_words(place: CodePlace) -> None:
    code = read_code(place.file)
    line = code.find(place.piece)
    assert line and place.piece in code.text(line)
    assert code.text(line).startswith("    ")
    assert sum(place.piece in code.text(n) for n in range(1, line + 1)) == 1


@pytest.mark.parametrize(
    ("lab", "places"),
    [("positions", CELL), ("alignment", ALIGNED), ("inference", (CELL[SOFTMAX],))],
)
def test_a_text_goes_through_every_line(lab: str, places: tuple[CodePlace, ...]) -> None:
    run = begin(lab, {"steps": int(LABS[lab].knob("steps").low)}, 0)
    for place in places:
        asked = {"file": place.file, "of": LOOKS[lab].probe, "when": "before"}
        _, seen = run.probe("code", asked)
        assert read_code(place.file).find(place.piece) in dict(seen["shapes"])


@pytest.mark.parametrize("file", sources())
def test_in_ascii_no_sign_of_a_file_is_lost(file: str) -> None:
    source = read_code(file).source
    assert Ink("ascii").words(source).count("?") == source.count("?")


def test_every_stage_and_panel_has_its_place() -> None:
    assert len(CELL) == STAGES + 1 and CELL[SOFTMAX].title == "softmax"
    assert len(PANELS) == len(PICTURES) and PANELS[MASK].title == "mask"


def test_of_a_walk_the_network_takes_every_step_but_the_softmax_of_its_answer() -> None:
    assert [step.name for step in STEPS if not step.file] == [STEPS[-1].name] == ["answer"]
