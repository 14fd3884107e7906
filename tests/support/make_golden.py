"""Write down what others' networks make of our numbers: `python -m tests.support.make_golden`.

The arrays in `tests/golden` hold ours to these numbers where transformers is not installed. The
weights and the inputs are not kept: `drawn`, `numbers` and `texts` make them again, the same on
every machine.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.networks import gpt
from tests.support.oracles import gpt2, gpt2_continues, gpt2_sees, gpt2_weights, llama_turns
from tests.support.tensors import drawn, numbers, texts

FOLDER = Path(__file__).parents[1] / "golden"
SHAPE = gpt.Shape(vocabulary=97, context=37, width=12, heads=3, layers=3)
TOKENS, WRITTEN = 17, 20

Arrays = dict[str, Tensor]


def our_gpt() -> gpt.GPT:
    """The model whose weights the oracle is given."""
    return drawn(gpt.GPT(SHAPE))


def our_text() -> Tensor:
    """Two texts, (B, T)."""
    return texts(2, TOKENS, SHAPE.vocabulary)


def from_gpt2() -> Arrays:
    """Its logits, its weights in each layer, its loss and gradients, and how it goes on."""
    ours, theirs, tokens = our_gpt(), gpt2(SHAPE), our_text()
    logits, *weights = gpt2_sees(theirs, gpt2_weights(ours), tokens)
    loss = cross_entropy(logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    gradients = torch.autograd.grad(loss, list(ours.parameters()))
    return {
        "logits": logits,
        "weights": torch.stack(weights),
        "loss": loss,
        "continued": gpt2_continues(theirs, gpt2_weights(ours), tokens, WRITTEN),
        **dict(zip(ours.state_dict(), gradients, strict=True)),
    }


def from_llama() -> Arrays:
    """Questions turned from the first place on, and with another base from the hundredth."""
    x = numbers(1, 2, 37, 8)
    return {"turned": llama_turns(x), "turned_far": llama_turns(x, 500_000.0, before=100)}


MAKERS = {"gpt2": from_gpt2, "llama_rotary": from_llama}


def kept(name: str) -> Arrays:
    """What was written down."""
    with np.load(FOLDER / f"{name}.npz") as arrays:
        return {key: torch.from_numpy(arrays[key]) for key in arrays}


def main() -> None:
    for name, make in MAKERS.items():
        arrays = {key: array.detach().numpy() for key, array in make().items()}
        np.savez_compressed(FOLDER / f"{name}.npz", **arrays)


if __name__ == "__main__":
    main()
