"""The ascii ink, kept to the letter: lessons rewritten in ASCII, and nothing else let through.

What can be said in ASCII is rewritten in the lessons before anything is laid out. What widgets
draw besides (frames, bullets, scroll bars) is replaced sign for sign on its way to the terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from course.catalog import Catalog
from tui.drawing.ink import Ink

T = TypeVar("T")

SIGNS = {
    **dict.fromkeys("─━┄┅┈┉╌╍═▁▔", "-"),
    **dict.fromkeys("│┃┆┇┊┋╎╏║▏▎▍▌▐▕", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┣┫┳┻╋╔╗╚╝", "+"),
    **dict.fromkeys("•●◉■◆▲█▇▆▅▓▒", "#"),
    **dict.fromkeys("○∘◐∙·▄▃▂▀░", "."),
}
"""Signs that only frame or mark; every other one is asked of the ink."""


def in_ascii(catalog: Catalog) -> Catalog:
    """The catalog with every word that its lessons show in ASCII."""
    lessons = {name: _rewritten(lesson) for name, lesson in catalog.lessons.items()}
    return replace(catalog, lessons=lessons, title=words(catalog.title))


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """A text as the ascii ink prints it."""
    return Ink("ascii", "ascii").words(text)


class AsciiOnly(LineFilter):
    """Lets ASCII through and puts one ASCII sign, or two for a wide one, in place of the rest."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """A line in ASCII, as wide as before."""
        return [
            segment if segment.text.isascii() else Segment(_signs(segment.text), segment.style)
            for segment in segments
        ]


@lru_cache(maxsize=4096)
def _signs(text: str) -> str:
    return "".join(char if char.isascii() else _sign(char) for char in text)


def _sign(char: str) -> str:
    sign = SIGNS.get(char) or words(char)
    return sign.strip().ljust(1, "?")[0] * cell_len(char)


def _rewritten(value: T) -> T:
    """The same, with every text in it in ASCII; paths lead where they led."""
    found: Any = value
    if isinstance(value, str):
        found = words(value)
    elif isinstance(value, tuple):
        found = tuple(_rewritten(one) for one in value)
    elif isinstance(value, Mapping):
        found = {key: _rewritten(one) for key, one in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: _rewritten(getattr(value, one.name))
            for one in fields(value)
            if one.name != "path"
        }
        found = replace(value, **changed)
    return found
