"""A lesson that is one lab, for programs that are to open on it and train for long."""

from __future__ import annotations

from pathlib import Path

ID = "one-lab"
TEXT = f"""+++
format = 1
id = "{ID}"
title = "One lab"
minutes = 5
+++
## A mouse that learns

:::{{lab}} mouse updates=2000
:::
"""


def write_lesson(folder: Path) -> Path:
    """Put the lesson into a folder of its own."""
    place = folder / "lessons"
    place.mkdir()
    (place / "lab.md").write_text(TEXT, "utf-8")
    return place
