"""What the heads of a decoder of attention alone are looking for, on one text that everyone knows.

Axes: B texts, L layers, H heads, T letters.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from models.head_scores import RULES, equal_shares, score
from models.probe import at_rest, places, watching
from models.tasks.letters import encode
from models.tasks.repeats import asked, drawn, repeated

WORD = encode("labyrinth")
"""The block of the text that is looked at: nine letters, none of them twice."""
SHOWN = 17
"""Letters of a text that is looked at: the word, twice but for its end, which is asked for."""
FIRST, SECOND = "prev", "same"
"""The scores that two layers need each other for: a head that looks one back, and one that looks
at what followed last time."""


def sample(number: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """A text to look at (1, T) and what comes next (1, T): the word, or a block drawn at random."""
    periods = torch.tensor([WORD.shape[1]])
    if number == 0:
        return asked(repeated(WORD, periods, SHOWN + 1), periods)
    return asked(*drawn(1, SHOWN + 1, (8, 9), chance))


class Scorer:
    """Scores all heads on the same texts (B, T)."""

    def __init__(self, texts: Tensor) -> None:
        self.texts = texts
        self._points_at = {name: rule(texts) for name, rule in RULES.items()}
        even = equal_shares(texts)
        self.equal = {name: score(even, at).item() for name, at in self._points_at.items()}
        """What each score is worth with equal shares."""

    def weights(self, network: nn.Module) -> Tensor:
        """Where all heads look in the first of the texts: (L, H, T, T)."""
        return torch.stack(self._seen(network))[:, 0].float().cpu()

    def best(self, network: nn.Module) -> dict[str, float]:
        """How well a head of the first layer looks one back, and one of the last at what followed
        last time: of each the best."""
        seen = self._seen(network)
        found = [score(seen[0], self._points_at[FIRST]), score(seen[-1], self._points_at[SECOND])]
        return dict(zip((FIRST, SECOND), torch.stack(found).amax(-1).tolist(), strict=True))

    def told(self, network: nn.Module) -> dict[str, Any]:
        """`scores` of all heads by name, layer by layer, and what `equal` shares are worth."""
        seen = self._seen(network)
        found = {
            name: [score(layer, at).tolist() for layer in seen]
            for name, at in self._points_at.items()
        }
        return {"scores": found, "equal": self.equal}

    def _seen(self, network: nn.Module) -> list[Tensor]:
        """The weights of each layer, (B, H, T, T)."""
        names = [name for name in places(network) if name.endswith(".weights")]
        with at_rest(network), watching(network, *names) as seen:
            network(self.texts)
        return [seen[name] for name in names]
