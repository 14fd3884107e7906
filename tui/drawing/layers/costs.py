"""Path, steps, work and memory of three layers: formulas, and what they come to for an n and C."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from textual.strip import Strip

from models.specs.costs import Costs, attention, convolution, recurrent
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, paragraph, strip
from tui.drawing.ticks import grouped

LAYERS: Mapping[str, Callable[[int, int], Costs]] = {
    "RNN": recurrent,
    "convolution": convolution,
    "attention": attention,
}
QUANTITIES = ("path", "steps", "work", "memory")
FORMULAS: Mapping[str, Sequence[str]] = {
    "RNN": ("n", "n", "2nC²", "C"),
    "convolution": ("⌈log₃ n⌉", "1", "3nC²", "3C"),
    "attention": ("1", "1", "4nC² + 2n²C", "2nC + n²"),
}
MEANINGS: Mapping[str, str] = {
    "path": "How often a layer, or a step of it, must be passed before the first token has a say "
    "at the last place. A path of 1 is not a cost of 1: it says nothing of time, work or memory. "
    "Convolutions of three places are stacked here, with gaps of 1, 3, 9 and so on.",
    "steps": "Steps that must wait for one another in training, where all tokens are known. "
    "Attention has no loop there. When it writes, each token waits for the one before: n tokens, "
    "n steps, as in an RNN.",
    "work": "Multiplications of one layer, forwards. 4nC² makes q, k, v and the output; table 1 of "
    "Vaswani et al. (2017) names the order of the rest alone, n²C: four times as much for twice "
    "as many tokens.",
    "memory": "Numbers held on the way. Of attention: the keys and values of all tokens, and n² "
    "shares of each head (here one), if they are written down whole; FlashAttention (2022) does "
    "without those. An RNN holds C, however long the text. To learn, all three keep more, at every "
    "token.",
}
_NAME = 12
_LEAST = 13
"""Columns of a quantity, at least."""
_WIDEST = 20
_TEXT = 5
"""Lines for what the chosen quantity means."""


@dataclass(frozen=True)
class CostTable:
    """For which n and C the costs are worked out, and which quantity is being explained."""

    n: int = 64
    c: int = 128
    chosen: int = 0

    def costs(self, layer: str) -> Costs:
        """The four quantities of a layer."""
        return LAYERS[layer](self.n, self.c)

    def value(self, layer: str, quantity: str) -> int:
        """One of them."""
        return int(getattr(self.costs(layer), quantity))


def draw(table: CostTable, width: int, ink: Ink) -> list[Strip]:
    """The sizes, a head, two lines a layer, and what the chosen quantity is."""
    wide = min(_WIDEST, (width - _NAME) // len(QUANTITIES))
    if wide < _LEAST:
        return _narrow(table, width, ink)
    quiet, strong, accent = ink.style("dim"), ink.style("strong"), ink.style("accent")
    sizes = f"n = {grouped(table.n)} tokens, C = {grouped(table.c)} numbers for each"
    heads: list[Piece] = [(" " * _NAME, quiet)]
    for place, quantity in enumerate(QUANTITIES):
        pointer = ink.glyphs.pointer if place == table.chosen else " "
        heads.append((f"{pointer}{quantity}".rjust(wide), accent if pointer != " " else quiet))
    lines = [strip([(sizes, strong)], width), strip([("", quiet)], width), strip(heads, width)]
    for layer in LAYERS:
        formulas = "".join(ink.words(one).rjust(wide) for one in FORMULAS[layer])
        lines.append(strip([(layer.ljust(_NAME), strong), (formulas, quiet)], width))
        numbers: list[Piece] = [(" " * _NAME, quiet)]
        for place, quantity in enumerate(QUANTITIES):
            text = short(table.value(layer, quantity)).rjust(wide)
            numbers.append((text, strong if place == table.chosen else ink.style("plain")))
        lines.append(strip(numbers, width))
    lines.append(strip([("", quiet)], width))
    told = f"{compared(table)} {MEANINGS[QUANTITIES[table.chosen]]}"
    return [*lines, *paragraph(told, width, _rows(told, width), ink.style("plain"), ink)]


def sentence(table: CostTable) -> str:
    """All numbers in words, for who cannot see the table."""
    parts = [
        f"{layer}: "
        + ", ".join(f"{quantity} {short(table.value(layer, quantity))}" for quantity in QUANTITIES)
        for layer in LAYERS
    ]
    return f"n = {grouped(table.n)}, C = {grouped(table.c)}. {'; '.join(parts)}."


def compared(table: CostTable) -> str:
    """The chosen quantity of attention beside that of the RNN, by the numbers of now."""
    quantity = QUANTITIES[table.chosen]
    mine, other = table.value("attention", quantity), table.value("RNN", quantity)
    if mine == other:
        return f"{quantity.capitalize()}: as much for attention as for the RNN."
    ratio = max(mine, other) / min(mine, other)
    times = grouped(ratio) if ratio >= 100 or ratio.is_integer() else f"{ratio:.3g}"
    told = f"{times} times that of the RNN" if mine > other else f"1/{times} of that of the RNN"
    return f"{quantity.capitalize()}: for attention {told}."


def worked(table: CostTable) -> str:
    """The chosen quantity of every layer, with its formula, for the help."""
    quantity = QUANTITIES[table.chosen]
    rows = [
        f"    {layer:<12} {FORMULAS[layer][table.chosen]:<12} = "
        f"{grouped(table.value(layer, quantity))}"
        for layer in LAYERS
    ]
    return "\n".join(rows)


def short(value: int) -> str:
    """A number in at most twelve characters."""
    for size, name in ((10**12, "trillion"), (10**9, "billion")):
        if value >= size:
            return f"{value / size:.3g} {name}"
    return grouped(value)


def _narrow(table: CostTable, width: int, ink: Ink) -> list[Strip]:
    told = f"{sentence(table)} {MEANINGS[QUANTITIES[table.chosen]]}"
    return paragraph(told, width, _rows(told, width), ink.style("plain"), ink)


def _rows(text: str, width: int) -> int:
    """Lines that a text takes, and at least so many that the picture keeps its height."""
    return max(_TEXT, len(wrap(text, max(1, width))))
