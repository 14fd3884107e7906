"""Markdown as lessons are written: nothing is eaten, and code is shown as it stands."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownBlock, MarkdownFence

from course.markdown import markdown_parser


class CodeBlock(MarkdownFence):
    """Code in the colours of its language; none is named, none is guessed.

    Guessing loads every lexer there is, and holds up the first page with code for half a second.
    """

    @classmethod
    def highlight(cls, code: str, language: str, ansi: bool = False, dark: bool = False) -> Content:
        """The code, coloured only if its language was named."""
        if not language:
            return Content(code)
        return super().highlight(code, language, ansi, dark)


class LessonMarkdown(Markdown):
    """The text of a lesson."""

    def __init__(self, markdown: str, *, classes: str | None = None) -> None:
        super().__init__(
            markdown, parser_factory=markdown_parser, open_links=False, classes=classes
        )

    def get_block_class(self, block_name: str) -> type[MarkdownBlock]:
        """The widget that shows a block of this kind."""
        if block_name in ("fence", "code_block"):
            return CodeBlock
        return super().get_block_class(block_name)
