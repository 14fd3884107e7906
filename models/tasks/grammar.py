"""The mouse grammar: sentences made word by word, by chances that are known.

    yesterday a small mouse that the cats saw crept to the cheese and slept .

A walk over states: in each some words may come, every one with its chance, and every word leads to
one state. So there is one way to a sentence, and what the past leaves open is known at each word.
The verb depends on the time, long before it, and on who acts, not on the noun nearest to it (the
mouse that the cats see creeps); where somebody goes depends on who acts, too.

Standard library only: what a language leaves open needs no network.

>>> [(one.word, one.chance) for one in follows(BEGIN)][:3]
[('yesterday', 0.25), ('today', 0.25), ('the', 0.25)]
>>> round(chance_of("the mouse creeps to the cheese .".split()), 5)
0.00152
>>> chance_of("the mouse creep to the cheese .".split())
0.0
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

STOP = "."
"""Ends a sentence, and stands before the first word of each."""
MORE = 0.4
"""How often there is more: an adjective, a clause about who sees them, a second deed."""
ADJECTIVES = ("small", "bold", "quick", "quiet", "grey", "tired")
KINDS = (("mouse", "mice"), ("cat", "cats"), ("hen", "hens"), ("fox", "foxes"))
GOALS = (("cheese", "hole"), ("milk", "basket"), ("barn", "nest"), ("wood", "den"))
"""Where each kind goes: three times in four to the first."""
SEES = (("sees", "see", "saw"), ("hears", "hear", "heard"))
GOES = (("runs", "run", "ran"), ("creeps", "creep", "crept"), ("hurries", "hurry", "hurried"))
RESTS = (("sleeps", "sleep", "slept"), ("waits", "wait", "waited"), ("sings", "sing", "sang"))
"""What one does, what many do, and what they did."""
WORDS = (
    *(STOP, "yesterday", "today", "the", "a", "two", "that", "to", "and"),
    *ADJECTIVES,
    *(word for kind in KINDS for word in kind),
    *(word for verb in (*SEES, *GOES, *RESTS) for word in verb),
    *(word for goals in GOALS for word in goals),
)
"""Every word there is."""
LONGEST = 15
"""Words of the longest sentence, its full stop among them."""


class State(NamedTuple):
    """All of the past that decides what may come."""

    at: str
    past: bool = False
    many: bool | None = None
    """Whether those who act are many; None while that is open."""
    kind: int = -1
    others: bool = False
    """Whether those who see are many, inside the clause."""


class Next(NamedTuple):
    """A word that may come, how likely it is, and where it leads: nowhere after the full stop."""

    word: str
    chance: float
    then: State | None


BEGIN = State("begin")


@cache
def follows(state: State) -> tuple[Next, ...]:
    """All that may come in a state. The chances sum to 1."""
    return tuple(_RULES[state.at](state))


def options_along(words: Sequence[str]) -> list[dict[str, Next]]:
    """What could come in the place of each word, after those before it; nothing any more behind a
    word that could not come, or behind the full stop."""
    found: list[dict[str, Next]] = []
    state: State | None = BEGIN
    for word in words:
        options = {one.word: one for one in follows(state)} if state else {}
        found.append(options)
        state = options[word].then if word in options else None
    return found


def chance_of(words: Sequence[str]) -> float:
    """How often the grammar says just this sentence; 0 for what is none, or does not end."""
    along = options_along(words)
    chances = [
        options[word].chance if word in options else 0.0
        for word, options in zip(words, along, strict=True)
    ]
    return math.prod(chances) if words and words[-1] == STOP else 0.0


def sentence(at: float) -> tuple[str, ...]:
    """The sentence that a number from 0 to 1 names.

    All numbers of a sentence lie together, as many as its chance: so a random number says it as
    often as the grammar does, and numbers at equal distances are a fair sample.
    """
    words: list[str] = []
    state: State | None = BEGIN
    while state is not None:
        options = follows(state)
        for one in options:
            if at < one.chance or one is options[-1]:
                break
            at -= one.chance
        words.append(one.word)
        at, state = min(at / one.chance, 1.0), one.then
    return tuple(words)


def drawn(count: int, rng: random.Random) -> list[tuple[str, ...]]:
    """Sentences at random."""
    return [sentence(rng.random()) for _ in range(count)]


def sampled(count: int) -> list[tuple[str, ...]]:
    """Sentences at equal distances in the grammar: what they leave open is nearly what all do."""
    return [sentence((place + 0.5) / count) for place in range(count)]


def _begin(state: State) -> Iterator[Next]:
    yield Next("yesterday", 0.25, State("who", past=True))
    yield Next("today", 0.25, State("who"))
    yield from _scaled(_who(State("who")), 0.5)


def _who(state: State) -> Iterator[Next]:
    yield Next("the", 0.5, state._replace(at="how"))
    yield Next("a", 0.25, state._replace(at="how", many=False))
    yield Next("two", 0.25, state._replace(at="how", many=True))


def _how(state: State) -> Iterator[Next]:
    for word in ADJECTIVES:
        yield Next(word, MORE / len(ADJECTIVES), state._replace(at="name"))
    yield from _scaled(_name(state), 1 - MORE)


def _name(state: State) -> Iterator[Next]:
    numbers = (False, True) if state.many is None else (state.many,)
    for kind, words in enumerate(KINDS):
        for many in numbers:
            then = state._replace(at="clause", many=many, kind=kind)
            yield Next(words[many], 1 / len(KINDS) / len(numbers), then)


def _clause(state: State) -> Iterator[Next]:
    yield Next("that", MORE, state._replace(at="seen by"))
    yield from _scaled(_goes(state), 1 - MORE)


def _seen_by(state: State) -> Iterator[Next]:
    yield Next("the", 1.0, state._replace(at="others"))


def _others(state: State) -> Iterator[Next]:
    for words in KINDS:
        for many in (False, True):
            yield Next(words[many], 1 / 8, state._replace(at="see", others=many))


def _see(state: State) -> Iterator[Next]:
    for verb in SEES:
        word = verb[2 if state.past else state.others]
        yield Next(word, 1 / len(SEES), state._replace(at="goes", others=False))


def _goes(state: State) -> Iterator[Next]:
    for verb, chance in zip(GOES, (0.5, 0.3, 0.2), strict=True):
        yield Next(_conjugated(verb, state), chance, state._replace(at="to"))


def _to(state: State) -> Iterator[Next]:
    yield Next("to", 1.0, state._replace(at="to the"))


def _to_the(state: State) -> Iterator[Next]:
    yield Next("the", 1.0, state._replace(at="goal"))


def _goal(state: State) -> Iterator[Next]:
    for word, chance in zip(GOALS[state.kind], (0.75, 0.25), strict=True):
        yield Next(word, chance, state._replace(at="end", kind=-1))


def _end(state: State) -> Iterator[Next]:
    yield Next("and", MORE, state._replace(at="rests"))
    yield Next(STOP, 1 - MORE, None)


def _rests(state: State) -> Iterator[Next]:
    for verb in RESTS:
        yield Next(_conjugated(verb, state), 1 / len(RESTS), State("stop"))


def _stop(state: State) -> Iterator[Next]:
    yield Next(STOP, 1.0, None)


_RULES = {
    "begin": _begin,
    "who": _who,
    "how": _how,
    "name": _name,
    "clause": _clause,
    "seen by": _seen_by,
    "others": _others,
    "see": _see,
    "goes": _goes,
    "to": _to,
    "to the": _to_the,
    "goal": _goal,
    "end": _end,
    "rests": _rests,
    "stop": _stop,
}


def _conjugated(verb: tuple[str, str, str], state: State) -> str:
    assert state.many is not None
    return verb[2 if state.past else state.many]


def _scaled(options: Iterator[Next], by: float) -> Iterator[Next]:
    return (one._replace(chance=by * one.chance) for one in options)
