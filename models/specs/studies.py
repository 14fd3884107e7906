"""All studies there are."""

from __future__ import annotations

from models.specs import alignment, amnesia, positions, recall
from models.specs.named import named
from models.specs.spec import Value
from models.specs.study import SEED, Study

_FIVE = (0, 1, 2, 3, 4)
_HIGH: dict[str, Value] = {"task": "partner", "depth": 24, "steps": 150, "controls": False}
_ALONE: dict[str, Value] = {"rivals": False}
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
        name="tower-depth",
        title="How high may a tower without residuals be?",
        summary=(
            "Each mouse says its partner's digit, in towers of 1 block to 12. All have norms before"
            " each layer but for the one that has neither norms nor residuals."
        ),
        lab="tower",
        over="depth",
        values=(1, 2, 3, 6, 12),
        costs=(3, 5, 7, 13, 25),
        runners=("tower", "cut", "bare", "common"),
        knobs={"task": "partner", "steps": 150},
        x="blocks",
        chance=0.1,
        log_x=True,
    ),
    Study(
        name="tower-norms",
        title="Where should the norms stand?",
        summary=(
            "Towers of 24 blocks with all their residuals learn with the whole rate from the first"
            " step on: norms before each layer, after each sum, or nowhere."
        ),
        lab="tower",
        over="norm",
        values=("pre", "post", "none"),
        costs=(12, 12, 11),
        runners=("tower",),
        knobs=_HIGH | {"warm_up": 0},
        x="norms",
        counted=False,
        chance=0.1,
    ),
    Study(
        name="tower-warm-up",
        title="What a gentle start is for",
        summary=(
            "The tower of 24 blocks with norms after each sum once more. Its learning rate rises"
            " over 0 steps, 20 or 50; all else is as it was."
        ),
        lab="tower",
        over="warm_up",
        values=(0, 20, 50),
        costs=(12, 12, 12),
        runners=("tower",),
        knobs=_HIGH | {"norm": "post"},
        x="steps of warm-up",
        counted=False,
        chance=0.1,
    ),
    Study(
        name="kernel-width",
        title="How wide is best?",
        summary=(
            "Forty points, and a width that is set and not learned, from 0.05 to 2: how far off is"
            " it between the points, and how far off at them? Twice, on other points."
        ),
        lab="kernel",
        over="width",
        values=(0.05, 0.1, 0.2, 0.5, 1.0, 2.0),
        costs=(0.2, 0.2, 0.2, 0.2, 0.2, 0.2),
        runners=("fixed", "mean"),
        metrics=("error", "seen"),
        knobs={"steps": 20},
        seeds=(0, 1),
        x="width",
        counted=False,
        log_x=True,
    ),
    Study(
        name="positions-both",
        title="And if everyone sees both ways?",
        summary=(
            "The letter after the marker once more, with no mask, from three seeds: who sees what"
            " comes before and what comes after alike has to be told which is which."
        ),
        lab="positions",
        over=SEED,
        values=(0, 1, 2),
        costs=(26, 26, 26),
        runners=tuple(kind for kind in positions.RUNNERS if kind != "bag"),
        metrics=("accuracy", "at40", "at80"),
        knobs={"causal": False},
        chance=1 / 16,
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
    Study(
        name="scale-width",
        title="How sure is a softmax of random products?",
        summary=(
            "Queries and keys of 4 to 1,024 random numbers, 16 keys to a query: the largest share"
            " of a row, with the square root of the width and without."
        ),
        lab="scale",
        over="width",
        values=(4, 16, 64, 256, 1024),
        costs=(0.02, 0.02, 0.05, 0.2, 2.0),
        runners=("raw", "scaled"),
        metrics=("largest",),
        x="numbers",
        chance=1 / 16,
        log_x=True,
    ),
    Study(
        name="speak-sentences",
        title="How many sentences does it take?",
        summary=(
            "The same GPT learns from 100 sentences to 8,000, in as many steps: its loss on fresh"
            " sentences, and on those it learned from."
        ),
        lab="speak",
        over="sentences",
        values=(100, 200, 500, 1000, 2000, 8000),
        costs=(6, 6, 6, 6, 6, 6),
        runners=("gpt",),
        metrics=("validation", "known"),
        knobs=_ALONE,
        x="sentences",
        log_x=True,
    ),
    Study(
        name="speak-dropout",
        title="What does dropout do for 200 sentences?",
        summary=(
            "A GPT learns from 200 sentences, and none to a half of its numbers are left out at"
            " random in each step."
        ),
        lab="speak",
        over="dropout",
        values=(0.0, 0.1, 0.2, 0.3, 0.5),
        costs=(6, 7, 7, 7, 7),
        runners=("gpt",),
        metrics=("validation", "known"),
        knobs={**_ALONE, "sentences": 200},
        x="dropout",
        counted=False,
    ),
    Study(
        name="speak-smoothing",
        title="What does smoothing do?",
        summary=(
            "A GPT learns from 2,000 sentences and is asked to leave a share to all words: its loss"
            " on fresh sentences, taken without smoothing."
        ),
        lab="speak",
        over="smoothing",
        values=(0.0, 0.05, 0.1, 0.2),
        costs=(6, 6, 6, 6),
        runners=("gpt",),
        metrics=("validation",),
        knobs=_ALONE,
        x="smoothing",
        counted=False,
    ),
    Study(
        name="speak-rate",
        title="How large may a step be?",
        summary=(
            "GPT and LSTM learn from 2,000 sentences at rates from 0.0002 to 1: their loss on fresh"
            " sentences."
        ),
        lab="speak",
        over="learning_rate",
        values=(0.0002, 0.002, 0.02, 0.2, 1.0),
        costs=(18, 18, 18, 18, 18),
        runners=("gpt", "lstm"),
        metrics=("validation",),
        x="learning rate",
        counted=False,
        log_x=True,
    ),
    Study(
        name="rivals-steps",
        title="What do more steps buy?",
        summary=(
            "Looped map, LSTM and plain transformer learn from the same mazes for 150 to 1,000"
            " steps: the share of ways in unseen mazes that arrive by their arrows."
        ),
        lab="rivals",
        over="steps",
        values=(150, 300, 600, 1000),
        costs=(15, 26, 50, 77),
        runners=("map", "lstm", "plain"),
        knobs={"mouse": False},
        x="steps",
        log_x=True,
    ),
)
STUDIES: dict[str, Study] = {study.name: study for study in ALL}


def find_study(name: str) -> Study:
    """The study called `name`.

    Raises:
        LookupError: in plain words, with the name that was probably meant.
    """
    return named(name, STUDIES, "study")
