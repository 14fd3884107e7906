"""course.lock notices a changed meaning, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.lock import digest, read_lock, write_lock
from course.reader import read_lesson
from tests.support.lessons import (
    BETS,
    MULTI,
    NUMERIC,
    OBSERVE,
    ORDER,
    PREDICT,
    SAMPLE,
    SINGLE,
    read,
)


def digest_of(body: str) -> str:
    return digest(read(body).questions[-1])


@pytest.mark.parametrize(
    ("body", "old", "new"),
    [
        (SINGLE, "Each row of the grid sums to", "What does a row sum to?"),
        (SINGLE, "Softmax makes each row", "It makes a row"),
        (SINGLE, ":hint: Add the numbers in row 3.", ":hint: Add."),
        (SINGLE, "the number of heads", "The number  of heads."),
        (SINGLE, "#mc:heads", "#mc:other"),
        (SINGLE, ":checkpoint: yes", ":rev: 2"),
        (NUMERIC, "how wide is one head?", "what is the width of a head?"),
        (PREDICT, ":seeds: 0 1 2", ":seeds: 0 1 2 3"),
    ],
)
def test_words_may_change(body: str, old: str, new: str) -> None:
    assert old in body
    assert digest_of(body.replace(old, new)) == digest_of(body)


@pytest.mark.parametrize(
    ("body", "old", "new"),
    [
        (SINGLE, "the number of heads", "the number of layers"),
        (SINGLE, "{single}", "{multi}"),
        (SINGLE, "- [x] 1", "- [x] 2"),
        (MULTI, "- [ ] the residual", "- [x] the residual"),
        (NUMERIC, ":answer: d / h", ":answer: d * h"),
        (NUMERIC, "256, 512", "256, 1024"),
        (NUMERIC, ":tolerance: 0.01", ":tolerance: 2 %"),
        (ORDER, "3. take the softmax", "3. take the maximum"),
        (ORDER, ":hint:", ":before: 1<2\n:hint:"),
        (PREDICT, "* 0.8 => lower", "* 0.9 => lower"),
        (PREDICT, ":run: lap causal=no", ":run: lap"),
        (BETS, "ratio < 1.2", "ratio < 1.3"),
        (BETS, "takes no longer", "takes longer"),
        (PREDICT, ":baseline: lap causal=yes", ":baseline: lap"),
        (PREDICT + OBSERVE, "it fell below", "it rose above"),
    ],
)
def test_meaning_may_not(body: str, old: str, new: str) -> None:
    assert old in body
    assert digest_of(body.replace(old, new)) != digest_of(body)


def test_options_in_another_order_are_another_question() -> None:
    # Answers are kept by the number of the option, so its place in the file is part of it.
    first, second = "- [ ] the number of tokens", "- [ ] the number of heads"
    swapped = SINGLE.replace(first, "@").replace(second, first).replace("@", second)
    assert digest_of(swapped) != digest_of(SINGLE)


def test_written_and_read_again(tmp_path: Path) -> None:
    lesson = read_lesson(SAMPLE, "sample.md")
    path = tmp_path / "course.lock"
    write_lock(path, [lesson])
    lock = read_lock(path)
    assert set(lock.entries) == {question.id for question in lesson.questions}
    lines = path.read_text().split("\n")
    for question in lesson.questions:
        entry = lock.entries[question.id]
        assert (entry.lesson, entry.rev, entry.digest) == ("sample", 1, digest(question))
        assert lines[entry.line - 1].startswith(f'"{question.id}" = ')


def test_the_same_course_writes_the_same_lock(tmp_path: Path) -> None:
    paths = [tmp_path / "one", tmp_path / "two"]
    for path in paths:
        write_lock(path, [read_lesson(SAMPLE, "sample.md")])
    assert paths[0].read_text() == paths[1].read_text()


def test_no_lock_is_an_empty_lock(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "none").entries == {}


@pytest.mark.parametrize("text", ["not a lock", "a = 1", '[a]\n"q" = 1', '[a]\n"q" = {rev = 1}'])
def test_what_is_no_lock_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "course.lock"
    path.write_text(text)
    with pytest.raises(ValueError, match="is no lock"):
        read_lock(path)
