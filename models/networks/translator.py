"""A translator: one network reads a sentence, another writes it down in other words.

    memory_s = read(word_s, memory_{s−1})                    all that was read up to word s
    context  = Σ_s weight_s · memory_s                       with attention: a look at every word
             = memory_S                                      without: the last state, for all of it
    state_t  = write([said_{t−1}, context], state_{t−1})     state_0 = memory_S
    logits_t = W [state_t, context] + b

Without attention a sentence of any length has to fit into one state: the bottleneck. (Sutskever et
al. 2014, "Sequence to sequence learning with neural networks", section 2; that every step is given
that state is from Cho et al. 2014, section 2.2.) With it the weights are asked for anew before each
word, by the state so far: weights = softmax(vᵀ tanh(W state_{t−1} + U memory_s)), as in
`layers/additive.py`. (Bahdanau et al. 2015, "Neural machine translation by jointly learning to
align and translate", section 3; there the source is also read from its end.)

In training the writer is told what it should have said before (teacher forcing); on its own it is
told what it did say. Its first word follows on `END`, as does everything after its last.

Axes: B sentences, S source words, T words written, C channels of a word, N numbers in a state, V
words to write with.

Read: 3 words of 2 channels, and a GRU of 4 numbers with 3 · 4 (2 + 4 + 2) weights. Write: 5 words,
a GRU that reads 2 + 4 numbers, and 5 answers from 4 + 4. Attention by 3 judges: W, U and v. So
(6 + 96) + (10 + 144 + 45) + 27:

>>> from models.layers.size import parameters
>>> parameters(Translator(Shape(reads=3, writes=5, width=2, state=4, judges=3)))
328
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.layers.additive import AdditiveAttention
from models.layers.gru import GRUCell
from models.layers.readout import readout
from models.layers.recurrent import Recurrent

END = 0
"""The word that ends what is written, and that it begins after."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large a translator is."""

    reads: int
    writes: int
    """Words of either language."""
    width: int = 32
    state: int = 64
    judges: int = 64
    """Of additive attention; 0 for none."""


class Translator(nn.Module):
    """Source words in, the logits of the words to write out. `attend.weights` is the alignment."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.read = nn.Embedding(shape.reads, shape.width)
        self.said = nn.Embedding(shape.writes, shape.width)
        self.reader = Recurrent(GRUCell(shape.width, shape.state))
        self.writer = GRUCell(shape.width + shape.state, shape.state)
        self.attend = (
            AdditiveAttention(shape.state, shape.state, shape.judges) if shape.judges else None
        )
        self.answer = readout(2 * shape.state, shape.writes, spread=0.5)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """The logits for each word of a target that is known: (B, S), (B, T) -> (B, T, V)."""
        memory, state = self.reader(self.read(source))
        before = nn.functional.pad(target[:, :-1], (1, 0), value=END)  # (B, T)
        logits = []
        for said in before.unbind(1):
            said_logits, state = self.step(said, state, memory)
            logits.append(said_logits)
        return torch.stack(logits, 1)  # (B, T, V)

    def step(self, said: Tensor, state: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        """The logits (B, V) of the word after `said` (B,), and the state (B, N) then."""
        context = memory[:, -1]  # (B, N)
        if self.attend is not None:
            context = self.attend(state[:, None], memory)[:, 0]  # (B, N)
        state = self.writer(torch.cat([self.said(said), context], -1), state)
        return self.answer(torch.cat([state, context], -1)), state

    @torch.no_grad()
    def translate(self, source: Tensor, longest: int) -> Tensor:
        """The likeliest word at each step, on its own: (B, S) -> (B, T), T = `longest`.

        What follows on the first `END` means nothing, and is `END` too.
        """
        memory, state = self.reader(self.read(source))
        said = source.new_full((len(source),), END)  # (B,)
        over, words = said != END, []
        for _ in range(longest):
            logits, state = self.step(said, state, memory)
            said = logits.argmax(-1).masked_fill(over, END)  # (B,)
            over = over | (said == END)
            words.append(said)
        return torch.stack(words, 1)  # (B, T)
