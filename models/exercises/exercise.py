"""What a code exercise is: a few lines cut from a file that runs, and versions of them that fail.

How it is checked stands in `models/checks`, in a file of the same name. No torch here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A blank in a file that runs, and what people write into it."""

    name: str
    file: str
    """The file, by its name without `.py`: one of `models.sources`, or of `models` itself."""
    function: str
    """The function or method that the blank is in, such as `Block.forward`."""
    first: str
    """A piece of the first line that is cut out; no line of the function before it holds it."""
    lines: int
    """How many lines are cut out."""
    starter: str
    """What stands in the blank at first. It runs, and it is wrong."""
    wrong: Mapping[str, str]
    """Classic wrong versions by name: what a lesson explains, and what is recognised."""
    promise: str
    """What holds of every right version, in words: it is tried beside the numbers."""
    needs_torch: bool = True
