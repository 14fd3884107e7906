"""When a network that learns is looked at for the film, and how the look of one token is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from torch import Tensor, nn

from models.labs.lab import Inside, Look
from models.probe import look

if TYPE_CHECKING:
    import numpy as np

    Numbers = Tensor | np.ndarray

EARLY = frozenset({0, 10, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300})
"""Steps after which it is looked at, while much changes; then after every 500, and the last."""


def due(step: int, last: int) -> bool:
    """Whether it is time to look after `step` steps of `last`.

    >>> [step for step in range(1201) if step > 100 and due(step, 1200)]
    [150, 200, 300, 500, 1000, 1200]
    """
    return step in EARLY or step % 500 == 0 or step == last


def of_alignment(
    runner: str, step: int, weights: Numbers, values: Mapping[str, Any], title: str = ""
) -> Look:
    """Who looks where: weights (T, S) of those that ask, row by row, at those that answer.

    `values` names them: `asks` (T), `answers` (S), and what was `said` (T) and is `right` (T), and
    how asking and answering are `called`, where that is known.
    """
    rows = [_short(row) for row in weights.tolist()]
    names = ("asks", "answers", "called", "said", "right")
    named = {name: values[name] for name in names if name in values}
    title = title or f"after {step:,} steps"
    return Look(runner, step, "alignment", {**named, "weights": rows, "title": title})


def of_heads(
    runner: str, step: int, weights: Tensor, values: Mapping[str, Any], title: str = ""
) -> Look:
    """Where all heads look in one text: weights (L, H, T, S) of its tokens at each other.

    `values` has the `tokens`, and what else is known: the row that is `asking`, what a token is
    `called`, what is `said` and what is `right`; and `scores` of the heads by name, layer by layer,
    with what `equal` shares are worth.
    """
    layers = [[[_short(row, 3) for row in head] for head in layer] for layer in weights.tolist()]
    names = ("tokens", "asking", "called", "said", "right", "scores", "equal")
    named = {name: values[name] for name in names if name in values}
    title = title or f"after {step:,} steps"
    return Look(runner, step, "heads", {**named, "weights": layers, "title": title})


def of_states(runner: str, step: int, states: Inside) -> Look:
    """What a network has in mind, token by token, of two texts that differ in the first alone."""
    arrays, values = states
    walks = [[_short(state) for state in walk] for walk in arrays["states"].tolist()]
    data: dict[str, Any] = {name: values[name] for name in ("tokens", "said", "right")}
    data |= {"states": walks, "distance": _short(arrays["distance"].tolist())}
    return Look(runner, step, "states", data)


def _short(numbers: list[float], places: int = 4) -> list[float]:
    """As many digits as a picture shows."""
    return [round(number, places) for number in numbers]


def last_asks(
    network: nn.Module, text: Tensor, place: str, tokens: Sequence[str], words: Sequence[str]
) -> tuple[Tensor, dict[str, Any]]:
    """How the last token of a text (1, T) shares its attention: weights (1, T), heads averaged.

    With them who asks, who answers, and what is said. `place` is where the weights pass, `tokens`
    is the text spelled, and `words` are what the network can answer.
    """
    answer, seen = look(network, text)
    weights = seen[place][0, :, -1:].mean(0).float().cpu()  # (1, T)
    said = [words[int(answer.argmax())]]
    called = ("question", "token")
    return weights, {"asks": [tokens[-1]], "answers": list(tokens), "called": called, "said": said}
