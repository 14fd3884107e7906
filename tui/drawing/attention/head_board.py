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
    """The networks of the same run that heads can be taken from, and what they are called."""
    kept: Mapping[str, int] = field(default_factory=dict)
    """The kept runs that heads can be taken from, and the seeds that they began from."""
    instead: Judged | None = None
    """The network with its own heads, but without those that are taken from others."""
    elsewhere: Off = frozenset()
    """Heads that say what they say in another text."""
    there: str = ""
    """What is repeated in the other text, for the one shown; empty where heads cannot do that."""
    other: tuple[float, float] | None = None
    """How often the answers are those of the other texts: like this, and with all heads."""
    loop: int = 0
    """The length of the loop in the text that is shown; 0 where it has none."""
    only: bool = False
    """Whether all loops are of that length, on which it is judged."""
    below: float = 0.4
    """What the accuracy is to be brought below."""
    fewest: Off | None = None
    """The smallest set of heads tried so far that does it."""
    note: str = ""
    """What there is to say in place of what has been reached."""

    @property
    def places(self) -> tuple[Place, ...]:
        """All heads, layer by layer."""
        return self.heads.places

    def whose(self, place: Place) -> str:
        """Whose a head is, in a word or two; empty if it is the network's own."""
        name = self.taken.get(place, "")
        return f"seed {self.kept[name]}" if name in self.kept else name

    def called(self, name: str) -> str:
        """What the network is called that a head was taken from."""
        if name in self.kept:
            return f"{name}, seed {self.kept[name]}"
        return self.donors.get(name, name)

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
    if not heads.off and not board.taken and not board.elsewhere:
        return f"{told}."
    own = "with its own heads" if board.taken else "with all heads" if heads.off else "unpatched"
    return f"{told}; {own} {number_text(whole.accuracy)}, {whole.loss:.3f}."


def goal(board: HeadBoard) -> str:
    """How many heads are off or another's, and how few off have been enough so far."""
    off, below = board.heads.off, f"{board.below:.0%}".replace("%", " %")
    if board.note:
        return board.note
    now = f"{counted(len(off))} off." if off else "All heads are on."
    if board.taken or board.elsewhere:
        return " ".join((*((now,) if off else ()), *_lent(board), *_patched(board)))
    if board.fewest is None:
        return f"{now} Nothing tried so far brings it below {below}."
    return f"{now} The fewest so far that bring it below {below}: {len(board.fewest)}."


def _lent(board: HeadBoard) -> tuple[str, ...]:
    """Whose heads there are, and what would be right if these were off instead."""
    if not board.taken:
        return ()
    count, whose = len(board.taken), sorted({board.called(name) for name in board.taken.values()})
    told = f"{counted(count)} taken from: {', '.join(whose)}."
    if board.instead is None or board.elsewhere or board.heads.off:
        return (told,)
    them = "it" if count == 1 else "them"
    return (told, f"With {them} off instead, {number_text(board.instead.accuracy)} would be.")


def _patched(board: HeadBoard) -> tuple[str, ...]:
    """What becomes of the answers if heads say what they say in another text."""
    if not board.elsewhere or board.other is None:
        return ()
    count, (now, own) = len(board.elsewhere), map(number_text, board.other)
    return (
        f"{counted(count)} patched from another text, here {board.there}:"
        f" {now} of the answers are that text's, unpatched {own}.",
    )


def of_head(board: HeadBoard, place: Place) -> str:
    """One head in words: its numbers, each beside what equal shares would give."""
    told = [
        f"{rule.words} {number_text(board.value(place, name))}"
        f" (equal shares {number_text(board.heads.equal[name])})"
        for name, rule in board.rules.items()
    ]
    whose = board.taken.get(place, "")
    name = board.heads.name(place)
    taken = f", taken from {board.called(whose)}" if whose else ""
    off = " It is off." if place in board.heads.off else ""
    off = " It says what it says in another text." if place in board.elsewhere else off
    alone = number_text(board.without[place].accuracy)
    return f"{name}{taken}: {', '.join(told)}. Without it alone {alone} are right.{off}"


def sentence(board: HeadBoard, looking: Looking) -> str:
    """The head under the cursor, how the network does, and what has been reached."""
    if not board.places:
        return "There are no heads to see yet."
    return f"{of_head(board, looking.place)} {did(board)} {goal(board)}"
