"""The looped map learns its arrows; then probes read the distance off its stream, and erase it.

Probes are fitted and tried on mazes that it did not practise in. A probe is one weighted sum, and
another one after every loop.

Axes: B unseen mazes, T cells, C channels, K loops.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, cast

import torch
from torch import Tensor

from models.chance import number
from models.labs.lab import Inside, Look
from models.labs.looks import due
from models.labs.looper import Looper
from models.labs.map import MapLab
from models.labs.map_asked import asked
from models.labs.map_judged import judged
from models.labs.race import Racer
from models.labs.read_in_maze import Reader, fitted, readings
from models.labs.readings import Change, Erasing, ErasingAtRandom, Mazes, streams
from models.layers.loss import IGNORED
from models.layers.size import parameters
from models.networks.map import MapSolver
from models.probe import at_rest
from models.protocol import Report
from models.specs.map import LENGTHS, LOOPS
from models.specs.probe import AT, DRAWS, FITTED, PRACTISED, SPEC, TASKS, UNSEEN
from models.specs.spec import Value

GLANCED = 50
"""Mazes of either kind that are looked at while it trains."""
GOAL, FADES, HARMLESS, HARMFUL = 0.70, 0.25, 0.02, 0.05
APART, UNTRAINED, MANHATTAN = 0.40, 0.35, 0.45


class ProbeLab(MapLab):
    """A map, trained as in the lab of the map, and what can be read off it."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        self._glance = Mazes(GLANCED, GLANCED, seed, device)
        self._readers = dict[tuple[str, int], Reader]()
        self._curves = dict[tuple[str, int], list[float]]()
        """What probes explain, loop by loop: of whom, and after how many steps of training."""

    def line_up(self) -> list[Racer]:
        """One map alone."""
        return [self._looper("map")]

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Its arrows, a walk by them, and how well the distance can be read after each loop."""
        yield from super().looks(racer, step)
        if not due(step, racer.recipe.steps):
            return
        looper = _looper(racer)
        read: dict[str, list[float]] = {"map": [], "control": [], "arrived": []}
        for loop, stream in enumerate(streams(looper.solver, self._glance), 1):
            if loop not in AT:
                continue
            read["map"].append(self._glance.explained(stream, self._glance.away))
            read["control"].append(self._glance.by_heart(stream))
            read["arrived"].append(self._glance.arrived(loop))
        # Below 0 is who does worse than to say the mean; the picture has no room there.
        curves = {
            name: [round(max(0.0, value), 3) for value in curve] for name, curve in read.items()
        }
        told = {"lengths": list(AT), "curves": curves, "title": "the distance, read"}
        yield Look("", step, "lengths", {**told, "chance": None, "called": ["R²", "loops"]})

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`readings`: what is read, loop by loop, in every cell of one maze by the probes of `who`:
        `map`, `untrained` or `control` (`read_in_maze`; `map_asked`: which maze). With it
        `curves`, the R² in unseen mazes by the loop of all of them, of the control tasks in the
        mean, once the training is over; how many mazes were `practised` and how many `unseen`; how
        many control `tasks` there are, of which the first is read. And all that a map can be
        asked."""
        if what != "readings":
            return super().probe(what, arguments)
        who, of = arguments.get("who", "map"), asked(arguments, self.seed)
        if who not in FITTED:
            raise ValueError(f"nothing called {who} is read here, only {', '.join(FITTED)}")
        told, mazes = of.board.seen.to(self.device), self._mazes_read
        wanted = mazes.control(told)[0, 0].tolist() if who == "control" else of.away
        arrays, values = readings(self._reader(who), of, told, wanted)
        looper = _looper(self._named("map"))
        known = FITTED if looper.pupil.step == looper.recipe.steps else ()
        curves = {name: self._explained(name) for name in (*known, "arrived")}
        counts = {"practised": PRACTISED, "unseen": UNSEEN, "tasks": TASKS}
        return arrays, {**values, **counts, "who": who, "curves": curves}

    def _reader(self, who: str) -> Reader:
        """The probes of the network as it is now, or of that which has learned nothing."""
        looper, mazes, key = _looper(self._named("map")), self._mazes_read, self._now(who)
        if key not in self._readers:
            solver = cast("MapSolver", looper.untrained) if who == "untrained" else looper.solver
            wanted = mazes.controls[0] if who == "control" else mazes.away
            self._readers[key] = fitted(solver, mazes, wanted)
        return self._readers[key]

    def _explained(self, who: str) -> list[float]:
        """R² loop by loop, as it was judged, or will be."""
        key, mazes = self._now(who), self._mazes_read
        if key not in self._curves:
            if who == "arrived":
                found = [mazes.arrived(loop) for loop in range(1, LOOPS + 1)]
            elif who == "control":
                solver = _looper(self._named("map")).solver
                found = [mazes.by_heart(stream) for stream in streams(solver, mazes)]
            else:
                found = self._reader(who).explained
            self._curves[key] = found
        return self._curves[key]

    def _now(self, who: str) -> tuple[str, int]:
        """Of what network something is known."""
        learned = who in ("map", "control")
        return who, _looper(self._named("map")).pupil.step if learned else 0

    @cached_property
    def _mazes_read(self) -> Mazes:
        """The mazes of the probes by which the run is judged."""
        return Mazes(PRACTISED, UNSEEN, self.seed, self.device)

    def at_the_end(self) -> Iterator[Look]:
        """Nothing more: no ways are judged here."""
        yield from ()

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """The distance is read, fades, is not needed at the end, and is needed on the way; and no
        control can be read as well."""
        whole = metrics["map.right"]
        held = (
            metrics["map.best"] >= GOAL
            and metrics["map.left"] <= metrics["map.best"] - FADES
            and metrics["last.right"] > whole - HARMLESS
            and metrics["every.right"] <= metrics["random.right"] - HARMFUL
        )
        failed = (
            metrics["control.best"] <= metrics["map.best"] - APART
            and metrics["untrained.best"] < UNTRAINED
            and metrics["manhattan.best"] < MANHATTAN
        )
        return held, failed

    def _judge(self, racer: Racer, place: int, metrics: dict[str, float]) -> Iterator[Report]:
        """First read, loop by loop, then erased."""
        looper, steps = _looper(racer), racer.recipe.steps
        metrics |= {
            "map.loss": racer.pupil.recent_loss(),
            "map.parameters": parameters(racer.network),
        }
        if math.isfinite(racer.solved):
            metrics["map.solved"] = racer.solved
        mazes = self._mazes_read
        runs, passes = 0, 3 + DRAWS
        for part in (self._read, self._erase):
            for _ in part(looper, mazes, metrics):
                runs += 1
                done = 0.97 + 0.03 * runs / (passes * LOOPS)
                yield Report(racer.name, "reading and erasing", steps, steps, done, {})

    def _read(self, looper: Looper, mazes: Mazes, metrics: dict[str, float]) -> Iterator[None]:
        """R² after every loop, of the map before and after training."""
        found: dict[str, list[float]] = {name: [] for name in FITTED}
        best, missed, stream = -math.inf, torch.zeros(()), torch.zeros(())
        for stream in streams(looper.solver, mazes):
            found["map"].append(mazes.explained(stream, mazes.away))
            found["control"].append(mazes.by_heart(stream))
            if found["map"][-1] > best:
                best, missed = found["map"][-1], mazes.missed(stream)
            yield
        metrics |= _measured("map", looper, mazes, stream)
        metrics |= _measured("last", looper, mazes, Erasing(mazes)(LOOPS, stream))
        for stream in streams(cast("MapSolver", looper.untrained), mazes):
            found["untrained"].append(mazes.explained(stream, mazes.away))
            yield
        self._curves |= {self._now(name): curve for name, curve in found.items()}
        found["arrived"] = self._explained("arrived")
        loop = found["map"].index(best)
        metrics |= {f"{name}.at{k}": curve[k - 1] for name, curve in found.items() for k in AT}
        metrics |= {f"{name}.best": found[name][loop] for name in ("map", "control", "arrived")}
        metrics |= {"untrained.best": max(found["untrained"]), "map.loop": loop + 1}
        _note_misses(mazes, missed, metrics)

    def _erase(self, looper: Looper, mazes: Mazes, metrics: dict[str, float]) -> Iterator[None]:
        """What becomes of the arrows without the distance, and without random sums."""
        erasing, tried = Erasing(mazes), Counter[str]()
        changes: list[tuple[str, Change]] = [("every", erasing)]
        for draw in range(DRAWS):
            seed = number("random sum", draw, self.seed)
            changes.append(("random", ErasingAtRandom(mazes, erasing.sizes, seed)))
        for name, change in changes:
            stream = torch.zeros(())
            for left in streams(looper.solver, mazes, change):
                stream = left
                yield
            found = _measured(name, looper, mazes, stream)
            share = 1 / DRAWS if name == "random" else 1
            tried.update({name: share * value for name, value in found.items()})
        metrics |= tried


