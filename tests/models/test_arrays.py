"""Arrays that travel keep their numbers, and those that make no sense are refused."""

from __future__ import annotations

import numpy as np
import pytest

from models.arrays import Array, ArrayError, pack


@pytest.mark.parametrize(
    "dtype", ["float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"]
)
@pytest.mark.parametrize("shape", [(), (4,), (2, 3), (2, 1, 3), (0,), (2, 0, 3)])
def test_arrays_keep_their_numbers(dtype: str, shape: tuple[int, ...]) -> None:
    array = (np.arange(np.prod(shape, dtype=int)) % 2).reshape(shape).astype(dtype)
    packed = pack(array)
    assert packed.rows() == array.tolist()
    assert np.array_equal(np.frombuffer(packed.data, packed.dtype).reshape(packed.shape), array)


@pytest.mark.parametrize("shape", [(4,), (2, 3), (2, 3, 4), (2, 0)])
def test_a_row_is_read_alone(shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype("float32")
    packed = pack(array)
    for index in np.ndindex(shape[:-1]):
        assert packed.row(*index) == array[index].tolist()
    with pytest.raises(IndexError):
        packed.row(*(9 for _ in shape))


def test_an_array_travels_in_order_whatever_its_own() -> None:
    array = np.arange(6, dtype=">f4").reshape(2, 3).T
    assert pack(array).rows() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]


@pytest.mark.parametrize(
    "array",
    [
        Array("float32", (2,), b"1234"),
        Array("float32", (-1, -1), b"1234"),
        Array("object", (1,), b"1"),
        Array("float32", (1 << 40, 1 << 40), b""),
    ],
)
def test_arrays_that_contradict_themselves_are_refused(array: Array) -> None:
    with pytest.raises(ArrayError):
        array.rows()


def test_arrays_of_other_kinds_do_not_travel() -> None:
    with pytest.raises(ArrayError, match="complex64 do not travel"):
        pack(np.zeros(1, dtype=np.complex64))
