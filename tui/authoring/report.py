"""What `grok-tui author check` has found, for people and for machines."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from course.findings import ERROR, Finding


@dataclass(frozen=True)
class Report:
    """Everything there is to say about some lessons."""

    findings: tuple[Finding, ...]
    lessons: tuple[str, ...]
    screens: int
    seconds: float
    runs: int = 0
    """How many runs of labs were done."""

    @property
    def errors(self) -> Sequence[Finding]:
        """What must be put right."""
        return [one for one in self.findings if one.level == ERROR]

    def lines(self) -> Iterator[str]:
        """A line for each finding, and what it comes to."""
        for one in self.findings:
            yield f"{near(one.path)}:{one.line}: {one.level}: {one.text}"
        errors, warnings = len(self.errors), len(self.findings) - len(self.errors)
        looked = f"{counted(len(self.lessons), 'lesson')}, {counted(self.screens, 'screen')}"
        if self.runs:
            looked += f", {counted(self.runs, 'run')}"
        told = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        yield f"{looked}: {told} ({self.seconds:.1f} s)."

    def as_json(self) -> dict[str, Any]:
        """One object with keys that stay."""
        return {
            "ok": not self.errors,
            "lessons": list(self.lessons),
            "screens": self.screens,
            "runs": self.runs,
            "errors": len(self.errors),
            "warnings": len(self.findings) - len(self.errors),
            "seconds": round(self.seconds, 2),
            "findings": [
                {"path": one.path, "line": one.line, "level": one.level, "text": one.text}
                for one in self.findings
            ],
        }


def near(path: str) -> str:
    """A path as one would type it here: relative where it is in this folder."""
    here = os.path.relpath(path)
    return path if here.startswith("..") else here


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 error, 2 errors."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
