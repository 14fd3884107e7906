"""The Markdown of lessons: CommonMark with tables, made safe for what a lesson speaks of.

Stock CommonMark eats things that a course on transformers is full of: `<pad>` as HTML,
`f[i](x)` as a link, `a*b*c` as emphasis, a line `[CLS]: ...` as a link definition. Here they
stay as they were written.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.colon_fence import colon_fence_plugin


def markdown_parser() -> MarkdownIt:
    """A parser for prose, prompts and explanations; fit for Textual's `parser_factory`."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable("table")
    # Underlined headings would make one of the text above a `---` that lacks its blank line.
    parser.disable(["reference", "lheading"])
    parser.inline.ruler.before("emphasis", "star_between", _star_between)
    parser.validateLink = _is_web_address  # type: ignore[method-assign]
    return parser


def block_parser() -> MarkdownIt:
    """A parser for the structure of a lesson file: colon fences too, and no inline text."""
    parser = markdown_parser().use(colon_fence_plugin)
    parser.disable("inline")
    return parser


def _is_web_address(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _star_between(state: StateInline, silent: bool) -> bool:
    """A lone star between two letters or digits is a product, never emphasis."""
    at = state.pos
    if state.src[at] != "*" or not 0 < at < state.posMax - 1:
        return False
    if not (state.src[at - 1].isalnum() and state.src[at + 1].isalnum()):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True
