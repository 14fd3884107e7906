"""Sending a terminal the cells that changed, and not those to the left of them.

Textual 8.2 knows which cells of a line are to be painted again but sends that line from the left
edge of its widget on. Over a slow link that is most of what a picture costs, so the update that
writes those cells is replaced here by one that starts where the change starts. What ends up on the
screen is the same.
"""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual import _compositor


def _render_segments(update: _compositor.ChopsUpdate, console: Console) -> str:
    """The changed cells as text with escape sequences, each run at its own place."""
    out: list[str] = []
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            start, stop = max(x, left), min(end, right)
            if strip is None or start >= stop:
                continue
            out.append(Control.move_to(start, y).segment.text)
            out.append(strip.crop(start - x, stop - x).render(console))
    return "".join(out)


def send_only_changes() -> None:
    """Replace Textual's way of writing a partial update, where it has the form we know."""
    update = getattr(_compositor, "ChopsUpdate", None)
    if update is not None and "render_segments" in vars(update):
        update.render_segments = _render_segments
