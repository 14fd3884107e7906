"""The four quantities are those of the layers that run: counted, and not read off a table."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from models.layers.multi_head import MultiHeadAttention
from models.layers.recurrent import Recurrent
from models.layers.rnn import RNNCell
from models.specs.costs import KERNEL, attention, convolution, layers_to_see, recurrent

SIZES = [(1, 4), (6, 4), (20, 8), (9, 16)]


def multiplications(layer: nn.Module, x: Tensor) -> int:
    """What torch counts, which takes each multiplication for two: one to multiply, one to add."""
    with FlopCounterMode(display=False) as counted, torch.no_grad():
        layer(x)
    return counted.get_total_flops() // 2


@pytest.mark.parametrize(("n", "c"), SIZES)
def test_the_work_is_what_torch_counts_in_our_layers(n: int, c: int) -> None:
    tokens = torch.randn(1, n, c)
    assert multiplications(Recurrent(RNNCell(c, c)), tokens) == recurrent(n, c).work
    assert multiplications(MultiHeadAttention(c, heads=2), tokens) == attention(n, c).work
    layer = nn.Conv1d(c, c, KERNEL, padding=KERNEL // 2)
    assert multiplications(layer, tokens.mT) == convolution(n, c).work


@pytest.mark.parametrize("n", [1, 2, 3, 4, 9, 10, 27, 28, 200])
def test_the_last_place_sees_the_first_after_so_many_convolutions(n: int) -> None:
    def sees_first(layers: int) -> bool:
        seen = {n - 1}
        for layer in reversed(range(layers)):
            gap = KERNEL**layer
            seen |= {place - step * gap for place in seen for step in range(KERNEL)}
        return 0 in seen

    layers = layers_to_see(n)
    assert sees_first(layers)
    assert layers == 1 or not sees_first(layers - 1)
    assert convolution(n, 1).path == layers


def test_the_memory_of_attention_is_its_keys_values_and_shares() -> None:
    n, c = 12, 8
    layer = MultiHeadAttention(c, heads=1)
    held = 0

    def count(_: nn.Module, __: tuple[Tensor, ...], out: Tensor) -> None:
        nonlocal held
        held += out.numel()

    for part in (layer.k, layer.v, layer.weights):
        part.register_forward_hook(count)
    layer(torch.randn(1, n, c))
    assert attention(n, c).memory == held
    assert recurrent(n, c).memory == RNNCell(c, c).start(1).numel()


def test_a_path_of_one_is_not_a_cost_of_one() -> None:
    short, long = attention(64, 128), attention(128, 128)
    assert short.path == long.path == short.steps == long.steps == 1
    assert long.work > 2 * short.work and long.memory > 2 * short.memory
    assert recurrent(128, 128).memory == recurrent(64, 128).memory
