"""What an examination has to say, in words, and the two results that it shows side by side."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Sequence

from models.checks.compare import Numbers, Outcome, alike
from models.checks.guard import NotAllowed
from models.exercises.blank import Blank
from models.exercises.examined import NO, NOT_REACHED, SYNTAX, YES, Examined, Side, Sides

MOST_ROWS, MOST_COLUMNS = 6, 7
LONGEST = 300
"""Signs of an error message that are shown."""
MEMORY = "It asked for more memory than an exercise may have, and did not get it."
OUTPUT = "It wrote more than an exercise may, and was stopped there."


def no_python(error: SyntaxError | ValueError, blank: Blank, text: str) -> Examined:
    """That the lines are no Python, and where."""
    last = text.rstrip().count("\n") + 1
    if not isinstance(error, SyntaxError):
        return Examined(SYNTAX, told=f"This is not Python: {_code(str(error))}.")
    line = min(blank.own_line(error.lineno or 0, text) or last, last)
    return Examined(SYNTAX, told=f"Line {line} is not Python: {_code(error.msg)}.", line=line)


def stopped(error: BaseException | None) -> str:
    """Why an error means that the lines were stopped; empty if it does not."""
    if isinstance(error, NotAllowed):
        return str(error)
    if isinstance(error, MemoryError) or "allocate memory" in str(error):
        return MEMORY
    return OUTPUT if isinstance(error, OSError) and error.errno == errno.EFBIG else ""


def raised(
    error: BaseException | None, blank: Blank, text: str, file: str, title: str = ""
) -> tuple[int, str]:
    """In which of the learner's lines an exception was raised (0 for none), and what it says.

    `title` names the case that it came up in, where others went on.
    """
    frames = traceback.extract_tb(error.__traceback__ if error else None)
    own = [blank.own_line(one.lineno or 0, text) for one in frames if one.filename == file]
    line = next((one for one in reversed(own) if one), 0)
    said = _code(f"{type(error).__name__}: {error}".removesuffix(": "))
    if isinstance(error, SystemExit):
        said = "it ends the program"
    if line:
        where = f", with {title}" if title else ""
        return line, f"Line {line}{where}: {said}."
    yours = f"With {title} your lines ran" if title else "Your lines ran"
    return 0, f"{yours}, and what follows them cannot go on with what they made: {said}."


def broken(promise: str) -> str:
    """That the numbers are right where they were looked at, and still a promise does not hold."""
    return f"The numbers are right, but it does not hold that {promise}."


def difference(title: str, wanted: Outcome, given: Outcome, keeps: bool, promise: str) -> str:
    """What differs in a case: a shape, a number, or a gradient."""
    name, target, own = _pair(wanted, given)
    if own.kind:
        return f"`{name}` should be numbers, and is {own.kind}."
    if own.shape != target.shape:
        return f"`{name}` has the shape {own.shape}, and should have {target.shape}."
    if name in wanted.gradients:
        return f"The numbers are right, but not what flows back: the {name}."
    broken = "" if keeps else f" Nor does it hold that {promise}."
    return f"With {title} other numbers come out.{broken}"


def steps(
    wanted: Sequence[Outcome], given: Sequence[Outcome], promise: str, keeps: bool
) -> list[list[str]]:
    """What was looked at, one thing after the other, and how each went."""
    pairs = list(zip(wanted, given, strict=True))
    runs = not any(own.raised and not target.raised for target, own in pairs)
    shapes = all(_same_shapes(target, own) for target, own in pairs)
    values = all(_alike(target.values, own.values) for target, own in pairs)
    looked = [["it runs", runs], ["the shapes", shapes], ["the numbers", values]]
    if any(one.gradients for one in wanted):
        gradients = all(_alike(target.gradients, own.gradients) for target, own in pairs)
        looked.append(["the gradients", gradients])
    looked.append([promise, keeps])
    found: list[list[str]] = []
    for words, good in looked:
        found.append([str(words), (YES if good else NO) if runs or not found else NOT_REACHED])
    return found


def sides(title: str, wanted: Outcome, given: Outcome) -> Sides | None:
    """What should come out of a case beside what does; None where nothing came out."""
    if given.raised:
        return None
    name, target, own = _pair(wanted, given)
    digits = 3 if _written(target, 3) != _written(own, 3) or alike(target, own) else 6
    return Sides(title, name, _side(target, digits), _side(own, digits))


def _pair(wanted: Outcome, given: Outcome) -> tuple[str, Numbers, Numbers]:
    """The first result that is not as it should be; the first of all if there is none."""
    pairs = [
        (name, one, theirs.get(name, Numbers(kind="nothing")))
        for mine, theirs in ((wanted.values, given.values), (wanted.gradients, given.gradients))
        for name, one in mine.items()
    ]
    return next((pair for pair in pairs if not alike(pair[1], pair[2])), pairs[0])


def _same_shapes(target: Outcome, own: Outcome) -> bool:
    return all(
        name in own.values
        and (own.values[name].shape, own.values[name].kind) == (one.shape, one.kind)
        for name, one in target.values.items()
    )


def _alike(target: object, own: object) -> bool:
    assert isinstance(target, dict) and isinstance(own, dict)
    return target.keys() == own.keys() and all(alike(target[name], own[name]) for name in target)


def _side(found: Numbers, digits: int) -> Side:
    if found.kind:
        return Side(found.kind, [])
    shape = f"({', '.join(map(str, found.shape))}{',' if len(found.shape) == 1 else ''})"
    return Side(shape if found.shape else "one number", _written(found, digits))


def _written(found: Numbers, digits: int) -> list[list[str]]:
    return [
        [f"{number:.{digits}f}" if abs(number) < 1e4 else f"{number:.3g}" for number in row]
        for row in (row[:MOST_COLUMNS] for row in found.rows[:MOST_ROWS])
    ]


def _code(text: str) -> str:
    """Python's own words, as Markdown that leaves them as they are."""
    plain = " ".join(text.replace("`", "'").split())
    return f"`{plain[:LONGEST]}`" if plain else "`an error without words`"
