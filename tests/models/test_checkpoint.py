"""Checkpoints: exact, whole or not at all, and deaf to whatever a strange file may say."""

from __future__ import annotations

import io
import json
import os
import pickle
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save as foreign
from torch import Tensor, nn

from models import checkpoint_file
from models.checkpoint import Checkpoint, CheckpointError, copy_into, load, restore, save
from models.training import seeded

DTYPES = [
    torch.float64,
    torch.float32,
    torch.float16,
    torch.bfloat16,
    torch.int64,
    torch.int32,
    torch.uint8,
    torch.bool,
]
ABOUT = {"lab": "mouse", "knobs": {"rate": 0.1 + 0.2, "deep": [1, None, True]}, "name": "Mäuse"}


def tensors() -> dict[str, Tensor]:
    chance = torch.Generator().manual_seed(0)
    drawn = 100 * torch.randn(5, 3, generator=chance, dtype=torch.float64)
    kept = {str(dtype): drawn.to(dtype) for dtype in DTYPES}
    odd = torch.tensor([torch.nan, torch.inf, -torch.inf, -0.0, 5e-324], dtype=torch.float64)
    return {**kept, "odd": odd, "one": torch.tensor(3.5), "none": torch.zeros(0, 7)}


def same(one: Checkpoint, other: Checkpoint) -> bool:
    """Whether the two are equal bit for bit: NaN equals itself, and -0 is not 0."""

    def bits(kept: Checkpoint) -> dict[str, tuple[Any, ...]]:
        return {
            name: (t.dtype, t.shape, t.reshape(-1).view(torch.uint8).tolist())
            for name, t in kept.tensors.items()
        }

    return bits(one) == bits(other) and one.about == other.about


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.safetensors"


@pytest.fixture
def whole(path: Path) -> bytes:
    """The bytes of a good file, which is also there."""
    save(path, tensors(), ABOUT)
    return path.read_bytes()


def refused(path: Path, said: str = "damaged or no checkpoint of this course") -> None:
    with pytest.raises(CheckpointError, match=said) as caught:
        load(path)
    text = str(caught.value)
    assert text.endswith(".") and "\n" not in text and str(path) in text
    assert caught.value.kind == "error"


# Good files


def test_what_is_loaded_is_what_was_saved_bit_for_bit(path: Path, whole: bytes) -> None:
    assert same(load(path), Checkpoint(tensors(), ABOUT))


def test_the_same_run_is_the_same_file(path: Path, whole: bytes) -> None:
    save(path, dict(reversed(tensors().items())), ABOUT)
    assert path.read_bytes() == whole


def test_views_and_shared_numbers_are_kept_as_they_look(path: Path) -> None:
    grid = torch.arange(12.0).view(3, 4)
    kept = {"turned": grid.T, "part": grid[1:, ::2], "same": grid, "again": grid}
    save(path, {**kept, "wide": torch.ones(1).expand(5)}, {})
    again = load(path).tensors
    assert all(torch.equal(again[name], kept[name]) for name in kept)
    assert torch.equal(again["wide"], torch.ones(5))


def test_what_was_loaded_can_be_changed(path: Path, whole: bytes) -> None:
    kept = load(path)
    kept.tensors["one"].add_(1)
    assert kept.tensors["one"] == 4.5 and load(path).tensors["one"] == 3.5


def test_other_tools_can_read_the_file(path: Path, whole: bytes) -> None:
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        assert torch.equal(file.get_tensor("one"), torch.tensor(3.5))
        assert json.loads(file.metadata()["grok-tui"])["about"] == ABOUT


def test_a_network_gets_its_weights_back(path: Path) -> None:
    with seeded(1):
        one, other = (nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)) for _ in range(2))
    save(path, one.state_dict(), {})
    restore(other, load(path).tensors)
    x = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    assert torch.equal(one(x), other(x))


# Writing


