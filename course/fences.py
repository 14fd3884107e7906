"""Colon fences: their kinds, arguments, options and bodies.

```
:::{kind} argument
:name: value
  an indented line goes on with the value

body
:::
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from course.problems import Problems, did_you_mean

_OPENING = re.compile(r"\{(?P<kind>[^}]*)\}\s*(?P<argument>.*)")
_OPTION = re.compile(r":(?P<name>[A-Za-z][\w-]*):(?:\s+(?P<value>.*))?$")


@dataclass(frozen=True)
class Kind:
    """What a fence of one kind takes."""

    argument: str
    """What stands after the kind, in words; empty if nothing does."""
    options: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()
    any_option: bool = False
    body: str = "optional"
    """`required`, `optional` or `none`."""


_COMMON = frozenset({"objective", "hint", "checkpoint", "rev"})

_ROWS = ("given", "why", "also", "tolerance")
"""What a table is made of, besides the rows to be filled in."""


def _question(
    argument: str,
    own: Iterable[str] = (),
    required: Iterable[str] = (),
    repeatable: Iterable[str] = ("also", "answer-from"),
) -> Kind:
    return Kind(
        argument,
        options=_COMMON | set(own) | set(required),
        required=frozenset(required),
        repeatable=frozenset({"hint", *repeatable}),
        body="required",
    )


KINDS: Mapping[str, Kind] = {
    "single": _question("an id"),
    "multi": _question("an id"),
    "numeric": _question("an id", ("draw", "also", "tolerance"), ("answer",)),
    "trace": _question(
        "an id",
        ("draw", "columns", *_ROWS),
        ("row",),
        repeatable=("row", *_ROWS),
    ),
    "spot": replace(
        _question("an id", ("draw", "also"), ("view", "where", "otherwise")), any_option=True
    ),
    "code": Kind(
        "an id",
        options=frozenset({"objective", "hint", "rev", "exercise", "wrong"}),
        required=frozenset({"exercise"}),
        repeatable=frozenset({"hint", "wrong"}),
        body="required",
    ),
    "experiment": Kind(
        "an id",
        options=frozenset(
            {"objective", "hint", "rev", "task", "lab", "also", "draw", "seeds"},
        ),
        required=frozenset({"task", "lab"}),
        repeatable=frozenset({"hint", "also"}),
        any_option=True,
        body="required",
    ),
    "order": _question("an id", ("before",)),
    "predict": _question(
        "an id", ("baseline", "seeds", "surprise", "ordered"), ("run", "answer-from")
    ),
    "observe": _question("ID of BET-ID"),
    "bets": Kind(
        "an id",
        options=frozenset({"rev", "true-if"}),
        required=frozenset({"true-if"}),
        repeatable=frozenset({"true-if"}),
        body="required",
    ),
    "sketch": Kind(
        "an id",
        options=frozenset(
            {"run", "study", "measure", "over", "range", "form", "mark", "seeds", "rev"}
        ),
        required=frozenset({"measure"}),
        repeatable=frozenset({"mark"}),
        body="required",
    ),
    "words": Kind("an id", options=frozenset({"rev"}), body="required"),
    "claim": Kind(
        "an id",
        options=frozenset({"confirmed-if", "busted-if"}),
        required=frozenset({"confirmed-if", "busted-if"}),
        body="required",
    ),
    "view": Kind("the name of a view", any_option=True, body="none"),
    "lab": Kind("the name of a lab"),
    "study": Kind("the name of a study"),
    "notes": Kind("", body="required"),
}


@dataclass(frozen=True)
class Setting:
    """One `:name: value` line."""

    name: str
    value: str
    line: int


@dataclass(frozen=True)
class Fence:
    """A fence taken apart. `body_line` is the line of the file on which the body begins."""

    kind: str
    argument: str
    line: int
    settings: tuple[Setting, ...] = ()
    body: tuple[str, ...] = ()
    body_line: int = 0

    def all(self, name: str) -> tuple[Setting, ...]:
        """Every setting of this name that has a value, in order."""
        return tuple(one for one in self.settings if one.name == name and one.value)

    def one(self, name: str) -> Setting | None:
        """The setting of this name, if it is given."""
        return next(iter(self.all(name)), None)


def read_fence(info: str, content: list[str], line: int, problems: Problems) -> Fence | None:
    """Take a fence apart, given what follows its colons, its lines, and the line it opens on.

    None, reported, if its kind is not one of ours.
    """
    opening = _OPENING.fullmatch(info.strip())
    if opening is None:
        kinds = ", ".join(sorted(KINDS))
        problems.report(line, f"expected :::{{kind}} with one of {kinds}")
        return None
    name = opening["kind"].strip()
    if name not in KINDS:
        problems.report(line, f"unknown kind {{{name}}}: {did_you_mean(name, KINDS)}")
        return None
    settings, used = _settings(content, line + 1, problems)
    body, body_line = _body(content[used:], line + 1 + used)
    fence = Fence(name, opening["argument"].strip(), line, tuple(settings), body, body_line)
    _check(fence, KINDS[name], problems)
    return fence


def _settings(content: list[str], line: int, problems: Problems) -> tuple[list[Setting], int]:
    """The settings at the head of a fence, and how many lines they take."""
    settings: list[Setting] = []
    for used, text in enumerate(content):
        match = _OPTION.fullmatch(text.rstrip())
        if match:
            settings.append(Setting(match["name"], (match["value"] or "").strip(), line + used))
        elif settings and text.strip() and text[0] in " \t":
            last = settings.pop()
            joined = f"{last.value} {text.strip()}".strip()
            settings.append(Setting(last.name, joined, last.line))
        else:
            if settings and text.strip():
                problems.report(
                    line + used, "expected `:name: value`, or a blank line before the text"
                )
            return settings, used
    return settings, len(content)


def _body(content: list[str], line: int) -> tuple[tuple[str, ...], int]:
    first = next((i for i, text in enumerate(content) if text.strip()), len(content))
    last = len(content)
    while last > first and not content[last - 1].strip():
        last -= 1
    return tuple(content[first:last]), line + first


def _check(fence: Fence, kind: Kind, problems: Problems) -> None:
    """Report what is missing, unknown, empty or given twice."""
    if bool(kind.argument) != bool(fence.argument):
        expected = f"expected {kind.argument}" if kind.argument else "expected nothing"
        problems.report(fence.line, f"{expected} after {{{fence.kind}}}")
    seen: set[str] = set()
    for setting in fence.settings:
        if not kind.any_option and setting.name not in kind.options:
            problems.report(
                setting.line,
                f"{{{fence.kind}}} has no option :{setting.name}: — "
                f"{did_you_mean(setting.name, kind.options)}",
            )
        elif setting.name in seen and setting.name not in kind.repeatable:
            problems.report(setting.line, f":{setting.name}: is given twice")
        elif not setting.value:
            problems.report(setting.line, f":{setting.name}: is empty: expected a value")
        seen.add(setting.name)
    for name in sorted(kind.required - seen):
        problems.report(fence.line, f"{{{fence.kind}}} needs :{name}:")
    if kind.body == "required" and not fence.body:
        problems.report(fence.line, f"{{{fence.kind}}} is empty: expected its text")
    if kind.body == "none" and fence.body:
        problems.report(fence.body_line, f"{{{fence.kind}}} takes settings only, no text")
