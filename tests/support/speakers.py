"""What a scripted worker says of a speaker: one sentence, each place of it the same."""

from __future__ import annotations

import struct

from models import protocol
from models.arrays import Array

WORDS = ("two", "mice", "creep", "to", "the", "hole", ".")
_LAYERS, _BINS = 3, 41


def speech(probe: protocol.Probe) -> protocol.Reply:
    """One sentence predicted, and said as often as it was learned."""
    heard = {"words": WORDS, "said": WORDS, "marks": ["right"] * len(WORDS)}
    said = {"words": WORDS, "grammatical": True, "recited": False}
    return protocol.ProbeResult(probe.run, probe.id, {}, {"sentences": [heard], "said": [said]})


def lens(probe: protocol.Probe) -> protocol.Reply:
    """Every layer says what comes, and is half sure of it."""
    size = _LAYERS * len(WORDS)
    array = Array("float32", (_LAYERS, len(WORDS)), struct.pack(f"<{size}f", *[0.5] * size))
    values = {
        "words": [".", *WORDS[:-1]],
        "truth": WORDS,
        "says": [WORDS] * _LAYERS,
        "open": [1] * len(WORDS),
        "marks": [["right"] * len(WORDS)] * _LAYERS,
    }
    return protocol.ProbeResult(probe.run, probe.id, {"shares": array, "right": array}, values)


def gradient(probe: protocol.Probe) -> protocol.Reply:
    """A gradient of as many numbers as bins, one in each."""
    array = Array("float32", (_BINS,), struct.pack(f"<{_BINS}f", *[1.0] * _BINS))
    values = {
        "edge": 0.1,
        "most": probe.arguments["at"],
        "lengths": {"raw": 1.0, "norm": 0.5, "value": 0.7},
        "angles": {"norm": 0.0, "value": 30.0},
        "cut": 4,
        "count": _BINS,
    }
    arrays = dict.fromkeys(("raw", "norm", "value"), array)
    return protocol.ProbeResult(probe.run, probe.id, arrays, values)
