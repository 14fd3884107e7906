"""Looking up by words: a library and a chatbot that count what a question and an entry share.

Scores, then shares, then an answer: attention's shape, with a scorer that knows nothing of what
words mean. No torch.

>>> [(hit.name, hit.score) for hit in library("How to cook in space")]
[('Art of Cooking', 2), ('Space Atlas', 2), ('Python Guide', 1), ('Harry Potter', 0)]
>>> [(hit.name, hit.because) for hit in chatbot("Is this thing a machine?") if hit.score]
[('greeting', ('hi',))]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.lookup.shares import by_ratio

LIBRARY = {
    "Art of Cooking": "how dinner for twelve is made in one pot",
    "Space Atlas": "stars and planets and the paths between them",
    "Python Guide": "learn to program and let the machine do the rest",
    "Harry Potter": "a magical boy and the spell that did not kill him",
}
"""A book's title, and what is in it."""
TOPICS = {
    "greeting": ("hi", "hello", "hey"),
    "courses": ("learn", "course", "teach"),
    "transformers": ("transformer", "attention"),
    "farewell": ("bye", "see you"),
}
"""What the chatbot can talk about, and the pieces of words by which it knows that."""
ANSWERS = {
    "greeting": "Hello! How can I help?",
    "courses": "Our courses begin on Monday.",
    "transformers": "A Transformer is made of attention.",
    "farewell": "Goodbye!",
}
UNSURE = "I am not sure what you mean."
IN_TITLE, IN_TEXT = 2, 1
LEAST_SHARE = 0.3
"""Below this the chatbot admits that it is not sure."""
TINY = 0.001
"""Added to the sum, so that it is never 0."""


@dataclass(frozen=True)
class Hit:
    """An entry, its score, and the words or pieces that it has it from."""

    name: str
    score: int
    because: tuple[str, ...] = ()


def words(text: str) -> list[str]:
    """The words of a text, small and without punctuation."""
    return [word.strip(".,?!").lower() for word in text.split()]


def library(query: str, books: Mapping[str, str] = LIBRARY) -> list[Hit]:
    """What each book scores: 2 for a word of the question in its title, 1 for one in its text."""
    hits = []
    for title, text in books.items():
        in_title = [word for word in words(query) if word in words(title)]
        in_text = [word for word in words(query) if word in words(text)]
        score = IN_TITLE * len(in_title) + IN_TEXT * len(in_text)
        hits.append(Hit(title, score, (*in_title, *in_text)))
    return hits


def chatbot(query: str, topics: Mapping[str, Sequence[str]] = TOPICS) -> list[Hit]:
    """What each topic scores: 1 for each of its pieces that stands anywhere in the question."""
    asked = query.lower()
    found = {topic: tuple(p for p in pieces if p in asked) for topic, pieces in topics.items()}
    return [Hit(topic, len(pieces), pieces) for topic, pieces in found.items()]


def reply(query: str) -> str:
    """What the chatbot says: the answer of the topic with the largest share, the first of equals.

    >>> reply("Is this thing a machine?")
    'Hello! How can I help?'
    >>> reply("What do you cost?")
    'I am not sure what you mean.'
    """
    hits = chatbot(query)
    shares = by_ratio([*(hit.score for hit in hits), TINY])
    best = max(range(len(hits)), key=lambda place: shares[place])
    return ANSWERS[hits[best].name] if shares[best] >= LEAST_SHARE else UNSURE
