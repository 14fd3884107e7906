"""Taking a picture away: as text for a note or a post, as SVG for a page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from textual.strip import Strip

if TYPE_CHECKING:
    from textual.app import App

    from tui.widgets.view import View

BUTTONS = 16
"""Columns of a saved picture that its title leaves free."""
LEAST_TITLE = 24


def copy(app: App, views: Iterable[View]) -> None:
    """Put what the views show, and what they say, into the clipboard."""
    texts = [view.copied for view in views]
    if texts:
        app.copy_to_clipboard("\n\n".join(texts) + "\n")
        app.notify("Copied as text.", markup=False)


def save(app: App, views: Sequence[View]) -> None:
    """Save what the views show, one below the other, where downloads go, or else here."""
    from platformdirs import user_downloads_path

    lines = [line for view in views for line in view.lines]
    if lines:
        name = f"grok-{datetime.now():%Y%m%d-%H%M%S}.svg"
        # By this name the app says where it has gone.
        picture = io.StringIO(svg(lines, views[0].sentence))
        downloads = user_downloads_path()  # a server has no such folder as a rule
        folder = downloads if downloads.is_dir() else Path.cwd()
        app.deliver_text(picture, save_directory=folder, save_filename=name, name="screenshot")


def svg(lines: Sequence[Strip], sentence: str) -> str:
    """Lines of cells as a picture that scales, with the beginning of its sentence as title."""
    from rich.console import Console
    from rich.segment import Segment, Segments

    width = max((line.cell_length for line in lines), default=1)
    console = Console(
        record=True, width=max(1, width), file=io.StringIO(), color_system="truecolor"
    )
    for line in lines:
        console.print(Segments([*line, Segment.line()]), end="")
    return console.export_svg(title=_title(sentence, width))


def _title(sentence: str, width: int) -> str:
    """The first clause, and of that what stands in a line beside the buttons of a window."""
    clause = re.split(r"[.:;](?=\s|$)", sentence, maxsplit=1)[0]
    return shorten(clause, max(LEAST_TITLE, width - BUTTONS), placeholder=" …")
