"""All heads of a network, and how it does with them or without some, in numbers and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.drawing.attention.head_words import Score, score
from tui.drawing.attention.weights import number_text

Place = tuple[int, int]
"""A layer and a head in it, counted from 0."""
Row = tuple[float, ...]

THRESHOLDS = (0.1, 0.2, 0.3, 0.5, 0.7)
"""From which weight on a cell is drawn."""


@dataclass(frozen=True)
class Judged:
    """How a network does: right in everything, its loss in nats, and right in each question."""

    accuracy: float
    loss: float
    parts: Row = ()


@dataclass(frozen=True)
class Heads:
    """Where all heads look in one text: `weights[layer][head][row][column]`."""

    tokens: tuple[str, ...]
    weights: tuple[tuple[tuple[Row, ...], ...], ...]
    asking: int | None = None
    """The row that is answered, where only one is."""
    off: frozenset[Place] = frozenset()
    now: Judged | None = None
    """How the network does without the heads that are off; None where it was not judged."""
    whole: Judged | None = None
    """How it does with all of them."""
    questions: tuple[str, ...] = ()
    called: str = "token"
    cases: str = "texts"
    who: str = ""
    said: str = ""
    right: str = ""
    selected: str = ""
    title: str = ""
    scores: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """What the lab itself measures of each head, by name: `scores[name][layer][head]`."""
    equal: Mapping[str, float] = field(default_factory=dict)
    """What each of them is worth with equal shares."""
    unnamed: bool = False
    """Whether pictures are left without words, as their patterns are to be found."""

    @property
    def places(self) -> tuple[Place, ...]:
        """All heads, layer by layer."""
        return tuple((n, h) for n, layer in enumerate(self.weights) for h in range(len(layer)))

    def rows(self, place: Place) -> tuple[Row, ...]:
        """The weights of one head."""
        return self.weights[place[0]][place[1]]

    def name(self, place: Place) -> str:
        """What a head is called: by its number alone, where there is one layer."""
        return name_of(place, len(self.weights))

    def score(self, place: Place) -> Score:
        """What a head does, in words."""
        return score(self.rows(place), self.tokens, self.asking, self.called)

    def marked(self, place: Place) -> dict[str, float]:
        """What is measured of one head, by name."""
        return {name: layers[place[0]][place[1]] for name, layers in self.scores.items()}

    def ordered(self, by_score: bool) -> tuple[Place, ...]:
        """The heads as they stand, or the most decided first."""
        if not by_score:
            return self.places
        return tuple(sorted(self.places, key=lambda place: -self.score(place).share))


@dataclass(frozen=True)
class Looking:
    """How the heads are looked at."""

    cursor: int = 0
    """Which head, in the order in which they are drawn."""
    threshold: float = 0.3
    by_score: bool = False


def name_of(place: Place, layers: int) -> str:
    """What a head is called: by its number alone, where there is one layer."""
    layer, head = place
    return f"head {head + 1}" if layers == 1 else f"L{layer + 1}·H{head + 1}"


MARKED = 2
"""Scores that stand below the picture of a head."""


def short_of(heads: Heads, place: Place, room: int) -> str:
    """What a head does, in at most `room` columns: the first scores of it, or the largest of them;
    or else its pattern."""
    marks = heads.marked(place)
    if not marks:
        return heads.score(place).short
    words, largest = _briefly(marks), max(list(marks)[:MARKED], key=marks.__getitem__)
    return words if len(words) <= room else _briefly({largest: marks[largest]})


def words_of(heads: Heads, place: Place) -> str:
    """What a head does: its pattern, and all scores of it."""
    words = heads.score(place).words
    marks = ", ".join(f"{name} {number_text(value)}" for name, value in heads.marked(place).items())
    return f"{words}; {marks}" if marks else words


def even(heads: Heads, brief: bool) -> str:
    """What equal shares would be: of a row, or of each score."""
    if heads.equal and brief:
        return f" {'even'.ljust(len(heads.name(heads.places[0])))}  {_briefly(heads.equal)}"
    if heads.equal:
        worth = [f"{name} {number_text(value)}" for name, value in heads.equal.items()]
        return f"With equal shares: {', '.join(worth)}."
    share = number_text(1 / len(heads.tokens)) if heads.tokens else ""
    return f"Equal shares would be {share}."


def _briefly(scores: Mapping[str, float]) -> str:
    """The first of some scores, to two digits."""
    found = list(scores.items())[:MARKED]
    return " ".join(f"{name} {value:.2f}".replace(" 0.", " .") for name, value in found)


def did(heads: Heads) -> str:
    """How often the network is right, with all heads and without those that are off."""
    whole, now = heads.whole, heads.now
    if whole is None or now is None:
        return ""
    if not heads.off:
        return f"Right in {number_text(whole.accuracy)} of {heads.cases}, loss {whole.loss:.3f}."
    return (
        f"Right in {number_text(now.accuracy)} of {heads.cases}, loss {now.loss:.3f};"
        f" with all heads {number_text(whole.accuracy)}, {whole.loss:.3f}."
    )


def did_each(heads: Heads) -> str:
    """The same, question by question."""
    judged = heads.now if heads.off else heads.whole
    now = zip(heads.questions, judged.parts if judged else (), strict=False)
    return ", ".join(f"{name} {number_text(share)}" for name, share in now)


def sentence(heads: Heads, looking: Looking) -> str:
    """The head under the cursor, and how the network does."""
    if not heads.places:
        return "There are no heads to see yet."
    place = heads.ordered(looking.by_score)[looking.cursor]
    name = heads.name(place)
    off = " It is switched off: it looks, and says nothing." if place in heads.off else ""
    each = f" {did_each(heads)}." if heads.questions else ""
    told = f"{name[:1].upper()}{name[1:]}: {words_of(heads, place)}.{off} {did(heads)}{each}"
    return told.strip()
