"""Our networks beside others: equal work, fair turns, and what is told of it. Nothing is timed
that matters: the networks are tiny."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from benchmarks import networks, peers
from benchmarks.result import NotHere, Reading

TINY = peers.Size(width=8, layers=2, tokens=6, batch=3, heads=2, vocabulary=11)
LIBRARIES = {"hf": "transformers", "x-transformers": "x_transformers"}
NAMES = [
    pytest.param(name, marks=pytest.mark.filterwarnings("ignore")) for name in sorted(peers.GPTS)
]


def gpt(name: str, size: peers.Size) -> torch.nn.Module:
    if name in LIBRARIES:
        pytest.importorskip(LIBRARIES[name])
    return peers.GPTS[name](size)


def count(network: torch.nn.Module) -> int:
    return sum(weight.numel() for weight in network.parameters())


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything small, and a few rounds."""
    monkeypatch.setattr(peers, "SIZES", (TINY, peers.Size(8, 1, 65, 1, 2, 11)))
    monkeypatch.setattr(networks, "ROUNDS", 3)
    monkeypatch.setattr(networks, "TEXTS", ((5, 64), (4, 2)))
    monkeypatch.setattr(networks, "WIDTH", 8)
    monkeypatch.setattr(networks, "CONTEXTS", (2, 5))
    monkeypatch.setattr(networks, "DECODED", 4)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", peers.SIZES, ids=str)
def test_all_have_about_as_many_parameters(name: str, size: peers.Size) -> None:
    assert count(gpt(name, size)) == pytest.approx(count(peers.ours(size)), rel=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_all_give_logits_and_none_looks_ahead(name: str) -> None:
    network = gpt(name, TINY).eval()
    tokens = torch.arange(12).view(2, 6) % 11
    changed = tokens.clone()
    changed[:, 4:] = 7
    with torch.no_grad():
        before, after = network(tokens), network(changed)
    assert before.shape == (2, 6, 11)
    assert torch.allclose(before[:, :4], after[:, :4], atol=1e-6)
    assert not torch.allclose(before[:, 4:], after[:, 4:], atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_a_training_step_moves_all_weights_and_leaves_no_gradient(name: str) -> None:
    network = gpt(name, TINY)
    before = [weight.clone() for weight in network.parameters()]
    peers.training_step(network, TINY)()
    moved = [not torch.equal(a, b) for a, b in zip(before, network.parameters(), strict=True)]
    assert all(moved)
    assert all(weight.grad is None for weight in network.parameters())


def test_our_lstm_is_torchs_with_its_weights() -> None:
    ours, theirs = peers.our_lstm(8), peers.torch_lstm(8)
    weights = dict(ours.cell.named_parameters())
    theirs.load_state_dict({f"{name}_l0": weight for name, weight in weights.items()})
    x = torch.randn(2, 5, 8, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(ours(x)[0], theirs(x)[0], atol=1e-6)


def test_a_reading_step_reaches_the_inputs_and_leaves_no_gradient() -> None:
    reached: list[torch.Tensor] = []

    class Half(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, None]:
            x.register_hook(reached.append)
            return x / 2, None

    peers.reading_step(Half(), 3, 2, 4)()
    assert reached[0].shape == (2, 3, 4)


def test_decoding_goes_on_after_what_was_read() -> None:
    model = peers.ours(TINY).eval()
    step = peers.decoding_step(model, 4)
    assert step().shape == (1, 11)
    step()
    with pytest.raises(ValueError, match="6"):  # there is no room for a seventh token
        step()


def test_each_round_begins_with_another_step_on_one_thread() -> None:
    taken: list[str] = []
    threads = torch.get_num_threads()

    def step(name: str) -> None:
        taken.append(name)
        assert torch.get_num_threads() == 1

    times = networks.race({name: lambda name=name: step(name) for name in "abc"}, 3)
    assert "".join(taken[3 * networks.WARM_UP :]) == "abcbcacab"
    assert {name: len(spent) for name, spent in times.items()} == {"a": 3, "b": 3, "c": 3}
    assert torch.get_num_threads() == threads


def test_a_round_that_was_disturbed_moves_neither_the_ratio_nor_the_margin() -> None:
    theirs = [1.0, 1.01] * 15
    calm = networks.ratio([1.1] * 30, theirs)
    disturbed = networks.ratio([9.0] + [1.1] * 29, theirs)
    assert disturbed == pytest.approx(calm)
    assert calm.value == pytest.approx(1.1 / 1.005)
    assert 0 < calm.margin < 0.01


def test_the_worst_size_counts_and_explicit_attention_up_to_64_tokens(
    tiny: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = {
        6: {"explicit": 1.2, "fused": 1.0, "nanogpt": 1.0, "torch": 0.5},
        65: {"explicit": 4.0, "fused": 3.0, "nanogpt": 2.0, "torch": 2.0},
    }
    found = [
        networks.Contest(tokens, {name: [spent] * 3 for name, spent in times.items()})
        for tokens, times in seconds.items()
    ]
    monkeypatch.setattr(networks, "contests", lambda *names: found)
    assert networks.gpt_beside_torch() == {
        "gpt-fused-nanogpt": Reading(1.5),
        "gpt-fused-torch": Reading(2.0),
        "gpt-explicit-nanogpt": Reading(1.2),
    }


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("measure", networks.MEASURES, ids=lambda one: one.targets[0].name)
def test_every_measure_runs_through_and_tells_the_times(
    measure: networks.Measure, tiny: None, capsys: pytest.CaptureFixture[str]
) -> None:
    if measure.take is networks.gpt_beside_libraries:
        pytest.importorskip("transformers")
    found = measure.take()
    assert set(found) == {target.name for target in measure.targets}
    assert all(reading.value > 0 for reading in found.values())
    captured = capsys.readouterr()
    assert captured.out == "" and "CPU-ms" in captured.err


@pytest.mark.parametrize(("name", "library"), LIBRARIES.items())
def test_a_library_that_is_absent_is_named(
    name: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(NotHere, match=f"{library.replace('_', '-')} is not installed"):
        peers.GPTS[name](TINY)


def test_the_catalogue_does_not_load_torch() -> None:
    code = "import sys, benchmarks.catalog; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
