"""A number stays with its per cent sign, wherever a line ends."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.content import Content

from tui.drawing.ink import Ink
from tui.drawing.line_ends import keep_percentages_whole
from tui.drawing.lines import paragraph, plain
from tui.plain_text import wrap

TEXT = "In your run it was right in 99 % of all the corridors, and another one in 50 %."


@pytest.mark.parametrize("width", range(8, 80))
def test_no_line_begins_with_a_per_cent_sign(width: int) -> None:
    keep_percentages_whole()
    drawn = [line.plain for line in Content(TEXT).wrap(width)]
    told = wrap(TEXT, width)
    painted = plain(paragraph(TEXT, width, 20, Style.null(), Ink())).split("\n")
    for lines in (drawn, told, painted):
        assert not [line for line in lines if line.lstrip().startswith("%")]
        assert "".join(" ".join(lines).split()) == "".join(TEXT.split())
        assert not any("\N{NO-BREAK SPACE}" in line for line in lines)
