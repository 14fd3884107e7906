"""Shares made of scores."""

from __future__ import annotations

from models.exercises.exercise import Exercise

EXERCISE = Exercise(
    name="softmax",
    file="shares",
    function="by_softmax",
    first="largest = max(scores)",
    lines=3,
    starter="powers = list(scores)\nreturn powers",
    wrong={
        "ratio": "return by_ratio(scores)",
        "times-temperature": """\
largest = max(scores)
powers = [exp((score - largest) * temperature) for score in scores]
return by_ratio(powers)""",
        "no-largest": """\
powers = [exp(score / temperature) for score in scores]
return by_ratio(powers)""",
        "not-shared": """\
largest = max(scores)
return [exp((score - largest) / temperature) for score in scores]""",
    },
    promise="the shares sum to 1",
    needs_torch=False,
)
