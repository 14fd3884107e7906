"""Our networks beside other people's: CPU time of the same work, in one process, on one thread.

Torch is imported when something is measured, so that the other measures are taken without it.
"""

from __future__ import annotations

import gc
import math
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.result import Measure, Reading, Target

ROUNDS = 30
WARM_UP = 3
EXPLICIT_UP_TO = 64
"""Tokens that a lab reads with the explicit attention; beyond, it may be fused."""
TEXTS = ((128, 64), (256, 64), (128, 32))
"""Tokens and batch of what the LSTMs read; the limit is for batches of 64, as labs have them."""
LAB_BATCH = 64
WIDTH = 128
"""Of the LSTMs, and of the GPT that decodes."""
CONTEXTS = (64, 1024)
DECODED = 200
"""Tokens that are decoded after each context."""

Times = Mapping[str, list[float]]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Have torch compute on one thread, and garbage wait, inside."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        torch.set_num_threads(threads)


def race(steps: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """CPU seconds of each step, taken in turns; each round begins with another of them."""
    names = list(steps)
    times: dict[str, list[float]] = {name: [] for name in names}
    with undisturbed():
        for name in names * WARM_UP:
            steps[name]()
        for number in range(rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                started = time.process_time()
                steps[name]()
                times[name].append(time.process_time() - started)
    return times


def ratio(ours: list[float], theirs: list[float]) -> Reading:
    """The ratio of the medians, with two standard errors of a median of ratios.

    Quartiles that are 1.35 apart are those of a standard deviation of 1, and the standard error of
    a median is 1.25 of that of a mean: so a round that was disturbed does not widen the margin.
    """
    low, _, high = statistics.quantiles(a / b for a, b in zip(ours, theirs, strict=True))
    error = 1.25 * (high - low) / 1.35 / math.sqrt(len(ours))
    return Reading(statistics.median(ours) / statistics.median(theirs), 2 * error)


def report(what: object, times: Times) -> None:
    """Tell the medians in milliseconds, for people."""
    medians = {name: 1000 * statistics.median(spent) for name, spent in times.items()}
    said = ", ".join(f"{name} {spent:.3g}" for name, spent in medians.items())
    print(f"{what}: CPU-ms {said}", file=sys.stderr)


@dataclass(frozen=True)
class Contest:
    """A training step of several GPTs of one size."""

    tokens: int
    times: Times


def contests(*names: str) -> list[Contest]:
    """The named GPTs beside each other, at every size."""
    from benchmarks import peers

    found = []
    for size in peers.SIZES:
        steps = {name: peers.training_step(peers.GPTS[name](size), size) for name in names}
        times = race(steps, ROUNDS)
        report(size, times)
        found.append(Contest(size.tokens, times))
    return found


def worst(found: Iterable[Contest], ours: str, theirs: str) -> Reading:
    """The largest ratio of the sizes."""
    return max(ratio(one.times[ours], one.times[theirs]) for one in found)


def gpt_beside_torch() -> Mapping[str, Reading]:
    """CPU time of a training step of our GPT, divided by that of the same made from PyTorch's
    parts, and of one with nn.TransformerEncoder; of three sizes the worst, and for the explicit
    attention, which labs run up to 64 tokens, of two. A design that bends by the tanh form of GELU
    shows 1.14, and one that also fills its mask into the scores of every head 1.31."""
    found = contests("explicit", "fused", "nanogpt", "torch")
    short = [one for one in found if one.tokens <= EXPLICIT_UP_TO]
    return {
        "gpt-fused-nanogpt": worst(found, "fused", "nanogpt"),
        "gpt-fused-torch": worst(found, "fused", "torch"),
        "gpt-explicit-nanogpt": worst(short, "explicit", "nanogpt"),
    }


def gpt_beside_libraries() -> Mapping[str, Reading]:
    """CPU time of a training step of our fused GPT, divided by that of Hugging Face's GPT-2, of
    three sizes the worst; x-transformers is told beside it, without a limit. A design that writes
    out the tanh form of GELU operation by operation, as theirs does, shows 1."""
    also = ["x-transformers"] if find_spec("x_transformers") else []
    return {"gpt-fused-hf": worst(contests("fused", "hf", *also), "fused", "hf")}


def lstm() -> Mapping[str, Reading]:
    """CPU time of our LSTM's way through 128 and 256 tokens and back, divided by that of nn.LSTM,
    in batches of 64; the worse of the two. Batches of 32 are told beside it, without a limit. A
    design that takes x[:, t] at every step instead of unbinding x shows 20."""
    from benchmarks import peers

    ratios = []
    for tokens, batch in TEXTS:
        networks = {"ours": peers.our_lstm(WIDTH), "torch": peers.torch_lstm(WIDTH)}
        steps = {n: peers.reading_step(one, tokens, batch, WIDTH) for n, one in networks.items()}
        times = race(steps, ROUNDS)
        report(f"LSTM N={WIDTH} T={tokens} B={batch}", times)
        if batch == LAB_BATCH:
            ratios.append(ratio(times["ours"], times["torch"]))
    return {"lstm": max(ratios)}


def decoding() -> Mapping[str, Reading]:
    """CPU time of a token that our GPT writes after 1,024 others, divided by that after 64. A
    design that reads the whole text again for every token shows 44."""
    from benchmarks import peers

    short, long = CONTEXTS
    room = long + DECODED + WARM_UP
    model = peers.ours(peers.Size(width=WIDTH, layers=4, tokens=room, batch=1)).eval()
    steps = {str(read): peers.decoding_step(model, read) for read in CONTEXTS}
    times = race(steps, DECODED)
    report("decoding", times)
    return {"decode-context": ratio(times[str(long)], times[str(short)])}


MEASURES = (
    Measure(
        (
            Target("gpt-fused-nanogpt", 1.05),
            Target("gpt-fused-torch", 1.05),
            Target("gpt-explicit-nanogpt", 1.25),
        ),
        gpt_beside_torch,
    ),
    Measure((Target("gpt-fused-hf", 0.9),), gpt_beside_libraries),
    Measure((Target("lstm", 1.1),), lstm),
    Measure((Target("decode-context", 1.5),), decoding),
)
