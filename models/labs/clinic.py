"""Six patients and a healthy network, on echoes: as they come, and with their line put right.

A patient and its patched self begin with the same weights; every patient has its own. All see the
same texts, in which a third of the letters is graded. Rates of 0.005, 0.01 and 0.02 were tried for
the healthy one: it learns with all of them. It is examined as it would be used: a text is cut off
before each letter of the echo, so that nobody has a future to look at.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from models.chance import chance, number, seeded
from models.checkpoint import Checkpoint, number_in
from models.labs.clinic_inside import code_of, findings, is_ill, said_of, weights_of
from models.labs.lab import Inside, Look
from models.labs.looks import of_alignment
from models.labs.race import BATCH, SOLVED, Race, Racer
from models.networks.diseases import DISEASES
from models.networks.patient import UNGRADED, Patient
from models.protocol import Report
from models.specs.clinic import HEALTHY, PATIENTS, RUNNERS, SPEC, patched
from models.specs.spec import Value
from models.tasks.echo import LENGTH, LETTERS, graded, spelled, texts
from models.training import LossAt, Recipe, Update

SUFFERS = {
    "ada": "places",
    "bea": "mask",
    "cas": "row",
    "dot": "rate",
    "eli": "mode",
    "fay": "targets",
}
"""Patient -> its disease."""
WIDTH = 32
DROPOUT = 0.1
"""Of the patient that is examined in training mode; the others have none."""
GRADED = 1 / 3
"""The share of the letters that is graded."""
FOUND = 100
"""Texts on which is measured what a patient shows."""


@dataclass
class Case(Racer):
    """A patient in treatment."""

    seed: int = 0
    peak: float = -math.inf
    """The highest loss it has had."""

    @property
    def patient(self) -> Patient:
        """Its network."""
        return _patient(self.network)

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The share of the letters (B, K) of echoes that it says: texts (B, 2K)."""
        return (said_of(self.patient, texts, self.seed) == answers).float().mean().item()

    def state(self) -> Checkpoint:
        """And the highest loss."""
        kept = super().state()
        peak = self.peak if math.isfinite(self.peak) else None
        return Checkpoint(kept.tensors, {**kept.about, "peak": peak})

    def restore(self, kept: Checkpoint) -> None:
        """Stand where it stood."""
        super().restore(kept)
        unknown = kept.about.get("peak") is None
        self.peak = -math.inf if unknown else number_in(kept.about, "peak")


