"""Checkpoints: the weights of a network, and what else a run needs to go on, in one file.

It is a safetensors file: a header that says where each tensor lies, then their bytes. In the
header stand the number of our format, what is to be said `about` the run as JSON, and a digest
of all of it. Reading it copies numbers and executes nothing. No torch before one is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from models.checkpoint_file import FORMAT, CheckpointError, damaged, mark, read, write_whole

if TYPE_CHECKING:
    from torch import Tensor, nn


class Checkpoint(NamedTuple):
    """What a file holds: tensors by name, and JSON about them."""

    tensors: dict[str, Tensor]
    about: dict[str, Any]


def save(path: Path, tensors: Mapping[str, Tensor], about: Mapping[str, Any]) -> None:
    """Write a checkpoint; under its name there is always a whole one, the old or the new.

    Raises:
        OSError: if it cannot be written.
        ValueError: if there is more in it than `load` would read.
    """
    from safetensors.torch import save as packed

    # Copies, so that tensors that share their numbers become two.
    own = {name: t.detach().cpu().clone().contiguous() for name, t in tensors.items()}
    write_whole(path, packed(own, mark(about, _digest(own, about))))


def load(path: Path) -> Checkpoint:
    """Read a checkpoint; its tensors are on the CPU.

    Raises:
        CheckpointError: if there is none, or none of ours, or not a whole one.
    """
    from safetensors.torch import load as unpacked

    data, about, digest = read(path)
    try:
        tensors = unpacked(data)
        whole = _digest(tensors, about) == digest
    except MemoryError:
        raise
    except Exception:  # whatever a hostile file makes of its reader
        whole = False
    if not whole:
        raise damaged(path)
    return Checkpoint(tensors, about)


def together(parts: Mapping[str, Checkpoint]) -> Checkpoint:
    """Several checkpoints as one, which `part` takes apart again."""
    tensors = {f"{name}/{of}": t for name, one in parts.items() for of, t in one.tensors.items()}
    return Checkpoint(tensors, {name: one.about for name, one in parts.items()})


def part(whole: Checkpoint, name: str) -> Checkpoint:
    """One of the checkpoints that were put together; an empty one if there is none."""
    begin = f"{name}/"
    tensors = {n.removeprefix(begin): t for n, t in whole.tensors.items() if n.startswith(begin)}
    about = whole.about.get(name)
    return Checkpoint(tensors, about if isinstance(about, dict) else {})


def number_in(about: Mapping[str, Any], *path: str) -> float:
    """A number that is said about a checkpoint, by the names that lead to it.

    Raises:
        CheckpointError: if there is none.
    """
    found: Any = about
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if not _is_number(found):
        raise _unsaid(*path)
    return found


def numbers_in(about: Mapping[str, Any], name: str) -> dict[str, float]:
    """Numbers by their names, that are said about a checkpoint under one.

    Raises:
        CheckpointError: if there are none.
    """
    found = about.get(name)
    if not isinstance(found, dict) or not all(map(_is_number, found.values())):
        raise _unsaid(name)
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unsaid(*path: str) -> CheckpointError:
    return CheckpointError(
        f"The checkpoint does not say {' '.join(path)}: run the lab again from the beginning."
    )


def copy_into(own: Mapping[str, Tensor], given: Mapping[str, Tensor]) -> None:
    """Copy every tensor into the one of the same name; all of them, or none if one does not fit.

    Raises:
        CheckpointError: if names, shapes or kinds of numbers differ.
    """
    import torch

    for name in sorted({*own, *given}):
        here, there = (_said(tensors.get(name)) for tensors in (own, given))
        if here != there:
            raise CheckpointError(
                f"The checkpoint does not fit this network ({name} is {there} in the one and "
                f"{here} in the other): build it with the settings the checkpoint was saved with."
            )
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(given[name])


def restore(model: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Give a network the weights of a checkpoint; it stays as it was if they do not fit.

    Raises:
        CheckpointError: if names, shapes or kinds of numbers differ.
    """
    copy_into(model.state_dict(), tensors)


def _said(tensor: Tensor | None) -> str:
    """A tensor's shape and kind, in words."""
    if tensor is None:
        return "nothing"
    shape = " × ".join(map(str, tensor.shape)) or "one number"
    return f"{shape} of {str(tensor.dtype).removeprefix('torch.')}"


def _digest(tensors: Mapping[str, Tensor], about: Mapping[str, Any]) -> str:
    """A number that changes with any bit of what is kept, names and shapes included."""
    import torch

    digest = hashlib.blake2b(f"{FORMAT} {json.dumps(about)}".encode(), digest_size=16)
    for name, tensor in sorted(tensors.items()):
        digest.update(f"\n{name!r} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()
