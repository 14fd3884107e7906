"""What every lab answers when it is asked for its attention: each weight, and all it is made of.

    raw     = q kᵀ                          the products, summed
    scores  = raw / scale (+ bias)          −∞ where looking is not allowed
    weights = softmax(scores)
    effects = weights[i, j] · v_j Woᵀ J     what the cell adds to each logit, straight

J is how the logits depend on what this attention says (`models.direct`): the norms on the way are
held, and what later layers make of it is theirs.

Axes: T tokens that ask, S tokens that answer, D numbers in a query, a key or a value, A answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import max_pool2d

from models.ablation import with_equal_shares, without_heads
from models.direct import read_by
from models.labs.lab import Inside
from models.layers.multi_head import MultiHeadAttention
from models.probe import at_rest, watching

WINDOW = 64
"""Rows and columns of a long text that are told where nothing else is asked for."""
MOST = 65_536
"""Effects that are told at once at most."""
PATCHES = 48
"""Patches of an overview, down and across, at most."""
_SEEN = ("q", "k", "v", "scores", "weights")


@dataclass(frozen=True)
class Place:
    """Which head of which attention of a network is meant."""

    path: str
    """The name of the attention in the code."""
    layer: int
    layers: int
    head: int
    heads: int

    @property
    def chosen(self) -> dict[str, list[int]]:
        """The head as `models.ablation` wants it."""
        return {self.path: [self.head]}


def place_of(network: nn.Module, arguments: Mapping[str, Any]) -> Place:
    """The place that a probe asks for by `layer` and `head`, both counted from 0.

    Raises:
        ValueError: if the network has no such layer, or the layer no such head.
    """
    paths = [n for n, part in network.named_modules() if isinstance(part, MultiHeadAttention)]
    layer = _among("layer", arguments.get("layer", 0), len(paths))
    attend = network.get_submodule(paths[layer])
    assert isinstance(attend, MultiHeadAttention)
    head = _among("head", arguments.get("head", 0), attend.heads)
    return Place(paths[layer], layer, len(paths), head, attend.heads)


def attention_of(
    network: nn.Module,
    *inputs: Any,
    arguments: Mapping[str, Any],
    logit_names: Sequence[str],
) -> Inside:
    """The attention of one text in the head that the arguments of a probe name.

    Arrays `weights`, `scores`, `raw`, `allowed`, `ranks` (the largest score of a row is 1) and,
    where the network adds one, `bias` (T, S); `q` (T, D), `k` and `v` (S, D); `effects` (T, S, A);
    `logits` (A,), or (T, A) of a network that answers at each token. Values: `layer`, `head`,
    `layers`, `heads`, `scale`, `logit_names`, `sums`, the sum of each row, and `uniform`, the
    share of each if all S had the same.

    The arguments choose: `layer` and `head` (from 0); `row`, so that only the effects of that row
    are told, (1, S, A); `rows` and `columns`, [first, end], of which alone anything is told. Of a
    text of more than 64 tokens that is the last 64 unless they say otherwise, and an `overview` is
    added: of each patch of it the largest weight, as a multiple of an equal share in its row. What
    columns that are not told add to a row is told by `visible`, how many it may look at, and by
    `logsums` and `lifted`, the logarithm of what e^score adds up to in it, with the mask and
    without it: all (T,). So a text of any length costs the same to tell and to show. Values `row`,
    `rows` and `columns` say what was told; where there are many cells, the effects are those of the
    last row alone, as if that had been asked for.

    Raises:
        ValueError: if there is no such layer, head, row or column.
    """
    place = place_of(network, arguments)
    attend = network.get_submodule(place.path)
    assert isinstance(attend, MultiHeadAttention)
    names = {f"{place.path}.{what}".removeprefix("."): what for what in _SEEN}
    with at_rest(network), watching(network, *names) as passed:
        network(*inputs)
    seen = {what: passed[name][0, place.head] for name, what in names.items()}
    part = _part_of(seen["weights"].shape, len(logit_names), arguments)
    slopes, logits = read_by(network, place.path, *inputs)
    told = _cut(_arithmetic(seen, _bias(attend, passed, place)), seen, part)
    effects = _effects(attend, place.head, seen, slopes, part.asked)
    told["effects"] = effects[:, slice(*part.columns)]
    told["logits"] = logits[part.asked] if logits.ndim == 2 else logits
    values = {
        **{name: getattr(place, name) for name in ("layer", "head", "layers", "heads")},
        "scale": math.sqrt(seen["q"].shape[-1]),
        "logit_names": list(logit_names),
        "sums": seen["weights"].double().sum(-1).tolist()[slice(*part.rows)],
        "uniform": 1 / seen["weights"].shape[1],
        "row": part.row,
        "rows": list(part.rows),
        "columns": list(part.columns),
    }
    return {name: _numpy(array) for name, array in told.items()}, values


@dataclass(frozen=True)
class _Part:
    """What of a text is told: from the first to before the last of each."""

    rows: tuple[int, int]
    columns: tuple[int, int]
    row: int | None
    """The one row whose effects are told; None for all of `rows`."""

    @property
    def asked(self) -> slice:
        """The rows whose effects are told."""
        return slice(*self.rows) if self.row is None else slice(self.row, self.row + 1)


def _part_of(size: Sequence[int], answers: int, arguments: Mapping[str, Any]) -> _Part:
    """What the arguments of a probe choose of weights of `size` (T, S), with so many logits."""
    rows, columns = _window("rows", arguments, size[0]), _window("columns", arguments, size[1])
    row = arguments.get("row")
    if row is None and (rows[1] - rows[0]) * (columns[1] - columns[0]) * answers > MOST:
        row = rows[1] - 1
    return _Part(rows, columns, None if row is None else _among("row", row, size[0]))


def _cut(
    arrays: Mapping[str, Tensor], seen: Mapping[str, Tensor], part: _Part
) -> dict[str, Tensor]:
    """Of all that was computed and seen, the part that is told."""
    rows, columns = slice(*part.rows), slice(*part.columns)
    told = {
        name: array[rows, columns] if array.ndim == 2 else array[rows]
        for name, array in arrays.items()
    }
    told["ranks"] = _ranks(arrays["scores"][rows], part.columns)
    told |= {"q": seen["q"][rows], "k": seen["k"][columns], "v": seen["v"][columns]}
    if max(seen["weights"].shape) > WINDOW:
        told["overview"] = _overview(seen["weights"] * arrays["visible"][:, None])
    return told


def fairly(
    network: nn.Module, place: Place, accuracy: Callable[[], float], cases: str
) -> dict[str, Any]:
    """What a picture of weights must be held against: how often the network is right as it is,
    with equal shares in that head, and without the head.

    `accuracy` judges the network as it stands; `cases` are what it is judged on, in words. Values
    `accuracy`, `uniform_accuracy`, `without_accuracy`, and all three in one sentence, `without`.
    """
    changes: dict[str, AbstractContextManager[Any]] = {
        "accuracy": nullcontext(),
        "uniform_accuracy": with_equal_shares(network, place.chosen),
        "without_accuracy": without_heads(network, place.chosen),
    }
    found: dict[str, Any] = {}
    for name, change in changes.items():
        with torch.no_grad(), change:
            found[name] = accuracy()
    own, equal, without = (f"{100 * found[name]:.1f} %" for name in changes)
    found["without"] = (
        f"Right in {own} of {cases}; with equal shares in {equal}, without this head in {without}."
    )
    return found


def _arithmetic(seen: Mapping[str, Tensor], bias: Tensor | None) -> dict[str, Tensor]:
    """From the products to the weights, and what stands for columns that are not told."""
    q, k = seen["q"], seen["k"]
    raw = q @ k.mT  # (T, S)
    free = raw / math.sqrt(q.shape[-1])  # (T, S)
    arrays = {"weights": seen["weights"], "scores": seen["scores"], "raw": raw}
    arrays["allowed"] = seen["scores"] > -math.inf  # (T, S)
    arrays["visible"] = arrays["allowed"].sum(-1)  # (T,)
    if bias is not None:
        arrays["bias"], free = bias, free + bias
    return arrays | {"logsums": seen["scores"].logsumexp(-1), "lifted": free.logsumexp(-1)}


def _bias(attend: MultiHeadAttention, passed: Mapping[str, Tensor], place: Place) -> Tensor | None:
    """What distances add to the scores of the head, (T, S)."""
    q, k = (passed[f"{place.path}.{what}".removeprefix(".")] for what in "qk")
    bias = attend.relative.bias(q, k)
    return None if bias is None else bias[place.head]


def _effects(
    attend: MultiHeadAttention, head: int, seen: Mapping[str, Tensor], slopes: Tensor, rows: slice
) -> Tensor:
    """What each cell of some rows adds to each logit: (T, S, A)."""
    w_o = attend.out_proj.weight.chunk(attend.heads, -1)[head]  # (C, D)
    reads = (slopes[rows] @ w_o).mT  # (T, D, A)
    return seen["weights"][rows, :, None] * (seen["v"] @ reads)  # (T, S, A)


def _ranks(scores: Tensor, columns: tuple[int, int]) -> Tensor:
    """Which of its row each score is, from 1 for the largest; equal ones share a rank: (T, S)."""
    rising = scores.sort(-1).values  # (T, S)
    not_larger = torch.searchsorted(rising, scores[:, slice(*columns)].contiguous(), right=True)
    return (scores.shape[-1] - not_larger + 1).int()


def _overview(times: Tensor) -> Tensor:
    """The largest number of each patch, for at most so many patches down and across."""
    down, across = (-(-size // PATCHES) for size in times.shape)
    return max_pool2d(times[None], (down, across), ceil_mode=True)[0]


def _numpy(array: Tensor) -> Any:
    kept = array.detach().cpu()
    return (kept.float() if kept.dtype in (torch.bfloat16, torch.float16) else kept).numpy()


def _window(name: str, arguments: Mapping[str, Any], count: int) -> tuple[int, int]:
    """The rows or columns that are asked for: the first, and the one after the last."""
    first, end = arguments.get(name) or (max(0, count - WINDOW), count)
    if not (0 <= int(first) < int(end) <= count):
        raise ValueError(f"no {name} {first} to {end}: there are {count}, counted from 0")
    return int(first), int(end)


def _among(what: str, index: object, count: int) -> int:
    if not isinstance(index, int) or not 0 <= index < count:
        raise ValueError(f"no {what} {index}: there are {count}, counted from 0")
    return index
