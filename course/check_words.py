"""Whether the words are plain, short and spelled as everywhere, and the tags are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from course.catalog import Catalog
from course.findings import (
    Findings,
    diagnoses_of,
    lessons_of,
    line_of,
    options_of,
    texts_of,
)
from course.lesson import Lesson, Prose
from course.problems import did_you_mean

STEM_WORDS = 60
SCREEN_WORDS = 120

_CODE = re.compile(r"```.*?```|`[^`]*`|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"\b[^\W\d_][\w'’-]*")
_NEGATIVE = re.compile(r"\b(?:not|no|never|none|neither|nor|without|cannot|\w+n['’]t)\b", re.I)
_EASY = re.compile(
    r"\b(?:simply|obviously|trivially|of course|just (?:by|do|use|add|take))\b", re.I
)
_LOUD = re.compile(
    r"\b(?:proves|perfectly|instantly|infinitely|forgets entirely|hallucinat\w+)\b"
    r"|O\(1\) architecture|is how ChatGPT works",
    re.I,
)
_TWICE = re.compile(r"\b(\w+)\s+\1\b", re.I)
_MAY_REPEAT = frozenset({"that", "had", "million"})
_SPOKEN = frozenset({"prose", "prompt", "hint", "explanation", "option"})


def check_words(catalog: Catalog, found: Findings) -> None:
    """Checks 10 and 11, and the spelling of 15."""
    for lesson in lessons_of(catalog):
        _check_lengths(lesson, found)
        for line, kind, text in texts_of(lesson):
            said = _without_code(text)
            for fault, at in _faults(kind, said, catalog.spelling):
                # Only prose is known to begin on the line that it is filed under.
                below = said.count("\n", 0, at) if kind == "prose" else 0
                found.warn(lesson.path, line + below, fault)
    _check_tags(catalog, found)


def _check_lengths(lesson: Lesson, found: Findings) -> None:
    for screen in lesson.screens:
        words = sum(_words(prose.markdown) for prose in screen.blocks_of(Prose))
        if words > SCREEN_WORDS:
            text = f"{words} words on one screen: expected at most about {SCREEN_WORDS}"
            found.warn(lesson.path, screen.line, text)
        question = screen.question
        if question is not None and _words(question.prompt) > STEM_WORDS:
            text = f"{question.id}: the question has more than {STEM_WORDS} words"
            found.warn(lesson.path, question.line, text)


def _words(text: str) -> int:
    """How many words there are to read; a line of code is looked at."""
    return len(_WORD.findall(_without_code(text)))


def _without_code(text: str) -> str:
    """The text with as many lines as before."""
    return _CODE.sub(lambda code: "\n" * code[0].count("\n") or " ", text)


def _faults(kind: str, text: str, spelling: dict[str, str]) -> Iterator[tuple[str, int]]:
    """What is to be said of a text without its code, and where in it."""
    if kind == "prompt":
        for sentence in re.finditer(r"[^.?!:;]+", text):
            if len(_NEGATIVE.findall(sentence[0])) > 1:
                yield f"a double negative: “{' '.join(sentence[0].split())}”", sentence.start()
    if kind in _SPOKEN:
        for match in (*_EASY.finditer(text), *_LOUD.finditer(text)):
            yield f"“{match[0]}”: say it without", match.start()
    for match in _TWICE.finditer(text):
        if match[1].lower() not in _MAY_REPEAT and not match[1].isdigit():
            yield f"“{' '.join(match[0].split())}”: a word twice", match.start()
    for match in _WORD.finditer(text):
        better = spelling.get(match[0]) or spelling.get(match[0].lower())
        if better and better != match[0]:
            yield f"“{match[0]}”: the course writes “{better}”", match.start()


def _check_tags(catalog: Catalog, found: Findings) -> None:
    """Every `#mc:` tag is explained in course.toml; those used once are listed."""
    used: Counter[str] = Counter()
    for lesson in lessons_of(catalog):
        for line, tags in _tags_of(lesson):
            for tag in tags:
                used[tag] += 1
                if tag not in catalog.misconceptions:
                    known = did_you_mean(tag, catalog.misconceptions)
                    text = f"#mc:{tag} is not in [misconceptions] of course.toml: {known}"
                    found.error(lesson.path, line, text)
    line = line_of(catalog.path, "[misconceptions]")
    for times, words in ((1, "used once only"), (0, "never used")):
        listed = [tag for tag in sorted(catalog.misconceptions) if used[tag] == times]
        if listed:
            found.warn(catalog.path, line, f"tags that are {words}: {', '.join(listed)}")


def _tags_of(lesson: Lesson) -> list[tuple[int, tuple[str, ...]]]:
    tags = [
        (option.line, option.misconceptions)
        for question in lesson.questions
        for option in options_of(question)
    ]
    for question in lesson.questions:
        tags += [(one.line, one.misconceptions) for one in diagnoses_of(question)]
    return tags
