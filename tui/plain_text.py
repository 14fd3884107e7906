"""Markdown as plain text: wrapped lines without a mark-up sign, for pipes and screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from course.markdown import markdown_parser
from tui.drawing.line_ends import joined, parted

Lines = list[str]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return markdown_parser()


def plain_text(markdown: str, width: int) -> str:
    """The whole text, its paragraphs wrapped at `width` and separated by an empty line.

    Code and tables keep their lines, whatever the width.
    """
    tree = SyntaxTreeNode(_parser().parse(markdown))
    return "\n".join(_blocks(tree.children, max(20, width)))


def inline_text(token: Token) -> str:
    """The words of an inline token: emphasis and code lose their marks, links show their end."""
    said = []
    target = ""
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                said.append(child.content)
            case "softbreak" | "hardbreak":
                said.append(" " if child.type == "softbreak" else "\n")
            case "link_open":
                target = str(child.attrs.get("href", ""))
            case "link_close":
                said.append(f" ({target})")
            case "image":
                said.append(child.content)
    return "".join(said)


def _blocks(nodes: Sequence[SyntaxTreeNode], width: int, tight: bool = False) -> Lines:
    """The lines of some blocks, with an empty line between two unless the list is `tight`."""
    lines: Lines = []
    for node in nodes:
        if lines and not tight:
            lines.append("")
        lines += _block(node, width)
    return lines


def _block(node: SyntaxTreeNode, width: int) -> Lines:
    match node.type:
        case "paragraph" | "heading":
            return wrap(_words(node), width)
        case "fence" | "code_block":
            return ["    " + line for line in node.content.rstrip("\n").split("\n")]
        case "bullet_list" | "ordered_list":
            return list(_list(node, width))
        case "blockquote":
            return ["  " + line for line in _blocks(node.children, width - 2)]
        case "table":
            return _table(node)
        case "hr":
            return ["-" * min(width, 20)]
        case _:
            return wrap(node.content, width)


def _list(node: SyntaxTreeNode, width: int) -> Iterator[str]:
    number = int(node.attrs.get("start", 1))
    for item in node.children:
        label = f"{number}. " if node.type == "ordered_list" else "- "
        number += 1
        tight = all(child.type != "paragraph" or child.hidden for child in item.children)
        lines = _blocks(item.children, width - len(label), tight)
        yield from hang(label, lines)


def _table(node: SyntaxTreeNode) -> Lines:
    """Columns padded with spaces; a row of dashes under the heads."""
    rows = [
        [_words(cell) for cell in row.children] for part in node.children for row in part.children
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    rows.insert(1, ["-" * wide for wide in widths])
    return [
        "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _words(node: SyntaxTreeNode) -> str:
    """The words of a node that holds one inline node, or none."""
    return "".join(
        inline_text(child.token)
        for child in node.children
        if child.type == "inline" and child.token
    )


def wrap(text: str, width: int) -> Lines:
    """Lines no longer than `width`; a word that is longer stays whole."""
    lines: Lines = []
    for line in joined(text).split("\n"):
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    return [parted(line) for line in lines]


def hang(label: str, lines: Lines) -> Lines:
    """`lines` beside `label`, the later ones indented to where the first begins."""
    indent = " " * len(label)
    first, *rest = lines or [""]
    return [label + first, *(indent + line if line else "" for line in rest)]
