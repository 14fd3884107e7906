"""Inline Markdown as styled text: the one way that prompts, options and explanations are drawn.

Textual reads square brackets in plain strings as markup; `Content` built here never is, so
`[CLS]`, `x[i]` and `<pad>` stay as their author wrote them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}
CODE = "$text-accent"
_PLAIN = re.compile(r"(?!\d+[.)])[^\W_](?:[^\x00-\x1f\\`*_\[\]<>&!|~#]*[^\s\\`*_\[\]<>&!|~#])?")
"""One line in which no sign could mean anything: with or without Markdown it is the same."""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from course.markdown import markdown_parser  # costs start-up time

    return markdown_parser()


@lru_cache(maxsize=512)
def inline(markdown: str) -> Content:
    """Paragraphs, lists and code of a short text as one piece of styled text.

    Whatever is drawn with it is laid out again with every key, so texts are remembered.
    """
    if _PLAIN.fullmatch(markdown):
        return Content(markdown)
    pieces: list[Content] = []
    marker = ""
    depth = 0
    for token in _parser().parse(markdown):
        match token.type:
            case "inline":
                pieces.append(Content("  " * max(0, depth - 1) + marker) + _spans(token))
                marker = ""
            case "fence" | "code_block":
                code = token.content.rstrip("\n")
                pieces.append(Content("\n".join("  " + line for line in code.split("\n"))))
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "list_item_open":
                marker = f"{token.info}{token.markup} " if token.info else "– "
    return Content("\n").join(pieces) if depth or _tight(markdown) else Content("\n\n").join(pieces)


def plain(markdown: str) -> str:
    """The same text without its styles."""
    return inline(markdown).plain


def _tight(markdown: str) -> bool:
    return "\n\n" not in markdown.strip()


def _spans(token: Token) -> Content:
    parts: list[Content] = []
    styles: list[str] = []
    for child in token.children or []:
        match child.type:
            case "text":
                parts.append(Content.styled(child.content, " ".join(styles)))
            case "code_inline":
                parts.append(Content.styled(child.content, " ".join([*styles, CODE])))
            case "softbreak":
                parts.append(Content(" "))
            case "hardbreak":
                parts.append(Content("\n"))
            case "link_open":
                styles.append("underline")
            case "link_close":
                styles.remove("underline")
            case kind if kind.endswith("_open"):
                styles.append(_STYLES.get(kind.removesuffix("_open"), "none"))
            case kind if kind.endswith("_close"):
                styles.pop()
            case _:
                parts.append(Content(child.content))
    return Content("").join(parts)
