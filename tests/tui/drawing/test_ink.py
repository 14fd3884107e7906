"""Glyphs carry the value; colours only repeat it, and are absent where they are not wanted."""

from __future__ import annotations

from dataclasses import fields

import pytest
from rich.cells import cell_len

from tui.drawing import ink as module
from tui.drawing.ink import Ink
from tui.drawing.palette import ROLES

ROLES = [*ROLES, *(f"heat{level}" for level in range(5))]


@pytest.mark.parametrize("kind", ["shade", "ascii"])
@pytest.mark.parametrize("role", ROLES)
def test_no_colour_without_colour(kind: str, role: str) -> None:
    style = Ink(kind).style(role)
    assert style.color is None and style.bgcolor is None


@pytest.mark.parametrize("role", ROLES)
def test_no_role_paints_a_background(role: str) -> None:
    assert Ink("colour").style(role).bgcolor is None


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("dark", "background"), [(True, "#121212"), (False, "#ffffff")])
@pytest.mark.parametrize("role", ROLES)
def test_contrast(dark: bool, background: str, role: str) -> None:
    colour = Ink("colour", dark=dark).style(role).color
    if colour is None:
        return
    faint = role in ("faint", "ghost", "masked")
    assert contrast(colour.name, background) >= (2.5 if faint else 4.0 if role != "trail" else 3.5)


@pytest.mark.parametrize("kind", module.KINDS)
def test_every_glyph_is_one_cell_wide(kind: str) -> None:
    glyphs = Ink(kind).glyphs
    for field in fields(glyphs):
        for glyph in getattr(glyphs, field.name):
            assert cell_len(glyph) == 1
            assert kind != "ascii" or glyph.isascii()


def test_states_and_shades_differ_in_their_glyphs() -> None:
    for kind in module.KINDS:
        glyphs = Ink(kind).glyphs
        assert len(set(glyphs.shades)) == 5
        assert glyphs.masked not in glyphs.shades
        states = (glyphs.passed, glyphs.helped, glyphs.open, glyphs.locked, glyphs.planned)
        assert len(set(states)) == 5


@pytest.mark.parametrize(
    ("weight", "level"),
    [(0, 0), (0.0199, 0), (0.02, 1), (0.099, 1), (0.1, 2), (0.3, 3), (0.599, 3), (0.6, 4), (1, 4)],
)
def test_shade_thresholds(weight: float, level: int) -> None:
    assert Ink().level(weight) == level


@pytest.mark.parametrize(
    ("environ", "kind", "markers"),
    [
        ({"LANG": "en_US.UTF-8"}, "colour", "braille"),
        ({"LANG": "en_US.UTF-8", "NO_COLOR": "1"}, "shade", "braille"),
        ({"LANG": "en_US.UTF-8", "NO_COLOR": ""}, "colour", "braille"),
        ({"LANG": "en_US.UTF-8", "TERM": "linux"}, "colour", "block"),
        ({"LANG": "C"}, "ascii", "ascii"),
        ({"LANG": "de_DE.ISO-8859-1"}, "ascii", "ascii"),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "ascii", "ascii"),
    ],
)
def test_choosing_for_a_terminal(environ: dict[str, str], kind: str, markers: str) -> None:
    ink = Ink.choose(environ=environ)
    assert (ink.kind, ink.markers) == (kind, markers)


def test_no_color_beats_what_was_asked_for() -> None:
    assert Ink.choose("colour", environ={"NO_COLOR": "1", "LANG": "C.UTF-8"}).kind == "shade"
    assert Ink.choose("ascii", environ={"LANG": "C.UTF-8"}).markers == "ascii"


def test_an_unknown_ink_is_named() -> None:
    with pytest.raises(ValueError, match="crayon"):
        Ink("crayon")
    with pytest.raises(ValueError, match="chalk"):
        Ink(markers="chalk")


@pytest.mark.parametrize("kind", module.KINDS)
def test_a_bar_is_as_wide_as_it_should_be(kind: str) -> None:
    ink = Ink(kind)
    for width in (0, 1, 7, 20):
        bars = [ink.bar(tenth / 10, width) for tenth in range(11)]
        assert all(len(bar) == width for bar in bars)
        assert bars[0].strip() == "" and " " not in bars[-1]
        assert bars == sorted(bars, key=lambda bar: len(bar.rstrip()))
    assert ink.bar(float("nan"), 4).strip() == "" and ink.bar(7.0, 4) == ink.bar(1.0, 4)


def test_eighths() -> None:
    assert Ink().bar(3 / 16, 2) == "▍ "
    assert Ink("ascii").bar(3 / 16, 2) == "  "


def test_words_in_ascii() -> None:
    assert Ink("ascii").words("a → b ≥ .5 é") == "a -> b >= .5 e"
    assert Ink("ascii").words(".5 · 10⁻²⁷ − x₁²") == ".5 * 10^-27 - x1^2"
    assert Ink().words("a → b") == "a → b"