class ClinicLab(Race):
    """The healthy one, and the patients that the knobs ask for."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """Who is treated, each with weights drawn from the seed."""
        chosen = self.settings["patient"]
        names = [name for name in PATIENTS if chosen in ("all", name)]
        racers: list[Racer] = [self._case(HEALTHY, HEALTHY, Patient)]
        for name in names:
            racers.append(self._case(name, name, DISEASES[SUFFERS[name]]))
            if self.settings["patch"]:
                racers.append(self._case(patched(name), name, Patient))
        return racers

    def set_knob(self, name: str, value: Value) -> None:
        """Turn the learning rate; who takes a hundred times as much still does."""
        super().set_knob(name, value)
        for racer in self.racers:
            patient = _patient(racer.network)
            racer.recipe.learning_rate = patient.rate(self.number("learning_rate"))

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """All that were patched are well, and all that were not show what they suffer from."""
        texts, _ = self._texts(self.racers[0], "found", FOUND)
        for racer in self.racers:
            case = _case(racer)
            found = {"peak": case.peak, **findings(case.patient, texts, self.seed)}
            if case.name in PATIENTS:
                found["in_place"] = self._in_place(case)
            metrics |= {f"{case.name}.{name}": value for name, value in found.items()}
        metrics["chance.accuracy"] = 1 / len(LETTERS)
        for name in [name for name, value in metrics.items() if not math.isfinite(value)]:
            del metrics[name]
        names = [racer.name for racer in self.racers]
        well = [name for name in names if name not in PATIENTS]
        held = all(metrics[f"{name}.accuracy"] >= SOLVED for name in well)
        failed = all(is_ill(name, SUFFERS[name], metrics) for name in names if name in PATIENTS)
        return held and len(well) > 1, failed

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Where it looks in one text, unless its weights are no numbers."""
        weights, values = self._weights(_patient(racer.network), 0)
        if weights.isfinite().all():
            yield of_alignment(racer.name, step, weights, values)

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """Also `case`: the `weights` that a `runner` uses on one text of T letters, (T, T), and
        which of them are `hidden`.

        `when` is `before` or `after` its training, `sample` numbers a text. Values `letters`,
        `said` and `right` (T), `sums`, the sum of each row, `numbers`, what the run measured of
        it once it is over, and of a patient `code`, the method that its disease changes: [sign,
        line] with - for the disease and + for the patch.
        """
        if what != "case":
            return super().probe(what, arguments)
        racer = self._named(arguments.get("runner", HEALTHY))
        was = arguments.get("when") == "before"
        network = _patient(racer.untrained if was else racer.network)
        weights, values = self._weights(network, arguments.get("sample", 0))
        values |= {"runner": racer.name, "numbers": {} if was else self._numbers(racer.name)}
        if racer.name in PATIENTS:
            values["code"] = code_of(DISEASES[SUFFERS[racer.name]])
        arrays = {
            "weights": weights.float(),
            "hidden": network.hide(torch.zeros_like(weights)).isinf(),
        }
        return {name: array.cpu().numpy() for name, array in arrays.items()}, values

    def _numbers(self, name: str) -> dict[str, float]:
        """What was measured of one of them, by the last part of its name."""
        measured = {} if self.result is None else self.result.metrics
        parts = {whole.partition(".")[::2]: value for whole, value in measured.items()}
        return {metric: value for (runner, metric), value in parts.items() if runner == name}

    def _weights(self, patient: Patient, sample: int) -> tuple[Tensor, dict[str, Any]]:
        """The weights (T, T) that it uses on one text, and what is to be known of them."""
        text, _ = self._texts(self.racers[0], f"sample {sample}", 1)
        used, said = weights_of(patient, text[:, :-1], self.seed)
        letters = list(spelled(text)[0])
        values = {
            "letters": letters[:-1],
            "asks": letters[:-1],
            "answers": letters[:-1],
            "called": ("letter", "letter"),
            "said": list(spelled(said)[0]),
            "right": letters[1:],
            "sums": used[0].double().sum(-1).tolist(),
        }
        return used[0], values

    def _in_place(self, case: Case) -> float:
        """How often a patient is right if its line is put right and nothing is trained again."""
        cured = self._build(Patient, case.name)
        cured.load_state_dict(case.patient.state_dict())
        texts, answers = self._texts(case, "found", FOUND)
        return (said_of(cured, texts, self.seed) == answers).float().mean().item()

    def _build(self, kind: type[Patient], whose: str) -> Patient:
        dropout = DROPOUT if whose == "eli" else 0.0
        with seeded(number(whose, self.seed)):
            patient = kind(len(LETTERS), 2 * LENGTH - 1, WIDTH, dropout)
        return patient.to(self.device)

    def _case(self, name: str, whose: str, kind: type[Patient]) -> Case:
        patient = self._build(kind, whose)
        recipe = Recipe(self.whole("steps"), patient.rate(self.number("learning_rate")))
        return Case(name, f"training {RUNNERS[name]}", patient, _draw, recipe, seed=self.seed)

    def _loss(self, racer: Racer) -> LossAt:
        case = _case(racer)

        def loss_at(step: int) -> Tensor:
            drawn = chance(self.seed, step)
            text, marks = texts(BATCH, drawn), graded(BATCH, GRADED, drawn)
            text, marks = text.to(self.device), marks.to(self.device)
            logits, targets = case.patient(text[:, :-1]), text[:, 1:].where(marks, UNGRADED)
            right = logits.argmax(-1) == targets
            case.right.append(right.sum() / marks.sum())
            return case.patient.loss(logits, targets)

        return loss_at

    def _report(
        self, racer: Racer, place: int, update: Update, watched: tuple[Tensor, Tensor]
    ) -> Report:
        """What is told of a step; a loss that is no number is a finding here, and no accident."""
        report = super()._report(racer, place, update, watched)
        case, loss = _case(racer), report.metrics.get("loss", -math.inf)
        if not math.isnan(loss):
            case.peak = max(case.peak, loss)
        for name in [name for name, value in report.metrics.items() if not math.isfinite(value)]:
            del report.metrics[name]
        return report


def _case(racer: Racer) -> Case:
    assert isinstance(racer, Case)
    return racer


def _patient(network: torch.nn.Module) -> Patient:
    assert isinstance(network, Patient)
    return network


def _draw(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Texts (B, 2K), and their echoes (B, K)."""
    drawn = texts(count, chance)
    return drawn, drawn[:, LENGTH:]
