"""Arrays that travel between the interface and the worker. Unpacking them needs no numpy."""

from __future__ import annotations

import math
import struct
from typing import Any

import msgspec


class ArrayError(ValueError):
    """An array makes no sense, or is of a kind that does not travel."""


class Array(msgspec.Struct, frozen=True):
    """An array as dtype, shape and bytes (C order, little-endian).

    `uint8` is for shades only, never for printed numbers.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes

    def rows(self) -> Any:
        """The numbers as nested lists, one level a dimension, without needing numpy.

        Raises:
            ArrayError: if dtype, shape and bytes do not belong together.
        """
        numbers = [number for (number,) in struct.iter_unpack(f"<{self._code}", self.data)]
        return _nested(numbers, self.shape)

    def row(self, *index: int) -> list[Any]:
        """One innermost row, for `index` in all dimensions but the last: nothing else is read.

        Raises:
            ArrayError: if dtype, shape and bytes do not belong together.
            IndexError: if there is no such row.
        """
        code, outer = self._code, self.shape[:-1]
        if len(index) != len(outer) or not all(
            0 <= at < size for at, size in zip(index, outer, strict=True)
        ):
            raise IndexError(f"no row {index} in {self.shape}")
        number = 0
        for at, size in zip(index, outer, strict=True):
            number = number * size + at
        length = self.shape[-1]
        begins = number * length * struct.calcsize(code)
        return list(struct.unpack_from(f"<{length}{code}", self.data, begins))

    @property
    def _code(self) -> str:
        """How `struct` calls its numbers, if all of it belongs together."""
        code = _CODES.get(self.dtype)
        if code is None:
            raise ArrayError(f"no array of {self.dtype!r} is understood here")
        if min(self.shape, default=1) < 0:
            raise ArrayError(f"an array has no shape {self.shape}")
        if len(self.data) != struct.calcsize(code) * math.prod(self.shape):
            raise ArrayError(f"{len(self.data)} bytes do not make {self.dtype} {self.shape}")
        return code


_CODES = {
    "float16": "e",
    "float32": "f",
    "float64": "d",
    "uint8": "B",
    "int8": "b",
    "int16": "h",
    "int32": "i",
    "int64": "q",
    "bool": "?",
}
"""The arrays that may travel, and how `struct` calls their numbers."""


def _nested(numbers: list[Any], shape: tuple[int, ...]) -> Any:
    """`numbers` in C order as lists of lists, `shape[0]` of them at the outermost level."""
    if not shape:
        return numbers[0]
    if len(shape) == 1:
        return numbers
    width = math.prod(shape[1:])
    return [_nested(numbers[i * width : (i + 1) * width], shape[1:]) for i in range(shape[0])]


def pack(array: Any) -> Array:
    """A numpy array, made ready to travel.

    Raises:
        ArrayError: if its numbers are of a kind that does not travel.
    """
    name = array.dtype.name
    if name not in _CODES:
        raise ArrayError(f"arrays of {name} do not travel; float32 does")
    ordered = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return Array(name, tuple(array.shape), ordered.tobytes())
