"""What a run may be asked for and what it may take, and what is said where it is too much."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from models.device import describe
from models.memory import memory
from models.specs.spec import LabSpec, Value
from models.troubles import Trouble, out_of_memory


def checked(spec: LabSpec, knobs: Mapping[str, Value]) -> dict[str, Value]:
    """`knobs`, each in its own type and range.

    Raises:
        Trouble: if the lab has no such knob, or the knob does not take its value.
    """
    allowed: dict[str, Value] = {}
    for name, value in knobs.items():
        try:
            allowed[name] = spec.knob(name).check(value)
        except KeyError:
            names = [knob.name for knob in spec.knobs]
            near = get_close_matches(name, names, n=1)
            hint = f"did you mean {near[0]}?" if near else "it has " + ", ".join(names)
            raise Trouble("knob", f"the lab {spec.name} has no knob {name}: {hint}") from None
        except ValueError as error:
            raise Trouble("knob", str(error)) from None
    return allowed


def too_large(
    spec: LabSpec, settings: Mapping[str, Value], place: str, error: Exception
) -> Trouble:
    """What to do after a run needed more memory than there is at `place`."""
    known = memory(place)
    free = None if known is None else known[0]
    return Trouble("memory", out_of_memory(spec, settings, describe(place), error, free))
