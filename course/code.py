"""Some lines of code to be written into the blank of a file that runs.

An answer is `{"code": text, "kind": ..., "wrong": ..., "told": ..., ...}`: what was written, and
what an examination said of it. The examination is done elsewhere, and kept with the answer: so an
answer can be shown again where nothing can be run.
"""

from __future__ import annotations

from typing import Any

from course.frozen import frozen
from course.lesson import Diagnosis, Question

RIGHT, KNOWN, STOPPED = "right", "known", "stopped"
"""The kinds of an answer that is right, of one that is a mistake the question explains, and of one
that had to be ended."""
KINDS = (RIGHT, KNOWN, "other", "error", STOPPED)
"""What an examination can come to; the last three explain themselves."""
NO_TRIES = ("empty", "syntax", "unchecked")
"""What it can come to besides, and what is no try: there was nothing that could have run."""


@frozen(kw_only=True)
class Code(Question):
    """The blank of an exercise is to be filled in."""

    exercise: str
    wrong: tuple[Diagnosis, ...] = ()
    """Classic wrong versions; their expressions are the names that the exercise has for them."""
    explanation: str = ""

    def explained(self, answer: dict[str, Any]) -> Diagnosis | None:
        """The classic mistake that an examined answer is; None if it is none of them."""
        name = answer["wrong"] if answer["kind"] == KNOWN else ""
        return next((one for one in self.wrong if one.expression == name), None)


def code_answer(kind: str, wrong: str = "", code: str = "", told: str = "") -> dict[str, Any]:
    """The answer of somebody whose lines come to this."""
    return {"code": code, "kind": kind, "wrong": wrong, "told": told}


def is_examined(answer: Any) -> bool:
    """Whether an answer is some lines that were examined."""
    return (
        isinstance(answer, dict)
        and answer.get("kind") in (*KINDS, *NO_TRIES)
        and all(isinstance(answer.get(name, ""), str) for name in ("code", "wrong", "told"))
    )


def is_same_try(answer: dict[str, Any], text: str) -> bool:
    """Whether these lines would come to what they came to before.

    What had to be stopped may have been slow only because the machine was busy.
    """
    return answer["kind"] != STOPPED and answer["code"].rstrip() == text.rstrip()
