"""On a GPU every network makes the numbers it makes on a CPU: nothing in it names a device."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from models.layers.positions import POSITIONS
from models.networks import encoder, encoder_decoder, gpt
from models.networks.map import MapSolver
from tests.support.tensors import close, drawn, texts

if not torch.cuda.is_available():
    pytest.skip("there is no CUDA GPU", allow_module_level=True)

SIZES = {"vocabulary": 11, "context": 37, "width": 12, "heads": 3}
LENGTHS = torch.tensor([17, 1, 9])


def agree(model: nn.Module, run: Callable[..., Tensor], *inputs: Tensor) -> None:
    """Assert that outputs and gradients are those of a CPU."""
    results = []
    for device in ("cpu", "cuda"):
        model.to(device).zero_grad()
        out = run(*(x.to(device) for x in inputs))
        out.square().mean().backward()
        results.append([out.cpu(), *(weight.grad.cpu() for weight in model.parameters())])
    for on_cpu, on_gpu in zip(*results, strict=True):
        assert close(on_gpu, on_cpu, 1e-8)


def in_threes(ours: gpt.GPT, tokens: Tensor) -> Tensor:
    caches = ours.start()
    return torch.cat([ours(part, caches) for part in tokens.split(3, 1)], 1)


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("fused", [False, True])
def test_gpt(positions: str, fused: bool) -> None:
    ours = drawn(gpt.GPT(gpt.Shape(**SIZES, positions=positions, fused=fused)))
    agree(ours, ours, texts(3, 17, 11))
    with torch.no_grad():
        assert close(in_threes(ours, texts(3, 17, 11).cuda()), ours(texts(3, 17, 11).cuda()), 1e-8)


@pytest.mark.parametrize("positions", POSITIONS)
def test_encoder_and_decoder(positions: str) -> None:
    shape = encoder_decoder.Shape(**SIZES, positions=positions)
    ours = drawn(encoder_decoder.EncoderDecoder(shape))
    agree(ours, ours, texts(3, 17, 11), texts(3, 5, 11), LENGTHS)


@pytest.mark.parametrize("kind", [encoder.Tagger, encoder.Classifier])
def test_encoder(kind: type[encoder.Tagger] | type[encoder.Classifier]) -> None:
    ours = drawn(kind(encoder.Shape(**SIZES, answers=5)))
    agree(ours, ours, texts(3, 17, 11), LENGTHS)


def test_map_solver() -> None:
    ours, is_open = drawn(MapSolver(16)), texts(2 * 16, 4, 2).reshape(2, 16, 4)
    agree(ours, lambda walls, cheese: ours(walls, cheese, 4, loops=3), is_open, LENGTHS[1:] % 16)
