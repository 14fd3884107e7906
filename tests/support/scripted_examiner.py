"""Checks exercises without running anything: it knows every version by its text."""

from __future__ import annotations

from typing import Any

from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES
from tui.examiner import Examiner

SIDE = {"shape": "(2,)", "rows": [["0.250", "0.750"]]}
OTHER = {"shape": "(2,)", "rows": [["0.500", "0.500"]]}


def text_of(exercise: str, kind: str, wrong: str = "") -> str:
    """Lines of which the scripted examiner says this."""
    if kind == "right":
        return blank_of(EXERCISES[exercise]).reference
    return EXERCISES[exercise].wrong[wrong] if wrong else f"raise_{kind}()"


class ScriptedExaminer(Examiner):
    """Answers at once; `asked` are the texts that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.warmed = 0

    async def warm(self) -> None:
        """Only count."""
        self.warmed += 1

    async def examine(self, exercise: str, code: str) -> dict[str, Any]:
        """Right, a wrong version by its name, no Python, or something else."""
        self.asked.append(code)
        found: dict[str, Any] = {"wrong": "", "told": "", "line": 0}
        sides = {"title": "two scores", "name": "shares", "target": SIDE}
        if code == text_of(exercise, "right"):
            found |= {"steps": [["it runs", "yes"]], "sides": sides | {"own": SIDE}}
            return found | {"kind": "right"}
        found |= {"steps": [["it runs", "yes"], ["the numbers", "no"]]}
        found["sides"] = sides | {"own": OTHER}
        for name, text in EXERCISES[exercise].wrong.items():
            if code == text:
                return found | {"kind": "known", "wrong": name}
        if code.endswith("("):
            return {"kind": "syntax", "told": "Line 1 is not Python: `never closed`.", "line": 1}
        return found | {"kind": "other", "told": "With two scores other numbers come out."}
