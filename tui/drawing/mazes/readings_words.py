"""What is read in a maze, in words, and how one of its numbers was read."""

from __future__ import annotations

from models.specs.probe import READ
from tui.drawing.mazes.readings import ARRIVED, CONTROL, Readings
from tui.drawing.mazes.thoughts_words import counted

HELP = """\
### What a probe reads

A **probe** is a weighted sum of the 32 numbers that a cell has in its stream. It was fitted to the
distance to the cheese `C` in some mazes and is tried in others; after each loop it is another one.
Each cell shows the number that is **read**, rounded, and the **true** one, and between them how far
off that is: the darker, the farther. `?` marks cells that no news of the cheese can have reached
yet. They are all alike, unless the map is told its doors as numbers (`sees_doors`), so the same is
read in all of them.

**R²** is how much of the differences is explained in unseen mazes: 1 all, 0 none. The lines below
it say what that is worth. *All that has arrived* is what somebody could read who knew the distance
of every cell that news has reached, and only the mean of the others: no probe can know more. *An
untrained map* has learned nothing. In *the control task* the numbers were drawn at random for each
kind of cell (its walls, and whether the cheese is there): there is nothing to find.

The bars are R² after each loop, and below them that of all that has arrived.

**← →** a loop back and on, **home end** the first and the last, **space** plays, **f s** faster and
slower, **a** hands the arrows to the cursor and back.
"""
_PER_LINE = 3
"""Products on a line."""


def number_text(number: float) -> str:
    """What is read, or by how much it is off, in one digit after the point."""
    return f"{round(number, 1) + 0.0:.1f}"  # never -0.0


def share_text(share: float) -> str:
    """An R² in two digits after the point."""
    return f"{share:.2f}"


def place_text(readings: Readings, cell: int) -> str:
    """Where a cell is."""
    row, column = divmod(cell, readings.maze.width)
    return f"row {row + 1}, column {column + 1}"


def truth_text(readings: Readings, cell: int) -> str:
    """What is to be read in a cell."""
    return f"{readings.wanted[cell]:.0f}"


def truth_words(readings: Readings, cell: int) -> str:
    """The same as part of a sentence."""
    drawn = readings.who == CONTROL
    return f"{'what was drawn' if drawn else 'the truth'} is {truth_text(readings, cell)}"


def sentence(readings: Readings | None, loop: int, cell: int) -> str:
    """All that the picture shows, in plain words."""
    if readings is None:
        return "Nothing has been read yet."
    what = "numbers drawn at random" if readings.who == CONTROL else "the distance to the cheese"
    whom = "the trained map" if readings.who == CONTROL else READ[readings.who]
    own = share_text(readings.explained[loop - 1])
    read = number_text(readings.read[loop - 1][cell])
    return (
        f"After {loop} of {counted(readings.loops, 'loop')} a weighted sum reads {what} off"
        f" {whom} with an R² of {own} in {readings.unseen} unseen mazes{_against(readings, loop)}."
        f" In this maze it is off by {number_text(readings.missed(loop) or 0.0)} on average; in"
        f" {place_text(readings, cell)} it reads {read}, and {truth_words(readings, cell)}"
        f"{_unknown(readings, loop, cell)}."
    )


def _against(readings: Readings, loop: int) -> str:
    """What that is worth."""
    told = "; ".join(f"{name}: {share}" for name, share, _ in rows(readings, loop)[1:])
    return f" ({told})" if told else ""


def missed_words(readings: Readings, loop: int) -> tuple[str, ...]:
    """By how much the cells of this maze are misread, in short."""
    whole = f"off by {number_text(readings.missed(loop) or 0.0)} on average here"
    news, none = (readings.missed(loop, news=has) for has in (True, False))
    if news is None or none is None:
        return (whole,)
    return whole, f"with news {number_text(news)}, without {number_text(none)}"


def here_words(readings: Readings, loop: int, cell: int) -> tuple[str, str]:
    """What is read in a cell, in short, and what is true."""
    called = "drawn" if readings.who == CONTROL else "true"
    read = number_text(readings.read[loop - 1][cell])
    return f"{place_text(readings, cell)}: {read}", f"{called} {truth_text(readings, cell)}"


def _unknown(readings: Readings, loop: int, cell: int) -> str:
    if readings.who == CONTROL or readings.has_news(loop, cell):
        return ""
    return ", of which no news can have come there yet"


def sum_words(readings: Readings, loop: int, cell: int) -> str:
    """How the number in a cell was read, as Markdown."""
    made = readings.sum(loop, cell)
    count = len(made.products)
    lines = [f"read = w1·x1 + … + w{count}·x{count} + b", ""]
    for first in range(0, count, _PER_LINE):
        some = list(enumerate(made.products[first : first + _PER_LINE], first + 1))
        lines.append("  ".join(f"{f'w{n}·x{n}':>7} {product:>8.2f}" for n, product in some))
    read = readings.read[loop - 1][cell]
    true = "drawn" if readings.who == CONTROL else "true"
    lines += [
        "",
        f"{'all products together':<24}{sum(made.products):>8.2f}",
        f"{'b':<24}{made.bias:>8.2f}",
        f"{'read':<24}{read:>8.2f}",
        f"{true:<24}{readings.wanted[cell]:>8.2f}",
    ]
    where = place_text(readings, cell)
    told = "\n".join(lines)
    return (
        f"### {where[:1].upper()}{where[1:]}, after {counted(loop, 'loop')}\n\n```\n{told}\n```\n\n"
        f"The weights w and b were fitted to {readings.practised} mazes, x is the stream of the"
        " cell. The lesson “Reading Minds?” says what a probe is worth."
    )


def rows(readings: Readings, loop: int) -> list[tuple[str, str, str]]:
    """R² of these probes, and what it is to be held against: name, number, and its role."""
    own = "control task 1" if readings.who == CONTROL else READ[readings.who]
    found = [(own, share_text(readings.explained[loop - 1]), "accent")]
    for who, name in _held_against(readings).items():
        if (curve := readings.curves.get(who)) is not None:
            found.append((name, share_text(curve[loop - 1]), "plain"))
    return found


def _held_against(readings: Readings) -> dict[str, str]:
    """Whose R² that is, and what it is called here."""
    mean = f"mean of {readings.tasks} such tasks"
    if readings.who == CONTROL:
        return {CONTROL: mean, "map": "the distance instead"}
    others = {ARRIVED: READ[ARRIVED], "map": READ["map"], "untrained": READ["untrained"]}
    others[CONTROL] = f"{readings.tasks} control tasks"
    return {who: name for who, name in others.items() if who != readings.who}
