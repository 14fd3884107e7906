"""The demonstrations of attention taken apart: small networks, trained here before they are shown.

They need torch, which the interface itself never loads; the course asks its worker instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.demos.demo import Demo
from tui.drawing.attention.attended import Attended, Taken
from tui.drawing.attention.weights import Weights
from tui.drawing.ink import Ink

if TYPE_CHECKING:
    from models.networks.gpt import GPT
    from models.protocol import ProbeResult

_LETTERS = "abcdefgh"
_TEXT = "hagdbefcahdg"


def taught(steps: int, context: int = len(_TEXT), positions: str = "learned") -> GPT:
    """A causal network that learns to say the letter before the one it reads."""
    import torch
    from torch.nn.functional import cross_entropy

    from models.chance import seeded
    from models.networks.gpt import GPT, Shape

    torch.set_num_threads(1)
    with seeded(0):
        shape = Shape(
            vocabulary=len(_LETTERS),
            context=context,
            width=16,
            heads=2,
            layers=1,
            positions=positions,
        )
        model = GPT(shape)
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.02)
        for _ in range(steps):
            letters = torch.randint(len(_LETTERS), (32, context))
            logits = model(letters)[:, 1:].flatten(0, 1)
            optimizer.zero_grad()
            cross_entropy(logits, letters[:, :-1].flatten()).backward()
            optimizer.step()
    return model


def look(model: GPT, text: str, **arguments: Any) -> ProbeResult:
    """What a worker would tell of a text."""
    import torch

    from models.arrays import pack
    from models.labs.attention_inside import attention_of
    from models.protocol import ProbeResult

    tokens = torch.tensor([[_LETTERS.index(letter) for letter in text]])
    arrays, values = attention_of(model, tokens, arguments=arguments, logit_names=_LETTERS)
    said = [_LETTERS[row.argmax()] for row in arrays["logits"]]
    values |= {"tokens": list(text), "called": ["letter", "letter"], "selected": "always this one"}
    if len(said) == len(text):
        values |= {"said": said, "right": ["", *text[:-1]]}
    return ProbeResult("", 0, {name: pack(array) for name, array in arrays.items()}, values)


def told(answer: ProbeResult, when: str) -> tuple[Weights, Attended]:
    """A probe as views have it."""
    from tui.moments import head_of_probe

    weights, inside = head_of_probe(answer, when)
    assert inside is not None
    return weights, inside


def head_demo(ink: Ink | None = None, steps: int = 150) -> Demo:
    """The weights of a trained network, and one of them taken apart; tab goes into the cell."""
    from tui.widgets.attention_grid import AttentionGrid
    from tui.widgets.head_inspector import HeadInspector

    seen = told(look(taught(steps), _TEXT), "after")

    class HeadDemo(Demo):
        """The cell follows the cursor."""

        CSS = Demo.CSS + "AttentionGrid { width: 36; } HeadInspector { padding: 0 0 0 2; }"

        def on_mount(self) -> None:
            """The last row looks where it looks most."""
            grid, row = self.query_one(AttentionGrid), len(_TEXT) - 1
            grid.beside = self.query_one(HeadInspector)
            grid.show(seen[0], (row, seen[0].darkest(row)))
            grid.focus()

        def on_attention_grid_moved(self, event: AttentionGrid.Moved) -> None:
            """Take it apart."""
            self.query_one(HeadInspector).show(Taken(*seen, event.row, event.column))

    return HeadDemo(lambda: [AttentionGrid(), HeadInspector()], ink)


def long_demo(ink: Ink | None = None, tokens: int = 1024, steps: int = 150) -> Demo:
    """A text much longer than those it was trained on: its end, and the map of the whole."""
    from tui.drawing.attention.minimap import Overview
    from tui.widgets.attention_grid import AttentionGrid
    from tui.widgets.minimap import MiniMap

    text = (_TEXT * tokens)[:tokens]
    weights, inside = told(look(taught(steps, positions="alibi"), text), "after")
    overview = Overview(inside.overview, (tokens, tokens))

    class LongDemo(Demo):
        """The map follows the window."""

        CSS = Demo.CSS + "AttentionGrid { max-height: 22; }"

        def on_mount(self) -> None:
            """From the end of the text on."""
            self.query_one(AttentionGrid).show(weights, (tokens - 1, tokens - 1))
            self.query_one(AttentionGrid).focus()

        def on_attention_grid_moved(self, event: AttentionGrid.Moved) -> None:
            """Where the window is now."""
            self.query_one(MiniMap).look_at(self.query_one(AttentionGrid).window)

    return LongDemo(lambda: [AttentionGrid(), MiniMap(overview)], ink)


def masks_demo(ink: Ink | None = None, steps: int = 150) -> Demo:
    """What the causal mask does in a trained network."""
    from tui.drawing.attention.masks import Masks, most_hidden
    from tui.widgets.masks_view import MasksView

    text = _TEXT[:6]
    seen = told(look(taught(steps), text), "after")
    return Demo(lambda: [MasksView(Masks(*seen, most_hidden(*seen)))], ink)
