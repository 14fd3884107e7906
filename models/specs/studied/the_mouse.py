"""Studies of the first part, The Mouse."""

from __future__ import annotations

from models.specs import alignment, amnesia, recall
from models.specs.study import SEED, Study

_FIVE = (0, 1, 2, 3, 4)
_AMNESIA = ("lstm", "biased", "attention")

ALL = (
    Study(
        name="recurrence-corridor",
        title="How long may the corridor be?",
        summary=(
            "Every mouse learns the way through corridors of 5 to 50 cells, each length from two"
            " seeds."
        ),
        lab="recurrence",
        over="corridor",
        values=(5, 8, 10, 15, 20, 50),
        costs=(5, 6, 7, 8, 9, 23),
        runners=("rnn", "lstm", "gru", "attention"),
        seeds=(0, 1),
        x="cells",
        chance=0.5,
        log_x=True,
    ),
    Study(
        name="amnesia-length",
        title="How far away may the first letter be?",
        summary=(
            "Strings of 5 letters to strings of 100: at every length the networks train on that"
            " length, and are judged on that length."
        ),
        lab="amnesia",
        over="length",
        values=(5, 8, 10, 15, 20, 50, 100),
        costs=(7, 8, 8, 10, 11, 19, 32),
        runners=_AMNESIA,
        knobs={"gru": False, "steps": 250, "learning_rate": 0.005},
        x="letters",
        chance=1 / 26,
        log_x=True,
    ),
    Study(
        name="amnesia-bias",
        title="How far must the forget gates stand open?",
        summary="The second LSTM begins with a forget bias of 0, 1, 2, 3 and 5, on 20 letters.",
        lab="amnesia",
        over="forget_bias",
        values=(0.0, 1.0, 2.0, 3.0, 5.0),
        costs=(14, 14, 14, 14, 14),
        runners=("biased", "lstm"),
        metrics=("accuracy", "at200"),
        knobs={"gru": False},
        seeds=(0, 1),
        x="forget bias",
        counted=False,
        chance=1 / 26,
    ),
    Study(
        name="amnesia-seeds",
        title="The amnesia test, five times",
        summary=(
            "Nothing is changed but the seed: other strings, other weights to begin with. What"
            " comes out the same each time, and what does not?"
        ),
        lab="amnesia",
        over=SEED,
        values=_FIVE,
        costs=(17, 17, 17, 17, 17),
        runners=tuple(amnesia.RUNNERS),
        metrics=("accuracy", "at50", "at200"),
        chance=1 / 26,
    ),
    Study(
        name="recall-pairs",
        title="How many pairs does a state hold?",
        summary=(
            "Lists of 2 pairs to lists of 26. The longer the list, the more a state of fixed size"
            " has to carry; attention only has more to look through."
        ),
        lab="recall",
        over="pairs",
        values=(2, 4, 8, 13, 26),
        costs=(12, 14, 20, 37, 75),
        runners=(*recall.RUNNERS, "guess"),
        x="pairs",
        log_x=True,
    ),
    Study(
        name="recall-budget",
        title="Is it only a matter of time?",
        summary="Lists of 8 pairs, and 1,000 steps to learn them, then 2,000, then 4,000.",
        lab="recall",
        over="steps",
        values=(1000, 2000, 4000),
        costs=(20, 40, 80),
        runners=(*recall.RUNNERS, "guess"),
        x="steps",
        log_x=True,
    ),
    Study(
        name="alignment-seeds",
        title="Mouse-speak, five times",
        summary=(
            "Nothing is changed but the seed: other ways, other weights to begin with. Is the"
            " translator with attention ahead each time, and by how much?"
        ),
        lab="alignment",
        over=SEED,
        values=_FIVE,
        costs=(28, 28, 28, 28, 28),
        runners=tuple(alignment.RUNNERS),
        metrics=("accuracy", "longest"),
    ),
)
