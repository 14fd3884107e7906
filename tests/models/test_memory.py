"""What memory there is, and what an error says of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from models import memory
from models.memory import amounts, size

GB = 1 << 30
MEMINFO = "MemTotal:  4194304 kB\nMemFree: 1 kB\nMemAvailable:  3145728 kB\nHugePages_Total: 0\n"


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine that says nothing, until a test writes its files; without `sysconf`."""
    for name in ("MEMINFO", "LIMIT", "USED"):
        monkeypatch.setattr(memory, name, tmp_path / name)
    monkeypatch.delattr(os, "sysconf")
    return tmp_path


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (5 * GB // 2, "2.5 GB"),
        (1000 * GB, "1.0 TB"),
        (140 * GB, "140 GB"),
        (1 << 60, "1024 PB"),
    ],
)
def test_sizes_in_words(count: int, words: str) -> None:
    assert size(count) == words


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (
            "CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 139.72 "
            "GiB of which 512.00 MiB is free. Including non-PyTorch memory, this process has",
            (2.5 * GB, 0.5 * GB),
        ),
        (
            "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate "
            "memory: you tried to allocate 4503599627370496 bytes. Error code 12",
            (1 << 52, None),
        ),
        ("MPS backend out of memory. Tried to allocate 20.25 MB on", (20.25 * (1 << 20), None)),
        ("Invalid buffer size: 24.00 GB", (24 * GB, None)),
        ("Unable to allocate 8.00 PiB for an array with shape (1,)", (1 << 53, None)),
        ("CUDA error: out of memory", (None, None)),
    ],
)
def test_what_an_error_says(said: str, known: tuple[float | None, float | None]) -> None:
    assert amounts(RuntimeError(said)) == known


def test_linux_says_what_is_available(machine: Path) -> None:
    (machine / "MEMINFO").write_text(MEMINFO)
    assert memory.memory("cpu") == (3 * GB, 4 * GB)


def test_a_container_may_have_less_than_its_machine(machine: Path) -> None:
    (machine / "MEMINFO").write_text(MEMINFO)
    (machine / "LIMIT").write_text(f"{2 * GB}\n")
    (machine / "USED").write_text(f"{GB}\n")
    assert memory.memory("cpu") == (GB, 2 * GB)
    (machine / "LIMIT").write_text("max\n")
    assert memory.memory("cpu") == (3 * GB, 4 * GB)


def test_other_systems_are_asked_and_may_not_know(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert memory.memory("cpu") is None
    pages = {"SC_PAGE_SIZE": 1 << 12, "SC_AVPHYS_PAGES": 1 << 18, "SC_PHYS_PAGES": 1 << 19}
    monkeypatch.setattr(os, "sysconf", pages.__getitem__, raising=False)
    assert memory.memory("cpu") == (GB, 2 * GB)
    pages["SC_AVPHYS_PAGES"] = -1  # the system's way to say that it does not know
    assert memory.memory("cpu") is None


def test_this_machine_has_some() -> None:
    known = memory.memory("cpu")
    assert known is None or 0 < known[0] <= known[1]


def test_a_gpu_is_not_woken_to_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []

    def asked(device: str) -> tuple[int, int]:
        used.append(device)
        return GB, 2 * GB

    cuda = SimpleNamespace(is_initialized=lambda: bool(used), mem_get_info=asked)
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda))
    assert memory.memory("cuda:1") is None and not used
    assert memory.memory("cuda:1", waking=True) == (GB, 2 * GB)
    assert memory.memory("cuda:1") == (GB, 2 * GB), "it is awake now"


def test_an_apple_gpu_says_what_is_left_of_what_it_may_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mps = SimpleNamespace(
        recommended_max_memory=lambda: 8 * GB, driver_allocated_memory=lambda: 3 * GB
    )
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(mps=mps))
    assert memory.memory("mps") == (5 * GB, 8 * GB)
    del mps.recommended_max_memory
    assert memory.memory("mps") is None


def test_without_torch_no_gpu_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert memory.memory("cuda:0") is None and memory.memory("mps") is None
