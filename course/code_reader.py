"""From a fence to the lines that are to be written."""

from __future__ import annotations

import re
from typing import Any

from course.choices import take_tags
from course.code import Code
from course.fences import Fence, Setting
from course.lesson import Diagnosis
from course.problems import Problems

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_code(fence: Fence, common: dict[str, Any], explanation: str, found: Problems) -> Code:
    """The exercise in a fence."""
    exercise = fence.one("exercise")
    wrong = tuple(one for s in fence.all("wrong") if (one := _wrong(s, found)))
    names = [one.expression for one in wrong]
    for one in wrong:
        if names.count(one.expression) > 1:
            found.report(one.line, f"{one.expression} is explained twice")
    return Code(
        **common,
        exercise=exercise.value if exercise else "",
        wrong=wrong,
        explanation=explanation,
    )


def _wrong(setting: Setting, found: Problems) -> Diagnosis | None:
    """`NAME => explanation #mc:tag`: a wrong version that is recognised."""
    name, arrow, said = (part.strip() for part in setting.value.partition("=>"))
    if not (arrow and said and _NAME.fullmatch(name)):
        found.report(setting.line, "expected NAME => explanation, NAME a wrong version by its name")
        return None
    text, tags = take_tags(said, setting.line, found)
    return Diagnosis(name, text, tags, setting.line)
