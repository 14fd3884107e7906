"""The kept runs of one kind: of a lab with just these knobs, finished, and none of them turned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from models.specs.spec import LabSpec, Value

if TYPE_CHECKING:
    from models.kept import Kept
    from tui.labs import Labs


async def kept_of(labs: Labs, spec: LabSpec, knobs: Mapping[str, Value]) -> list[Kept]:
    """The newest first; none where the worker cannot answer."""
    usual = {knob.name: knob.default for knob in spec.knobs}
    try:
        found = (await labs.kept()).runs
    except ConnectionError:
        return []
    return [
        one
        for one in found
        if (one.lab, one.state) == (spec.name, "finished") and not one.turned
        if usual | one.knobs == knobs
    ]
