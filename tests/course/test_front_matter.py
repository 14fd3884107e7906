"""The head of a lesson file, and every fault in it on its own line."""

from __future__ import annotations

import pytest

from course.front_matter import id_fault
from course.reader import read_lesson
from tests.support.lessons import HEAD, faults, faults_in, with_body

TEXT = "\n## One\n\nText.\n"


def head(*lines: str) -> str:
    return "\n".join(["+++", *lines, "+++", ""])


def good_head(**other: str) -> list[str]:
    lines = {
        "format": "format = 1",
        "id": 'id = "a"',
        "title": 'title = "A"',
        "minutes": "minutes = 5",
    }
    lines |= other
    return [line for line in lines.values() if line]


def test_everything_it_can_say() -> None:
    lesson = read_lesson(with_body(TEXT), "sample.md")
    assert (lesson.id, lesson.title, lesson.minutes) == ("sample", "A sample", 20)
    assert lesson.objectives == {"s.rows": "read a row", "s.mask": "say what a mask removes"}
    assert lesson.summary == "One of everything."
    assert lesson.requires == ()
    assert lesson.path == "sample.md"


def test_objectives_as_a_table_with_dotted_names() -> None:
    text = head(*good_head(), "requires = ['b', 'c']", "[objectives]", 'a.rows = "read"')
    lesson = read_lesson(text + TEXT, "a.md")
    assert lesson.objectives == {"a.rows": "read"}
    assert lesson.requires == ("b", "c")


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        (good_head(format=""), 1, "format is missing: expected format = 1"),
        (good_head(id=""), 1, "id is missing"),
        (good_head(title=""), 1, "title is missing"),
        (good_head(minutes=""), 1, "minutes is missing"),
        (good_head(format="format = 2"), 2, "newer than this version reads"),
        (good_head(format="format = 0"), 2, "expected format = 1"),
        (good_head(format="format = true"), 2, "expected format = 1"),
        (good_head(format='format = "1"'), 2, "expected format = 1"),
        (good_head(id='id = "A b"'), 3, "“A b” is no id: expected small letters"),
        (good_head(id=f'id = "{"x" * 33}"'), 3, "at most 32 characters"),
        (good_head(id="id = 7"), 3, "is no id"),
        (good_head(title='title = " "'), 4, 'expected title = "some words"'),
        (good_head(minutes="minutes = 0"), 5, "from 1 to 240"),
        (good_head(minutes='minutes = "25"'), 5, "from 1 to 240"),
        (good_head(minutes="minutes = true"), 5, "from 1 to 240"),
        ([*good_head(), "tilte = 1"], 6, "unknown key “tilte”: did you mean title?"),
        ([*good_head(), 'requires = "b"'], 6, "expected requires = "),
        ([*good_head(), "objectives = 3"], 6, "expected objectives = "),
        ([*good_head(), 'objectives = { "A!" = "x" }'], 6, "objective “A!”"),
        ([*good_head(), 'objectives = { "a" = " " }'], 6, "objective “a” has no words"),
        ([*good_head(), "summary = 1"], 6, 'expected summary = "some words"'),
        ([*good_head(), "x = = 1"], 6, "this is not TOML"),
    ],
)
def test_each_fault_on_its_line(lines: list[str], line: int, says: str) -> None:
    found = faults(head(*lines) + TEXT)
    assert [(at, says in text) for at, text in found] == [(line, True)], found


def test_several_faults_at_once() -> None:
    found = faults(head("format = 1", 'id = "?"', "minutes = 999") + TEXT)
    assert [line for line, _ in found] == [1, 3, 4]


def test_no_front_matter() -> None:
    assert faults("\n## Hello\n\nText.\n")[0] == (
        2,
        "expected +++ and the lesson's front matter here",
    )
    assert [line for line, _ in faults("")] == [1]


def test_nothing_but_a_head() -> None:
    assert faults_in("\n\n") == [(1, "expected at least one screen of text")]


def test_front_matter_without_an_end() -> None:
    [first, *_] = faults("+++\nformat = 1\n\n## Hello\n")
    assert first == (1, "this front matter never ends: expected a line +++")


def test_its_lines_are_added_to_every_line_number() -> None:
    [(line, _)] = faults(with_body("\n:::{singel} q\n\nx\n:::\n"))
    assert with_body("\n:::{singel} q").split("\n")[line - 1] == ":::{singel} q"
    longer = HEAD.replace("summary", "# a comment\n\nsummary")
    [(further, _)] = faults(longer + "\n:::{singel} q\n\nx\n:::\n")
    assert further == line + 2


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    text = with_body(TEXT).replace("\n", "\r\n")
    assert read_lesson("\ufeff" + text, "a.md").screens[0].heading == "One"


@pytest.mark.parametrize("good", ["a", "a-b", "l2", "q-row-sum", "x" * 32])
def test_ids(good: str) -> None:
    assert id_fault(good) == ""


@pytest.mark.parametrize("bad", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "a.b", "é", "x" * 33])
def test_no_ids(bad: str) -> None:
    assert id_fault(bad)
