"""What is found when a patient is looked into: where its weights go, what it says, and its code.

Axes: B texts, K letters of an echo, T letters.
"""

from __future__ import annotations

import difflib
import inspect
import math
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import torch
from torch import Tensor

from models.chance import number, seeded
from models.layers.causality import looks_ahead
from models.networks.patient import Patient
from models.probe import at_rest, watching
from models.tasks.echo import LENGTH, LETTERS, floor


@contextmanager
def examined(patient: Patient, seed: int) -> Iterator[None]:
    """As it sits its exams, without gradients, in the passes made inside; afterwards as before."""
    with at_rest(patient), seeded(number("exam", seed), patient.place.device):
        patient.settle()
        yield


def said_of(patient: Patient, texts: Tensor, seed: int) -> Tensor:
    """What it says for each letter of the echo, the text cut off before it: (B, 2K) -> (B, K)."""
    with examined(patient, seed):
        ends = range(LENGTH, 2 * LENGTH)
        return torch.stack([patient(texts[:, :end])[:, -1].argmax(-1) for end in ends], 1)


def weights_of(patient: Patient, texts: Tensor, seed: int) -> tuple[Tensor, Tensor]:
    """Of texts (B, T): the weights that it uses (B, T, T), and the letters that it says (B, T)."""
    with examined(patient, seed), watching(patient, "used") as seen:
        said = patient(texts).argmax(-1)
    return seen["used"], said


def findings(patient: Patient, texts: Tensor, seed: int) -> dict[str, float]:
    """What is measured on texts (B, 2K): `future`, `least`, `most`, `last` and `peeks`; and
    `lost`."""
    used, _ = weights_of(patient, texts[:, :-1], seed)
    sums = used.sum(-1)  # (B, T)
    last = said_of(patient, texts, seed) == len(LETTERS) - 1
    numbers = torch.cat([part.detach().flatten() for part in patient.parameters()])
    with examined(patient, seed):
        peeks = looks_ahead(patient, texts[:, :-1], LENGTH - 1, len(LETTERS))
    return {
        "peeks": float(peeks),
        "future": used.triu(1).sum(-1).mean().item(),
        "least": sums.min().item(),
        "most": sums.max().item(),
        "last": last.float().mean().item(),
        "lost": numbers.isnan().float().mean().item(),
    }


def is_ill(patient: str, disease: str, metrics: Mapping[str, float]) -> bool:
    """Whether a patient shows the signs of a disease."""

    def measured(name: str, otherwise: float) -> float:
        return metrics.get(f"{patient}.{name}", otherwise)

    right = measured("accuracy", 1.0)
    shown = {
        "places": right < 0.60,
        "mask": right < 0.50 and measured("loss", math.inf) < floor() / 2,
        "row": measured("lost", 0.0) == 1.0,
        "rate": measured("peak", 0.0) > 2 * math.log(len(LETTERS)),
        "mode": right < 0.95 and measured("least", 1.0) == 0.0,
        "targets": measured("last", 0.0) >= 0.90,
    }
    return shown[disease]


def code_of(disease: type[Patient]) -> list[list[str]]:
    """The method that a disease says otherwise, as [sign, line]: "-" stands before what is its
    own, "+" before what puts it right."""
    (name,) = (name for name, part in vars(disease).items() if inspect.isfunction(part))
    ill, well = (_lines(vars(kind)[name]) for kind in (disease, Patient))
    return [[line[0], line[2:]] for line in difflib.ndiff(ill, well) if line[0] != "?"]


def _lines(function: object) -> list[str]:
    """The code of a method, without its indent and its docstring of one line."""
    assert inspect.isfunction(function)
    code = textwrap.dedent(inspect.getsource(function))
    return [line for line in code.splitlines() if not line.strip().startswith('"""')]
