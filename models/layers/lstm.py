"""Long short-term memory: a memory c that is only ever scaled and added to.

    i = σ(Wi x + Ui h + bi)       input gate: how much of the candidate is written
    f = σ(Wf x + Uf h + bf)       forget gate: how much of the memory is kept
    g = tanh(Wg x + Ug h + bg)    candidate: what could be written
    o = σ(Wo x + Uo h + bo)       output gate: how much of the memory is shown
    c' = f ∘ c + i ∘ g
    h' = o ∘ tanh(c')

(Hochreiter and Schmidhuber 1997, "Long short-term memory"; the forget gate is from Gers et al.
2000, "Learning to forget: continual prediction with LSTM".)

Axes: B batch, C channels of the input, N numbers in h and in c. Maps are stacked as i, f, g, o.

σ(log 3) = 3/4, σ(0) = 1/2 and tanh(log 2) = 3/5. Of a memory of 1.1 half is kept, and three
quarters of 0.6 are added: c' = 0.55 + 0.45. Half of it is shown: h' = tanh(1) / 2.

>>> sensed, h, c = torch.tensor([[3.0, 1.0, 2.0, 1.0]]).log(), torch.zeros(1, 1), torch.ones(1, 1)
>>> i, f, g, o = lstm_gates(sensed, h, u=torch.zeros(4, 1))
>>> i, f, g, o
(tensor([[0.7500]]), tensor([[0.5000]]), tensor([[0.6000]]), tensor([[0.5000]]))
>>> lstm_step(i, f, g, o, 1.1 * c)
(tensor([[0.3808]]), tensor([[1.]]))
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.layers.recurrent import Cell

INPUT, FORGET = 0, 1
"""The places of two gates in the stack."""


def lstm_gates(sensed: Tensor, h: Tensor, u: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The gates and the candidate, (B, N) each, after `sensed` = W x + b, (B, 4N)."""
    i, f, g, o = torch.addmm(sensed, h, u.mT).chunk(4, -1)  # sensed + U h, of all four
    return i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()


def lstm_step(i: Tensor, f: Tensor, g: Tensor, o: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """The next output h and memory c, by the gates."""
    c = f * c + i * g
    return o * c.tanh(), c


def chrono(state: int, longest: int) -> Tensor:
    """Forget biases log u, with u uniform from 1 to `longest` − 1, for `state` numbers.

    A number whose gate is f fades in about 1 / (1 − f) steps, and f = σ(log u) makes that u + 1:
    so there are memories of every span up to the longest. (Tallec and Ollivier 2018, "Can
    recurrent neural networks warp time?", section 2.)
    """
    if longest < 2:
        raise ValueError(f"the longest span must be at least 2 steps, and is {longest}")
    return torch.empty(state).uniform_(1, longest - 1).log()  # (N)


class LSTMCell(Cell[tuple[Tensor, Tensor]]):
    """The weights of one cell, and its gates to look at. Names are those of `torch.nn.LSTMCell`.

    `forget_bias` sets the bias of the forget gate, `longest` both gates' by `chrono`.
    """

    def __init__(
        self,
        inputs: int,
        state: int,
        *,
        forget_bias: float | None = None,
        longest: int | None = None,
    ) -> None:
        if None not in (forget_bias, longest):
            raise ValueError("forget_bias and longest both set the forget gate: give one of them")
        super().__init__(inputs, state, maps=4)
        self.input_gate, self.forget_gate = nn.Identity(), nn.Identity()
        self.candidate, self.output_gate = nn.Identity(), nn.Identity()
        if longest is not None:
            spans = chrono(state, longest)
            self.set_bias(FORGET, spans)
            self.set_bias(INPUT, -spans)
        if forget_bias is not None:
            self.set_bias(FORGET, forget_bias)

    @torch.no_grad()
    def set_bias(self, gate: int, bias: float | Tensor) -> None:
        """Give a gate a bias. There are two, as in torch, and they add up: the other is zero."""
        self.bias_ih.view(4, -1)[gate] = bias
        self.bias_hh.view(4, -1)[gate] = 0.0

    def start(self, batch: int) -> tuple[Tensor, Tensor]:
        """The output and the memory before anything was read: zeros."""
        return self.zeros(batch), self.zeros(batch)

    def step(
        self, sensed: Tensor, state: tuple[Tensor, Tensor], u: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The output and the memory after what was `sensed` (B, 4N) at one step."""
        h, c = state
        i, f, g, o = lstm_gates(sensed, h, u)
        i, f = self.input_gate(i), self.forget_gate(f)
        g, o = self.candidate(g), self.output_gate(o)
        return lstm_step(i, f, g, o, c)

    def output(self, state: tuple[Tensor, Tensor]) -> Tensor:
        """The output, without the memory behind it."""
        return state[0]
