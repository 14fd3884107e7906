"""Studies of the third part, The Machine."""

from __future__ import annotations

from models.specs.spec import Value
from models.specs.study import Study

_ALONE: dict[str, Value] = {"rivals": False}

ALL = (
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
)
