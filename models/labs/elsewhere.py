"""Heads that say in one text what they say in another: which of the two is answered then?

    weights_h, v_h  here  =  weights_h, v_h  there        so mixture_h is that of the other text

It is one network on both, so both speak one language, and what a head brings over is understood:
if it carries the answer, the answer of the other text comes out. (Vig et al. 2020, "Investigating
gender bias in language models using causal mediation analysis", section 3.)

Axes: B texts, T tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from models.ablation import patched
from models.labs.attention_inside import place_of
from models.labs.heads_inside import Off, heads_of, switched_off
from models.labs.lab import Inside
from models.layers.loss import IGNORED
from models.probe import look

Cases = tuple[Tensor, Tensor]
"""Texts (B, T), and their answers (B, T)."""
JudgeOf = Callable[[Cases], dict[str, Any]]
"""How a network does, as it stands, on some cases."""
_PARTS = ("weights", "v")
"""What a head's mixture is made of."""


def partners(answers: Tensor) -> Tensor:
    """For each text (B,) the place of the next one in which the same tokens are asked, (B, T).

    After the last of them comes the first; a text that is alone in that is its own.

    >>> partners(torch.tensor([[IGNORED, 7], [3, 4], [IGNORED, 5]])).tolist()
    [2, 1, 0]
    """
    alike: dict[tuple[bool, ...], list[int]] = {}
    for at, asked in enumerate((answers != IGNORED).tolist()):
        alike.setdefault(tuple(asked), []).append(at)
    other = torch.arange(len(answers))
    for group in alike.values():
        other[group] = torch.tensor([*group[1:], group[0]])
    return other.to(answers.device)


def like(asked: Tensor, cases: Cases) -> Tensor:
    """The first of some texts, (1, T), in which the same tokens are `asked` (T,) and which is not
    asked for the same; the first of all, if there is none."""
    texts, answers = cases
    same = ((answers != IGNORED) == (asked != IGNORED)).all(-1) & (answers != asked).any(-1)
    at = int(same.int().argmax())
    return texts[at : at + 1]


@contextmanager
def saying_of(network: nn.Module, there: Tensor, heads: Off) -> Iterator[None]:
    """Heads say what they say in the texts `there` (B, T), in the passes made inside.

    These are over as many texts, or `there` is one.

    Raises:
        ValueError: if the network has no such head.
    """
    with ExitStack() as stack:
        if heads:
            _, seen = look(network, there)
            for layer, head in heads:
                place = place_of(network, {"layer": layer, "head": head})
                for part in _PARTS:
                    name = f"{place.path}.{part}"
                    stack.enter_context(patched(network, seen, name, heads=[place.head]))
        yield


def heads_saying(
    network: nn.Module,
    text: Tensor,
    there: Tensor,
    cases: Cases,
    judge: JudgeOf,
    arguments: Mapping[str, Any],
) -> Inside:
    """What `heads_of` tells of one text, with the heads of a probe `off`, and those `elsewhere`
    saying what they say in the text `there`; and how the network does like this (`judged`).

    Raises:
        ValueError: if there is no such head.
    """
    off, heads = arguments.get("off", ()), arguments.get("elsewhere", ())
    with switched_off(network, off):
        found = judged(network, cases, heads, judge)
        with saying_of(network, there, heads):
            arrays, values = heads_of(network, text, off=off, judge=lambda: found)
    return arrays, {**values, "elsewhere": [list(one) for one in heads]}


def judged(network: nn.Module, cases: Cases, heads: Off, judge: JudgeOf) -> dict[str, Any]:
    """How a network does whose heads say what they say in another text.

    What `judge` tells, and if there are such heads also `other`, the accuracy if the answers of the
    other text are what is right, and `other_own`, the same of the network as it was.
    """
    if not heads:
        return judge(cases)
    texts, answers = cases
    other = partners(answers)
    crossed = texts, answers[other]
    own = judge(crossed)["accuracy"]
    with saying_of(network, texts[other], heads):
        return {**judge(cases), "other": judge(crossed)["accuracy"], "other_own": own}
