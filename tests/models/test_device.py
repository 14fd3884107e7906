"""Which device a run gets, and what is said where there is none."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from models import device
from models.troubles import Trouble


def torch_with(cuda: int = 0, mps: bool = False, threads: int = 1) -> SimpleNamespace:
    """As much of torch as is asked for its devices."""
    return SimpleNamespace(
        cuda=SimpleNamespace(
            device_count=lambda: cuda, get_device_name=lambda name: f"Test GPU of {name}"
        ),
        backends=SimpleNamespace(mps=SimpleNamespace(is_available=lambda: mps)),
        get_num_threads=lambda: threads,
    )


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [("auto", "cpu"), ("cpu", "cpu"), ("cuda", "cuda:0"), ("cuda:1", "cuda:1"), ("mps", "mps")],
)
def test_a_device_that_is_there_is_chosen(
    monkeypatch: pytest.MonkeyPatch, wanted: str, chosen: str
) -> None:
    monkeypatch.setitem(sys.modules, "torch", torch_with(cuda=2, mps=True))
    assert device.choose(wanted) == chosen


@pytest.mark.parametrize(
    ("wanted", "there", "said"),
    [
        ("cuda", {}, "torch finds no CUDA device"),
        ("cuda:2", {"cuda": 2}, "only cuda:0 to cuda:1"),
        ("mps", {"cuda": 2}, "no Apple GPU"),
        ("gpu", {}, "choose auto, cpu, cuda, mps"),
        ("cpu:1", {}, "is no device"),
        ("cuda:x", {"cuda": 1}, "is no device"),
        ("", {}, "is no device"),
    ],
)
def test_a_device_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, wanted: str, there: dict, said: str
) -> None:
    monkeypatch.setitem(sys.modules, "torch", torch_with(**there))
    with pytest.raises(Trouble, match=said) as trouble:
        device.choose(wanted)
    assert trouble.value.kind == "device"


def test_devices_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", torch_with(cuda=2, threads=4))
    assert device.describe("cpu") == "CPU, 4 threads"
    assert device.describe("cuda:1") == "Test GPU of cuda:1 (cuda:1)"
    assert device.outlook() == "CPU, 4 threads and 2 CUDA GPUs"


def test_why_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", torch_with(threads=1))
    monkeypatch.setattr(device, "memory", lambda name, waking: (5 << 29, 4 << 30))
    assert device.why("cpu") == (
        "CPU, 1 thread: a small network gains little from more, and equal seeds give equal "
        "curves. 2.5 of 4.0 GB of memory are free."
    )
    monkeypatch.setattr(device, "memory", lambda name, waking: None)
    assert device.why("cpu").endswith("equal curves.")


def test_why_a_gpu_and_how_much_of_it_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", torch_with(cuda=1, mps=True))
    monkeypatch.setattr(
        device, "memory", lambda name, waking: (137 << 30, 140 << 30) if waking else None
    )
    said = (
        "Test GPU of cuda:0 (cuda:0), as asked for: equal seeds give equal curves but for rounding."
    )
    assert device.why("cuda:0") == said
    assert device.why("cuda:0", waking=True) == f"{said} 137 of 140 GB of memory are free."
    assert device.why("mps").startswith("Apple GPU (mps), as asked for")
    monkeypatch.setattr(device, "memory", lambda name, waking: (500 << 20, 140 << 30))
    assert device.why("cuda:0").endswith("500 MB of 140 GB of memory are free.")


def test_one_thread_is_set_where_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    torch = torch_with(threads=4)
    torch.set_num_threads = lambda n: setattr(torch, "get_num_threads", lambda: n)
    monkeypatch.setitem(sys.modules, "torch", torch)
    device.one_thread()
    assert device.threads() == 1


def test_without_torch_there_is_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert device.outlook() == "CPU, 1 thread"
    assert device.choose("auto") == "cpu"
    with pytest.raises(Trouble):
        device.choose("cuda")
