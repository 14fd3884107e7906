"""What a memory held on two walks that differ in the first place alone, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tui.drawing.memory.reach_axis import Axis, number_text, rounded

Row = tuple[float, ...]


@dataclass(frozen=True)
class States:
    """The states of a memory on two walks, `walks[walk][place][number]`."""

    name: str
    walks: tuple[tuple[Row, ...], tuple[Row, ...]] = ((), ())
    distance: Row = ()
    """How far apart the two states are, place by place."""
    forget: tuple[Row, ...] = ()
    """The mean of the forget gates on each walk, where the memory has any."""
    said: tuple[int, int] = (0, 0)
    right: tuple[int, int] = (0, 0)
    title: str = ""
    ends: tuple[str, str, str] = ("first", "last", "token")
    trouble: str = ""
    """Why there is nothing to see, in plain words."""

    @property
    def places(self) -> int:
        """How long the walks are."""
        return len(self.distance)

    @cached_property
    def moved(self) -> Row:
        """By how much the first place moves each number of the state, at most."""
        pairs = [zip(a, b, strict=True) for a, b in zip(*self.walks, strict=True)]
        return tuple(map(max, zip(*([abs(a - b) for a, b in row] for row in pairs), strict=True)))

    def numbers(self, most: int) -> tuple[int, ...]:
        """The numbers that are drawn: all, or those that the first place moves most."""
        order = sorted(range(len(self.moved)), key=lambda n: -self.moved[n])
        return tuple(sorted(order[:most]))

    def value(self, layer: int, place: int, number: int) -> float:
        """A number of the state on walk A, on walk B, or how much they differ."""
        one, other = (walk[place][number] for walk in self.walks)
        return (one, other, one - other)[layer]

    @property
    def share(self) -> Row:
        """What is left at each place of the distance at the first."""
        begin = self.distance[0] if self.distance else 0.0
        return tuple(value / begin if begin else 0.0 for value in self.distance)


def left(share: float) -> str:
    """What is left, as a share: 12 %, or 1/4,100; or how many times as much it has become."""
    if share == 0:
        return "0 %"
    if share >= 1.5:
        return f"{rounded(share)} times"
    return f"{100 * share:.0f} %" if share >= 0.095 else f"1/{rounded(1 / share)}"


def describe(states: States, cursor: int) -> str:
    """How far apart the two walks are in the memory at one place."""
    axis = Axis.of(states.places, states.places, cursor, states.ends)
    where = axis.where(axis.cursor)
    apart = number_text(states.distance[axis.cursor])
    text = (
        f"{where[0].upper()}{where[1:]} the states of walks A and B, which differ in"
        f" the {states.ends[0]} alone, are {apart} apart"
    )
    if axis.cursor == 0:
        return text + "."
    share = left(states.share[axis.cursor])
    of = "" if share.endswith("times") else " of"
    return f"{text}: {share}{of} the {number_text(states.distance[0])} at the {states.ends[0]}."


def outcome(states: States) -> str:
    """What the memory's answers are worth on the two walks."""
    who = f"{'The ' if states.name.isupper() else ''}{states.name}"
    good = sum(said == right for said, right in zip(states.said, states.right, strict=True))
    if states.said[0] == states.said[1] and states.right[0] != states.right[1]:
        return f"{who} answers both walks alike, and so one of them wrongly."
    words = {2: "both walks rightly", 1: "one walk rightly", 0: "both walks wrongly"}
    return f"{who} answers {words[good]}."


def sentence(states: States, cursor: int) -> str:
    """Everything that is to be said of the place under the cursor."""
    if states.trouble:
        return states.trouble
    if not states.places:
        return "No states yet."
    when = f" ({states.name} {states.title}.)" if states.title else ""
    return f"{describe(states, cursor)} {outcome(states)}{when}"
