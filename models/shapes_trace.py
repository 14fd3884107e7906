"""The shapes that go through the lines of a layer's own file while a lab looks into its network.

Whatever a lab can be asked, it answers by sending texts through its network; the lines of one file
are followed meanwhile. No torch here: the lab has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from models.shapes import Shape, watched
from models.sources import sources

if TYPE_CHECKING:
    from models.labs.lab import Inside

CODE = "code"
"""What is asked for with a probe."""


def shapes_of_code(
    probe: Callable[[str, dict[str, Any]], Inside], arguments: Mapping[str, Any]
) -> Inside:
    """Which shapes each line of a file made first, while the lab answered another question.

    `file` names it, without `.py`; `of` is what the lab is asked meanwhile, and what else there is
    goes along. The answer has the `source` as it ran, and in `shapes` for each line that made
    tensors its number, from 1, and their shapes.

    Raises:
        ValueError: if there is no such file, or none of its lines makes a tensor.
    """
    name = str(arguments.get("file", ""))
    file = sources().get(name)
    if file is None:
        raise ValueError(f"there is no layer called {name}")
    given = {key: value for key, value in arguments.items() if key not in ("file", "of")}
    _, seen = watched(lambda: probe(str(arguments.get("of", "")), given), [file])
    made: dict[int, tuple[Shape, ...]] = {}
    for one in seen:
        if one.shapes:
            made.setdefault(one.line, one.shapes)
    if not made:
        raise ValueError(f"nothing goes through {file.parent.name}/{file.name} here")
    shapes = [[line, [list(shape) for shape in found]] for line, found in sorted(made.items())]
    values = {
        "file": f"{file.parent.name}/{file.name}",
        "source": file.read_text(encoding="utf-8"),
        "shapes": shapes,
    }
    return {}, values
