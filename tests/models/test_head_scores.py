"""The scores of a head: what they are, counted by hand, and what holds of them in every text."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from models.head_scores import RULES, baselines, equal_shares, score, scores
from tests.support.tensors import close, numbers, texts

SEEDS = range(8)


def weights_for(tokens: Tensor, heads: int = 3, seed: int = 0) -> Tensor:
    """Weights (B, H, T, T) of some heads that look at the past as chance will have it."""
    count, length = tokens.shape
    random = numbers(count, heads, length, length, seed=seed)
    later = torch.ones(length, length, dtype=torch.bool).triu(1)
    return random.masked_fill(later, -torch.inf).softmax(-1)


def by_hand(name: str, tokens: list[list[int]], weights: list, head: int) -> float:
    """The same score, cell by cell, from the sentence that says what it is."""
    rows = []
    for b, text in enumerate(tokens):
        for i, token in enumerate(text):
            where = {
                "prev": [i - 1] if i else [],
                "same": [j for j in range(1, i + 1) if text[j - 1] == token],
                "first": [0] if i else [],
            }[name]
            if where:
                rows.append(sum(weights[b][head][i][j] for j in where))
    return sum(rows) / len(rows)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", RULES)
def test_a_score_is_what_one_counts_by_hand(name: str, seed: int) -> None:
    tokens = texts(4, 9, 5, seed=seed)
    weights = weights_for(tokens, seed=seed)
    found = scores(weights, tokens)[name]
    counted = [by_hand(name, tokens.tolist(), weights.tolist(), head) for head in range(3)]
    assert close(found, torch.tensor(counted, dtype=found.dtype))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", RULES)
def test_a_head_that_does_nothing_else_has_all_of_it(name: str, seed: int) -> None:
    tokens = texts(4, 9, 5, seed=seed)
    points_at = RULES[name](tokens)
    shares = points_at / points_at.sum(-1, keepdim=True).clamp(min=1)
    assert scores(shares[:, None], tokens)[name].item() == pytest.approx(1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_are_shares_and_none_looks_ahead(seed: int) -> None:
    tokens = texts(4, 9, 5, seed=seed)
    for name, rule in RULES.items():
        assert not rule(tokens).triu(1).any(), name
        found = scores(weights_for(tokens, seed=seed), tokens)[name]
        assert found.shape == (3,)
        assert (found >= 0).all() and (found <= 1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_tokens_are_called_makes_no_difference(seed: int) -> None:
    tokens = texts(4, 9, 5, seed=seed)
    names = torch.tensor([3, 0, 4, 1, 2])
    weights = weights_for(tokens, seed=seed)
    before, after = scores(weights, tokens), scores(weights, names[tokens])
    assert all(torch.equal(before[name], after[name]) for name in RULES)


@pytest.mark.parametrize("seed", SEEDS)
def test_heads_are_scored_each_for_itself(seed: int) -> None:
    tokens = texts(4, 9, 5, seed=seed)
    weights = weights_for(tokens, seed=seed)
    together = scores(weights, tokens)
    for head in range(3):
        alone = scores(weights[:, head : head + 1], tokens)
        assert all(close(alone[name][0], together[name][head]) for name in RULES)


def test_equal_shares_are_equal_and_are_worth_the_baselines() -> None:
    tokens = texts(4, 9, 5)
    (rows,) = equal_shares(tokens)[0]
    assert [row.unique().tolist() for row in rows[1:]] == [
        pytest.approx([0.0, 1 / count]) if count < 9 else pytest.approx([1 / 9])
        for count in range(2, 10)
    ]
    weights = equal_shares(tokens).repeat(4, 1, 1, 1)
    shares = {name: by_hand(name, tokens.tolist(), weights.tolist(), 0) for name in RULES}
    assert baselines(tokens) == pytest.approx(shares)


def test_a_token_twice_in_a_row_may_look_at_itself() -> None:
    """What followed the first of two is the second, which asks."""
    points_at = RULES["same"](torch.tensor([[4, 4, 4]]))
    assert points_at[0].int().tolist() == [[0, 0, 0], [0, 1, 0], [0, 1, 1]]


def test_in_a_text_of_new_tokens_alone_there_is_nothing_to_score() -> None:
    tokens = torch.arange(5)[None]
    with pytest.raises(ValueError, match="nothing that the rule could point at"):
        score(equal_shares(tokens), RULES["same"](tokens))
