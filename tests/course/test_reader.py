"""A file becomes screens: where they begin and end, what is on them, what they are called."""

from __future__ import annotations

import time

import pytest

from course.bets import Predict
from course.lesson import Claim, Lab, Multi, Numeric, Observe, Order, Prose, Single, Study, View
from course.reader import read_lesson
from tests.support.lessons import SAMPLE, SINGLE, faults_in, read


def shape(body: str) -> list[tuple[str, str, list[str]]]:
    return [
        (screen.key, screen.heading, [type(block).__name__ for block in screen.blocks])
        for screen in read(body).screens
    ]


def test_one_of_everything() -> None:
    lesson = read_lesson(SAMPLE, "sample.md")
    rows, mask = "A row is a distribution", "The mask"
    assert [(screen.key, screen.heading) for screen in lesson.screens] == [
        ("a-row-is-a-distribution", rows),
        ("q-row-sum", rows),
        ("n-head-width", rows),
        ("the-mask", mask),
        ("the-mask-2", mask),
        ("m-masks", mask),
        ("o-attention", mask),
        ("p-no-mask", mask),
        ("the-mask-3", mask),
        ("o-no-mask", mask),
        ("c-o1", mask),
        ("yours-to-keep", "Yours to keep"),
    ]
    kinds = [type(question) for question in lesson.questions]
    assert kinds == [Single, Numeric, Multi, Order, Predict, Observe]


def test_every_block_knows_the_line_it_began_on() -> None:
    lines = SAMPLE.split("\n")
    lesson = read_lesson(SAMPLE, "sample.md")
    begins = {Prose: "", View: ":::{view}", Lab: ":::{lab}", Claim: ":::{claim}"}
    for screen in lesson.screens:
        for block in screen.blocks:
            line = lines[block.line - 1]
            if isinstance(block, Prose):
                assert block.markdown.startswith(line)
            else:
                assert line.startswith(begins.get(type(block), ":::{")), line
        question = screen.question
        for option in getattr(question, "options", ()):
            assert option.text in lines[option.line - 1]


def test_prose_is_a_slice_of_the_source() -> None:
    for screen in read_lesson(SAMPLE, "sample.md").screens:
        for prose in screen.blocks_of(Prose):
            assert prose.markdown in SAMPLE


@pytest.mark.parametrize("name", ["[CLS]", "x[i]", "<pad>", "f[i](x)", "a*b*c", "attention.py"])
def test_what_lessons_speak_of_survives_everywhere(name: str) -> None:
    text = SINGLE.replace("the number of tokens", f"plain {name} text").replace(
        "That is the sum", f"{name} is not the sum"
    )
    lesson = read(f"## On {name}\n\nSee {name}:\n\n    {name}\n\n" + text)
    first, question = lesson.screens
    assert first.heading == f"On {name}"
    assert first.blocks_of(Prose)[0].markdown == f"See {name}:\n\n    {name}"
    assert isinstance(question.question, Single)
    assert question.question.options[0].text == f"plain {name} text"
    assert name in question.question.options[0].explanation


def test_a_break_with_blank_lines_ends_a_screen() -> None:
    assert shape("## A\n\none\n\n---\n\ntwo\n\n***\n\nthree\n") == [
        ("a", "A", ["Prose"]),
        ("a-2", "A", ["Prose"]),
        ("a-3", "A", ["Prose"]),
    ]


@pytest.mark.parametrize("body", ["one\n---\n\ntwo", "one\n\n---\ntwo", "one\n---\ntwo"])
def test_a_break_without_blank_lines_is_a_fault(body: str) -> None:
    line = body.split("\n").index("---") + 1
    assert faults_in(body) == [
        (line, "expected a blank line before and after this end of a screen")
    ]


def test_text_before_the_first_heading() -> None:
    assert shape("Hello.\n\n## A\n\nText.\n") == [
        ("start", "", ["Prose"]),
        ("a", "A", ["Prose"]),
    ]


def test_a_heading_without_text_makes_no_empty_screen() -> None:
    assert shape("## A\n\n## B\n\nText.\n\n---\n\n---\n\nMore.\n") == [
        ("b", "B", ["Prose"]),
        ("b-2", "B", ["Prose"]),
    ]


def test_smaller_headings_and_quotes_stay_in_the_text() -> None:
    body = "## A\n\n### Small\n\n> ## quoted\n>\n> ---\n\n- item\n\n  ## in a list\n"
    [screen] = read(body).screens
    assert screen.blocks_of(Prose)[0].markdown == body.split("\n\n", 1)[1].rstrip()


@pytest.mark.parametrize("fence", ["```", "~~~", "`````", "```python"])
def test_nothing_inside_a_code_block_ends_a_screen(fence: str) -> None:
    close = fence.removesuffix("python")
    code = f"{fence}\n---\n\n---\n\n## no heading\n\n:::{{single}} q\n:::\n\n{{{{ x }}}}\n{close}"
    [screen] = read(f"## A\n\nBefore.\n\n{code}\n\nAfter.\n").screens
    assert screen.blocks_of(Prose)[0].markdown == f"Before.\n\n{code}\n\nAfter."


