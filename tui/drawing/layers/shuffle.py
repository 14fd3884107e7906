"""Two sentences of the same words, read by one network: what of its outputs is the same in both?

Each word is followed from one sentence to the other (does its output go with it?), and each place
is looked at in both (does the output stay there?). What is below a ten-thousandth of an output's
length is rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.positions import NAMES
from tui.drawing.lines import Piece, fit, paragraph, strip
from tui.drawing.memory.reach_axis import number_text

ROUNDING = 1e-4
"""A difference of less than that share of an output's length counts as none."""
_NARROW = 44
_NUMBER = 9


@dataclass(frozen=True)
class Shuffled:
    """What was compared. `there[n]` is where word n of the first sentence stands in the second."""

    one: Sequence[str] = ()
    other: Sequence[str] = ()
    there: Sequence[int] = ()
    word: Sequence[float] = ()
    """How far the outputs of each word are apart."""
    place: Sequence[float] = ()
    """How far the outputs at each place are apart."""
    mean: float = 0.0
    """How far the mean outputs are apart."""
    size: float = 1.0
    """How long an output is."""
    kind: str = "none"
    causal: bool = False

    def same(self, gap: float) -> bool:
        """Whether a difference is no more than rounding."""
        return gap < ROUNDING * self.size


def draw(shown: Shuffled, cursor: int, width: int, ink: Ink) -> list[Strip]:
    """The whole picture; where it is too narrow for one, the sentence."""
    if width < _NARROW or not shown.one:
        return _closed(sentence(shown, cursor), width, 20, "plain", ink)
    room = min(16, max(6, *(cell_len(word) + 1 for word in shown.one)))
    bar = max(4, min(16, (width - room - 12 - 2 * _NUMBER) // 2))
    lines = _closed(setting(shown), width, 2, "strong", ink)
    for name, text in (("A", shown.one), ("B", shown.other)):
        said = f"{name}  {' '.join(text)}"
        lines.append(strip([(fit(said, width, ink), ink.style("key"))], width))
    heads = "word".ljust(room + 2) + "in A  in B  "
    wide = _NUMBER + bar
    heads += "word in A and B".ljust(wide) + "place in A and B"
    lines.append(strip([(fit(heads, width, ink), ink.style("axis"))], width))
    for n, word in enumerate(shown.one):
        at = n == cursor
        mark = ink.glyph("pointer") if at else " "
        name = f"{mark} {fit(word, room - 1, ink)}".ljust(room + 2)
        pieces: list[Piece] = [(name, ink.style("accent" if at else "plain"))]
        pieces.append((f"{n + 1:>4}  {shown.there[n] + 1:>4}  ", ink.style("dim")))
        pieces += _gap(shown, shown.word[n], bar, ink)
        pieces += _gap(shown, shown.place[n], bar, ink)
        lines.append(strip(pieces, width))
    pieces = [("  mean of all".ljust(room + 14), ink.style("strong"))]
    lines.append(strip([*pieces, *_gap(shown, shown.mean, bar, ink)], width))
    lines += _closed(describe(shown, cursor), width, 2, "plain", ink)
    return lines + _closed(verdict(shown), width, 3, "dim", ink)


def _gap(shown: Shuffled, gap: float, bar: int, ink: Ink) -> list[Piece]:
    """How far two outputs are apart, as a number and as a bar."""
    same = shown.same(gap)
    number = (ink.glyph("tick") + " same" if same else number_text(gap)).ljust(_NUMBER)
    drawn = ink.bar(0.0 if same else gap / (2 * shown.size), bar)
    return [(number, ink.style("good" if same else "plain")), (drawn, ink.style("helped"))]


def setting(shown: Shuffled) -> str:
    """What reads the sentences."""
    told = "no positions" if shown.kind == "none" else NAMES[shown.kind]
    sees = "each word sees itself and those before" if shown.causal else "each word sees all words"
    return f"{told[0].upper()}{told[1:]}, {sees}; weights drawn at random."


def describe(shown: Shuffled, cursor: int) -> str:
    """The word under the cursor: where it stands, and what becomes of its output."""
    word, gap = shown.one[cursor], shown.word[cursor]
    where = f"place {cursor + 1} in A, place {shown.there[cursor] + 1} in B"
    apart = f"{number_text(gap)} apart, where an output is {shown.size:.2g} long"
    if shown.same(gap):
        return f"{word}: {where}; its two outputs are the same ({apart})."
    return f"{word}: {where}; its two outputs are {apart}."


def verdict(shown: Shuffled) -> str:
    """What of the outputs goes with the words, and what stays."""
    moved = all(map(shown.same, shown.word))
    if moved:
        return (
            "Every output goes with its word (equivariant), so their mean is the same for both"
            " (invariant): nothing tells A from B."
        )
    kept = [word for word, gap in zip(shown.one, shown.word, strict=True) if shown.same(gap)]
    alike = f" The same in both: {', '.join(kept)}." if kept else ""
    return f"Outputs do not go with their words: the network can tell A from B.{alike}"


def sentence(shown: Shuffled, cursor: int) -> str:
    """Everything that is to be said."""
    if not shown.one:
        return "No sentences yet."
    return f"{setting(shown)} {describe(shown, cursor)} {verdict(shown)}"


def _closed(text: str, width: int, rows: int, role: str, ink: Ink) -> list[Strip]:
    lines = paragraph(text, width, rows, ink.style(role) if role else Style.null(), ink)
    while len(lines) > 1 and not lines[-1].text.strip():
        lines.pop()
    return lines
