"""What a grammar leaves open: the least that the loss of any speaker can be, computed exactly.

    H    = − Σ_s visits(s) Σ_w p(w | s) ln p(w | s)      nats in a sentence
    T    = Σ_s visits(s)                                 words in it, the full stop among them
    floor = H / T                                        nats a word

A state s says all that the past tells of the next word w, so nobody who has read the past can do
better on average, and whoever knows p does as well. Visits are counted by carrying chances from
state to state until every sentence has ended. The same, with what a speaker remembers in place of
the state, gives what counting words, or pairs of words, leaves open.

>>> round(floor(), 4), round(bigram(), 4), round(unigram(), 4)
(0.9406, 1.428, 3.3806)
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from models.tasks.grammar import BEGIN, STOP, State, follows

Known = tuple[object, ...]
"""What a speaker remembers of the past."""


def floor() -> float:
    """Nats a word that all of the past leaves open."""
    return _left_open(lambda state, before: state)


def bigram() -> float:
    """Nats a word that the word before leaves open: the best that counting pairs can do."""
    return _left_open(lambda state, before: (before,))


def unigram() -> float:
    """Nats a word that counting words leaves open."""
    return _left_open(lambda state, before: ())


def ceiling() -> float:
    """How often the likeliest word is the one that comes: nobody is right more often."""
    visits = _visits()
    best = sum(
        share * max(one.chance for one in follows(state)) for (state, _), share in visits.items()
    )
    return best / words()


def words() -> float:
    """The mean number of words in a sentence, its full stop among them."""
    return sum(_visits().values())


@cache
def _visits() -> dict[tuple[State, str], float]:
    """How often a sentence passes each state, and by which word it came there, on average."""
    visits: dict[tuple[State, str], float] = defaultdict(float)
    here = {(BEGIN, STOP): 1.0}
    while here:
        then: dict[tuple[State, str], float] = defaultdict(float)
        for (state, before), share in here.items():
            visits[state, before] += share
            for one in follows(state):
                if one.then is not None:
                    then[one.then, one.word] += share * one.chance
        here = then
    return dict(visits)


def _left_open(remembers: Callable[[State, str], Known]) -> float:
    """Nats a word that are open to a speaker who remembers this of the past."""
    counts: dict[Known, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (state, before), share in _visits().items():
        known = remembers(state, before)
        for one in follows(state):
            counts[known][one.word] += share * one.chance
    nats = 0.0
    for after in counts.values():
        whole = sum(after.values())
        nats -= sum(share * math.log(share / whole) for share in after.values())
    return nats / words()
