"""The words of the course: what each means in one sentence, its formula, and its lesson."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.catalog import Catalog
from course.findings import Findings, line_of, texts_of
from course.lesson import Lesson, Screen
from course.problems import LessonErrors, Problem, did_you_mean

GLOSSARY_FILE = "glossary.toml"
HERE = Path(__file__).parent
MAX_WORDS = 32
"""A plain sentence is not longer."""
MAX_FORMULA = 60
"""Columns that a formula may take."""
_FIELDS = {"sentence": str, "lesson": str, "formula": str, "also": list}


@dataclass(frozen=True)
class Term:
    """One word of the course."""

    name: str
    sentence: str
    lesson: str
    """The id of the lesson that introduces it."""
    formula: str = ""
    also: tuple[str, ...] = ()
    """Other forms of the word, by which it is found as well."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The word in all its forms."""
        return (self.name, *self.also)


def read_glossary(path: Path | None = None) -> tuple[Term, ...]:
    """The terms of a glossary file, ours if none is given, by their names.

    Raises:
        LessonErrors: with every fault, and where it stands.
    """
    path = path or HERE / GLOSSARY_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # which both kinds of damage are
        raise LessonErrors([Problem(str(path), 1, f"this is not TOML: {error}")]) from None
    problems = [
        Problem(str(path), line_of(str(path), f'["{name}"]'), f"{name}: {fault}")
        for name, entry in table.items()
        if (fault := _fault(entry))
    ]
    if problems:
        raise LessonErrors(problems)
    terms = [
        Term(name, **entry | {"also": tuple(entry.get("also", ()))})
        for name, entry in table.items()
    ]
    return tuple(sorted(terms, key=lambda term: term.name.casefold()))


def search(terms: Sequence[Term], typed: str) -> list[Term]:
    """The terms that fit what was typed, best first: by their beginning, their name, their words.

    All of them, in their order, where nothing was typed.
    """
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        return list(terms)
    ranked = [(_rank(term, wanted), place) for place, term in enumerate(terms)]
    return [terms[place] for rank, place in sorted(ranked) if rank < _NOT_AT_ALL]


def number_of(catalog: Catalog, lesson_id: str) -> int:
    """The number of a lesson, counted along the map from 1; 0 for one that is not on it."""
    every = [one for part in catalog.parts for one in (*part.lessons, *part.planned)]
    return every.index(lesson_id) + 1 if lesson_id in every else 0


def said_on(screen: Screen, terms: Sequence[Term]) -> list[Term]:
    """The terms that a screen says, in the order of `terms`; what is for instructors left out."""
    alone = Lesson("", "", 0, (screen,))
    whole = "\n".join(text for _, kind, text in texts_of(alone) if kind != "note")
    return [term for term in terms if _says(term).search(whole)]


def first_said(lesson: Lesson, term: Term) -> int | None:
    """The index of the first screen that says a term, in its prose if any does; None without.

    The title of a lesson belongs to its first screen.
    """
    said = _says(term)
    places = []
    for index, screen in enumerate(lesson.screens):
        alone = Lesson(lesson.id, "", 0, (screen,))
        for _, kind, text in texts_of(alone):
            if kind != "note" and said.search(text):
                places.append((kind != "prose", index))
    if not places and said.search(lesson.title):
        return 0
    return min(places)[1] if places else None


def check_glossary(terms: Sequence[Term], catalog: Catalog, found: Findings) -> None:
    """Report what is not as a learner should find it: each term has a lesson, which says it."""
    path = str(Path(catalog.path).parent / GLOSSARY_FILE)
    seen: dict[str, str] = {}
    for term in terms:
        line = line_of(path, f'["{term.name}"]')
        for form in term.forms:
            if form.casefold() in seen:
                text = f"“{form}” is there twice: as {seen[form.casefold()]}, too"
                found.error(path, line, text)
            seen[form.casefold()] = term.name
        lesson = catalog.lessons.get(term.lesson)
        if lesson is None:
            known = did_you_mean(term.lesson, catalog.lessons)
            found.error(path, line, f"{term.name}: no lesson {term.lesson}: {known}")
        elif first_said(lesson, term) is None:
            found.error(path, line, f"{term.name}: {term.lesson} never says it")
        if len(term.sentence.split()) > MAX_WORDS:
            found.warn(path, line, f"{term.name}: more than {MAX_WORDS} words: say it shorter")


_NOT_AT_ALL = 4


def _rank(term: Term, wanted: str) -> int:
    forms = [form.casefold() for form in term.forms]
    if wanted in forms:
        return 0
    if any(form.startswith(wanted) for form in forms):
        return 1
    if any(wanted in form for form in forms):
        return 2
    return 3 if wanted in term.sentence.casefold() else _NOT_AT_ALL


def _says(term: Term) -> re.Pattern[str]:
    """What finds a term in a text, in any of its forms, as words of their own."""
    words = (r"[\s*`_]+".join(map(re.escape, form.split())) for form in term.forms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _fault(entry: Any) -> str:
    """What is wrong with the entry of a term; empty if nothing is."""
    if not isinstance(entry, dict):
        return "expected sentence, lesson, and perhaps formula and also"
    for name, value in entry.items():
        if name not in _FIELDS:
            return f"unknown “{name}”: {did_you_mean(name, _FIELDS)}"
        if not isinstance(value, _FIELDS[name]) or not value:
            return f"{name} is empty, or not what it should be"
    missing = [name for name in ("sentence", "lesson") if name not in entry]
    if missing:
        return f"needs {' and '.join(missing)}"
    if not all(isinstance(form, str) and form for form in entry.get("also", ())):
        return "also is a list of words"
    if not entry["sentence"].endswith("."):
        return "the sentence ends with a full stop"
    if len(entry.get("formula", "")) > MAX_FORMULA:
        return f"the formula takes more than {MAX_FORMULA} columns"
    return ""
