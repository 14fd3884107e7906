"""The demonstration of the code view: attention, with the shapes of nine words and four heads."""

from __future__ import annotations

from tui.demos.demo import Demo
from tui.drawing.ink import Ink

WORDS, HEADS = 9, 4


def code_demo(ink: Ink | None = None) -> Demo:
    """The shapes follow from the equations: a score for each head, asking and answering word."""
    from models.sources import sources
    from tui.drawing.code.code import Code
    from tui.widgets.code_view import CodeView

    file = sources()["attention"]
    plain = Code(f"{file.parent.name}/{file.name}", file.read_text(encoding="utf-8"))
    made = plain.find("scores = q /")
    scores = (1, HEADS, WORDS, WORDS)
    shapes = {made: (scores,), plain.find("return scores if"): (scores,)}
    code = Code(plain.file, plain.source, shapes, f"{WORDS} words, {HEADS} heads")
    return Demo(lambda: [CodeView(code, made)], ink)
