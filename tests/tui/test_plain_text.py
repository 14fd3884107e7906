"""Markdown as plain text."""

from __future__ import annotations

import pytest

from tui.plain_text import plain_text


def test_marks_go_and_words_stay() -> None:
    said = plain_text("A *row* of `x[i]` and **f[i](x)**, `<pad>`, [CLS] and a\\*b\\*c.", 80)
    assert said == "A row of x[i] and f[i](x), <pad>, [CLS] and a*b*c."


def test_paragraphs_are_wrapped_and_set_apart() -> None:
    said = plain_text("one two three four five six seven\n\neight nine", 20)
    assert said == "one two three four\nfive six seven\n\neight nine"


def test_a_word_longer_than_the_line_stays_whole() -> None:
    word = "a" * 40
    assert word in plain_text(f"see {word} there", 20).splitlines()


def test_lists_hang_from_their_labels() -> None:
    said = plain_text("3. first of all we look\n4. then\n   - inside\n   - outside", 20)
    assert said.splitlines() == [
        "3. first of all we",
        "   look",
        "4. then",
        "   - inside",
        "   - outside",
    ]


def test_a_loose_list_keeps_its_paragraphs_apart() -> None:
    said = plain_text("- one\n\n  more of one\n- two", 40)
    assert "- one\n\n  more of one" in said


def test_code_keeps_its_lines_and_blanks() -> None:
    said = plain_text("```\nif x:\n    y = " + "1 + " * 30 + "1\n```", 40)
    assert said.splitlines()[0] == "    if x:"
    assert said.splitlines()[1].startswith("        y = 1 + 1")
    assert len(said.splitlines()) == 2


def test_tables_have_columns() -> None:
    said = plain_text("| a | `b` |\n|---|---|\n| 1 | long cell |\n| 22 | 3 |", 40)
    assert said.splitlines() == ["a   b", "--  ---------", "1   long cell", "22  3"]


def test_quotes_are_indented() -> None:
    assert plain_text("> said\n> she", 40) == "  said she"


def test_a_link_says_where_it_leads() -> None:
    assert plain_text("[a](https://b.org/c)", 40) == "a (https://b.org/c)"


def test_a_hard_break_breaks() -> None:
    assert plain_text("one\\\ntwo", 40) == "one\ntwo"


@pytest.mark.parametrize("width", [0, 1, 20, 200])
def test_every_width_is_survived(width: int) -> None:
    assert "words" in plain_text("some words\n\n- in a list\n\n> and a quote", width)
