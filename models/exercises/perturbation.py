"""A test that can fail: does a network look ahead?"""

from __future__ import annotations

from models.exercises.exercise import Exercise

EXERCISE = Exercise(
    name="perturbation",
    file="causality",
    function="looks_ahead",
    first="other = texts.clone()",
    lines=4,
    starter="return False",
    wrong={
        "itself": """\
other = texts.clone()
other[:, place] = (other[:, place] + 1) % vocabulary
before, after = network(texts), network(texts)
return not torch.equal(before[:, :place], after[:, :place])""",
        "no-copy": """\
other = texts
other[:, place] = (other[:, place] + 1) % vocabulary
before, after = network(texts), network(other)
return not torch.equal(before[:, :place], after[:, :place])""",
        "all-places": """\
other = texts.clone()
other[:, place] = (other[:, place] + 1) % vocabulary
before, after = network(texts), network(other)
return not torch.equal(before, after)""",
        "upside-down": """\
other = texts.clone()
other[:, place] = (other[:, place] + 1) % vocabulary
before, after = network(texts), network(other)
return torch.equal(before[:, :place], after[:, :place])""",
    },
    promise="who sees the past alone is never accused",
)
