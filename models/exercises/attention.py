"""Attention itself: weights made of scores, and the mixture of the values."""

from __future__ import annotations

from models.exercises.exercise import Exercise

EXERCISE = Exercise(
    name="attention",
    file="attention",
    function="attention",
    first="weights = similarity(",
    lines=2,
    starter="weights = similarity(q, k, allowed, bias)\nreturn v, weights",
    wrong={
        "wrong-axis": """\
weights = similarity(q, k, allowed, bias).softmax(-2)
return weights @ v, weights""",
        "no-softmax": """\
weights = similarity(q, k, allowed, bias)
return weights @ v, weights""",
        "no-root": """\
weights = (q @ k.mT).softmax(-1)
return weights @ v, weights""",
        "keys-for-values": """\
weights = similarity(q, k, allowed, bias).softmax(-1)
return weights @ k, weights""",
    },
    promise="every row of weights sums to 1",
)
