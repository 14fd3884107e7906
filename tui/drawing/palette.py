"""Roles and their styles. A role's colour repeats what its glyph says already.

Colours are Okabe and Ito's, which stay apart for every kind of colour blindness; light
backgrounds take darker relatives of them, so that text keeps its contrast. The sequence for
weights is cividis, which grows steadily in grey as well.
"""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style

_DARK = {
    "sky": "#56b4e9",
    "orange": "#e69f00",
    "green": "#20b98b",
    "vermilion": "#e8743b",
    "purple": "#d790b8",
    "yellow": "#f0e442",
    "amber": "#b58a2c",
    "grey": "#8a8a8a",
    "faint": "#686868",
}
_LIGHT = {
    "sky": "#0072b2",
    "orange": "#8f6200",
    "green": "#00694d",
    "vermilion": "#b34700",
    "purple": "#96457a",
    "yellow": "#736a00",
    "amber": "#a37a1f",
    "grey": "#666666",
    "faint": "#949494",
}
_HEAT_DARK = ("#7b7f87", "#8a897a", "#a89f6e", "#c8b866", "#fee838")
_HEAT_LIGHT = ("#747474", "#6a6f7a", "#4b5a78", "#24477a", "#00224e")

ROLES = {
    # role: (colour, attributes with colour, attributes without)
    "plain": ("", "", ""),
    "strong": ("", "bold", "bold"),
    "dim": ("grey", "", "dim"),
    "faint": ("faint", "", "dim"),
    "accent": ("sky", "bold", "bold"),
    "chosen": ("sky", "bold reverse", "bold reverse"),
    "good": ("green", "bold", "bold"),
    "bad": ("vermilion", "bold", "reverse"),
    "helped": ("orange", "", ""),
    "wall": ("grey", "", ""),
    "mouse": ("orange", "bold", "bold reverse"),
    "cheese": ("yellow", "bold", "bold"),
    "path": ("green", "bold", "bold"),
    "trail": ("amber", "", ""),
    "seen": ("sky", "", ""),
    "frontier": ("sky", "bold", "bold"),
    "arrow": ("sky", "", ""),
    "query": ("sky", "bold", "bold"),
    "key": ("orange", "bold", "bold"),
    "value": ("green", "bold", "bold"),
    "axis": ("grey", "", "dim"),
    "masked": ("faint", "", "dim"),
    "cursor": ("", "bold reverse", "bold reverse"),
    "strip": ("sky", "", "dim"),
    "pinned": ("orange", "bold underline", "bold underline"),
    "series0": ("vermilion", "", "bold"),
    "series1": ("sky", "", ""),
    "series2": ("green", "", ""),
    "series3": ("purple", "", ""),
    "series4": ("orange", "", ""),
    "series5": ("yellow", "", ""),
    "code-word": ("purple", "", "bold"),
    "code-defined": ("sky", "bold", "bold"),
    "code-string": ("green", "", ""),
    "code-number": ("orange", "", ""),
    "ghost": ("faint", "", "dim"),
    "reference": ("grey", "", "dim"),
}


@lru_cache(maxsize=512)
def role_style(coloured: bool, dark: bool, role: str) -> Style:
    """The style of a role; without colour it is bold, dim, reversed or plain."""
    if role.startswith("heat"):
        level = int(role[4:])
        if coloured:
            return Style.parse((_HEAT_DARK if dark else _HEAT_LIGHT)[level])
        return Style.parse(("dim", "", "", "", "bold")[level] or "none")
    colour, with_colour, without = ROLES[role]
    if not coloured:
        return Style.parse(without or "none")
    palette = _DARK if dark else _LIGHT
    return Style.parse(f"{with_colour} {palette[colour] if colour else ''}".strip() or "none")
