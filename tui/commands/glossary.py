"""`grok-tui glossary`: the words of the course, or one of them."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tui.commands.outcome import WrongUsage, did_you_mean, print_json
from tui.plain_text import hang, wrap

if TYPE_CHECKING:
    from course.glossary import Term
    from tui.session import Session

COMMAND = "grok-tui glossary"
WIDEST = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `grok-tui glossary`."""
    parser.add_argument("term", metavar="TERM", nargs="*", help="a word; without one, all of them")
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")


def run(options: argparse.Namespace) -> int:
    """Print every term, or those that fit what was asked for."""
    from course.glossary import read_glossary, search
    from tui.commands.learner import look

    session = look()
    terms = read_glossary()
    typed = " ".join(options.term)
    fitting = search(terms, typed)
    exact = [term for term in fitting if typed.casefold() in map(str.casefold, term.forms)]
    found = exact or fitting
    if not found:
        known = did_you_mean(typed, [form for term in terms for form in term.forms])
        raise WrongUsage(f"there is no word {typed!r}{known}", COMMAND)
    if options.json:
        print_json({"terms": [_row(session, term) for term in found]})
        return 0
    for line in _lines(session, found):
        print(line)
    return 0


def _lines(session: Session, terms: Sequence[Term]) -> Iterator[str]:
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    for number, term in enumerate(terms):
        row = _row(session, term)
        if number:
            yield ""
        yield f"{term.name} (lesson {row['number']}, {row['title']})"
        yield from hang("  ", wrap(term.sentence, width - 2))
        if term.formula:
            yield f"    {term.formula}"


def _row(session: Session, term: Term) -> dict[str, Any]:
    from course.glossary import number_of

    lesson = session.catalog.lessons.get(term.lesson)
    return {
        "term": term.name,
        "sentence": term.sentence,
        "formula": term.formula,
        "also": list(term.also),
        "lesson": term.lesson,
        "number": number_of(session.catalog, term.lesson),
        "title": lesson.title if lesson else "",
    }
