"""What `author check --run` says of the exercises of a lesson."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.exercises import catalog
from models.exercises.catalog import EXERCISES
from tests.support.lessons import CODE, HEAD_LINES, read
from tui.authoring.exercises import check_exercises, fault, versions
from tui.showable import faults


def test_an_exercise_that_does_what_is_said_of_it_is_not_spoken_of() -> None:
    told: list[str] = []
    assert check_exercises([read(CODE)], told.append) == []
    assert told == ["trying exercise softmax"]
    assert check_exercises([], told.append) == []


def test_what_comes_out_otherwise_is_an_error_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    softmax = EXERCISES["softmax"]
    wrong = dict(softmax.wrong) | {"ratio": "return scores"}
    changed = replace(softmax, starter=softmax.wrong["not-shared"], wrong=wrong)
    monkeypatch.setitem(catalog.EXERCISES, "softmax", changed)
    [found] = check_exercises([read(CODE)], lambda _: None)
    assert (found.line, found.level) == (HEAD_LINES + 1, "error")
    assert found.text.startswith("x-softmax: the wrong version ratio is not recognised (other)")


@pytest.mark.parametrize(
    ("wanted", "kind", "wrong", "said"),
    [
        ("right", "right", "", ""),
        ("right", "known", "ratio", "it fails (known ratio): told"),
        ("right", "unchecked", "", "it fails (unchecked): told"),
        ("", "other", "", ""),
        ("", "known", "ratio", ""),
        ("", "right", "", "it passes"),
        ("ratio", "known", "ratio", ""),
        ("ratio", "known", "other", "it is not recognised (known other): told"),
        ("ratio", "right", "", "it passes"),
    ],
)
def test_each_version_must_come_out_in_its_own_way(
    wanted: str, kind: str, wrong: str, said: str
) -> None:
    assert fault("it", wanted, kind, wrong, "told") == said


def test_every_version_is_tried() -> None:
    tried = [(what, wanted) for what, _, wanted in versions(EXERCISES["softmax"])]
    assert tried[:2] == [("the solution", "right"), ("the starter", "")]
    assert [wanted for _, wanted in tried[2:]] == list(EXERCISES["softmax"].wrong)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (":exercise: softmax", ":exercise: softmix", 1, "did you mean softmax?"),
        (":wrong: ratio", ":wrong: ratios", 5, "did you mean ratio?"),
        (":wrong: not-shared => Powers, and no shares yet.\n", "", 1, "does not explain :wrong:"),
    ],
)
def test_what_a_lesson_names_must_be_there(old: str, new: str, line: int, said: str) -> None:
    found = faults(read(CODE.replace(old, new)))
    assert any(one.line == HEAD_LINES + line and said in one.text for one in found), found
