"""The body of a question: its prompt, its lists of options or steps, its explanations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course.fences import Fence
from course.problems import Problems

_BOX = re.compile(r"(\s*[-+*]\s+)\[(?P<mark>[^\]]?)\](?:\s+|$)")
_MARKER = re.compile(r"\s*(?:[-+*]|\d+[.)])(?:\s+|$)")
_QUOTE = re.compile(r"\s*>?\s?")
_TAG = re.compile(r"\s*#mc:(?P<tag>[\w-]*)")
_TAG_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Item:
    """One item of an answer list. `ticked` is None in a numbered list."""

    text: str
    explanation: str
    tags: tuple[str, ...]
    line: int
    ticked: bool | None = None


@dataclass(frozen=True)
class Body:
    """A question's text taken apart.

    `explanation` is a block quote that ends the text, where there are no options.
    """

    prompt: str
    options: tuple[Item, ...] = ()
    steps: tuple[Item, ...] = ()
    explanation: str = ""


def read_body(fence: Fence, parser: MarkdownIt, problems: Problems) -> Body:
    """Take the body of a question or a claim apart, reporting what is out of place."""
    return _Reading(fence, problems).read(parser)


def take_tags(text: str, line: int, problems: Problems) -> tuple[str, tuple[str, ...]]:
    """An explanation without its `#mc:tag` marks, and the tags."""
    tags: list[str] = []
    for match in _TAG.finditer(text):
        if _TAG_FORM.fullmatch(match["tag"]):
            tags.append(match["tag"])
        else:
            problems.report(line, f"“#mc:{match['tag']}”: expected #mc:some-tag in small letters")
    return _TAG.sub("", text).strip(), tuple(tags)


class _Reading:
    def __init__(self, fence: Fence, problems: Problems) -> None:
        self.fence = fence
        self.lines = list(fence.body)
        self.problems = problems
        self.options: list[Item] = []
        self.steps: list[Item] = []
        self.last: list[Item] | None = None

    def read(self, parser: MarkdownIt) -> Body:
        tokens = parser.parse("\n".join(self.lines))
        blocks = [index for index, token in enumerate(tokens) if _opens(token, 0)]
        prompt_end = len(self.lines)
        for index in blocks:
            block = tokens[index]
            first, end = _lines_of(block)
            if self.is_answer_list(block):
                if self.last is None:
                    prompt_end = first
                self.read_list(tokens, index)
            elif self.last is not None:
                self.stray(block, first, end)
        if self.last is None and blocks and tokens[blocks[-1]].type == "blockquote_open":
            return self.explained(*_lines_of(tokens[blocks[-1]]))
        prompt = self.text(0, prompt_end)
        self.expect_prompt(prompt)
        return Body(prompt, tuple(self.options), tuple(self.steps))

    def explained(self, first: int, end: int) -> Body:
        prompt = self.text(0, first)
        self.expect_prompt(prompt)
        return Body(prompt, explanation=self.quote(first, end))

    def expect_prompt(self, prompt: str) -> None:
        if self.lines and not prompt:
            self.problems.report(self.fence.body_line, "expected the question before its answers")

    def is_answer_list(self, block: Token) -> bool:
        if block.type == "ordered_list_open":
            return self.fence.kind == "order"
        if block.type != "bullet_list_open":
            return False
        first, end = _lines_of(block)
        return self.last is not None or any(_BOX.match(one) for one in self.lines[first:end])

    def stray(self, block: Token, first: int, end: int) -> None:
        """Report text after the options; a quote there was meant for the one above it."""
        if block.type != "blockquote_open" or not self.last:
            self.problems.report(self.at(first), "nothing may follow the options")
            return
        self.problems.report(self.at(first), "indent this explanation under its option")
        text, tags = take_tags(self.quote(first, end), self.at(first), self.problems)
        self.last[-1] = replace(self.last[-1], explanation=text, tags=tags)

    def read_list(self, tokens: list[Token], opening: int) -> None:
        ordered = tokens[opening].type == "ordered_list_open"
        if ordered and not self.steps and tokens[opening].attrGet("start") not in (None, 1):
            self.problems.report(
                self.at(_lines_of(tokens[opening])[0]), "expected the steps numbered from 1"
            )
        self.last = self.steps if ordered else self.options
        for index in range(opening + 1, len(tokens)):
            token = tokens[index]
            if token.level == 0:
                return
            if _opens(token, 1):
                self.last.append(self.read_item(tokens, index, ordered))

    def read_item(self, tokens: list[Token], opening: int, ordered: bool) -> Item:
        first, end = _lines_of(tokens[opening])
        quote = None
        for token in tokens[opening + 1 :]:
            if token.level <= 1:
                break
            if _opens(token, 2):
                quote = _lines_of(token) if token.type == "blockquote_open" else None
        text_end = quote[0] if quote else end
        line = self.at(first)
        text, tags = (
            take_tags(self.quote(*quote), self.at(quote[0]), self.problems) if quote else ("", ())
        )
        box = None if ordered else _BOX.match(self.lines[first])
        ticked = None if ordered else self.ticked(box, line)
        head = box or _MARKER.match(self.lines[first])
        start = head.end() if head else 0
        words = [self.lines[first][start:], *self.lines[first + 1 : text_end]]
        return Item(_joined(words), text, tags, line, ticked)

    def ticked(self, box: re.Match[str] | None, line: int) -> bool:
        mark = box["mark"] if box else None
        if mark not in (" ", "x", "X"):
            self.problems.report(line, "expected `- [ ] text` or `- [x] text`")
        return mark in ("x", "X")

    def text(self, first: int, end: int) -> str:
        return "\n".join(self.lines[first:end]).strip()

    def quote(self, first: int, end: int) -> str:
        return "\n".join(_QUOTE.sub("", one, count=1) for one in self.lines[first:end]).strip()

    def at(self, index: int) -> int:
        return self.fence.body_line + index


def _opens(token: Token, level: int) -> bool:
    return token.level == level and token.nesting >= 0 and token.map is not None


def _lines_of(token: Token) -> tuple[int, int]:
    assert token.map is not None
    return token.map[0], token.map[1]


def _joined(words: list[str]) -> str:
    """The lines of an item without the indentation that the list asks for."""
    rest = [one for one in words[1:] if one.strip()]
    indent = min((len(one) - len(one.lstrip()) for one in rest), default=0)
    return "\n".join([words[0], *(one[indent:] for one in words[1:])]).strip()
