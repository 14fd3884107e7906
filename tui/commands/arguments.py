"""Kinds of argument that several commands take, each with its own plain complaint."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from tui.commands.outcome import WrongUsage, did_you_mean

T = TypeVar("T")

DEVICES = ("auto", "cpu", "cuda", "mps")


def whole_number(low: int) -> Callable[[str], int]:
    """A whole number that is not below `low`."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if number < low:
            raise ArgumentTypeError(f"must be a whole number from {low} up, not {text!r}")
        return number

    return parse


def one_of(*names: str) -> Callable[[str], str]:
    """One of `names`."""

    def parse(text: str) -> str:
        if text not in names:
            raise ArgumentTypeError(
                f"must be one of {', '.join(names)}, not {text!r}{did_you_mean(text, names)}"
            )
        return text

    return parse


def device(text: str) -> str:
    """A device to train on: auto, cpu, mps, cuda or one of several as in `cuda:1`."""
    kind, colon, number = text.partition(":")
    if kind not in DEVICES or (colon and (kind != "cuda" or not number.isdecimal())):
        raise ArgumentTypeError(f"must be one of {', '.join(DEVICES)} or cuda:1, not {text!r}")
    return text


def add_where_and_how(parser: ArgumentParser) -> None:
    """What every command that trains takes besides: the device, and whom the answer is for."""
    add = parser.add_argument
    add("--device", type=device, default="auto", help="where to train: auto, cpu, cuda or mps")
    add("--json", action="store_true", help="print one JSON object and nothing else")


def named(name: str, known: Mapping[str, T], kind: str, command: str) -> T:
    """What is called so among those that are `known`.

    Raises:
        WrongUsage: if nothing is.
    """
    if name not in known:
        raise WrongUsage(f"there is no {kind} {name!r}{did_you_mean(name, known)}", command)
    return known[name]


def folder(text: str) -> Path:
    """A folder that exists."""
    path = Path(text).expanduser()
    if not path.is_dir():
        raise ArgumentTypeError(f"there is no folder {text!r}")
    return path
