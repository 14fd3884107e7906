"""Live shapes are those of the tensors that the lines of a file really made."""

from __future__ import annotations

import pytest

from models.labs.attention_inside import Inside
from models.run_here import begin
from models.shapes import watched
from models.shapes_trace import CODE, shapes_of_code
from models.sources import sources
from models.troubles import Trouble

LETTERS = {"width": 8, "length": 5, "steps": 60, "control": False}


def shapes(values: dict[str, object]) -> dict[int, list[list[int]]]:
    found = values["shapes"]
    assert isinstance(found, list)
    return {line: made for line, made in found}  # noqa: C416


def test_the_scores_of_a_run_have_the_shape_that_is_shown_beside_their_line() -> None:
    run = begin("letters", LETTERS, 0)
    arrays, values = run.probe(CODE, {"file": "attention", "of": "attention", "when": "before"})
    assert arrays == {} and values["file"] == "layers/attention.py"
    assert values["source"] == sources()["attention"].read_text("utf-8")
    source = values["source"].split("\n")
    (line,) = [n for n in shapes(values) if source[n - 1].strip().startswith("scores = q /")]
    seen, _ = run.probe("attention", {"when": "before"})
    tokens = seen["weights"].shape[-1]
    assert shapes(values)[line] == [[1, 1, tokens, tokens]]


def test_a_line_that_is_executed_often_shows_what_it_made_first() -> None:
    def probe(what: str, given: dict[str, object]) -> Inside:
        assert (what, given) == ("this", {"when": "after"})
        import torch

        from models.layers.rnn import rnn_step

        for batch in (3, 5):
            rnn_step(torch.zeros(batch, 4), torch.zeros(batch, 4), torch.zeros(4, 4))
        return {}, {}

    _, values = shapes_of_code(probe, {"file": "rnn", "of": "this", "when": "after"})
    assert list(shapes(values).values()) == [[[3, 4]]]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"file": "atention", "of": "attention"}, "there is no layer called atention"),
        ({"file": "../run", "of": "attention"}, "there is no layer called ../run"),
        ({"file": "lstm", "of": "attention"}, "nothing goes through layers/lstm.py here"),
        ({"file": "attention", "of": "nothing"}, "nothing"),
    ],
)
def test_what_cannot_be_followed_is_said(asked: dict[str, str], said: str) -> None:
    with pytest.raises(Trouble, match=said):
        begin("letters", LETTERS, 0).probe(CODE, asked)


def test_following_changes_nothing_and_ends_with_the_look() -> None:
    import sys

    before = sys.gettrace()
    run, other = begin("letters", LETTERS, 0), begin("letters", LETTERS, 0)
    run.probe(CODE, {"file": "attention", "of": "attention", "when": "before"})
    assert sys.gettrace() is before
    assert run.advance() == other.advance()
    assert watched(lambda: 1, [])[0] == 1
