"""How a command ends when it cannot do what was asked, and how it prints for machines."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from course import problems


class WrongUsage(Exception):
    """The command was called wrongly (exit 2). The text begins no sentence and ends none."""

    def __init__(self, text: str, command: str) -> None:
        super().__init__(text)
        self.command = command
        """Whose `--help` says more."""


class Failure(Exception):
    """The command could not do what it should (exit 1). The text is a whole sentence."""


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """The name that was probably meant, in brackets, or else the names there are."""
    return f" ({problems.did_you_mean(word, names)})"


def print_json(answer: dict[str, Any]) -> None:
    """Print one JSON object and nothing else."""
    print(json.dumps(_finite(answer), ensure_ascii=False, indent=2, allow_nan=False))


def _finite(value: Any) -> Any:
    """`value` with null where JSON has no word for a number: not-a-number and infinity."""
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
