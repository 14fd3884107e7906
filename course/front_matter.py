"""The head of a lesson file: TOML between two lines of `+++`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from course.problems import Problems, did_you_mean

FENCE = "+++"
FORMAT = 1
"""The lesson format that this version reads."""

MAX_ID = 32
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
OBJECTIVE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
KEYS = ("format", "id", "title", "minutes", "requires", "objectives", "summary")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class FrontMatter:
    """What the head says, and on which line the text after it begins."""

    body_line: int
    id: str = ""
    title: str = ""
    minutes: int = 0
    requires: tuple[str, ...] = ()
    objectives: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    lines: dict[str, int] = field(default_factory=dict)
    """Where each key stands."""


def read_front_matter(lines: list[str], problems: Problems) -> FrontMatter:
    """Read the head of a file, reporting every fault in it."""
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if not lines or lines[first].strip() != FENCE:
        problems.report(first + 1, f"expected {FENCE} and the lesson's front matter here")
        return FrontMatter(body_line=1)
    end = next((i for i in range(first + 1, len(lines)) if lines[i].strip() == FENCE), None)
    if end is None:
        problems.report(first + 1, f"this front matter never ends: expected a line {FENCE}")
        return FrontMatter(body_line=len(lines) + 1)
    try:
        table = tomllib.loads("\n".join(lines[first + 1 : end]) + "\n")
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place else end - first
        problems.report(
            first + 1 + line, f"this is not TOML: {_TOML_PLACE.sub('', str(error)).lower()}"
        )
        return FrontMatter(body_line=end + 2)
    where = {key: _line_of(lines, key, first + 1, end) for key in table}
    return _Head(table, where, first + 1, problems).read(end + 2)


def _line_of(lines: list[str], key: str, start: int, end: int) -> int:
    written = re.compile(rf"""\s*\[?\s*["']?{re.escape(key)}["']?\s*[\]=.]""")
    return next((i + 1 for i in range(start, end) if written.match(lines[i])), start)


@dataclass
class _Head:
    """The table of the front matter on its way to a `FrontMatter`."""

    table: dict[str, Any]
    where: dict[str, int]
    opening: int
    problems: Problems

    def read(self, body_line: int) -> FrontMatter:
        for key in self.table:
            if key not in KEYS:
                self.fault(key, f"unknown key “{key}”: {did_you_mean(key, KEYS)}")
        self.check_format()
        return FrontMatter(
            body_line,
            id=self.slug(),
            title=self.text("title"),
            minutes=self.minutes(),
            requires=self.requires(),
            objectives=self.objectives(),
            summary=self.text("summary", required=False),
            lines=self.where,
        )

    def fault(self, key: str, text: str) -> None:
        self.problems.report(self.where.get(key, self.opening), text)

    def given(self, key: str, example: str) -> Any:
        """The value of a required key; None, reported, where it is missing."""
        if key not in self.table:
            self.fault(key, f"{key} is missing: expected {key} = {example}")
        return self.table.get(key)

    def check_format(self) -> None:
        value = self.given("format", str(FORMAT))
        if value is None or (value == FORMAT and not isinstance(value, bool)):
            return
        if isinstance(value, int) and value > FORMAT:
            text = f"format {value} is newer than this version reads: expected {FORMAT}; update"
        else:
            text = f"expected format = {FORMAT}"
        self.fault("format", text)

    def slug(self) -> str:
        value = self.given("id", '"my-lesson"')
        if value is None:
            return ""
        fault = id_fault(value)
        if fault:
            self.fault("id", fault)
            return ""
        return str(value)

    def text(self, key: str, *, required: bool = True) -> str:
        value = self.given(key, '"..."') if required else self.table.get(key, "")
        if value is None:
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            self.fault(key, f'expected {key} = "some words"')
            return ""
        return value.strip()

    def minutes(self) -> int:
        value = self.given("minutes", "25")
        if value is None:
            return 0
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 240:
            self.fault("minutes", "expected minutes as a whole number from 1 to 240")
            return 0
        return value

    def requires(self) -> tuple[str, ...]:
        value = self.table.get("requires", [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fault("requires", 'expected requires = ["lesson-id", ...]')
            return ()
        return tuple(dict.fromkeys(value))

    def objectives(self) -> dict[str, str]:
        value = self.table.get("objectives", {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in _leaves(value)):
            self.fault("objectives", 'expected objectives = { "id" = "what one can do" }')
            return {}
        found: dict[str, str] = {}
        for name, words in _flat(value):
            if not OBJECTIVE.fullmatch(name) or len(name) > MAX_ID:
                self.fault("objectives", f"objective “{name}”: {ID_FORM} (dots are allowed too)")
            elif not words.strip():
                self.fault("objectives", f"objective “{name}” has no words")
            else:
                found[name] = words.strip()
        return found


def _leaves(table: dict[str, Any]) -> list[Any]:
    return [value for _, value in _flat(table)]


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """The entries of a table; TOML reads an unquoted `attn.rows` as a table in a table."""
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, value))
    return found


ID_FORM = f"expected small letters, digits and single dashes, at most {MAX_ID} characters"


def id_fault(value: object) -> str:
    """What is wrong with an id; empty if nothing is."""
    if not isinstance(value, str) or not SLUG.fullmatch(value) or len(value) > MAX_ID:
        return f"“{value}” is no id: {ID_FORM}"
    return ""
