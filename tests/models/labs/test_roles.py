"""The lab of roles: who owns a question, and what the rules are worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from models.labs.roles import RolesLab
from models.specs.roles import QUESTIONS, SPEC


def begun() -> RolesLab:
    return RolesLab(SPEC.settings({"steps": 20, "width": 8}), 0)


def owned(lab: RolesLab, monkeypatch: pytest.MonkeyPatch, lost: Sequence[Sequence[float]]) -> int:
    """How many questions have a head of their own, if each head is missed as told."""
    rows = [{"parts": [1.0] * 4}] + [{"parts": [1 - loss for loss in row]} for row in lost]
    board: tuple[dict[str, Any], dict[str, Any]] = ({}, {"rows": rows, "heads": 4})
    monkeypatch.setattr("models.labs.roles.board_of", lambda *given: board)
    return lab._owned(lab.racers[-1])


@pytest.mark.parametrize(
    ("lost", "expected"),
    [
        ([[0.9, 0, 0, 0], [0, 0.9, 0, 0], [0, 0, 0.9, 0], [0, 0, 0, 0.9]], 4),
        ([[0.9, 0.2, 0, 0], [0, 0.9, 0, 0], [0, 0, 0.9, 0], [0, 0, 0, 0.9]], 2),
        ([[0.5, 0, 0, 0], [0.5, 0, 0, 0], [0, 0, 0.9, 0], [0, 0, 0, 0.05]], 1),
        ([[0.5, 0.5, 0.5, 0.5]] * 4, 0),
    ],
)
def test_a_question_has_a_head_of_its_own_if_that_alone_is_missed_and_for_nothing_else(
    lost: list[list[float]], expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert owned(begun(), monkeypatch, lost) == expected


def test_the_rules_are_judged_on_the_same_sentences() -> None:
    lab = begun()
    list(lab.train())
    assert lab.result is not None
    rules = {question: lab.result.metrics[f"rules.{question}"] for question in QUESTIONS}
    assert rules["where"] == rules["when"] == 1.0
    assert rules["who"] == rules["whom"] == lab.result.metrics["rules.accuracy"]
    assert rules["who"] == pytest.approx(0.5, abs=0.06)


def test_all_questions_are_told_of_when_a_head_is_off() -> None:
    _, values = begun().probe("heads", {"off": [[0, 1]]})
    assert values["questions"] == list(QUESTIONS) and len(values["parts"]) == 4
    assert len(values["tokens"]) == 10 and values["called"] == ("word", "word")
