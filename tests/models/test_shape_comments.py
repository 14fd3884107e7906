"""Every shape comment in layers and networks is true, and was put to the test.

A file with shape comments needs a case in `CASES` that runs each of them: a line or two that
builds something tiny and calls it. The letters have the sizes of `SIZES` in every case, all
different, so that no two can be taken for each other; T and S are whatever a call makes them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import torch
from torch import Tensor

from models import ablation, lens, probe, reach
from models.layers import attention, causality, loss, masks, norm, positions, relative
from models.layers.additive import AdditiveAttention
from models.layers.blocks import Block, BlockShape, DecoderBlock
from models.layers.cache import Cache
from models.layers.feed_forward import FeedForward
from models.layers.kernels import KernelRegression
from models.layers.lstm import LSTMCell
from models.layers.multi_head import MultiHeadAttention
from models.layers.pairs import PairEmbedding
from models.layers.recurrent import Recurrent
from models.networks import (
    encoder,
    encoder_decoder,
    gpt,
    language_model,
    plain_map,
    reader,
    tower,
    translator,
)
from models.networks.attention_only import AttentionOnly
from models.networks.attention_only import Shape as AttentionOnlyShape
from models.networks.diseases import DISEASES
from models.networks.first_letter import FirstLetter
from models.networks.first_letter import Shape as FirstLetterShape
from models.networks.hidden_word import HiddenWord
from models.networks.hidden_word import Shape as HiddenWordShape
from models.networks.lstm_map import LSTMMap
from models.networks.map import MapSolver
from models.networks.mouse import MemorylessMouse, Mouse
from models.networks.reporter import AtOnce, Reporter
from models.networks.reporter import Shape as ReporterShape
from models.networks.writing import written
from models.shapes import Seen, watched
from models.training import seeded
from tests.support.shape_comments import Comment, comments, faults, unmet

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for folder in ("layers", "networks")
    for file in (ROOT / "models" / folder).glob("*.py")
    if file.name not in ("__init__.py", "shape.py")  # which make nothing
) + [ROOT / "models" / f"{name}.py" for name in ("ablation", "lens", "reach")]

B, H, D, V, N, A, I = 2, 3, 10, 13, 17, 19, 23  # noqa: E741
C, F = H * D, 4 * H * D
T, S = 7, 11
SIZES = {"B": B, "H": H, "C": C, "D": D, "V": V, "N": N, "F": F, "A": A, "I": I}


def numbers(*shape: int) -> Tensor:
    return torch.randn(shape)


def tokens(*shape: int) -> Tensor:
    return torch.randint(V, shape)


def lengths(longest: int) -> Tensor:
    return torch.tensor([longest, longest - 2])


def attending() -> None:
    q, k, v = numbers(B, H, T, D), numbers(B, H, S, D), numbers(B, H, S, D)
    attention.attention(q, k, v)
    attention.fused_attention(q, k, v)


def attending_with_heads() -> None:
    for fused in (False, True):
        attend = MultiHeadAttention(C, H, fused=fused)
        attend(numbers(B, T, C))
        attend(numbers(B, T, C), numbers(B, S, C))
    attend(numbers(B, T, C), cache=Cache(T))


def aligning() -> None:
    for judges in (0, A):
        shape = translator.Shape(reads=V, writes=V, width=C, state=N, judges=judges)
        network = translator.Translator(shape)
        network(tokens(B, S), tokens(B, T))
        network.translate(tokens(B, S), T)


def reporting() -> None:
    shape = ReporterShape(vocabulary=V, length=T, questions=2, answers=A, width=C, heads=H)
    AtOnce(Reporter(shape))(tokens(B, T))


def masking() -> None:
    masks.mask(masks.causal, T, S)
    masks.padding(lengths(T), T)
    masks.doors(torch.ones(B, 6, 4), width=3)


def norming() -> None:
    x, weight = numbers(B, T, C), numbers(C)
    norm.layer_norm(x, weight, weight)
    norm.rms_norm(x, weight)
    for kind in (norm.LayerNorm, norm.RMSNorm):
        kind(C)(x)


def placing() -> None:
    for kind in positions.POSITIONS:
        positions.added(kind, context=S, width=C)(numbers(B, T, C))


def placing_inside() -> None:
    q, k = numbers(B, H, T, D), numbers(B, H, S, D)
    for kind in (relative.Rotary(), relative.ALiBi()):
        kind.bias(kind.turn(q, before=S - T), kind.turn(k))


def passing_blocks() -> None:
    for order in ("pre", "post"):
        shape = BlockShape(width=C, heads=H, order=order)
        Block(shape)(numbers(B, T, C))
        DecoderBlock(shape)(numbers(B, T, C), numbers(B, S, C))


def answering() -> None:
    reader.Rememberer(reader.Shape(vocabulary=V, answers=A, width=C, state=N))(tokens(B, T))
    shape = encoder.Shape(vocabulary=V, answers=A, context=T, width=C, heads=H)
    reader.Looker(shape)(tokens(B, T))


def encoding() -> None:
    shape = encoder.Shape(vocabulary=V, answers=A, context=T, width=C, heads=H)
    for network in (encoder.Tagger(shape), encoder.Classifier(shape)):
        network(tokens(B, T), lengths(T))
    encoder.Classifier(replace(shape, causal=True))(tokens(B, T), lengths(T))


def treating() -> None:
    for disease in DISEASES.values():
        disease(V, T, C)(tokens(B, T))


def stacking() -> None:
    shape = tower.Shape(vocabulary=V, answers=A, context=T, width=C, heads=H, depth=1, alone=True)
    tower.Tower(shape)(tokens(B, T))


def translating() -> None:
    shape = encoder_decoder.Shape(vocabulary=V, context=S, width=C, heads=H)
    network = encoder_decoder.EncoderDecoder(shape)
    network(tokens(B, S), tokens(B, T), lengths(S))
    caches, memory = network.start(), network.encoder(tokens(B, S))
    network.decode(tokens(B, T), memory, None, caches)
    network.step(tokens(B), memory, caches)


def writing() -> None:
    network = gpt.GPT(gpt.Shape(vocabulary=V, context=S, width=C, heads=H))
    caches = network.start()
    network(tokens(B, T), caches)
    network.step(tokens(B), caches)


def only_attending() -> None:
    shape = AttentionOnlyShape(vocabulary=V, context=T, width=C, heads=H)
    AttentionOnly(shape)(tokens(B, T))


def reading() -> None:
    for cell in ("rnn", "lstm", "gru"):
        shape = language_model.Shape(vocabulary=V, width=C, state=N, layers=2, cell=cell)
        network = language_model.LanguageModel(shape)
        network(tokens(B, T))
        network.step(tokens(B), network.start(B))
    Recurrent(LSTMCell(C, N, longest=T))(numbers(B, T, C))


def finding_ways() -> None:
    network = MapSolver(C + 2)
    network(torch.ones(B, 6, 4), torch.tensor([5, 0]), width=3, loops=2)
    list(network.quickly(torch.ones(B, 6, 5), width=3, loops=2, unseen=1))


def reading_maps() -> None:
    shape = plain_map.Shape(side=3, width=C, heads=H, layers=1)
    plain_map.PlainMap(shape)(torch.ones(B, 9, 5))
    LSTMMap(N)(torch.ones(B, 9, 5))


def running_mice() -> None:
    mouse = Mouse(I, N)
    for one in (mouse, MemorylessMouse.as_large_as(mouse, I)):
        one(numbers(B, I), one.start(B))


def looking_inside() -> None:
    network, text = gpt.GPT(gpt.Shape(vocabulary=V, context=T, width=C, heads=H)), tokens(B, T)
    look = probe.look(network, text)[1]
    with ablation.without_heads(network, {"blocks.0.attend": [1]}):
        network(text)
    with ablation.patched(network, look, "blocks.0.attend.v", heads=[0]):
        network(text)
    lens.logit_lens(network, text)
    reach.reach_of_tokens(network, text)


def going_on() -> None:
    network = gpt.GPT(gpt.Shape(vocabulary=V, context=T, width=C, heads=H))
    written(network, tokens(B, T - 1), T, torch.Generator().manual_seed(0))


def filling_a_gap() -> None:
    shape = HiddenWordShape(vocabulary=V, length=T, width=C, hidden=F)
    words = torch.randint(1, V, (B, T))
    words[:, 3] = 0
    HiddenWord(shape)(words)


CASES: dict[str, Callable[[], object]] = {
    "aligning": aligning,
    "additive attention": lambda: AdditiveAttention(N, N, A)(numbers(B, T, N), numbers(B, S, N)),
    "attention": attending,
    "attention with heads": attending_with_heads,
    "attention only": only_attending,
    "blocks": passing_blocks,
    "causality": lambda: causality.looks_ahead(lambda x: x, tokens(B, T), 1, V),
    "encoder": encoding,
    "encoder and decoder": translating,
    "feed-forward": lambda: FeedForward(C)(numbers(B, T, C)),
    "first letter": lambda: FirstLetter(FirstLetterShape(length=T, width=C))(tokens(B, T)),
    "hidden word": filling_a_gap,
    "reporter": reporting,
    "gpt": writing,
    "going on": going_on,
    "looking inside": looking_inside,
    "kernels": lambda: KernelRegression(1.0)(numbers(T), numbers(S), numbers(S)),
    "loss": lambda: loss.cross_entropy(numbers(B, T, V), tokens(B, T), smoothing=0.1),
    "map": finding_ways,
    "masks": masking,
    "map readers": reading_maps,
    "mice": running_mice,
    "norms": norming,
    "pairs": lambda: PairEmbedding(V, 3, C)(tokens(B, T)),
    "patients": treating,
    "positions": placing,
    "positions inside attention": placing_inside,
    "readers": answering,
    "recurrent networks": reading,
    "tower": stacking,
}

OTHERWISE: dict[str, dict[str, int]] = {
    "first letter": {"V": 26, "H": 1, "D": C},
    "hidden word": {"H": 1, "D": C},
    "patients": {"F": 2 * C},
    "map": {"H": 4, "C": C + 2, "D": (C + 2) // 4, "F": 2 * (C + 2)},
}
"""Sizes that a case has to have of its own."""


@cache
def said() -> list[Comment]:
    """Every shape comment there is."""
    return [c for file in FILES for c in comments(file.read_text(encoding="utf-8"), file)]


@cache
def seen(case: str) -> list[Seen]:
    """What went through the lines of all files in a case."""
    with seeded(0):
        return watched(CASES[case], FILES)[1]


@pytest.mark.parametrize("case", CASES)
def test_shape_comments_say_what_is_so(case: str) -> None:
    wrong = faults(said(), seen(case), SIZES | OTHERWISE.get(case, {}))
    assert not wrong, "\n".join(wrong)


def test_every_shape_comment_was_put_to_the_test() -> None:
    wanting = unmet(said(), [one for case in CASES for one in seen(case)])
    assert not wanting, f"no case runs {', '.join(wanting)}: {WHAT_TO_DO}"


def test_every_file_was_run() -> None:
    run = {one.file for case in CASES for one in seen(case)}
    wanting = [os.path.relpath(file, ROOT) for file in FILES if file not in run]
    assert not wanting, f"no case runs {', '.join(wanting)}: {WHAT_TO_DO}"


WHAT_TO_DO = (
    "add to CASES in tests/models/test_shape_comments.py one that builds something tiny of that "
    "file, with the sizes given there, and calls it"
)


@pytest.mark.parametrize("case", ["in most cases", *OTHERWISE])
def test_no_two_letters_have_the_same_size(case: str) -> None:
    sizes = SIZES | OTHERWISE.get(case, {}) | {"T": T, "S": S}
    if sizes["H"] == 1:  # one head has the whole width
        del sizes["D"]
    assert len(set(sizes.values())) == len(sizes)
