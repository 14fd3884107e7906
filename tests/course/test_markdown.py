"""What an author writes is what is drawn: nothing in a lesson's text vanishes."""

from __future__ import annotations

import pytest

from course.markdown import markdown_parser

NAMES = ["[CLS]", "x[i]", "<pad>", "f[i](x)", "a*b*c", "attention.py", "list[int]", "<bos>"]


def text_of(markdown: str) -> str:
    """The characters that the parser leaves to be drawn."""
    pieces: list[str] = []
    for token in markdown_parser().parse(markdown):
        pieces += [child.content for child in token.children or [token]]
    return "".join(pieces)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "form", ["{}", "`{}`", "before {} after", "**{}**", "- {}", "| a |\n|---|\n| {} |"]
)
def test_the_names_of_things_survive(name: str, form: str) -> None:
    assert name in text_of(form.format(name))


@pytest.mark.parametrize("name", NAMES)
def test_names_become_no_links_and_no_markup(name: str) -> None:
    kinds = {
        child.type for token in markdown_parser().parse(name) for child in token.children or []
    }
    assert kinds == {"text"}


def test_what_looks_like_a_link_definition_stays() -> None:
    assert text_of("[CLS]: the first token") == "[CLS]: the first token"
    assert text_of("See [CLS].\n\n[CLS]: https://example.org") == (
        "See [CLS].[CLS]: https://example.org"
    )


def test_text_over_dashes_is_no_heading() -> None:
    kinds = [token.type for token in markdown_parser().parse("Text\n---\n")]
    assert "heading_open" not in kinds


def test_emphasis_code_tables_and_links_work() -> None:
    tokens = markdown_parser().parse(
        "*one* **two** `three` [four](https://example.org)\n\n| a |\n|---|\n| b |"
    )
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or []}
    assert {"em_open", "strong_open", "code_inline", "link_open", "table_open"} <= kinds


def test_no_html() -> None:
    kinds = {token.type for token in markdown_parser().parse("<div>\n\n<!-- x --> <b>y</b>")}
    assert not any("html" in kind for kind in kinds)
