"""Two mice: one with a memory, one without. Which way to go is four numbers, one a direction.

Both are called move by move, `logits, state = mouse(senses, state)`, and both begin with
`state = mouse.start(B)`. Axes: B mice, S senses, N numbers of memory.

The one that remembers has a GRU of 3 N(S + N + 2) parameters and 4N + 4 for the choice: 3 senses
and 2 numbers of memory make 42 + 12. The other, of width 2, has 4 + 18 + 4 (`as_large_as`):

>>> parameters(Mouse(3, 2)), parameters(MemorylessMouse(3, 2))
(54, 26)
"""

from __future__ import annotations

import math

from torch import Tensor, nn

from models.layers.gru import GRUCell
from models.layers.size import parameters

DIRECTIONS = 4


class Mouse(nn.Module):
    """A mouse that remembers: a gated recurrent unit, and a choice read from its state."""

    def __init__(self, senses: int, hidden: int) -> None:
        super().__init__()
        self.memory = GRUCell(senses, hidden)
        self.choose = nn.Linear(hidden, DIRECTIONS)
        self.state = nn.Identity()

    def start(self, mice: int) -> Tensor:
        """The memory of mice that have seen nothing yet, (B, N)."""
        return self.memory.start(mice)

    def forward(self, senses: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """The choice (B, 4) and the memory after it (B, N)."""
        state = self.state(self.memory(senses, state))
        return self.choose(state), state


class MemorylessMouse(nn.Module):
    """A mouse that decides by what it senses now: two hidden layers, the same senses."""

    def __init__(self, senses: int, width: int) -> None:
        super().__init__()
        self.think = nn.Sequential(
            nn.Linear(senses, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh()
        )
        self.choose = nn.Linear(width, DIRECTIONS)

    @classmethod
    def as_large_as(cls, mouse: Mouse, senses: int) -> MemorylessMouse:
        """One with as many parameters as `mouse`, to the nearest width.

        Two hidden layers of width w have w² + (S + 6) w + 4 parameters.
        """
        middle = (senses + 6) / 2
        return cls(senses, round(math.sqrt(middle**2 + parameters(mouse) - 4) - middle))

    def start(self, mice: int) -> Tensor:
        """Nothing to remember, (B, 0)."""
        return self.choose.weight.new_zeros(mice, 0)

    def forward(self, senses: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """The choice (B, 4) and the same empty memory."""
        return self.choose(self.think(senses)), state
