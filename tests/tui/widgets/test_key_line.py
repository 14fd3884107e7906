"""The footer: whole keys or none, the most important first, never wider than its line."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tests.support.screens import screen_text
from tui.drawing.ink import Ink
from tui.widgets.key_line import MOST, KeyLine, fit

HINTS = [(f"k{i}", f"does thing {i}") for i in range(9)]


def drawn(hints: list[tuple[str, str]]) -> int:
    """The cells that some hints take, with the space before them."""
    return 1 + sum(len(f"{key} {label}") for key, label in hints) + 3 * max(0, len(hints) - 1)


@pytest.mark.parametrize("width", [0, 1, 10, 40, 60, 79, 80, 120, 200])
def test_what_fits_is_a_leading_part_and_no_wider_than_the_line(width: int) -> None:
    kept = fit(HINTS, width)
    assert kept == HINTS[: len(kept)]
    assert len(kept) <= MOST
    assert not kept or drawn(kept) <= width
    if len(kept) < MOST:
        assert drawn(HINTS[: len(kept) + 1]) > width


class Footer(App[None]):
    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink

    def compose(self) -> ComposeResult:
        yield KeyLine(self._ink)


async def test_a_smaller_window_drops_keys_from_the_end() -> None:
    app = Footer(Ink("colour"))
    async with app.run_test(size=(80, 3)) as pilot:
        app.query_one(KeyLine).show([("enter", "next"), ("p", "back"), ("?", "help [x]")])
        await pilot.pause()
        assert screen_text(app).strip() == "enter next   p back   ? help [x]"
        await pilot.resize_terminal(26, 3)
        await pilot.pause()
        assert screen_text(app).strip() == "enter next   ? help [x]"


async def test_the_ascii_ink_prints_no_arrows() -> None:
    app = Footer(Ink("ascii", "ascii"))
    async with app.run_test(size=(80, 3)) as pilot:
        app.query_one(KeyLine).show([("→", "step"), ("a–d", "answer")])
        await pilot.pause()
        assert screen_text(app).strip() == "-> step   a-d answer"
