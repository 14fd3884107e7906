"""The words of the course: each is said where it says it is, and is found by typing."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.catalog import read_catalog
from course.findings import Findings
from course.glossary import (
    Term,
    check_glossary,
    first_said,
    number_of,
    read_glossary,
    search,
)
from course.problems import LessonErrors

TERMS = (
    Term("attention", "A mixture with shares.", "neck", also=("attends",)),
    Term("forget gate", "How much is kept.", "gates"),
    Term("gate", "How much of something passes.", "gates", also=("gates",)),
    Term("softmax", "It makes shares of scores; attention needs it.", "neck"),
)


def names(typed: str) -> list[str]:
    return [term.name for term in search(TERMS, typed)]


def test_every_word_of_the_course_is_said_in_its_lesson() -> None:
    found = Findings()
    check_glossary(read_glossary(), read_catalog(), found)
    assert not found.sorted()


def test_a_word_leads_to_the_first_screen_that_says_it() -> None:
    catalog = read_catalog()
    terms = {term.name: term for term in read_glossary()}
    lesson = catalog.lessons["bottleneck"]
    place = first_said(lesson, terms["pigeonhole principle"])
    assert place is not None and lesson.screens[place].heading == "What a card can tell apart"
    assert first_said(lesson, terms["grok"]) is None
    assert number_of(catalog, "bottleneck") == 4
    assert number_of(catalog, "nowhere") == 0


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["attention", "forget gate", "gate", "softmax"]),
        ("gate", ["gate", "forget gate"]),
        ("GATES", ["gate"]),
        ("attend", ["attention"]),
        ("attention", ["attention", "softmax"]),
        ("shares", ["attention", "softmax"]),
        ("  forget   gate ", ["forget gate"]),
        ("zebra", []),
    ],
)
def test_typing_finds_names_before_sentences(typed: str, expected: list[str]) -> None:
    assert names(typed) == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[x", "this is not TOML"),
        ('["x"]\nlesson = "mouse"', "needs sentence"),
        ('["x"]\nsentence = "No stop"\nlesson = "mouse"', "ends with a full stop"),
        ('["x"]\nsentence = "A."\nlesson = "mouse"\nalso = [1]', "a list of words"),
        ('["x"]\nsentense = "A."', "unknown “sentense”"),
        ('x = "A."', "expected sentence, lesson"),
        (f'["x"]\nsentence = "A."\nlesson = "m"\nformula = "{"1" * 61}"', "60 columns"),
    ],
)
def test_faults_of_the_file_are_named(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LessonErrors, match=fault):
        read_glossary(path)


def test_authors_hear_of_words_without_a_lesson_and_words_there_twice() -> None:
    found = Findings()
    terms = (
        Term("grok", "A.", "mouse", also=("zzz",)),
        Term("zzz", "A.", "mouse"),
        Term("softmax", "A.", "mouze"),
    )
    check_glossary(terms, read_catalog(), found)
    said = "\n".join(one.text for one in found.sorted())
    assert "“zzz” is there twice" in said
    assert "zzz: mouse never says it" in said
    assert "softmax: no lesson mouze" in said
