"""Networks that others wrote, given our weights: what ours are held against.

Every one is called with our weights under their names, so that gradients flow back to ours and a
matrix that they keep transposed needs no care. Nothing of Hugging Face's is imported before it is
asked for, and what surrounds it here is all that must follow when its interface moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.func import functional_call

from models.layers.blocks import BlockShape
from models.networks import gpt

needs_transformers = pytest.mark.skipif(
    find_spec("transformers") is None, reason="transformers is not installed (the dev extra)"
)

Weights = Mapping[str, Tensor]

ENCODER = {"attend": "self_attn", "norm_attend": "norm1", "think": "", "norm_think": "norm2"}
DECODER = {**ENCODER, "read": "multihead_attn", "norm_read": "norm2", "norm_think": "norm3"}
GPT2 = {
    "token": "transformer.wte",
    "place": "transformer.wpe",
    "blocks": "transformer.h",
    "norm_attend": "ln_1",
    "norm_think": "ln_2",
    "attend": "attn",
    "in_proj_weight": "c_attn.weight",
    "in_proj_bias": "c_attn.bias",
    "out_proj": "c_proj",
    "think": "mlp",
    "linear1": "c_fc",
    "linear2": "c_proj",
    "norm": "transformer.ln_f",
    "unembed": "lm_head",
}


def renamed(weights: Weights | nn.Module, names: Mapping[str, str]) -> dict[str, Tensor]:
    """Weights, or those of a module, with each part of their names put into others' words."""
    if isinstance(weights, nn.Module):
        weights = dict(weights.named_parameters())
    return {
        ".".join(filter(None, (names.get(part, part) for part in name.split(".")))): weight
        for name, weight in weights.items()
    }


def given(theirs: nn.Module, weights: Weights) -> Callable[..., Any]:
    """Their network, called with these weights: all of its own, and no others."""
    return lambda *inputs, **options: functional_call(
        theirs, dict(weights), inputs, options, strict=True
    )


def torch_layer(kind: type[nn.Module], shape: BlockShape, dtype: torch.dtype) -> nn.Module:
    """PyTorch's layer of an encoder or a decoder of the same shape."""
    return kind(
        shape.width,
        shape.heads,
        shape.hidden or 4 * shape.width,
        dropout=shape.dropout,
        activation=shape.activation,
        norm_first=shape.order == "pre",
        batch_first=True,
        dtype=dtype,
    )


def gpt2(shape: gpt.Shape, activation: str = "gelu") -> nn.Module:
    """Hugging Face's GPT-2 of the same shape, which shows its attention weights.

    Its "gelu" is x Φ(x), as ours; the one of the published weights is called "gelu_new".
    """
    from transformers import GPT2Config, GPT2LMHeadModel

    config = GPT2Config(
        vocab_size=shape.vocabulary,
        n_positions=shape.context,
        n_embd=shape.width,
        n_head=shape.heads,
        n_layer=shape.layers,
        activation_function=activation,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=0,
        eos_token_id=0,
        tie_word_embeddings=False,
        attn_implementation="eager",
    )
    return GPT2LMHeadModel(config).double().eval()


def gpt2_weights(weights: Weights | nn.Module) -> dict[str, Tensor]:
    """Weights of our GPT as GPT-2 keeps them: its Conv1D is a linear layer, transposed."""
    return {
        name: weight.mT if "c_" in name and weight.ndim == 2 else weight
        for name, weight in renamed(weights, GPT2).items()
    }


def gpt2_sees(model: nn.Module, weights: Weights, tokens: Tensor) -> tuple[Tensor, ...]:
    """Its logits, and the attention weights of each layer."""
    out = given(model, weights)(tokens, output_attentions=True, use_cache=False)
    return out.logits, *out.attentions


def gpt2_continues(model: nn.Module, weights: Weights, tokens: Tensor, count: int) -> Tensor:
    """The likeliest `count` tokens that follow, one at a time: (B, count)."""
    model.load_state_dict(dict(weights))
    model.generation_config.eos_token_id = None  # no token ends the text
    model.generation_config.pad_token_id = 0
    whole = model.generate(
        tokens, attention_mask=torch.ones_like(tokens), max_new_tokens=count, do_sample=False
    )
    return whole[:, tokens.shape[1] :]


def llama_turns(x: Tensor, base: float = 10_000.0, before: int = 0) -> Tensor:
    """Questions or keys (B, H, T, D) turned as Llama turns them, in the precision they have.

    The angles of its own module are made in float32; these are the same formula.
    """
    from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

    tokens, width = x.shape[-2:]
    frequency = 1.0 / base ** (torch.arange(0, width, 2, dtype=x.dtype) / width)
    angle = torch.arange(before, before + tokens, dtype=x.dtype)[:, None] * frequency
    angle = torch.cat([angle, angle], -1)[None]
    return apply_rotary_pos_emb(x, x, angle.cos(), angle.sin())[0]


def llama_waves(tokens: int, width: int, base: float = 10_000.0) -> tuple[Tensor, Tensor]:
    """The cosines and sines of Llama's own module, float32: (T, D) each."""
    from transformers import LlamaConfig
    from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

    config = LlamaConfig(
        hidden_size=width,
        num_attention_heads=1,
        rope_parameters={"rope_type": "default", "rope_theta": base},
    )
    cos, sin = LlamaRotaryEmbedding(config)(torch.zeros(1), torch.arange(tokens)[None])
    return cos[0], sin[0]
