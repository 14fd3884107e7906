"""Where a line may not end: between a number and its per cent sign.

What Textual draws is broken into words by rich, at every space, be it a no-break one. Here a
number and the sign behind it are made one word, for whatever is drawn anywhere.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"\s*\S+(?:(?<=\d) %\S*)?\s*")


def keep_percentages_whole() -> None:
    """From now on a number is not parted from its per cent sign at the end of a line."""
    from rich import _wrap  # plain text does without

    _wrap.re_word = _WORD


def joined(text: str) -> str:
    """The same with no-break spaces, for what keeps to those."""
    return re.sub(r"(?<=\d) (?=%)", "\N{NO-BREAK SPACE}", text)


def parted(text: str) -> str:
    """What `joined` has made, with plain spaces again."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