def test_nothing_inside_a_fence_ends_a_screen() -> None:
    body = SINGLE.replace(
        "Each row of the grid sums to",
        "Look:\n\n```\n---\n\n## x\n- [ ] y\n```\n\n---\n\nIt sums to",
    )
    [screen] = read("## A\n\n" + body).screens
    assert screen.question is not None
    assert screen.question.prompt == "Look:\n\n```\n---\n\n## x\n- [ ] y\n```\n\n---\n\nIt sums to"
    assert len(screen.question.options) == 4  # type: ignore[attr-defined]


def test_a_longer_fence_may_hold_a_shorter_one() -> None:
    inner = "Type this:\n\n```\n:::{view} maze\n:::\n```"
    screen = read(f"## A\n\nText.\n\n::::{{notes}}\n{inner}\n::::\n").screens[0]
    assert screen.notes == (inner,)


def test_questions_labs_and_claims_stand_alone_and_views_with_the_text() -> None:
    body = (
        "## A\n\nOne.\n\n:::{view} maze\n:::\n\nTwo.\n\n:::{lab} mouse memory=no\n:::\n\nThree.\n"
    )
    assert shape(body) == [
        ("a", "A", ["Prose", "View", "Prose"]),
        ("a-2", "A", ["Lab"]),
        ("a-3", "A", ["Prose"]),
    ]


def test_keys_do_not_depend_on_other_headings() -> None:
    before = read("## A\n\nx\n\n## C\n\nx\n\n---\n\ny\n").screens
    after = read("## A\n\nx\n\n## B\n\nnew\n\n## C\n\nx\n\n---\n\ny\n").screens
    assert [s.key for s in before] == ["a", "c", "c-2"]
    assert [s.key for s in after] == ["a", "b", "c", "c-2"]


def test_a_heading_that_reads_like_a_question_gets_another_key() -> None:
    keys = [screen.key for screen in read("## Q row sum\n\nText.\n\n" + SINGLE).screens]
    assert keys == ["q-row-sum-2", "q-row-sum"]


def test_views_and_labs_carry_their_settings() -> None:
    lesson = read(
        "## A\n\n:::{view} maze\n:mice: random forward\n:seed: 3\n:::\n\n"
        ":::{lab} mouse memory=no size=7\nWatch *it*.\n:::\n"
    )
    [view] = lesson.screens[0].blocks_of(View)
    assert (view.name, view.settings) == ("maze", {"mice": "random forward", "seed": "3"})
    [lab] = lesson.screens[1].blocks_of(Lab)
    assert (lab.run.lab, lab.run.knobs) == ("mouse", {"memory": "no", "size": "7"})
    assert lab.text == "Watch *it*."


def test_claims_have_a_text_and_an_explanation() -> None:
    [claim] = [c for s in read_lesson(SAMPLE, "s.md").screens for c in s.blocks_of(Claim)]
    assert claim.text == '"The transformer is an O(1) architecture."'
    assert claim.confirmed_if == "run.race.longest_ratio < 1.2"
    assert claim.explanation == "It took {{ run.race.longest_ratio | ratio }} times as long."


class TestNotes:
    def test_on_the_screen_they_stand_on(self) -> None:
        lesson = read("## A\n\n:::{notes}\nfirst\n:::\n\nText.\n\n:::{notes}\nlast\n:::\n")
        assert [screen.notes for screen in lesson.screens] == [("first", "last")]

    def test_right_after_a_question(self) -> None:
        lesson = read(f"## A\n\nText.\n\n{SINGLE}\n:::{{notes}}\nargue\n:::\n\nMore.\n")
        assert [screen.notes for screen in lesson.screens] == [(), ("argue",), ()]

    def test_after_a_break_on_the_new_screen(self) -> None:
        lesson = read("## A\n\nText.\n\n---\n\n:::{notes}\nn\n:::\n\nMore.\n")
        assert [screen.notes for screen in lesson.screens] == [(), ("n",)]

    def test_under_a_heading_of_a_question(self) -> None:
        lesson = read(f"Text.\n\n## A\n\n:::{{notes}}\nn\n:::\n\n{SINGLE}")
        assert [screen.notes for screen in lesson.screens] == [(), ("n",)]

    def test_at_the_end_after_a_break(self) -> None:
        lesson = read("Text.\n\n---\n\n:::{notes}\nn\n:::\n")
        assert [screen.notes for screen in lesson.screens] == [("n",)]


def test_reading_is_quick_enough_for_every_start() -> None:
    long = SAMPLE.replace(
        "## Yours",
        "".join(f"## Part {i}\n\n{'Some words. ' * 40}\n\n" for i in range(30)) + "## Yours",
    )
    taken = []
    for _ in range(5):
        start = time.process_time()
        read_lesson(long, "sample.md")
        taken.append(time.process_time() - start)
    assert min(taken) < 0.1


def test_a_study_has_a_screen_of_its_own() -> None:
    body = ":::{study} recall-pairs\nBegin it and read on.\n:::\n\nText after it.\n"
    assert [kinds for _, _, kinds in shape(body)] == [["Study"], ["Prose"]]
    study = read(body).screens[0].blocks_of(Study)[0]
    assert (study.name, study.text) == ("recall-pairs", "Begin it and read on.")


def test_a_study_has_a_name() -> None:
    assert faults_in(":::{study}\n:::\n") == [(1, "expected the name of a study after {study}")]
