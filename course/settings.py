"""The values of `:name: value` lines, read one by one; faults are reported, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Collection

from course.arithmetic import ArithmeticProblem, compares, evaluate, names_in
from course.choices import take_tags
from course.fences import Fence, Setting
from course.lesson import Diagnosis, RunRef, Tolerance
from course.problems import Problems, did_you_mean

MAX_HINTS = 3

_DRAW = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s+in\s+(?P<values>.+)")
_TOLERANCE = re.compile(r"(?P<number>[^%]+?)\s*(?P<percent>%?)")
_PAIR = re.compile(r"\s*(\d{1,3})\s*<\s*(\d{1,3})\s*")


def read_hints(fence: Fence, problems: Problems) -> tuple[tuple[str, ...], str]:
    """The hints, and why there are none if the author says so."""
    hints: list[Setting] = []
    because = ""
    for setting in fence.all("hint"):
        if setting.value.startswith("none because "):
            because = setting.value.removeprefix("none because ").strip()
        elif setting.value == "none":
            problems.report(setting.line, "expected `:hint: none because` and the reason")
        else:
            hints.append(setting)
    if hints and because:
        problems.report(hints[0].line, "there are hints, and `none because`: which?")
    if len(hints) > MAX_HINTS:
        problems.report(hints[MAX_HINTS].line, f"expected at most {MAX_HINTS} hints")
    return tuple(hint.value for hint in hints), because


def read_yes(fence: Fence, name: str, problems: Problems) -> bool:
    """A setting that is yes or no, and no where it is not given."""
    setting = fence.one(name)
    if setting and setting.value not in ("yes", "no"):
        problems.report(setting.line, f"expected `:{name}: yes` or no")
    return bool(setting and setting.value == "yes")


def read_rev(fence: Fence, problems: Problems) -> int:
    """Which meaning of the question this is, from 1."""
    setting = fence.one("rev")
    if setting is None:
        return 1
    if not re.fullmatch(r"[1-9]\d{0,3}", setting.value):
        problems.report(setting.line, "expected `:rev:` and a whole number from 1 up")
        return 1
    return int(setting.value)


def read_run(text: str, line: int, problems: Problems) -> RunRef:
    """`LAB knob=value ...`."""
    lab, *settings = text.split() or [""]
    knobs: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not (name and equals and value):
            problems.report(line, f"“{setting}”: expected knob=value")
        elif name in knobs:
            problems.report(line, f"the knob {name} is given twice")
        else:
            knobs[name] = value
    return RunRef(lab, knobs)


def read_seeds(setting: Setting, problems: Problems) -> tuple[int, ...]:
    """The seeds over which the authors' answer was found."""
    words = setting.value.replace(",", " ").split()
    if not all(re.fullmatch(r"\d{1,9}", word) for word in words):
        problems.report(setting.line, "expected whole numbers, such as `:seeds: 0 1 2`")
        return (0,)
    return tuple(int(word) for word in words)


def read_before(setting: Setting, count: int, problems: Problems) -> tuple[tuple[int, int], ...]:
    """Pairs of steps, written `1<2, 2<4` from 1 and kept from 0, that a list of `count` obeys."""
    pairs: list[tuple[int, int]] = []
    for part in setting.value.split(","):
        match = _PAIR.fullmatch(part)
        first, then = (int(match[1]), int(match[2])) if match else (0, 0)
        if not match or not (1 <= first <= count and 1 <= then <= count):
            problems.report(
                setting.line, f"“{part.strip()}”: expected pairs of steps from 1 to {count}, as 1<2"
            )
        elif first >= then:
            problems.report(setting.line, f"{first}<{then}: the list itself breaks that order")
        else:
            pairs.append((first - 1, then - 1))
    return tuple(pairs)


def read_draws(setting: Setting, problems: Problems) -> dict[str, tuple[float, ...]]:
    """`d in 128, 256; h in 4, 8`: what each name may be."""
    draws: dict[str, tuple[float, ...]] = {}
    for part in setting.value.split(";"):
        match = _DRAW.fullmatch(part)
        if not match:
            problems.report(setting.line, f"“{part.strip()}”: expected name in 1, 2, 3")
        elif match["name"] in draws or match["name"] in ("answer", "and", "or"):
            problems.report(setting.line, f"the name {match['name']} is taken")
        else:
            values = match["values"].split(",")
            draws[match["name"]] = tuple(read_number(v, setting.line, (), problems) for v in values)
    return draws


def read_also(setting: Setting, drawn: Collection[str], problems: Problems) -> Diagnosis | None:
    """`EXPRESSION => explanation #mc:tag`: a wrong number that is recognised."""
    expression, arrow, said = (part.strip() for part in setting.value.partition("=>"))
    if not (arrow and expression and said):
        problems.report(setting.line, "expected EXPRESSION => explanation")
        return None
    read_number(expression, setting.line, drawn, problems)
    text, tags = take_tags(said, setting.line, problems)
    return Diagnosis(expression, text, tags, setting.line)


def read_tolerance(setting: Setting, problems: Problems) -> Tolerance:
    """`0.01` as it stands, or `2 %` of the answer."""
    match = _TOLERANCE.fullmatch(setting.value)
    size = read_number(match["number"], setting.line, (), problems) if match else -1.0
    if match is None or size < 0:
        problems.report(setting.line, "expected `:tolerance: 0.01` or `:tolerance: 2 %`")
        return Tolerance()
    return Tolerance(relative=size / 100) if match["percent"] else Tolerance(absolute=size)


def read_number(text: str, line: int, drawn: Collection[str], problems: Problems) -> float:
    """The value of an expression; 1 where it depends on what is drawn."""
    try:
        names = names_in(text)
        for name in sorted(names - set(drawn)):
            problems.report(line, f"“{name}” is not drawn: {did_you_mean(name, drawn)}")
        if compares(text):
            problems.report(line, f"“{text.strip()}” compares: expected a number")
        return 1.0 if names else float(evaluate(text, {}))
    except ArithmeticProblem as problem:
        problems.report(line, f"“{text.strip()}”: {problem}")
        return 1.0


def read_condition(text: str, line: int, problems: Problems) -> list[str]:
    """The names that a condition speaks of."""
    try:
        if not compares(text):
            problems.report(line, f"“{text}”: expected a comparison, such as arrival > 0.9")
        return sorted(names_in(text))
    except ArithmeticProblem as problem:
        problems.report(line, f"“{text}”: {problem}")
        return []


def read_known(
    text: str, line: int, known: Collection[str], strange: str, problems: Problems
) -> None:
    """Report what a condition speaks of that is not known, in words such as "is not drawn"."""
    for name in read_condition(text, line, problems):
        if name not in known:
            problems.report(line, f"“{name}” {strange}: {did_you_mean(name, known)}")


def read_also_where(
    fence: Fence, known: Collection[str], strange: str, problems: Problems
) -> tuple[Diagnosis, ...]:
    """Each `:also: CONDITION => explanation #mc:tag`: kinds of wrong answers."""
    read: list[Diagnosis] = []
    for one in fence.all("also"):
        condition, arrow, said = (part.strip() for part in one.value.partition("=>"))
        if arrow and condition and said:
            read_known(condition, one.line, known, strange, problems)
            text, tags = take_tags(said, one.line, problems)
            read.append(Diagnosis(condition, text, tags, one.line))
        else:
            problems.report(one.line, "expected CONDITION => explanation")
    return tuple(read)
