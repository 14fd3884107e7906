"""Where in the files that run the code of a picture stands, stage by stage.

A place is found by a piece of its line, so that it stays right when a file grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from models.protocol import ProbeResult
from models.sources import sources
from tui.drawing.attention.cell_lines import STAGES
from tui.drawing.code.code import Code


@dataclass(frozen=True)
class CodePlace:
    """A line of a file, and what it makes."""

    title: str
    file: str
    """Its name without `.py`."""
    piece: str
    """What no line before it holds."""


CELL = (
    CodePlace("q · k", "attention", "scores = q /"),
    CodePlace("scale by √D", "attention", "scores = q /"),
    CodePlace("mask", "attention", "bias = as_bias(allowed, scores"),
    CodePlace("softmax", "multi_head", "weights = self.weights(scores.softmax"),
    CodePlace("× v", "multi_head", "return self.drop(weights) @ v"),
    CodePlace("× W_O", "multi_head", "return self.out_proj(merge("),
)
"""The stages of one weight, as the inspector opens them; the last of them has two lines."""
SOFTMAX = 3
"""The stage whose weights a grid shows."""
PANELS = (CELL[0], CELL[2], CELL[SOFTMAX])
"""The scores, the mask and the softmax, side by side in the view of masks."""
MASK = 1
"""The panel of them that the view is about."""
ALIGNED = (
    CodePlace("the judges", "additive", "fit = (asked"),
    CodePlace("softmax", "additive", "weights = self.weights("),
    CodePlace("what is read", "additive", "return weights @ source"),
)
"""The stages of one weight of additive attention."""
JUDGES, JUDGED = 0, 1
"""What of them an open cell shows, and what a grid."""


def read_code(file: str) -> Code:
    """A file as it stands here, by its name without `.py`."""
    path = sources()[file]
    return Code(f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8"))


@cache
def cell_lines() -> tuple[tuple[int, str], ...]:
    """The lines of the stages of one weight with where they stand, each with its stage."""
    found = []
    for stage, place in enumerate(CELL, 1):
        code = read_code(place.file)
        line = code.find(place.piece)
        text = code.text(line).partition("  # ")[0].strip()
        found.append((min(stage, STAGES), f"{place.file}.py {line}  {text}"))
    return tuple(found)


def code_of_probe(seen: ProbeResult, title: str) -> Code:
    """A file with its shapes as the view shows it, as the worker says that it ran."""
    shapes = {
        int(line): tuple(tuple(map(int, shape)) for shape in found)
        for line, found in seen.values["shapes"]
    }
    return Code(str(seen.values["file"]), str(seen.values["source"]), shapes, title)
