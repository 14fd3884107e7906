"""What is frozen behaves as a frozen dataclass does."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace

import pytest

from course.frozen import Frozen, frozen


@frozen()
class Cell(Frozen):
    """A place."""

    x: int
    y: int = 0


@frozen(kw_only=True)
class Named(Frozen):
    """Something with a name."""

    name: str
    signs: dict[str, str] = field(default_factory=dict)


@frozen(kw_only=True)
class Square(Named):
    """Something with a name and a place."""

    cell: Cell


def test_what_is_equal() -> None:
    assert Cell(1) == Cell(1, 0)
    assert Cell(1) != Cell(2)
    assert Cell(1) != (1, 0)
    assert Named(name="a") != Square(name="a", cell=Cell(1))
    assert Square(name="a", cell=Cell(1)) == Square(cell=Cell(1), name="a")


def test_hash_and_words() -> None:
    assert len({Cell(1), Cell(1, 0), Cell(2)}) == 2
    assert repr(Square(name="a", cell=Cell(1))) == (
        "Square(name='a', signs={}, cell=Cell(x=1, y=0))"
    )
    with pytest.raises(TypeError):
        hash(Named(name="a"))


def test_nothing_can_be_changed() -> None:
    cell = Cell(1)
    for name in ("x", "y", "z"):
        with pytest.raises(FrozenInstanceError):
            setattr(cell, name, 5)
    with pytest.raises(FrozenInstanceError):
        del cell.x
    assert cell == Cell(1)


def test_copies() -> None:
    square = Square(name="a", signs={"b": "c"}, cell=Cell(1))
    assert replace(square, name="d").name == "d"
    for other in (copy.deepcopy(square), pickle.loads(pickle.dumps(square))):
        assert other == square
        assert other.signs is not square.signs
    assert [one.name for one in fields(Square)] == ["name", "signs", "cell"]


def test_fields_are_asked_for() -> None:
    with pytest.raises(TypeError):
        Cell()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Named("a")  # type: ignore[call-arg]