def test_a_file_that_could_not_be_finished_leaves_the_old_one(
    path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(path, {"one": torch.zeros(3)}, {})
    assert path.read_bytes() == whole
    assert list(path.parent.iterdir()) == [path], "and nothing beside it"


def test_what_would_not_be_read_is_not_written(path: Path, whole: bytes) -> None:
    with pytest.raises(ValueError, match="more than a checkpoint may"):
        save(path, {}, {"long": "x" * (checkpoint_file.LARGEST_HEADER + 1)})
    with pytest.raises(TypeError):
        save(path, {}, {"path": path})
    assert path.read_bytes() == whole


# Bad files


def test_a_file_that_is_not_there(path: Path) -> None:
    refused(path, "There is no checkpoint")


@pytest.mark.parametrize("part", range(50))
def test_a_file_cut_short_is_refused(path: Path, whole: bytes, part: int) -> None:
    path.write_bytes(whole[: len(whole) * part // 50])
    refused(path)


def test_a_file_that_goes_on_is_refused(path: Path, whole: bytes) -> None:
    path.write_bytes(whole + b"\0")
    refused(path)


@pytest.mark.parametrize("seed", range(8))
def test_a_file_with_a_wrong_byte_loads_equal_or_is_refused(
    path: Path, whole: bytes, seed: int
) -> None:
    rng, good, wrong = random.Random(seed), load(path), 0
    # Every fourth byte is one of the length or of the header, where reading goes wrong.
    header = 8 + int.from_bytes(whole[:8], "little")
    for n in range(60):
        spoiled = bytearray(whole)
        spoiled[rng.randrange(len(whole) if n % 4 else header)] ^= 1 << rng.randrange(8)
        path.write_bytes(spoiled)
        try:
            kept = load(path)
        except CheckpointError:
            wrong += 1
        else:
            assert same(kept, good)
    assert wrong > 50


class Dangerous:
    """Unpickled, it makes a folder."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, ("executed",)


def zipped() -> bytes:
    """A file as `torch.save` writes it, and a dangerous one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(Dangerous()) + bytes(1 << 20))
    return stream.getvalue()


def with_header(header: bytes, data: bytes = b"") -> bytes:
    return len(header).to_bytes(8, "little") + header + data


def claiming(entries: dict[str, Any], data: bytes, mark: str = "", **said: Any) -> bytes:
    """A file with our mark and whatever else."""
    mark = mark or json.dumps({"format": 1, "digest": "0" * 32, "about": {}, **said})
    header = {"__metadata__": {"grok-tui": mark}, **entries}
    return with_header(json.dumps(header).encode(), data)


def entry(begin: int, end: int, shape: list[int], dtype: str = "F32") -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


STRANGE = {
    "an empty file": b"",
    "text": b"# The mouse and the map\n" * 9,
    "a pickle": pickle.dumps(Dangerous()),
    "a zipped pickle": zipped(),
    "a length of everything": b"\xff" * 100,
    "a length beyond the file": (1 << 20).to_bytes(8, "little") + b"{}",
    "a length of nothing": bytes(64),
    "a header that is no JSON": with_header(b"{" * 50),
    "a header that is no text": with_header(b"\xff\xfe" * 50),
    "a header that is a list": with_header(b"[1, 2]"),
    "a header without marks": with_header(b"{}"),
    "marks that are a number": with_header(b'{"__metadata__": 3}'),
    "a header as deep as a well": with_header(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "a number as long as a river": with_header(b'{"a": ' + b"9" * 100_000 + b"}"),
    "a format that is no number": claiming({}, b"", format="one"),
    "a mark as deep as a well": claiming({}, b"", "[" * 100_000 + "]" * 100_000),
    "a mark that is no JSON": claiming({}, b"", "{'a': 1}"),
    "a mark that says nothing": claiming({}, b"", "{}"),
    "about that is a list": claiming({}, b"", about=[]),
    "a digest that is a list": claiming({}, b"", digest=["0"]),
    "tensors that overlap": claiming({"a": entry(0, 8, [2]), "b": entry(4, 12, [2])}, bytes(12)),
    "tensors with a hole": claiming({"a": entry(0, 4, [1]), "b": entry(8, 12, [1])}, bytes(12)),
    "a tensor beyond the file": claiming({"a": entry(0, 1 << 40, [1 << 38])}, bytes(12)),
    "a tensor from before it": claiming({"a": entry(-4, 4, [2])}, bytes(12)),
    "a shape too large for any number": claiming({"a": entry(0, 4, [1 << 63, 1 << 63])}, bytes(4)),
    "a shape for other bytes": claiming({"a": entry(0, 8, [3])}, bytes(8)),
    "a shape below nothing": claiming({"a": entry(0, 8, [-2])}, bytes(8)),
    "numbers of no kind": claiming({"a": entry(0, 8, [2], "X99")}, bytes(8)),
    "another safetensors file": foreign({"a": torch.zeros(3)}),
    "another course's file": foreign({"a": torch.zeros(3)}, {"format": "pt"}),
    "a digest of something else": claiming({"a": entry(0, 8, [2])}, bytes(8)),
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_strange_file_is_refused_and_nothing_in_it_is_executed(path: Path, what: str) -> None:
    path.write_bytes(STRANGE[what])
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        refused(path)
        assert not Path("executed").exists()
    finally:
        os.chdir(here)


def test_a_newer_format_says_to_update(path: Path) -> None:
    path.write_bytes(claiming({}, b"", format=2))
    refused(path, r"newer version of the course \(format 2, and this one reads 1\): update")


def test_a_file_too_large_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with path.open("wb") as file:
        file.truncate(checkpoint_file.LARGEST + 1)  # takes no room on the disk
    refused(path, "larger than any checkpoint")


def test_a_folder_or_a_pipe_is_refused_without_waiting(path: Path) -> None:
    path.mkdir()
    refused(path)
    pipe = path / "pipe"
    os.mkfifo(pipe)
    refused(pipe)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_says_so(path: Path, whole: bytes) -> None:
    path.chmod(0)
    refused(path, r"cannot be read \(Permission denied\)")


@pytest.mark.parametrize(
    ("name", "tensor", "said"),
    [
        ("bias", None, r"bias is nothing in the one and 4 of float32 in the other"),
        ("more", torch.zeros(()), r"more is one number of float32 in the one and nothing"),
        ("weight", torch.zeros(3, 4), r"weight is 3 × 4 of float32 in the one and 4 × 3 of"),
        ("weight", torch.zeros(4, 3).half(), r"weight is 4 × 3 of float16 in the one"),
    ],
)
def test_weights_that_do_not_fit_change_nothing(
    name: str, tensor: Tensor | None, said: str
) -> None:
    with seeded(0):
        model = nn.Linear(3, 4)
    given = {own: torch.zeros_like(t) for own, t in model.state_dict().items()}
    given = {k: t for k, t in {**given, name: tensor}.items() if t is not None}
    before = [weight.clone() for weight in model.parameters()]
    with pytest.raises(CheckpointError, match=said):
        restore(model, given)
    assert all(map(torch.equal, before, model.parameters()))


def test_tensors_are_copied_and_not_taken() -> None:
    own, given = {"a": torch.zeros(2)}, {"a": torch.ones(2)}
    copy_into(own, given)
    given["a"].fill_(9)
    assert torch.equal(own["a"], torch.ones(2))


def test_importing_it_imports_no_torch() -> None:
    code = "import models.checkpoint, sys; print('torch' in sys.modules, 'numpy' in sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
