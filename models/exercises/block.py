"""A layer changes the stream: the norm in its place, and what was there kept."""

from __future__ import annotations

from models.exercises.exercise import Exercise

EXERCISE = Exercise(
    name="block",
    file="blocks",
    function="Stream.change",
    first='is_pre = self.shape.order == "pre"',
    lines=4,
    starter="return layer(norm(x))",
    wrong={
        "no-stream": """\
is_pre = self.shape.order == "pre"
said = self.drop(layer(norm(x) if is_pre else x))
return said if is_pre else norm(said)""",
        "normed-stream": """\
is_pre = self.shape.order == "pre"
if is_pre:
    x = norm(x)
said = self.drop(layer(x))
x = x + said if self.shape.residual else said
return x if is_pre else norm(x)""",
        "only-pre": """\
said = self.drop(layer(norm(x)))
return x + said if self.shape.residual else said""",
        "norm-before-sum": """\
is_pre = self.shape.order == "pre"
said = self.drop(layer(norm(x) if is_pre else x))
said = said if is_pre else norm(said)
return x + said if self.shape.residual else said""",
    },
    promise="a layer that says nothing changes nothing (pre-norm)",
)
