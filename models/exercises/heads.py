"""Channels shared out to heads: the shape is easily right, and the numbers in the wrong place."""

from __future__ import annotations

from models.exercises.exercise import Exercise

EXERCISE = Exercise(
    name="heads",
    file="multi_head",
    function="split",
    first="return x.unflatten(",
    lines=1,
    starter="return x",
    wrong={
        "no-transpose": "return x.unflatten(-1, (heads, -1))",
        "cut-through-tokens": "return x.reshape(x.shape[0], heads, x.shape[1], -1)",
        "every-other": "return x.unflatten(-1, (-1, heads)).permute(0, 3, 1, 2)",
        "drops-the-rest": """\
width = x.shape[-1] // heads
return x[..., : heads * width].unflatten(-1, (heads, width)).transpose(1, 2)""",
    },
    promise="merging what was split gives x again",
)
