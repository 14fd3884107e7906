"""A lab without a network, for tests of whatever stands around a lab."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np

from models.checkpoint import Checkpoint
from models.checkpoint_file import CheckpointError
from models.protocol import Report
from models.specs.spec import Knob, LabSpec, Metric

SPEC = LabSpec(
    name="fake",
    title="A lab without a network",
    summary="It counts.",
    knobs=(
        Knob("steps", 10, "how far it counts", 1, 1_000_000_000),
        Knob("hidden", 8, "how wide it pretends to be", 4, 64, because="no wider is needed"),
        Knob("rate", 0.5, "how fast the loss falls", 0.0, 1.0, live=True),
        Knob("fixed", True, "may not be turned while it counts"),
        Knob(
            "trouble",
            "none",
            "what goes wrong",
            choices=("none", "error", "memory", "nan", "hang", "die", "print", "odd", "build"),
        ),
        Knob("when", 3, "at which step it does", 0, 1_000_000_000),
    ),
    metrics=(Metric("loss", "what falls"), Metric("count", "how far it counted", "count")),
    goal="It counts to the end.",
    control="Nothing can fail.",
    seconds=1,
    needs_torch=False,
)


class FakeLab:
    """Counts to `steps`, one report a step and one look every tenth."""

    def __init__(self, settings: dict, seed: int, device: str) -> None:
        if settings["trouble"] == "build":
            raise MemoryError
        self.settings = settings
        self.seed = seed
        self.device = device
        self.count = 0
        self.result = None

    def train(self) -> Iterator[object]:
        steps = self.settings["steps"]
        while self.count < steps:
            self.count += 1
            if self.count == self.settings["when"]:
                self._go_wrong()
            yield Report("counter", "train", self.count, steps, self.count / steps, self._metrics())
            if self.count % 10 == 0:
                odd = self.settings["trouble"] == "odd"
                path = object() if odd else [1, self.count]
                yield SimpleNamespace(
                    runner="counter", step=self.count, name="ten", data={"path": path}
                )
        self.result = SimpleNamespace(
            metrics={"count": float(self.count)}, reached=True, control_failed=True, steps=steps
        )

    def state(self) -> Checkpoint | None:
        """Nothing to go on from."""
        return None

    def probe(self, what: str, arguments: dict) -> tuple[dict, dict]:
        if what == "count":
            row = np.full((2, 3), self.count, dtype=np.float32)
            return {"row": row}, {"count": self.count, **arguments}
        if what == "memory":
            raise MemoryError
        raise ValueError(f"nothing here is called {what}")

    def set_knob(self, name: str, value: object) -> None:
        self.settings[name] = value

    def _metrics(self) -> dict[str, float]:
        loss = np.float32(self.settings["rate"] / self.count)
        if self.settings["trouble"] == "nan" and self.count >= self.settings["when"]:
            loss = float("nan")
        return {"loss": loss}

    def _go_wrong(self) -> None:
        match self.settings["trouble"]:
            case "error":
                raise ZeroDivisionError("the cheese was divided among no mice")
            case "memory":
                raise MemoryError
            case "hang":
                time.sleep(3600)
            case "die":
                os.abort()
            case "print":
                print("printed by Python")
                os.write(1, b"written by C\n")
                libc = ctypes.CDLL(None)
                libc.puts(b"put by C")
                libc.fflush(None)


class GoingLab(FakeLab):
    """The same, which can be kept and go on later. It needs torch."""

    def state(self) -> Checkpoint:
        import torch

        about = {"counter": {"training": {"step": self.count}}}
        return Checkpoint({"counter/weight": torch.full((3,), float(self.count))}, about)

    def restore(self, kept: Checkpoint) -> None:
        if "counter/weight" not in kept.tensors:
            raise CheckpointError("it has not counted")
        self.count = int(kept.tensors["counter/weight"][0])


def find_fake(name: str) -> LabSpec:
    """The only lab there is."""
    if name != "fake":
        raise LookupError(f"no lab is called {name}: did you mean fake?")
    return SPEC


def load_fake(name: str) -> type[FakeLab]:
    """Its code."""
    return FakeLab
