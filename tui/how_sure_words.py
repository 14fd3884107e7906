"""How sure a learner may be of an answer, and what is said where that and the verdict differ."""

from __future__ import annotations

GUESS, FAIRLY, CERTAIN = 1, 2, 3
LEVELS = {GUESS: "a guess", FAIRLY: "fairly", CERTAIN: "certain"}
"""The keys of the question, and what they say."""
QUESTION = "How sure are you?"
ABOUT = """\
Before each verdict you are asked how sure you are: **1** a guess, **2** fairly, **3** certain;
**enter** says nothing. What you are sure of is worth comparing with how it went: `c` on the map
shows it, and can switch the asking off.
"""


def remarked(correct: bool, confidence: int | None) -> str:
    """A sentence more, where a sure answer was wrong or a guess was right; else nothing."""
    if not correct and confidence == CERTAIN:
        return (
            "You were certain, so it is good to find out here: a mistake of that kind, once "
            "noticed, is the one put right best."
        )
    if correct and confidence == GUESS:
        return "You called it a guess. Take the reason along, and next time you will know."
    return ""
