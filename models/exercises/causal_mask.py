"""A mask, put into the scores: what may not be looked at gets nothing."""

from __future__ import annotations

from models.exercises.exercise import Exercise

EXERCISE = Exercise(
    name="causal-mask",
    file="attention",
    function="similarity",
    first="if allowed is not None:",
    lines=3,
    starter="return scores if bias is None else scores + bias",
    wrong={
        "added": """\
if allowed is not None:
    scores = scores + allowed.float()
return scores if bias is None else scores + bias""",
        "nought": """\
if allowed is not None:
    scores = scores * allowed
return scores if bias is None else scores + bias""",
        "inverted": """\
if allowed is not None:
    scores = scores.masked_fill(allowed, -math.inf)
return scores if bias is None else scores + bias""",
        "forgets-bias": """\
if allowed is not None:
    return scores.masked_fill(~allowed, -math.inf)
return scores if bias is None else scores + bias""",
    },
    promise="the future changes nothing",
)
