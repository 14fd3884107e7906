"""What is tried of an exercise: cases, each of which runs one version of the code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Results:
    """What a version gave back, by name: numbers, lists of them, or tensors."""

    values: Mapping[str, Any]
    gradients: Mapping[str, Any] = field(default_factory=dict)
    """What flows back to what was put in; None where nothing does."""


@dataclass(frozen=True)
class Case:
    """One thing to try, in words, and how: `run` is handed the file as a module."""

    title: str
    run: Callable[[ModuleType], Results]


@dataclass(frozen=True)
class Check:
    """How an exercise is checked. `keeps` says of a version whether its promise holds."""

    cases: tuple[Case, ...]
    keeps: Callable[[ModuleType], bool]
