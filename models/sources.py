"""Where the code stands that lessons show: layers, networks, and what is looked up. No torch."""

from __future__ import annotations

from pathlib import Path

FOLDERS = ("layers", "networks", "lookup")


def files_in(folder: str) -> dict[str, Path]:
    """The files of a folder of models, by name."""
    found = sorted((Path(__file__).parent / folder).glob("[a-z]*.py"))
    return {file.stem: file for file in found}


def sources() -> dict[str, Path]:
    """Every file that can be shown, by its name without `.py`."""
    return {name: file for folder in FOLDERS for name, file in files_in(folder).items()}
