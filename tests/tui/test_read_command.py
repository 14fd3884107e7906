"""`grok-tui read` and `grok-tui lessons`: a whole course of one lesson, as plain text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.catalog import read_catalog
from course.variants import seed_for, variant
from progress.events import LessonPassed, RunFinished
from progress.journal import Journal
from tui.__main__ import main

LESSON = """\
+++
format = 1
id = "tiny"
title = "A tiny lesson"
minutes = 5
summary = "All there is, once."
objectives = { "tiny.a" = "count to *two*" }
+++
## The first screen

The mouse arrives in {{ run.mice.random.arrival | percent }} of `x[i]` mazes.

:::{view} maze
:walker: bfs
:seed: 3
:::

:::{notes}
Let them count aloud.
:::

:::{single} s-sum
:objective: tiny.a
:hint: Count.

Which is two?
- [ ] one
  > One too few. #mc:one
- [x] two
  > So it is.
- [ ] three
  > One too many. #mc:many
:::

:::{numeric} n-double
:objective: tiny.a
:draw: d in 2, 4
:answer: d * 2
:hint: Add {{d}} to itself.

What is twice {{d}}?

> Twice {{d}} is {{answer}}.
:::

:::{order} o-steps
:objective: tiny.a
:hint: Start small.

Put them in order.
1. one
   > First.
2. two
   > Second.
3. three
   > Last.
- [ ] minus four
  > Not here.
:::

:::{sketch} k-all
:run: mice mazes=50
:measure: right.arrival
:mark: 0.5 a coin

How many arrive?

> Every one in a maze without loops.
:::

:::{words} w-own

Say it in your own words.

> What to look for: a **number**.
:::

:::{bets} b-all
:true-if: run.mice.random.arrival > 0.5
:true-if: run.mice.random.ratio < 2

Of these:
- [ ] chance arrives
  > Its own lab tells.
- [ ] and walks straight
  > The same lab.
:::

:::{lab} mice mazes=50
:::

:::{claim} c-all
:confirmed-if: run.mice.right.arrival > 0.99
:busted-if: run.mice.right.arrival < 0.9

"The right hand always finds it."

> In a maze without loops it does.
:::
"""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the lesson, in a home of its own."""
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "tiny.md").write_text(LESSON)
    return folder


def read(shelf: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["read", "tiny", "--lessons", str(shelf), *more]) == 0
    return capsys.readouterr().out


