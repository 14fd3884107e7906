"""A transformer and an LSTM go on from a maze with the way; two of them are asked moves ahead.

All see the same mazes in the same order. Rates of 0.003 to 0.02 were tried for each on one seed:
the transformer did best with 0.005, the others with 0.01, and 0.007 costs each of them little.

Axes: B texts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from models.chance import chance, number, seeded
from models.labs.answering import AnsweringRace
from models.labs.lab import Inside, Lab, Look
from models.labs.race import Draw, Racer
from models.labs.stream_writers import GoesOn, Remembers, gpt, lstm
from models.layers.size import parameters
from models.probe import at_rest
from models.protocol import Report
from models.specs.mapsequence import LARGE_MOVES, MOVES, RUNNERS, SPEC
from models.specs.spec import Value
from models.tasks.maze_stream import Kind, blindfolded, framed, walked, wandered, ways
from models.training import LossAt, Recipe

EACH = 200
"""Ways of each number of moves on which everyone is judged."""
WATCHED = 64
"""Ways on which everyone is watched while it trains."""
FEW, APART = 50, 200
"""Ways of each number of moves for a picture of the lengths, and the steps between two."""
NAMES, AHEAD_OF_LSTM, HELPS, FAR, BLIND = 0.40, 0.10, 0.05, 0.05, 0.25
JUDGED: dict[Kind, Sequence[int]] = {"unseen": MOVES, "large": LARGE_MOVES}
"""In which mazes everyone is judged, and of how many moves the ways are."""
KINDS: tuple[Kind, ...] = ("practice", *JUDGED)
WALKER = ("accuracy", "large", "near", "far")
"""What is measured of a mouse that never turns back."""


class MapsequenceLab(AnsweringRace):
    """Two networks, each with the next token as its target and with several moves."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        self._shares: dict[str, list[float]] = {}
        for kind in KINDS:
            framed(kind)  # takes a second once, for which no step should wait

    def line_up(self) -> list[Racer]:
        """Who runs."""
        return [self._writer(name) for name in RUNNERS]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """The transformer learns ways and the LSTM fewer; more targets help neither, and larger
        mazes are beyond all."""
        metrics |= self._walker()
        held = metrics["gpt.accuracy"] >= NAMES
        held &= metrics["gpt.accuracy"] >= metrics["lstm.accuracy"] + AHEAD_OF_LSTM
        for name in ("gpt", "lstm"):
            held &= metrics[f"{name}ahead.accuracy"] <= metrics[f"{name}.accuracy"] + HELPS
        for name in RUNNERS:
            held &= metrics[f"{name}.large"] < metrics["random.large"]
            held &= metrics[f"{name}.far"] <= FAR
        return held, all(metrics[f"{name}.blind"] < BLIND for name in RUNNERS)

    def train(self) -> Iterator[Report | Look]:
        """The race, and how everyone was judged by the length of the way."""
        yield from super().train()
        judged = {name: self._measured(name) for name in RUNNERS}
        yield self._by_length(self.whole("steps"), judged, EACH)

    def is_due(self, step: int, last: int) -> bool:
        """Whether it is time to look: seldom, as ways are written token by token."""
        return step % APART == 0

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """How everyone does in large mazes, by the length of the way."""
        self._shares[racer.name] = self._measured(racer.name)
        if racer is self.racers[-1]:
            yield self._by_length(step, self._shares, FEW)

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`lengths`: how often each of `runners` names the whole way through a large maze, by its
        moves."""
        if what != "lengths":
            return Lab.probe(self, what, arguments)
        names = arguments.get("runners") or RUNNERS
        count = FEW if self.result is None else EACH
        return {}, {**_told(count), "shares": {name: self._measured(name) for name in names}}

    def _measured(self, name: str) -> list[float]:
        """How often it names the whole way through a large maze, by its moves: as it was judged,
        or as it does on a few."""
        writer = _writing(self._named(name))
        if self.result is not None:
            return [self.result.metrics[f"{name}.large{moves}"] for moves in LARGE_MOVES]
        return [self._right(writer, "large", moves, FEW)["right"] for moves in LARGE_MOVES]

    def _texts(
        self, racer: Racer, use: str, count: int, exam: str = "accuracy"
    ) -> tuple[Tensor, Tensor]:
        """Fewer than elsewhere, as each is written token by token."""
        return super()._texts(racer, use, min(count, WATCHED), exam)

    def _loss(self, racer: Racer) -> LossAt:
        writer, draw = _writing(racer), racer.practice or racer.draw

        def loss_at(step: int) -> Tensor:
            texts, answers = draw(writer.batch, chance(self.seed, step))
            return writer.loss(texts.to(self.device), answers.to(self.device))

        return loss_at

    def _judge(self, racer: Racer, place: int, metrics: dict[str, float]) -> Iterator[Report]:
        """Ways of every length: in unseen small mazes, also blindfolded, and in large ones."""
        writer, name, steps = _writing(racer), racer.name, racer.recipe.steps
        units = [(kind, moves) for kind, lengths in JUDGED.items() for moves in lengths]
        found: dict[Kind, list[dict[str, float]]] = {"unseen": [], "large": []}
        for sat, (kind, moves) in enumerate(units, 1):
            found[kind].append(self._right(writer, kind, moves, EACH))
            done = 0.97 + 0.03 * (place + sat / len(units)) / len(self.racers)
            yield Report(name, f"{EACH} ways of each length", steps, steps, done, {})
        small, large = found["unseen"], [one["right"] for one in found["large"]]
        told = {f"at{n}": one["right"] for n, one in zip(MOVES, small, strict=True)}
        told |= {f"large{n}": right for n, right in zip(LARGE_MOVES, large, strict=True)}
        told |= {k: _mean([one[k] for one in small]) for k in small[0] if k != "right"}
        told |= {"accuracy": _mean([one["right"] for one in small]), "large": _mean(large)}
        told |= {"near": _mean(large[: len(MOVES)]), "far": _mean(large[len(MOVES) :])}
        told |= {"loss": racer.pupil.recent_loss(), "parameters": parameters(racer.network)}
        if math.isfinite(racer.solved):
            told["solved"] = racer.solved
        metrics |= {f"{name}.{key}": value for key, value in told.items()}

    def _right(self, writer: GoesOn, kind: Kind, moves: int, count: int) -> dict[str, float]:
        """Of ways of a length: the share that is `right` as a whole, whose `first` move is, that
        is `legal`, that `arrives`, and that is right with another maze shown (`blind`)."""
        texts, answers = self._drawn(kind, moves, count)
        with at_rest(writer.network):
            said = writer.said(texts, answers)
            found = {"right": (said == answers).all(1)}
            if kind == "unseen":
                free = writer.spoken(texts, moves + 1)
                found |= {"first": free[:, 0] == answers[:, 0]}
                found["legal"], found["arrives"] = walked(texts, free)
                found["blind"] = (writer.said(blindfolded(texts), answers) == answers).all(1)
        return {name: each.float().mean().item() for name, each in found.items()}

    def _drawn(self, kind: Kind, moves: int, count: int) -> tuple[Tensor, Tensor]:
        """The same for everyone."""
        generator = torch.Generator().manual_seed(number("judged", kind, moves, self.seed))
        texts, answers = ways(count, kind, (moves,), generator)
        return texts.to(self.device), answers.to(self.device)

    def _walker(self) -> dict[str, float]:
        """How often a mouse names the whole way that goes on at random and never turns back."""
        generator = torch.Generator().manual_seed(number("wandered", self.seed))

        def right(kind: Kind, moves: int) -> float:
            texts, _ = ways(EACH, kind, (moves,), generator)
            return walked(texts, wandered(texts, moves, generator))[1].float().mean().item()

        small = [right("unseen", moves) for moves in MOVES]
        large = [right("large", moves) for moves in LARGE_MOVES]
        parts = (small, large, large[: len(MOVES)], large[len(MOVES) :])
        return {f"random.{name}": _mean(p) for name, p in zip(WALKER, parts, strict=True)}

    def _by_length(self, step: int, shares: Mapping[str, list[float]], count: int) -> Look:
        rounded = {name: [round(share, 4) for share in row] for name, row in shares.items()}
        return Look("", step, "per-length", {**_told(count), "shares": rounded})

    def _writer(self, name: str) -> GoesOn:
        ahead = self.whole("ahead") if name.endswith("ahead") else 1
        kind, build = (GoesOn, gpt) if name.startswith("gpt") else (Remembers, lstm)
        with seeded(self.seed):
            network = build(self.whole("width"), ahead)
        return kind(
            name=name,
            phase=f"training the {RUNNERS[name]}",
            network=network,
            draw=_of("unseen"),
            recipe=Recipe(self.whole("steps"), self.number("learning_rate")),
            practice=_of("practice"),
            ahead=ahead,
        )


def _of(kind: Kind) -> Draw:
    """Ways of every length through mazes of a kind."""
    return lambda count, chance: ways(count, kind, MOVES, chance)


def _told(count: int) -> dict[str, Any]:
    """What every picture of the lengths says."""
    seen = [moves <= MOVES[-1] for moves in LARGE_MOVES]
    return {
        "lengths": list(LARGE_MOVES),
        "seen": seen,
        "called": "moves",
        "count": count,
        "about": f"Whole ways in new mazes of 4x4, {count} of each length.",
    }


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares)


def _writing(racer: Racer) -> GoesOn:
    assert isinstance(racer, GoesOn)
    return racer
