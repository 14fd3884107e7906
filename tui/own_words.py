"""What a learner writes in their own words: how long it may be, what is kept of it, and when."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LIMIT = 4000
"""Characters that an answer may have."""

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Signs that nobody sees and that turn the writing on a line around."""


@dataclass(frozen=True)
class OwnWords:
    """The latest version of something written."""

    text: str
    at: float
    """When it was written: seconds since 1970."""
    draft: bool
    """Whether it was kept on the way, and not handed in."""


def latest(history: Iterable[Mapping[str, Any]]) -> OwnWords | None:
    """What was written last by the history of a question; None if nothing was."""
    written = [event for event in history if event["type"] == "wrote"]
    if not written:
        return None
    last = written[-1]
    return OwnWords(last["text"], last["at"], last["draft"])


def cleaned(text: str) -> str:
    """A text, wherever it was copied from, without what a terminal would obey or cannot show.

    Lines end as they do here, and a tab is a few blanks.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(char for char in lines if char == "\n" or not _unseen(char))


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in _TURNS
