"""What must be read on a screen of a lesson, and whether a drawn screen holds it.

The words are taken from the parser, so whatever a widget eats, cuts or covers is missed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course.bets import Bets, Predict
from course.lesson import (
    Claim,
    Lab,
    Multi,
    Option,
    Order,
    Prose,
    Question,
    Screen,
    Single,
    Study,
)
from course.markdown import markdown_parser
from course.placeholders import fill_runs
from course.runs import claim_verdict
from course.trace import Trace
from course.variants import Variant
from tui.session import Session

_DRAWN = re.compile(r"[\s|\u2500-\u259f]+")
"""Blanks, frames and bars: what drawing puts between the words of a passage."""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return markdown_parser()


def passages(markdown: str) -> list[str]:
    """The words of a Markdown text: one passage for each paragraph, item, cell or line of code."""
    found: list[str] = []
    for token in _parser().parse(markdown):
        if token.type == "inline":
            found.append(_words(token))
        elif token.type in ("fence", "code_block"):
            found += token.content.split("\n")
    return [passage for passage in found if passage.strip()]


def screen_passages(screen: Screen, session: Session, asked: int = 0) -> list[str]:
    """The passages of a screen as it is met, in their order on it."""
    found: list[str] = []
    if screen.blocks_of(Prose) and screen.heading:
        found += passages(f"## {screen.heading}")
    for block in screen.blocks:
        match block:
            case Prose():
                found += passages(fill_runs(block.markdown, session.runs.measured))
            case Lab():
                if session.runs.metrics(block.run) is None:
                    found += passages(block.text)
            case Study():
                found += passages(block.text)
            case Claim():
                found += passages(block.text)
                if claim_verdict(block, session.runs.all_measured()) != "unknown":
                    found += passages(fill_runs(block.explanation, session.runs.measured))
            case Question():
                found += question_passages(session.questions.variant(block, asked))
    return found


def question_passages(shown: Variant) -> list[str]:
    """The prompt of a question, then its options or steps as they stand on the screen."""
    question = shown.question
    options: tuple[Option, ...] = ()
    if isinstance(question, Single | Multi | Predict | Bets):
        options = question.options
    if isinstance(question, Order):
        options = question.steps + question.distractors
    texts = [question.prompt, *(options[index].text for index in shown.order if options)]
    if isinstance(question, Trace):
        texts += [*(head for head in question.columns if head), *question.rows]
    return [passage for text in texts for passage in passages(shown.fill(text))]


def squash(text: str) -> str:
    """A text without blanks and without what frames it."""
    return _DRAWN.sub("", text)


def missing(wanted: Sequence[str], drawn: str) -> list[str]:
    """The passages that a drawn screen does not hold, or does not hold in this order."""
    screen = squash(drawn)
    place, absent = 0, []
    for passage in wanted:
        words = squash(passage)
        found = screen.find(words, place)
        if found < 0:
            absent.append(passage)
        else:
            place = found + len(words)
    return absent


def _words(token: Token) -> str:
    said: Iterable[str] = (
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
    )
    return "".join(said)
