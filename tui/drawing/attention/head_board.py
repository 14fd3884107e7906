"""Every head of a network in a line of numbers: where it looks, and what is lost without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.drawing.attention.ablations import Off
from tui.drawing.attention.heads import Heads, Judged, Place
from tui.drawing.attention.weights import number_text

WITHOUT = "without"
"""The column of what is right without a head."""


@dataclass(frozen=True)
class Rule:
    """A place where a head may look: in two words, and in some more."""

    short: str
    words: str


@dataclass(frozen=True)
class HeadBoard:
    """The heads of a network, their scores by rules, and how it does without each."""

    heads: Heads = field(default_factory=lambda: Heads((), ()))
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """What the scores of the heads are about."""
    without: Mapping[Place, Judged] = field(default_factory=dict)
    """The network without this head alone."""
    taken: Mapping[Place, str] = field(default_factory=dict)
    """Heads that are another network's, and whose."""
    donors: Mapping[str, str] = field(default_factory=dict)
    """The networks that heads can be taken from, and what they are called."""
    loop: int = 0
    """The length of the loop in the text that is shown; 0 where it has none."""
    only: bool = False
    """Whether all loops are of that length, on which it is judged."""
    below: float = 0.4
    """What the accuracy is to be brought below."""
    fewest: Off | None = None
    """The smallest set of heads tried so far that does it."""

    @property
    def places(self) -> tuple[Place, ...]:
        """All heads, layer by layer."""
        return self.heads.places

    @property
    def columns(self) -> tuple[str, ...]:
        """What a head can be sorted by."""
        return (*self.rules, WITHOUT)

    def value(self, place: Place, column: str) -> float:
        """A number of a head."""
        if column == WITHOUT:
            return self.without[place].accuracy
        return self.heads.marked(place)[column]

    def ordered(self, column: str) -> tuple[Place, ...]:
        """The heads as they stand; or those first that look there most, or are missed most."""
        if column not in self.columns:
            return self.places
        sign = 1 if column == WITHOUT else -1
        return tuple(sorted(self.places, key=lambda place: sign * self.value(place, column)))

    def best(self, column: str) -> float:
        """The number of the head that stands out in a column."""
        values = [self.value(place, column) for place in self.places]
        return min(values) if column == WITHOUT else max(values)


@dataclass(frozen=True)
class Looking:
    """How the board is looked at: the head under the cursor, and the column it is sorted by."""

    place: Place = (0, 0)
    column: str = ""


def counted(count: int) -> str:
    """So many heads."""
    return "1 head" if count == 1 else f"{count} heads"


def of_loop(board: HeadBoard) -> str:
    """Which loops the numbers are about."""
    if not board.loop:
        return ""
    return f"loops of {board.loop} alone" if board.only else f"this text: a loop of {board.loop}"


def did(board: HeadBoard) -> str:
    """How often the network is right like this, and how often with all heads, its own."""
    heads = board.heads
    now, whole = heads.now, heads.whole
    if now is None or whole is None:
        return ""
    told = f"Right in {number_text(now.accuracy)} of {heads.cases}, loss {now.loss:.3f}"
    if not heads.off and not board.taken:
        return f"{told}."
    own = "with its own heads" if board.taken else "with all heads"
    return f"{told}; {own} {number_text(whole.accuracy)}, {whole.loss:.3f}."


def goal(board: HeadBoard) -> str:
    """How many heads are off, and how few have been enough so far."""
    off, below = board.heads.off, f"{board.below:.0%}".replace("%", " %")
    now = f"{counted(len(off))} off." if off else "All heads are on."
    if board.taken:
        whose = sorted({board.donors.get(name, name) for name in board.taken.values()})
        return f"{now} {counted(len(board.taken))} taken from: {', '.join(whose)}."
    if board.fewest is None:
        return f"{now} Nothing tried so far brings it below {below}."
    return f"{now} The fewest so far that bring it below {below}: {len(board.fewest)}."


def of_head(board: HeadBoard, place: Place) -> str:
    """One head in words: its numbers, each beside what equal shares would give."""
    told = [
        f"{rule.words} {number_text(board.value(place, name))}"
        f" (equal shares {number_text(board.heads.equal[name])})"
        for name, rule in board.rules.items()
    ]
    whose = board.taken.get(place, "")
    name = board.heads.name(place)
    taken = f", taken from {board.donors.get(whose, whose)}" if whose else ""
    off = " It is off." if place in board.heads.off else ""
    alone = number_text(board.without[place].accuracy)
    return f"{name}{taken}: {', '.join(told)}. Without it alone {alone} are right.{off}"


def sentence(board: HeadBoard, looking: Looking) -> str:
    """The head under the cursor, how the network does, and what has been reached."""
    if not board.places:
        return "There are no heads to see yet."
    return f"{of_head(board, looking.place)} {did(board)} {goal(board)}"
