"""Our networks and other people's, of one size, and the steps that are measured.

Every GPT takes tokens and gives logits. Each has learned positions, pre-norm blocks with
feed-forward layers four times as wide, no dropout, and an unembedding that is not tied to the
embedding, so that all do the same work.

Axes: B batch, T tokens, C channels, H heads, D = C/H, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, scaled_dot_product_attention

from benchmarks.result import NotHere
from models.layers.lstm import LSTMCell
from models.layers.recurrent import Recurrent
from models.networks.gpt import GPT, Shape

Step = Callable[[], object]


@dataclass(frozen=True)
class Size:
    """A GPT and a batch for it. The vocabulary is that of a small text, letter by letter."""

    width: int
    layers: int
    tokens: int
    batch: int
    heads: int = 4
    vocabulary: int = 64

    def __str__(self) -> str:
        return f"C={self.width} L={self.layers} T={self.tokens} B={self.batch}"


SIZES = (Size(128, 4, 64, 12), Size(64, 2, 64, 64), Size(128, 4, 128, 32))


def ours(size: Size, fused: bool = False) -> GPT:
    """The GPT of the course."""
    return GPT(
        Shape(
            vocabulary=size.vocabulary,
            context=size.tokens,
            width=size.width,
            heads=size.heads,
            layers=size.layers,
            fused=fused,
        )
    )


class Layers(nn.Module):
    """What stands around the blocks of a peer: embeddings below, a norm and logits above."""

    def __init__(self, size: Size, blocks: nn.Module, **options: Any) -> None:
        super().__init__()
        self.token = nn.Embedding(size.vocabulary, size.width)
        self.place = nn.Embedding(size.tokens, size.width)
        self.blocks, self.options = blocks, options
        self.norm = nn.LayerNorm(size.width)
        self.unembed = nn.Linear(size.width, size.vocabulary, bias=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """(B, T) -> (B, T, V)."""
        places = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.token(tokens) + self.place(places)
        return self.unembed(self.norm(self.blocks(x, **self.options)))


class FusedBlock(nn.Module):
    """A block in as few calls as PyTorch's parts allow: one matrix for q, k and v, one kernel."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads, width = size.heads, size.width
        self.norm_attend, self.norm_think = nn.LayerNorm(width), nn.LayerNorm(width)
        self.ask, self.say = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.think = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width)
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) -> (B, T, C)."""
        batch, tokens, width = x.shape
        shares = (batch, tokens, self.heads, width // self.heads)
        q, k, v = self.ask(self.norm_attend(x)).split(width, dim=2)
        q, k, v = (share.view(shares).transpose(1, 2) for share in (q, k, v))
        mixed = scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.say(mixed.transpose(1, 2).contiguous().view(batch, tokens, width))
        return x + self.think(self.norm_think(x))


def nanogpt_shape(size: Size) -> nn.Module:
    """A GPT of nanoGPT's shape."""
    return Layers(size, nn.Sequential(*(FusedBlock(size) for _ in range(size.layers))))


def torch_encoder(size: Size) -> nn.Module:
    """`nn.TransformerEncoder` under a causal mask."""
    layer = nn.TransformerEncoderLayer(
        size.width,
        size.heads,
        4 * size.width,
        dropout=0.0,
        activation="gelu",
        batch_first=True,
        norm_first=True,
    )
    blocks = nn.TransformerEncoder(layer, size.layers, enable_nested_tensor=False)
    mask = nn.Transformer.generate_square_subsequent_mask(size.tokens)
    return Layers(size, blocks, mask=mask, is_causal=True)


class Logits(nn.Module):
    """A model of Hugging Face's, of which only the logits are asked."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, tokens: Tensor) -> Tensor:
        """(B, T) -> (B, T, V)."""
        logits: Tensor = self.model(tokens, use_cache=False).logits
        return logits


def hf_gpt2(size: Size) -> nn.Module:
    """GPT-2 as Hugging Face has it, with torch's attention kernel.

    Raises:
        NotHere: if the library is not installed.
    """
    try:
        from transformers import GPT2Config, GPT2LMHeadModel
    except ImportError:
        raise NotHere("transformers is not installed") from None
    config = GPT2Config(
        vocab_size=size.vocabulary,
        n_positions=size.tokens,
        n_embd=size.width,
        n_layer=size.layers,
        n_head=size.heads,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        tie_word_embeddings=False,
        bos_token_id=0,
        eos_token_id=0,
        attn_implementation="sdpa",
    )
    return Logits(GPT2LMHeadModel(config))


def x_transformers(size: Size) -> nn.Module:
    """The decoder of x-transformers, with its flash attention.

    Raises:
        NotHere: if the library is not installed.
    """
    try:
        from x_transformers import Decoder, TransformerWrapper
    except ImportError:
        raise NotHere("x-transformers is not installed") from None
    layers = Decoder(
        dim=size.width,
        depth=size.layers,
        heads=size.heads,
        attn_dim_head=size.width // size.heads,
        attn_flash=True,
    )
    return TransformerWrapper(
        num_tokens=size.vocabulary, max_seq_len=size.tokens, attn_layers=layers
    )


GPTS: dict[str, Callable[[Size], nn.Module]] = {
    "explicit": ours,
    "fused": lambda size: ours(size, fused=True),
    "nanogpt": nanogpt_shape,
    "torch": torch_encoder,
    "hf": hf_gpt2,
    "x-transformers": x_transformers,
}


def training_step(model: nn.Module, size: Size) -> Step:
    """A whole step of training on the same batch, with the same optimizer for every model."""
    chance = torch.Generator().manual_seed(0)
    text = torch.randint(size.vocabulary, (size.batch, size.tokens + 1), generator=chance)
    adam = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    model.train()

    def step() -> None:
        logits = model(text[:, :-1])
        cross_entropy(logits.flatten(0, 1), text[:, 1:].flatten()).backward()
        adam.step()
        adam.zero_grad(set_to_none=True)

    return step


def reading_step(network: nn.Module, tokens: int, batch: int, width: int) -> Step:
    """A recurrent network's way through a text, and back to its weights and its inputs."""
    chance = torch.Generator().manual_seed(0)
    x = torch.randn(batch, tokens, width, generator=chance, requires_grad=True)
    slope = torch.randn(batch, tokens, width, generator=chance)

    def step() -> None:
        outputs, _ = network(x)
        outputs.backward(slope)
        network.zero_grad(set_to_none=True)
        x.grad = None

    return step


def our_lstm(width: int) -> nn.Module:
    """The LSTM of the course."""
    return Recurrent(LSTMCell(width, width))


def torch_lstm(width: int) -> nn.Module:
    """`nn.LSTM`."""
    return nn.LSTM(width, width, batch_first=True)


def decoding_step(model: GPT, read: int) -> Step:
    """Writing one more token, each time it is called, after `read` tokens and those written."""
    caches, token = model.start(), torch.zeros(1, dtype=torch.long)
    with torch.no_grad():
        model(torch.zeros(1, read, dtype=torch.long), caches)
    return lambda: model.step(token, caches)
