"""Run by itself: the course on this terminal, until its map is drawn for the first time.

Arguments: a file to write to, and words that stand on the map. What is written is which of the
heavy modules are loaded. Then the process ends at once, so that its CPU time is that of the start.
"""

from __future__ import annotations

import os
import sys
from typing import IO, Any

HEAVY = ("torch", "numpy", "plotext")


class Watched:
    """The stream that Textual draws on. When all the words have been drawn, that is the end."""

    def __init__(self, stream: IO[str], told: str, words: list[str]) -> None:
        self._stream, self._told, self._words = stream, told, words

    def write(self, text: str) -> int:
        """Draw, and look at what is drawn."""
        written = self._stream.write(text)
        self._words = [word for word in self._words if word not in text]
        if not self._words:
            self._stream.flush()
            with open(self._told, "w") as told:
                told.write(" ".join(name for name in HEAVY if name in sys.modules))
            os._exit(0)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


if __name__ == "__main__":
    sys.__stderr__ = Watched(sys.__stderr__, sys.argv[1], sys.argv[2:])  # type: ignore
    from tui.__main__ import main

    sys.exit(main([]))
