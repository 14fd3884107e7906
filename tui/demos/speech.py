"""The demonstrations of speech: a speaker that counts pairs of words, and a GPT a few steps old."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.training.speech import Heard, Said, Speech


def speech_demo(ink: Ink | None = None) -> Demo:
    """What counting pairs of words predicts, and what it says."""
    from tui.widgets.speech_view import SpeechView

    return Demo(lambda: [SpeechView(by_counting())], ink)


def by_counting(seed: int = 0, learned: int = 200, shown: int = 5) -> Speech:
    """A real tiny model: after each word, what came after it in the sentences it has read."""
    from models.tasks.grammar import LONGEST, STOP, chance_of, drawn, options_along

    rng = random.Random(seed)
    known = drawn(learned, rng)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for words in known:
        for before, word in zip((STOP, *words), words, strict=False):
            after[before][word] += 1
    heard = []
    for words in drawn(shown, rng):
        said = tuple(after[before].most_common(1)[0][0] for before in (STOP, *words[:-1]))
        marks = tuple(
            "right" if guess == word else "possible" if guess in options else "wrong"
            for word, guess, options in zip(words, said, options_along(words), strict=True)
        )
        heard.append(Heard(words, said, marks))
    spoken = []
    for _ in range(shown):
        row = [STOP]
        while len(row) <= LONGEST and (len(row) == 1 or row[-1] != STOP):
            row += rng.choices(*zip(*after[row[-1]].items(), strict=True))
        words = tuple(row[1:])
        spoken.append(Said(words, chance_of(words) > 0, words in known))
    return Speech("counts pairs", tuple(heard), tuple(spoken), f"of {learned} sentences")