def test_everything_is_there_but_the_answers(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = read(shelf, capsys)
    assert "Screen 1 of 9: The first screen" in said
    assert "- count to two" in said
    assert "(not measured yet) of x[i] mazes" in said
    assert "[Picture] A maze, 5 by 5. Breadth-first search" in said
    assert "[Lab] Run it with: grok-tui lab mice --set mazes=50" in said
    assert '"The right hand always finds it."' in said
    assert "not all of them belong" in said
    assert "Tick those that you would bet on; runs of later lessons decide:\nOf these:" in said
    drawn = "Bet, drawn: right.arrival, from 0 % to 100 %; a coin is 50 %. Draw it before grok-tui"
    assert drawn in " ".join(said.split())
    assert "In your own words, if you like; nobody marks it:\nSay it in your own words." in said
    for hidden in (
        "Answer:",
        "So it is.",
        "aloud",
        "Hint",
        "look for",
        "Its own lab",
        "loops it does",
        "#mc",
        ":::",
        "{{",
    ):
        assert hidden not in said
    assert max(map(len, said.splitlines())) <= 80


def test_options_stand_as_they_do_on_the_screen(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = read(shelf, capsys)
    question = read_catalog(extra=shelf).lessons["tiny"].question("s-sum")
    order = variant(question, seed_for("s-sum", 0)).order
    for letter, index in zip("abc", order, strict=True):
        assert f"  {letter}) {('one', 'two', 'three')[index]}\n" in said


def test_notes_bring_answers_and_reasons(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = read(shelf, capsys, "--notes")
    question = read_catalog(extra=shelf).lessons["tiny"].question("s-sum")
    right = "abc"[variant(question, seed_for("s-sum", 0)).order.index(1)]
    assert f"Answer: {right}\n" in said
    drawn = variant(
        read_catalog(extra=shelf).lessons["tiny"].question("n-double"), seed_for("n-double", 0)
    )
    assert f"Answer: {drawn.answer:g}\n" in said
    assert "Shown afterwards:\nEvery one in a maze without loops." in said
    assert "Shown afterwards:\nWhat to look for: a number." in said
    assert f"Twice {drawn.values['d']:g} is {drawn.answer:g}." in said
    assert "Instructor: Let them count aloud." in said
    assert f"Hint: Add {drawn.values['d']:g} to itself." in said
    assert "loops it does" in said


def test_numbers_come_from_the_learners_own_run(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Journal(shelf.parent / "home" / "journals") as journal:
        journal.append(
            RunFinished(
                lab="mice",
                knobs={},
                seed=0,
                metrics={"random.arrival": 0.54},
                reached=True,
                device="cpu",
                seconds=1.0,
                steps=10,
            )
        )
    assert "arrives in 54 % of" in read(shelf, capsys)


@pytest.mark.parametrize("columns", ["40", "300"])
def test_lines_follow_the_width(
    shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    longest = max(map(len, read(shelf, capsys).splitlines()))
    assert longest <= min(int(columns), 100)


def test_every_lesson_can_be_read_out(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = read_catalog()
    assert course.order
    for lesson_id in course.order:
        assert main(["read", lesson_id, "--notes"]) == 0
        said = capsys.readouterr().out
        assert said.startswith(course.lessons[lesson_id].title)
        assert said.count("\nScreen ") == len(course.lessons[lesson_id].screens)
        assert ":::" not in said


def test_a_lesson_by_its_number(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = read_catalog().lessons[read_catalog().order[0]]
    assert main(["read", "1"]) == 0
    assert capsys.readouterr().out.startswith(first.title)


def test_an_unknown_lesson(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "tinny", "--lessons", str(shelf)]) == 2
    assert "did you mean tiny?" in capsys.readouterr().err


def test_a_broken_lesson_tells_file_and_line(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shelf / "tiny.md").write_text(LESSON.replace(":hint: Count.", ":hnit: Count."))
    assert main(["read", "tiny", "--lessons", str(shelf)]) == 1
    err = capsys.readouterr().err
    line = LESSON.splitlines().index(":hint: Count.") + 1
    assert f"tiny.md:{line}: " in err
    assert main(["lessons", "--json", "--lessons", str(shelf)]) == 0
    rows = json.loads(capsys.readouterr().out)["lessons"]
    broken = next(row for row in rows if row["state"] == "broken")
    assert (broken["id"], broken["title"]) == ("tiny", "A tiny lesson")


def test_code_without_a_name_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--code"]) == 0
    said = capsys.readouterr().out
    assert "layers\n" in said and "networks\n" in said
    assert "  attention         Scaled dot-product attention" in said
    assert "  gpt               A GPT: a stack of blocks" in said
    assert "  keywords          Looking up by words" in said
    assert max(map(len, said.splitlines())) <= 80


def test_the_file_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--code", "recurrent"]) == 0
    said = capsys.readouterr().out
    assert said == (Path(__file__).parents[2] / "models/layers/recurrent.py").read_text()
    assert main(["read", "--code", "recurrent.py"]) == 0
    assert capsys.readouterr().out == said


def test_lessons_have_their_states(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Journal(shelf.parent / "home" / "journals") as journal:
        journal.append(LessonPassed(lesson="tiny", help=True))
    assert main(["lessons", "--lessons", str(shelf), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    rows = {row["id"]: row for row in answer["lessons"] if row["id"]}
    assert rows["tiny"]["state"] == "helped"
    assert rows["tiny"]["questions"] == 6
    assert rows["tiny"]["screens"] == 9
    first, second, *_ = read_catalog().order
    assert rows[first]["state"] == "open"
    assert rows[second]["state"] == "locked"
    assert rows[second]["missing"]
    assert main(["lessons", "--lessons", str(shelf)]) == 0
    said = capsys.readouterr().out
    assert "passed with help" in said
    assert rows[second]["missing"] in said
    assert max(map(len, said.splitlines())) <= 100
