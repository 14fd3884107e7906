"""What the pictures are drawn with: glyphs that carry every value, colours that repeat it.

Three inks. `colour` and `shade` use box drawing and shade blocks; `shade` and `ascii` use no
colour at all, only bold, dim, reverse and underline. `ascii` keeps to the 95 printable ASCII
characters. Markers say what curves are made of: `braille`, `block` or `ascii`.
"""

from __future__ import annotations

import locale
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style

from tui.drawing.palette import role_style

KINDS = ("colour", "shade", "ascii")
MARKERS = ("braille", "block", "ascii")

THRESHOLDS = (0.02, 0.1, 0.3, 0.6)
"""Where a weight takes the next darker shade. Not evenly spaced: most weights are small."""


@dataclass(frozen=True)
class Glyphs:
    """One alphabet. `walls` and `ways` are indexed by four bits: north, east, south, west."""

    walls: str
    ways: str
    shades: str
    footprints: str
    """From one visit to sixteen or more, doubling."""
    masked: str
    arrows: str
    hands: str
    """The hand of a clock at each eighth of a turn, counter-clockwise from the right."""
    steps: str
    """Eighths of a bar, from one to a whole."""
    dot: str
    ring: str
    tick: str
    cross: str
    bar: str
    rule: str
    ellipsis: str
    missing: str
    pointer: str
    passed: str
    helped: str
    open: str
    locked: str
    planned: str
    walked: str
    ahead: str
    star: str


_UNICODE = Glyphs(
    walls=" ╵╶└╷│┌├╴┘─┴┐┤┬┼",
    ways="•╹╺┗╻┃┏┣╸┛━┻┓┫┳╋",
    shades="·░▒▓█",
    footprints="·░▒▓█",
    masked="×",
    arrows="↑→↓←",
    hands="→↗↑↖←↙↓↘",
    steps="▏▎▍▌▋▊▉█",
    dot="·",
    ring="○",
    tick="✓",
    cross="✗",
    bar="┃",
    rule="─",
    ellipsis="…",
    missing="?",
    pointer="►",
    passed="●",
    helped="◐",
    open="○",
    locked="·",
    planned="∘",
    walked="━┃┏┓┗┛",
    ahead="┄┊┌┐└┘",
    star="★",
)
_ASCII = Glyphs(
    walls=" |-+||++-+-+++++",
    ways="****************",
    shades=" .-+#",
    footprints=".:%#@",
    masked="x",
    arrows="^>v<",
    hands="01234567",
    steps="       #",
    dot=".",
    ring="o",
    tick="+",
    cross="x",
    bar="|",
    rule="-",
    ellipsis="~",
    missing="?",
    pointer=">",
    passed="#",
    helped="%",
    open="o",
    locked=".",
    planned="'",
    walked="=|++++",
    ahead="-:++++",
    star="*",
)


@dataclass(frozen=True)
class Ink:
    """How to draw: the one object that every drawing function is handed."""

    kind: str = "colour"
    markers: str = "braille"
    dark: bool = True
    """Whether the background is dark."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"ink must be one of {', '.join(KINDS)}, not {self.kind!r}")
        if self.markers not in MARKERS:
            raise ValueError(f"markers must be one of {', '.join(MARKERS)}, not {self.markers!r}")

    @classmethod
    def choose(
        cls,
        kind: str = "auto",
        markers: str = "auto",
        *,
        dark: bool = True,
        environ: Mapping[str, str] | None = None,
    ) -> Ink:
        """The ink for this terminal, where `auto` leaves the choice to us.

        NO_COLOR takes the colour away whatever was asked for; a locale that is not UTF-8 means
        ascii; the Linux console's fonts have no braille.
        """
        env = os.environ if environ is None else environ
        if kind == "auto":
            kind = "colour" if _is_utf8(env) else "ascii"
        if env.get("NO_COLOR") and kind == "colour":
            kind = "shade"
        if markers == "auto":
            markers = "block" if env.get("TERM") == "linux" else "braille"
        return cls(kind, "ascii" if kind == "ascii" else markers, dark)

    @property
    def is_ascii(self) -> bool:
        """Whether only ASCII may be drawn."""
        return self.kind == "ascii"

    @property
    def glyphs(self) -> Glyphs:
        """The alphabet."""
        return _ASCII if self.kind == "ascii" else _UNICODE

    def glyph(self, name: str) -> str:
        """One glyph of the alphabet by its name, such as `tick` or `pointer`."""
        return str(getattr(self.glyphs, name))

    def style(self, role: str) -> Style:
        """The style of a role. It never sets a background: the widget's own shows through."""
        return role_style(self.kind == "colour", self.dark, role)

    def level(self, weight: float) -> int:
        """Which of the five shades a weight in 0..1 takes."""
        return sum(weight >= threshold for threshold in THRESHOLDS)

    def bar(self, fraction: float, width: int) -> str:
        """A bar `width` cells long, filled to `fraction`, in eighths of a cell where possible."""
        fraction = min(1.0, max(0.0, fraction)) if fraction == fraction else 0.0
        whole, eighths = divmod(int(fraction * width * 8 + 1e-9), 8)
        part = self.glyphs.steps[eighths - 1] if eighths and not self.is_ascii else ""
        return (self.glyphs.steps[7] * whole + part).ljust(width)[:width]

    def words(self, text: str) -> str:
        """Text as this ink can print it: the ascii ink rewrites what ASCII does not have."""
        if self.kind != "ascii" or text.isascii():
            return text
        text = _RAISED.sub(lambda run: "^" + run[0].translate(_LOWERED), text)
        return "".join(char if char.isascii() else _plain(char) for char in text)


def _plain(char: str) -> str:
    """One sign in ASCII: as it is usually written there, a letter without its accent, or `?`."""
    letter = unicodedata.normalize("NFKD", char)[0]
    return _PLAIN.get(char) or (letter if letter.isascii() and letter.isalnum() else "?")


_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_PLAIN = {
    "·": "*",
    "→": "->",
    "←": "<-",
    "↑": "^",
    "↓": "v",
    "×": "x",
    "−": "-",
    "±": "+-",
    "–": "-",
    "—": "-",
    "…": "...",
    "≥": ">=",
    "≤": "<=",
    "Σ": "sum",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    **{"ᵢ": "_i", "ᵀ": "^T"},
    **{"¼": "1/4", "½": "1/2", "¾": "3/4", "∞": "inf", "∘": "*", "∂": "d"},
    **{"ε": "eps", "μ": "mu", "π": "pi", "σ": "sigma", "Φ": "Phi"},
    **dict.fromkeys("━┄", "-"),
    **dict(zip(_UNICODE.walls[1:], _ASCII.walls[1:], strict=True)),
    **{"═": "=", "►": ">", "◄": "<", "▲": "^", "▼": "v"},
    "⌈": "ceil(",
    "⌉": ")",
    "√": "sqrt ",
    "°": " deg",
    "ω": "w",
}


def _is_utf8(env: Mapping[str, str]) -> bool:
    """Whether the terminal is said to speak UTF-8; saying nothing counts as yes."""
    named = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG")
    if not named:
        return "utf" in locale.getpreferredencoding(False).lower()
    if named in ("C", "POSIX"):
        return False
    return "." not in named or "utf" in named.lower()
