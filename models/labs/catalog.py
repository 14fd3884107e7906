"""Finding the code of a lab, and importing torch only for the labs that need it."""

from __future__ import annotations

from importlib import import_module

from models.labs.lab import Lab
from models.specs.catalog import find_lab


def load_lab(name: str) -> type[Lab]:
    """The class that runs the lab called `name`: `Mouse` in `mouse.py`, and so on.

    Raises:
        LookupError: if there is no such lab.
        ModuleNotFoundError: if it needs torch and there is none.
    """
    spec = find_lab(name)
    return getattr(import_module(f"models.labs.{spec.name}"), f"{spec.name.capitalize()}Lab")