def _measured(name: str, looper: Looper, mazes: Mazes, stream: Tensor) -> dict[str, float]:
    """What is left to be read after the last loop, and how the arrows do, in unseen mazes."""
    board = mazes.unseen
    with at_rest(looper.network):
        arrows = looper.solver.point(stream[mazes.practised :]).argmax(-1)  # (B, T)
    asked = board.onward != IGNORED
    return {
        f"{name}.left": mazes.explained(stream, mazes.away),
        f"{name}.right": ((arrows == board.onward) & asked).sum().item() / int(asked.sum()),
        f"{name}.accuracy": judged(arrows, board)["accuracy"],
    }


def _note_misses(mazes: Mazes, missed: Tensor, metrics: dict[str, float]) -> None:
    """By how much the best reading is off, `missed` (B, T), and what is read without a network."""
    away = mazes.unseen.away
    metrics["map.off"] = missed.mean().item()
    for low, high in LENGTHS:
        metrics[f"map.off{low}"] = missed[(away >= low) & (away <= high)].mean().item()
    metrics["manhattan.best"] = mazes.explained(mazes.manhattan, mazes.away)
    metrics["manhattan.off"] = mazes.missed(mazes.manhattan).mean().item()
    metrics["walls.best"] = mazes.explained(mazes.told, mazes.away)


def _looper(racer: Racer) -> Looper:
    assert isinstance(racer, Looper)
    return racer
