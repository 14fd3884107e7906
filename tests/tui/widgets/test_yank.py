"""A picture is taken away: as the text that stands on the screen, or as SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.strip import Strip

from tests.support.lab_link import alignment
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.support.terminal import Stage
from tests.tui.panels.test_inside_panels import DONE, page
from tui.drawing.attention.weights import Weights
from tui.drawing.ink import Ink
from tui.widgets.attention_grid import AttentionGrid
from tui.widgets.yank import svg


def grid(kind: str = "colour") -> AttentionGrid:
    return AttentionGrid(Weights.of("ab", "xyz", [[0.1, 0.2, 0.7], [0.3] * 3]), ink=Ink(kind))


async def test_a_view_is_copied_as_it_stands_on_the_screen_with_its_sentence() -> None:
    view = grid()
    app = Stage(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.focus()
        await pilot.press("down", "y")
        lines = app.clipboard.split("\n")
        assert (
            lines[: view.content_size.height]
            == screen_text(app).split("\n")[: view.content_size.height]
        )
        assert lines[-2] == view.sentence and "Row 1 'b' reads" in view.sentence


async def test_a_page_copies_all_its_pictures(tmp_path: Path) -> None:
    link = ScriptedLink(DONE, probes={"alignment": alignment}, at_once=True)
    async with page(tmp_path, "alignment", link, lab="alignment") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "71.1 %")
        pilot.app.set_focus(pilot.app.screen.query_one("ProsePage"))
        await pilot.press("y")
        assert "takes 71.1 % from pippip" in pilot.app.clipboard
        assert panel.sentence in pilot.app.clipboard


async def test_a_view_is_saved_as_svg_where_downloads_go(monkeypatch: Any) -> None:
    view = grid()
    app = Stage(view)
    saved: list[dict[str, Any]] = []
    async with app.run_test(size=(60, 20)) as pilot:
        monkeypatch.setattr(
            app, "deliver_text", lambda file, **k: saved.append({**k, "file": file})
        )
        view.focus()
        await pilot.press("Y")
        await wait_until(pilot, lambda: bool(saved))
    assert saved[0]["save_filename"].endswith(".svg")
    assert "rows" in saved[0]["file"].getvalue()


async def test_without_a_folder_for_downloads_it_is_saved_here(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("platformdirs.user_downloads_path", lambda: tmp_path / "nowhere")
    monkeypatch.chdir(tmp_path)
    view = grid()
    async with Stage(view).run_test(size=(60, 20)) as pilot:
        view.focus()
        await pilot.press("Y")
        await wait_until(pilot, lambda: any(file.stat().st_size for file in tmp_path.glob("*.svg")))


async def test_the_svg_is_the_picture_in_its_colours() -> None:
    view = grid()
    async with Stage(view).run_test(size=(60, 20)):
        drawn = svg(view.lines, "A grid")
    words = "".join(ElementTree.fromstring(drawn).itertext()).replace("\xa0", " ")
    assert "rows ask" in words and "█" in words and "A grid" in words
    assert "#fee838" in drawn.lower()


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Row 1 reads 30.0 % of 'x'. Equal shares are 33.3 %.", "Row 1 reads 30.0 % of 'x'"),
        ("Block 2 of 24: gradient 0.25, 1/8 of the last block's.", "Block 2 of 24"),
        ("one " * 30, " ".join(["one"] * 7) + " …"),
    ],
)
def test_the_title_of_a_saved_picture_fits_its_window(sentence: str, title: str) -> None:
    drawn = svg([Strip([Segment("█" * 48)])], sentence)
    words = [text.replace("\xa0", " ") for text in ElementTree.fromstring(drawn).itertext()]
    assert title in words
