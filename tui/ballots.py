"""What the view `vote` can show: who is asked, how well each fits, and what each says."""

from __future__ import annotations

from collections.abc import Callable

from models.lookup.keywords import Hit, chatbot, library, reply
from tui.drawing.lookup.vote import Ballot

SPELLS, COOKING = "Learn magic spells", "How to cook in space"
MACHINE, TRANSFORMERS = "Is this thing a machine?", "I want to learn about transformers"


def _of_hits(question: str, hits: list[Hit], outcome: str) -> Ballot:
    return Ballot(
        question,
        tuple(hit.name for hit in hits),
        tuple(float(hit.score) for hit in hits),
        because=tuple(", ".join(hit.because) for hit in hits),
        outcome=outcome,
    )


def _books(question: str) -> Ballot:
    hits = library(question)
    most = max(hit.score for hit in hits)
    best = " or ".join(hit.name for hit in hits if hit.score == most)
    return _of_hits(question, hits, f"It recommends {best}." if most else "It finds nothing.")


def _topics(question: str) -> Ballot:
    return _of_hits(question, chatbot(question), f"It says: “{reply(question)}”")


ASK: dict[str, Callable[[str], Ballot]] = {"library": _books, "chatbot": _topics}
"""Those that answer whatever is asked."""
BALLOTS: dict[str, tuple[Ballot, ...]] = {
    "classroom": (
        Ballot(
            "How many hours does the project take?",
            ("Alice", "Bob", "Charlie"),
            (9, 1, 7),
            (10, 40, 12),
            "hours",
        ),
        Ballot(
            "Who helped with the science project?",
            ("Alice", "Bob", "Charlie", "Diana", "Eve"),
            (0.9, 0.1, 0.8, 0.0, 0.85),
            step=0.05,
        ),
    ),
    "library": tuple(map(_books, (COOKING, SPELLS, "Stars for dinner"))),
    "chatbot": tuple(map(_topics, (MACHINE, TRANSFORMERS, "What do you cost?"))),
}
"""By name: one ballot after another, the first of them first."""
