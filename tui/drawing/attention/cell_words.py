"""What is said of one weight of dot-product attention, and of two that are held side by side."""

from __future__ import annotations

from tui.drawing.attention.attended import Taken
from tui.drawing.attention.cell_numbers import exact, places_for, power_text, signed
from tui.drawing.attention.grid_words import describe_row, named_answering, named_asking, percent
from tui.drawing.attention.weights import PLACES

HELP = """\
### One weight, taken apart

Each token is turned into a question **q**, a key **k** and a value **v**. The row asks with its q,
the column answers with its k:

1. **q · k**: channel by channel q times k, all summed up. The sum is taken before anything is
   rounded.
2. **scale**: divided by √D, D being the number of channels, so that wide vectors do not make the
   softmax extreme.
3. **mask**: what the row may not look at gets −∞ instead of its score.
4. **softmax**: e to the score, over the sum of that for the whole row: shares that add up to 1.
5. **the change in the logits**: the weight times v, through W_O and the last norm to the answer.
   The norm divides by what it divides by now, and what later layers make of it is not counted:
   the *direct* effect. "Rest of row" are the other cells of this row in this head, "elsewhere" is
   everything else: other heads, the token itself, biases. The three add up to the logit.

**tab** opens the stages one at a time, **c** pins this cell to hold others against it, **u** lifts
the mask, **/** finds a token, **i** and **escape** close it.
"""


def who(cell: Taken) -> str:
    """Who asks and who answers."""
    weights, row, column = cell.weights, cell.row, cell.column
    if weights.called == PLACES:
        return f"Row {row} {weights.asks[row]!r} reads column {column} {weights.answers[column]!r}"
    asks = named_asking(weights, row)
    return f"{asks[0].upper()}{asks[1:]}, asks {named_answering(weights, column)}"


def sentence(cell: Taken) -> str:
    """The whole way of the cell in one sentence."""
    places = places_for(abs(term.product) for term in cell.terms)
    total, scaled = (signed(x, places) for x in (cell.total, cell.total / cell.inside.scale))
    told = f"{who(cell)}: q · k is {total}, over √{len(cell.terms)} {scaled}"
    if cell.bias is not None:
        told += f", with the {cell.inside.adds} {signed(cell.score, places)}"
    if not cell.allowed:
        return (
            f"{told}; but it may not look, so its share is 0. Without the mask it would take"
            f" {percent(cell.unmasked)}."
        )
    seen = cell.weights.may_see(cell.row)
    told += f"; rank {cell.rank} of {seen}, so it takes {percent(cell.weight)}."
    return f"{told} {effect_words(cell)}".strip()


def effect_words(cell: Taken) -> str:
    """What the cell does to the logits, in a sentence."""
    if cell.effects is None:
        return ""
    if not cell.read:
        return "No answer is read from this row, so it adds to no logit."
    name, most = max(cell.effects, key=lambda effect: abs(effect[1]))
    places = places_for([abs(most)])
    moved = "raises" if most > 0 else "lowers"
    return f"That {moved} the logit of {name} most, by {signed(abs(most), places)[1:]}."


def explained(cell: Taken) -> str:
    """The weight under the cursor with its formula and its numbers, as Markdown."""
    places = places_for(abs(term.product) for term in cell.terms)
    size, scale = len(cell.terms), cell.inside.scale
    first = cell.sorted_terms[0]
    total, scaled = signed(cell.total, places), signed(cell.total / scale, places)
    row = describe_row(cell.weights, cell.row)
    lines = [f"### Now\n\n{sentence(cell)} {row[0].upper()}{row[1:]}."]
    lines.append(
        f"`q · k = {total}`: the sum of {size} products, the largest of which is channel"
        f" {first.channel}: `{signed(first.q, places)} × {signed(first.k, places)} ="
        f" {signed(first.product, places)}`."
    )
    score = f"`score = q · k / √{size} = {total} / {scale:.2f} = {scaled}`"
    if cell.bias is not None:
        score += f", and `{signed(cell.bias, places)}` for the {cell.inside.adds}"
    lines.append(score + ".")
    power, whole = cell.powers()
    if cell.allowed:
        lines.append(
            f"`weight = e^score / Σ e^score = {power_text(power)} / {power_text(whole)} ="
            f" {exact(cell.weight)}`."
        )
    else:
        _, free = cell.powers(lifted=True)
        lines.append(
            f"`weight = e^−∞ / Σ = 0`; without the mask `{power_text(power)} / {power_text(free)}"
            f" = {exact(cell.unmasked)}`."
        )
    if cell.effects and cell.read:
        name, most = max(cell.effects, key=lambda effect: abs(effect[1]))
        lines.append(
            f"`effect = weight · v W_O → logits`: most on `{name}`,"
            f" `{signed(most, places_for([abs(most)]))}`, with the last norm held."
        )
    lines.append("Questions, keys and values are the matter of *Query, Key, Value*.")
    return "\n\n".join(lines)
