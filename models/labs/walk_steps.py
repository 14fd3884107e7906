"""The steps of a walk through one block, from the words to the answer, and what there is to see.

Each says what it is made of, so that whoever shows it can take any cell apart:

    given      a number of a learned table
    sum        a + b
    product    Σ_c a[i, c] · b[c, j] (+ bias[j])
    scale      a / √D
    softmax    e^a over the sum of its row
    norm       (a − mean of its row) / σ of its row · gain[j] + bias[j]
    bend       max(0, a)
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One matrix of the walk, and how it is made."""

    name: str
    kind: str
    of: tuple[str, ...]
    """The arrays it is made of: of a product left, right and bias; of a norm a, gain and bias."""
    columns: str
    """What stands side by side: `C`, `F`, `T` or `V`."""
    formula: str
    title: str
    says: str
    """What there is to see, in a sentence."""
    file: str = ""
    """Where the network does it, by the name of the file without `.py`; empty if it does not: the
    softmax of the answer is left to whoever asks."""
    line: str = ""
    """What only that line holds, of those before it."""


STEPS = (
    Step(
        "words",
        "given",
        (),
        "C",
        "E[word]",
        "the words",
        "Each word has a row of learned numbers, the same wherever it stands.",
        "hidden_word",
        "self.block(self.place(self.word(words)))",
    ),
    Step(
        "places",
        "given",
        (),
        "C",
        "P[place]",
        "the places",
        "Each place has a row of learned numbers, the same whatever word stands there.",
        "positions",
        "return x + self.weight[",
    ),
    Step(
        "x",
        "sum",
        ("words", "places"),
        "C",
        "x = E[word] + P[place]",
        "word and place",
        "Word and place are added: six numbers for both.",
        "positions",
        "return x + self.weight[",
    ),
    Step(
        "q",
        "product",
        ("x", "w_q", "b_q"),
        "C",
        "Q = x W_Q + b_Q",
        "the queries",
        "What each word asks with.",
        "multi_head",
        "return linear(x, weight, bias).chunk",
    ),
    Step(
        "k",
        "product",
        ("x", "w_k", "b_k"),
        "C",
        "K = x W_K + b_K",
        "the keys",
        "What each word is found by. Same x, another matrix.",
        "multi_head",
        "return linear(x, weight, bias).chunk",
    ),
    Step(
        "v",
        "product",
        ("x", "w_v", "b_v"),
        "C",
        "V = x W_V + b_V",
        "the values",
        "What each word has to give. Same x, a third matrix.",
        "multi_head",
        "return linear(x, weight, bias).chunk",
    ),
    Step(
        "raw",
        "product",
        ("q", "k_turned"),
        "T",
        "Q Kᵀ",
        "the products",
        "Each row is a word that asks, each column one that answers.",
        "attention",
        "scores = q /",
    ),
    Step(
        "scores",
        "scale",
        ("raw",),
        "T",
        "Q Kᵀ / √D",
        "the scores",
        "All divided by the same number: no order changes, the softmax gets softer.",
        "attention",
        "scores = q /",
    ),
    Step(
        "weights",
        "softmax",
        ("scores",),
        "T",
        "softmax of each row",
        "the weights",
        "Each row sums to 1, trained or not. Columns may sum to anything.",
        "multi_head",
        "weights = self.weights(scores.softmax",
    ),
    Step(
        "context",
        "product",
        ("weights", "v"),
        "C",
        "weights V",
        "the mixtures",
        "Each row is a mixture of all values by the weights of that row.",
        "multi_head",
        "return self.drop(weights) @ v",
    ),
    Step(
        "said",
        "product",
        ("context", "w_o", "b_o"),
        "C",
        "mixture W_O + b_O",
        "what is said",
        "The mixture, once more through a matrix.",
        "multi_head",
        "return self.out_proj(merge(",
    ),
    Step(
        "added",
        "sum",
        ("x", "said"),
        "C",
        "x + said",
        "add",
        "A word keeps what it had, and gets the mixture on top of it.",
        "blocks",
        "x = x + said",
    ),
    Step(
        "normed",
        "norm",
        ("added", "g_1", "b_1"),
        "C",
        "(a − mean) / σ · gain + bias",
        "and norm",
        "Each row is brought to mean 0 and σ 1, then stretched and shifted, as was learned.",
        "norm",
        "return functional.layer_norm(",
    ),
    Step(
        "wide",
        "product",
        ("normed", "w_1", "c_1"),
        "F",
        "x W_1 + b_1",
        "feed-forward: widen",
        "Each word on its own: no row sees another.",
        "feed_forward",
        "self.bend(self.linear1(x))",
    ),
    Step(
        "bent",
        "bend",
        ("wide",),
        "F",
        "max(0, x)",
        "feed-forward: bend",
        "What is below zero is dropped.",
        "feed_forward",
        "self.bend(self.linear1(x))",
    ),
    Step(
        "narrow",
        "product",
        ("bent", "w_2", "c_2"),
        "C",
        "x W_2 + b_2",
        "feed-forward: narrow",
        "Back to as many numbers as before.",
        "feed_forward",
        "return self.linear2(hidden)",
    ),
    Step(
        "summed",
        "sum",
        ("normed", "narrow"),
        "C",
        "x + narrow",
        "add",
        "Added to what the word had.",
        "blocks",
        "x = x + said",
    ),
    Step(
        "out",
        "norm",
        ("summed", "g_2", "b_2"),
        "C",
        "(a − mean) / σ · gain + bias",
        "and norm",
        "This is what the block hands on: as many rows and columns as it was given.",
        "norm",
        "return functional.layer_norm(",
    ),
    Step(
        "logits",
        "product",
        ("out", "e_turned"),
        "V",
        "x Eᵀ",
        "un-embed",
        "Each row against each word of the table it was read from.",
        "hidden_word",
        "return (hidden @ x)",
    ),
    Step(
        "answer",
        "softmax",
        ("logits",),
        "V",
        "softmax of each row",
        "the answer",
        "Each row sums to 1. Only the row of the gap was ever asked and graded.",
    ),
)
"""The walk, in order."""
