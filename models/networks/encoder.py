"""An encoder: every token looks at all others, and an answer is read from each, or from all.

    x       = token + place
    x       = block_L( … block_1(x))      every token sees the whole text
    tagger      logits_t = W norm(x_t)                 an answer for each token
    classifier  logits   = W mean_t norm(x_t)          one for the text

Texts of several lengths are filled up to one; the filling is looked at by nobody and answers
nothing. (Vaswani et al. 2017, section 3.1, the left half of figure 1; Devlin et al. 2019, "BERT",
section 3.)

Axes: B batch, T tokens, C channels, V vocabulary, A answers, L layers.

With learned positions for P places there are VC + PC + L(12C² + 13C) + 2C parameters, and AC + A
for the answers: 10 tokens of 4 channels, 3 places, 1 layer and 2 answers make 40 + 12 + 244 + 8
+ 10:

>>> from models.layers.size import parameters
>>> parameters(Tagger(Shape(vocabulary=10, answers=2, context=3, width=4, heads=2, layers=1)))
314
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from models.layers.blocks import Block, BlockShape
from models.layers.masks import causal, mask, padding
from models.layers.norm import LayerNorm
from models.layers.positions import added, inside
from models.layers.readout import readout
from models.networks.shape import TextShape


@dataclass(frozen=True, kw_only=True)
class Shape(TextShape):
    """How large the network is."""

    answers: int
    std: float = 0.3
    """The standard deviation of tokens and places at first."""
    causal: bool = False
    """Whether nobody looks ahead, as in a GPT."""


class Encoder(nn.Module):
    """Tokens in, the stream after the last block out. Each block's `stream` can be looked at."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        block = BlockShape(width=shape.width, heads=shape.heads)
        self.causal = shape.causal
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.token.weight, std=shape.std)
        self.place = added(shape.positions, shape.context, shape.width, shape.std)
        self.stream = nn.Identity()
        self.blocks = nn.ModuleList(
            Block(block, inside(shape.positions)) for _ in range(shape.layers)
        )
        self.norm = LayerNorm(shape.width)

    def forward(self, tokens: Tensor, lengths: Tensor | None = None) -> Tensor:
        """What each token has become: (B, T) -> (B, T, C). `lengths`: (B,), None for full ones."""
        allowed = self.allowed(tokens, lengths)
        x = self.stream(self.place(self.token(tokens)))  # (B, T, C)
        for block in self.blocks:
            x = block(x, allowed)  # (B, T, C)
        return self.norm(x)

    def allowed(self, tokens: Tensor, lengths: Tensor | None) -> Tensor | None:
        """Who may look at whom: (B, 1, T, T), or (T, T) for all texts, or None for everyone."""
        filled = None if lengths is None else padding(lengths, tokens.shape[1])
        if not self.causal:
            return filled
        past = mask(causal, tokens.shape[1], like=tokens)  # (T, T)
        return past if filled is None else filled & past


class Tagger(nn.Module):
    """An answer for each token."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.answer = readout(shape.width, shape.answers)

    def forward(self, tokens: Tensor, lengths: Tensor | None = None) -> Tensor:
        """How likely each answer is for each token, as logits: (B, T) -> (B, T, A)."""
        return self.answer(self.encoder(tokens, lengths))  # (B, T, A)


class Classifier(nn.Module):
    """One answer for the whole text, read from the mean of its tokens."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.answer = readout(shape.width, shape.answers)

    def forward(self, tokens: Tensor, lengths: Tensor | None = None) -> Tensor:
        """How likely each answer is, as logits: (B, T) -> (B, A)."""
        x = self.encoder(tokens, lengths)
        return self.answer(x.mean(1) if lengths is None else mean_of_real(x, lengths))  # (B, A)


def mean_of_real(x: Tensor, lengths: Tensor) -> Tensor:
    """The mean of the tokens that are no filling, 0 where all are: (B, T, C) -> (B, C)."""
    place = lengths.new_tensor(range(x.shape[1]))  # (T,)
    real = (place < lengths[:, None]).to(x)  # (B, T)
    return (real[:, None] @ x).squeeze(1) / lengths.clamp(min=1)[:, None]  # (B, C)
