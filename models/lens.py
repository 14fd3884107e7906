"""The logit lens: what a model would say if it had to speak after each block.

    lens_l = W norm(x_l)      x_l: the stream after l blocks; x_0 is the embedding

The norm and W were trained for the last stream. What they read from an earlier one is what stands
there in their terms already; other things may stand there in others. (nostalgebraist 2020,
"interpreting GPT: the logit lens".)

Axes: B batch, T tokens, V vocabulary, L blocks.

Where the layers of a block say nothing, the lens shows the same before it and after it:

>>> import torch
>>> from models.networks.gpt import Shape
>>> model = GPT(Shape(vocabulary=5, context=3, width=4, heads=2, layers=1))
>>> for layer in (model.blocks[0].attend.out_proj, model.blocks[0].think.linear2):
...     _ = torch.nn.init.zeros_(layer.weight)
>>> before, after = logit_lens(model, torch.tensor([[4, 0, 2]]))
>>> torch.equal(before, after)
True
"""

from __future__ import annotations

import torch
from torch import Tensor

from models.networks.encoder_decoder import EncoderDecoder
from models.networks.gpt import GPT
from models.probe import at_rest, watching


def logit_lens(model: GPT | EncoderDecoder, *inputs: Tensor) -> Tensor:
    """The logits after the embedding and after each block (of the decoder), (L + 1, B, T, V).

    The last of them are the model's own.
    """
    names = ["stream", *(f"blocks.{layer}.stream" for layer in range(len(model.blocks)))]
    with at_rest(model), watching(model, *names) as seen:
        model(*inputs)
        return torch.stack([model.unembed(model.norm(seen[name])) for name in names])
