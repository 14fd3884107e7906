"""What an alignment is made of: the numbers behind every weight, and what each word speaks for.

Axes: T moves that ask, S words that answer, A judges, V moves to say.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from models.networks.translator import Translator
from models.probe import at_rest, recording

ASKS, ANSWERS = "attend.asks", "attend.answers"
SCORES, WEIGHTS = "attend.scores", "attend.weights"


def alignment_of(network: Translator, source: Tensor, target: Tensor) -> dict[str, Any]:
    """How a translator with attention aligns a target (1, T) with its source (1, S), as arrays.

    `weights` and `scores` (T, S); of score = vᵀ tanh(W state + U memory) the parts `asked` = W
    state (T, A), `offered` = U memory (S, A) and `judge` = v (A,); and `speaks` (S, V), what the
    memory of a word, taken whole, adds to each logit on the direct way to the answer. (There is
    another, by the writer's state.)
    """
    attend = network.attend
    assert attend is not None
    with at_rest(network), recording(network, ASKS, ANSWERS, SCORES, WEIGHTS) as seen:
        network(source, target)
        states, scores, weights = (torch.cat(seen[name], 1)[0] for name in (ASKS, SCORES, WEIGHTS))
        memory = seen[ANSWERS][0][0]  # (S, N)
        answer = network.answer.weight[:, -memory.shape[1] :]  # (V, N)
        arrays = {
            "weights": weights,
            "scores": scores,
            "asked": attend.query(states),
            "offered": attend.key(memory),
            "judge": attend.judge.weight[0],
            "speaks": memory @ answer.mT,
        }
    return {name: array.detach().float().cpu().numpy() for name, array in arrays.items()}
