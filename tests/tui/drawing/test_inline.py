"""Inline Markdown, and the short way round the parser for text in which there is none."""

from __future__ import annotations

import pytest

from course.catalog import read_catalog
from tui.drawing import inline as module
from tui.drawing.inline import inline, plain

SHORT = [
    "four",
    "2 of 3 objectives",
    "a row sums to 1, or to 100 %: x = y + 1",
    "Wörter, “quoted”; dashes – and (brackets)",
    "what is 5.5?",
]
LONG = [
    "the `maze[y][x]` of it",
    "*much* **more**",
    "a*b*c",
    "f[i](x) and <pad>",
    "1. a step",
    "2) a step",
    "- a point",
    "+ a point",
    "# a title",
    "> a quote",
    "two\nlines",
    "two\n\nparagraphs",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&amp; and &mdash;",
    "a \\* b",
    "    code",
    "ends in a blank ",
    "a\ttab",
    "nothing\x00there",
    "_",
    "",
]


def parsed(text: str) -> str:
    """What the parser makes of a text, whatever it looks like."""
    shortcut, module._PLAIN = module._PLAIN, module.re.compile(r"(?!)")
    try:
        return inline.__wrapped__(text).markup
    finally:
        module._PLAIN = shortcut


@pytest.mark.parametrize("text", SHORT)
def test_plain_text_takes_the_short_way_and_is_the_same(text: str) -> None:
    assert module._PLAIN.fullmatch(text)
    assert inline(text).markup == parsed(text)
    assert plain(text) == text


@pytest.mark.parametrize("text", LONG)
def test_whatever_could_mean_something_is_parsed(text: str) -> None:
    assert not module._PLAIN.fullmatch(text)
    assert inline(text).markup == parsed(text)


def test_the_short_way_changes_nothing_in_the_course() -> None:
    lessons = read_catalog().lessons.values()
    texts = {text for lesson in lessons for text in (lesson.summary, *lesson.objectives.values())}
    for lesson in lessons:
        for question in lesson.questions:
            texts |= {question.prompt, *question.hints}
            for option in getattr(question, "options", ()):
                texts |= {option.text, option.explanation}
    assert sum(module._PLAIN.fullmatch(text) is not None for text in texts) > 50
    for text in texts:
        assert inline(text).markup == parsed(text)
