"""Where a run trains, in plain words. torch is looked at only if it has been imported."""

from __future__ import annotations

import sys

from models.memory import memory, size
from models.troubles import Trouble

DEVICES = ("auto", "cpu", "cuda", "mps")


def choose(wanted: str) -> str:
    """The device that `wanted` means, as torch writes it: `cpu`, `cuda:0`, `mps`.

    `auto` is the CPU: the networks of the labs are small, and the same seed gives the same
    curve there on every machine.

    Raises:
        Trouble: if there is no such device here.
    """
    kind, _, number = wanted.partition(":")
    if kind not in DEVICES or (number and not (kind == "cuda" and number.isdecimal())):
        raise Trouble("device", f"{wanted} is no device: choose {', '.join(DEVICES)} or cuda:1.")
    if kind in ("auto", "cpu"):
        return "cpu"
    if kind == "mps":
        if not _has_mps():
            raise Trouble("device", "This machine has no Apple GPU for torch: choose auto or cpu.")
        return "mps"
    count, index = cuda_devices(), int(number or 0)
    if not count:
        text = "torch finds no CUDA device on this machine: choose auto or cpu."
        raise Trouble("device", text)
    if index >= count:
        raise Trouble("device", f"There is no {wanted} here, only cuda:0 to cuda:{count - 1}.")
    return f"cuda:{index}"


def describe(device: str) -> str:
    """What a chosen device is called. For a GPU that is in use: asking may wake it."""
    torch = sys.modules.get("torch")
    if device.startswith("cuda") and torch is not None:
        return f"{torch.cuda.get_device_name(device)} ({device})"
    if device == "mps":
        return "Apple GPU (mps)"
    count = threads()
    return f"CPU, {count} thread" + ("s" if count != 1 else "")


def why(device: str, waking: bool = False) -> str:
    """What a run trains on and why, in a sentence, with the memory that is free where it is known.

    `waking` allows asking a GPU that is not in use yet: right before a run, which wakes it anyway.
    """
    if device == "cpu":
        reason = "a small network gains little from more, and equal seeds give equal curves"
        said = f"{describe(device)}: {reason}"
    else:
        said = f"{describe(device)}, as asked for: equal seeds give equal curves but for rounding"
    known = memory(device, waking)
    return f"{said}." if known is None else f"{said}. {_free(*known)}."


def outlook() -> str:
    """What there is to train on, without waking a GPU."""
    found = [describe("cpu")]
    count = cuda_devices()
    if count:
        found.append(f"{count} CUDA GPU" + ("s" if count != 1 else ""))
    if _has_mps():
        found.append("Apple GPU")
    return " and ".join(found)


def one_thread() -> None:
    """Let a computation on the CPU use one thread.

    The networks are small: more threads make them slower, and a sum in another order would make
    another curve.
    """
    torch = sys.modules.get("torch")
    if torch is not None and torch.get_num_threads() != 1:
        torch.set_num_threads(1)


def threads() -> int:
    """How many threads a computation on the CPU uses."""
    torch = sys.modules.get("torch")
    return 1 if torch is None else torch.get_num_threads()


def cuda_devices() -> int:
    """How many CUDA devices torch finds; counting them creates no context on any."""
    torch = sys.modules.get("torch")
    return 0 if torch is None else torch.cuda.device_count()


def _free(free: int, total: int) -> str:
    """`137 of 140 GB of memory are free`."""
    left, whole = size(free), size(total)
    unit = whole.rpartition(" ")[2]
    return f"{left.removesuffix(f' {unit}')} of {whole} of memory are free"


def _has_mps() -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and torch.backends.mps.is_available()
