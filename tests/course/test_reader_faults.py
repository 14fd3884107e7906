"""Every fault of a lesson's text is named, on its line, with what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.problems import LessonErrors, Problem, did_you_mean
from course.reader import read_lesson
from tests.support.lessons import (
    BETS,
    CLAIM,
    CURVE,
    HEAD_LINES,
    MULTI,
    NUMERIC,
    OBSERVE,
    ORDER,
    OVER_PAIRS,
    PREDICT,
    SINGLE,
    SKETCH,
    WORDS,
    faults_in,
    with_body,
)


def without(text: str, line: str) -> str:
    """`text` less one line."""
    lines = text.split("\n")
    lines.remove(line)
    return "\n".join(lines)


def place(text: str, piece: str) -> int:
    """The line on which a piece of a text stands, from 1."""
    return text[: text.index(piece)].count("\n") + 1


DRAWN = [SKETCH, CURVE, OVER_PAIRS]
SOUND = [SINGLE, MULTI, NUMERIC, ORDER, PREDICT + "\n" + OBSERVE, CLAIM, WORDS, BETS, *DRAWN]


@pytest.mark.parametrize("body", SOUND)
def test_the_samples_are_sound(body: str) -> None:
    assert faults_in(body) == []


# What is put in place of what, the piece that marks the line, and what is to be said there.
CHANGES = [
    # Kinds and arguments
    (SINGLE, "{single}", "{singel}", "{singel}", "unknown kind {singel}: did you mean single?"),
    (SINGLE, ":::{single} q", ":::single q", ":::single", "expected :::{kind}"),
    (SINGLE, " q-row-sum", "", ":::{single}", "expected an id after {single}"),
    (SINGLE, "q-row-sum", "Q_Row", "Q_Row", "“Q_Row” is no id"),
    (SINGLE, "q-row-sum", "x" * 33, ":::{single}", "at most 32 characters"),
    (CLAIM, " c-o1", "", ":::{claim}", "expected an id after {claim}"),
    # Options of a fence
    (SINGLE, ":objective:", ":objectiv:", ":objectiv:", "did you mean objective?"),
    (SINGLE, ":objective: s.rows", ":objective: s.row", ":::{single}", "did you mean s.rows?"),
    (SINGLE, ":objective: s.rows", ":objective:", ":objective:", ":objective: is empty"),
    (SINGLE, ":checkpoint: yes", ":checkpoint: maybe", ":checkpoint:", "expected `:checkpoint:"),
    (SINGLE, ":checkpoint: yes", ":rev: 0", ":rev:", "a whole number from 1 up"),
    (SINGLE, ":checkpoint: yes", ":rev: two", ":rev:", "a whole number from 1 up"),
    (SINGLE, ":checkpoint: yes", ":objective: s.mask", ":objective: s.mask", "is given twice"),
    (SINGLE, ":checkpoint: yes", ":hint: none", ":hint: none", "`:hint: none because`"),
    (SINGLE, ":checkpoint: yes", ":hint: a\n:hint: b", ":hint: b", "at most 3 hints"),
    (SINGLE, ":checkpoint: yes", ":hint: none because x", ":hint: What", "there are hints, and"),
    (SINGLE, ":checkpoint: yes", "checkpoint: yes", "checkpoint: yes", "a blank line before"),
    (SINGLE, ":checkpoint: yes", ":draw: d in 1", ":draw:", "{single} has no option :draw:"),
    # Options to choose from
    (SINGLE, "- [x] 1", "- [ ] 1", ":::{single}", "exactly one option marked [x], found 0"),
    (SINGLE, "- [ ] nothing", "- [x] nothing", "- [x] nothing", "marked [x], found 2"),
    (SINGLE, "- [ ] nothing", "- [] nothing", "- [] nothing", "expected `- [ ] text` or"),
    (SINGLE, "- [ ] nothing", "- [y] nothing", "- [y] nothing", "expected `- [ ] text` or"),
    (SINGLE, "- [ ] nothing", "- nothing", "- nothing", "expected `- [ ] text` or"),
    (SINGLE, "nothing in particular", "1", "- [ ] 1", "this option is there twice"),
    (SINGLE, "- [ ] nothing in particular", "- [ ]", "- [ ]\n", "this option has no text"),
    (SINGLE, "Each row of the grid sums to\n", "", "- [ ] the number of t", "the question before"),
    (SINGLE, "#mc:heads", "#mc:Heads", "#mc:Heads", "expected #mc:some-tag"),
    (SINGLE, "#mc:heads", "#mc:", "#mc:\n", "expected #mc:some-tag"),
    (SINGLE, "  > Then it", "> Then it", "> Then it", "indent this explanation"),
    (SINGLE, "#mc:grid-vs-row\n:::", "x\n\nMore text.\n:::", "More text", "nothing may follow"),
    (MULTI, "[x]", "[ ]", ":::{multi}", "no option is marked [x]"),
    # Numbers
    (NUMERIC, ":answer: d / h\n", "", ":::{numeric}", "{numeric} needs :answer:"),
    (NUMERIC, "= {{answer}}", "= {{ run.lap.loss }}", "run.lap", "shows no number of a run"),
    (NUMERIC, ":answer: d / h", ":answer: d / w", ":answer:", "“w” is not drawn: there is: d, h"),
    (NUMERIC, ":answer: d / h", ":answer: d /", ":answer:", "Something is missing at the end"),
    (NUMERIC, ":answer: d / h", ":answer: d < h", ":answer:", "compares: expected a number"),
    (NUMERIC, ":answer: d / h", ":answer: 9**9**9", ":answer:", "too large"),
    (NUMERIC, ":also: d * h", ":also: d * x", ":also:", "“x” is not drawn"),
    (NUMERIC, " => You", " You", ":also:", "expected EXPRESSION => explanation"),
    (NUMERIC, "d in 128, 256, 512", "d 128", ":draw:", "expected name in 1, 2, 3"),
    (NUMERIC, "d in 128, 256, 512", "d in 1; d in 2", ":draw:", "the name d is taken"),
    (NUMERIC, "d in 128, 256, 512", "d in 128, many", ":draw:", "“many” is not drawn"),
    (NUMERIC, "0.01", "some", ":tolerance:", "“some” is not drawn"),
    (NUMERIC, "0.01", "-1", ":tolerance:", "expected `:tolerance: 0.01`"),
    (NUMERIC, "0.01", "%", ":tolerance:", "expected `:tolerance: 0.01`"),
    (NUMERIC, "width of {{d}}", "width of {{w}}", "width of", "“w” is not drawn"),
    (NUMERIC, "Divide {{d}}", "Divide {{x}}", ":hint:", "“x” is not drawn"),
    (NUMERIC, "> {{d}} /", "- [ ] one\n  > why\n\n> {{d}} /", "- [ ] one", "takes :answer:, not"),
    # Orders
    (ORDER, "1. multiply", "- multiply", "2. divide", "expected the steps numbered from 1"),
    (ORDER, ":hint: Sc", ":before: 1<2, 9<4\n:hint: Sc", ":before:", "“9<4”: expected pairs"),
    (ORDER, ":hint: Sc", ":before: 1<2, 3\n:hint: Sc", ":before:", "“3”: expected pairs"),
    (ORDER, ":hint: Sc", ":before: 2<1\n:hint: Sc", ":before:", "the list itself breaks"),
    (ORDER, "- [ ] sort", "- [x] sort", "- [x] sort", "what belongs nowhere is marked [ ]"),
    # Bets
    (PREDICT, ":run: lap causal=no\n", "", ":::{predict}", "{predict} needs :run:"),
    (PREDICT, ":run: lap causal=no", ":run: lap causal", ":run:", "expected knob=value"),
    (PREDICT, ":run: lap causal=no", ":run: lap a=1 a=2", ":run:", "the knob a is given twice"),
    (PREDICT, "{not-lower} about", "about", "- [ ] about", "expected `- [ ] {branch} text`"),
    (PREDICT, "=> lower", "=> lowr", "=> lowr", "no option has the branch {lowr}: did you mean"),
    (PREDICT, "=> lower", "", ":answer-from:", "expected CONDITION => branch"),
    (PREDICT, "0.8 => not", "=> not", "=> not-", "Something is missing at the end"),
    (PREDICT, "final_loss >= baseline.final_loss * 0.8", "1 + 1", "1 + 1", "a comparison, such"),
    (PREDICT, ":seeds: 0 1 2", ":seeds: 0 one", ":seeds:", "expected whole numbers"),
    (PREDICT, ":seeds:", ":objective: s.rows\n:seeds:", ":objective:", "counts towards no obj"),
    (PREDICT, "{lower} lower", "{not-lower} lower", "- [ ] {not-lower}", "has two options"),
    # Own words
    (WORDS, " w-attention", "", ":::{words}", "expected an id after {words}"),
    (WORDS, "\nIn two", ":objective: s.rows\n\nIn two", ":objective:", "no option :objective:"),
    (WORDS, "\nIn two", ":hint: Think.\n\nIn two", ":hint:", "{words} has no option :hint:"),
    (WORDS, "> A row", "- [ ] one\n  > why\n\n> A row", "- [ ] one", "{words} takes no options"),
    (WORDS, "In two or three sentences: what does attention do?\n", "", "> A row", "the question"),
    # Bets
    (BETS, ":true-if: run.race.longest_ratio < 1.2\n", "", ":::{bets}", "for each of 2 options"),
    (BETS, "run.race.longest_ratio <", "ratio <", ":true-if: ratio", "expected run.LAB.METRIC"),
    (BETS, "- [ ] a loss", "- [x] a loss", "- [x]", "nobody knows yet what is right"),
    (BETS, "\nWhat", ":objective: s.rows\n\nWhat", ":objective:", "no option :objective:"),
    # Drawn bets
    (SKETCH, ":run: recall pairs=8\n", "", ":::{sketch}", "needs either :run: or :study:"),
    (SKETCH, ":run: recall", ":study: x\n:run: recall", ":::{sketch}", "either :run: or :study:"),
    (SKETCH, ":run: recall pairs=8", ":run: recall pairs", ":run:", "expected knob=value"),
    (SKETCH, ":measure: lstm.accuracy\n", "", ":::{sketch}", "{sketch} needs :measure:"),
    (SKETCH, "lstm.accuracy", "lstm accuracy", ":measure:", "expected RUNNER.METRIC"),
    (SKETCH, ":mark: 0.038 guessing", ":mark: 0.038", ":mark:", "expected a number and a name"),
    (SKETCH, ":mark: 0.038", ":mark: chance", ":mark:", "“chance” is not drawn"),
    (SKETCH, ":mark: 0.038", ":mark: 38", ":mark:", "38 lies outside of :range:"),
    (SKETCH, ":mark:", ":form: percents\n:mark:", ":form:", "did you mean percent?"),
    (SKETCH, ":mark:", ":range: 1\n:mark:", ":range:", "expected `:range: LOWEST HIGHEST`"),
    (SKETCH, ":mark:", ":range: 1 0\n:mark:", ":range:", "expected `:range: LOWEST HIGHEST`"),
    (SKETCH, ":mark:", ":objective: s.rows\n:mark:", ":objective:", "no option :objective:"),
    (SKETCH, "> One state", "- [ ] a\n  > b\n\n> One", "- [ ] a", "{sketch} takes no options"),
    (CURVE, ":over: step 0 100", ":over: pairs 0 100", ":over:", "one run has one pairs"),
    (CURVE, "lstm.loss", "lstm.at*", ":over:", "values at which one run measures"),
    (SKETCH, "lstm.accuracy", "lstm.at*", ":measure:", "a * needs the values"),
    (CURVE, "0 100 200 1000", "100", ":over:", "expected 2 to 12 values after step, found 1"),
    (CURVE, "0 100 200", " ".join(map(str, range(12))), ":over:", "2 to 12 values after step"),
    (CURVE, "100 200", "200 100", ":over:", "expected each value to be larger"),
    (CURVE, "0 100", "0.5 100", ":over:", "expected steps as whole numbers"),
    (CURVE, "100 200", "100 many", ":over:", "“many” is not drawn"),
    (CURVE, ":seeds: 0 1", ":seeds: 0 one", ":seeds:", "expected whole numbers"),
    (OVER_PAIRS, ":over: pairs", ":over: step", ":over:", "a study is drawn over its knob"),
    (OVER_PAIRS, ":over: pairs 2 4 8 13 26\n", "", ":study:", "expected `:over: KNOB 1 2 3`"),
    # Claims
    (CLAIM, ":busted-if: run.race.longest_ratio > 2\n", "", ":::{claim}", "needs :busted-if:"),
    (CLAIM, "run.race.longest_ratio > 2", "ratio > 2", ":busted-if:", "expected run.LAB.METRIC"),
    (CLAIM, "| ratio", "| ratoi", "| ratoi", "unknown form “ratoi”: did you mean ratio?"),
    (CLAIM, "{{ run.race.longest_ratio | ratio }}", "{{ x }}", "{{ x }}", "expected {{ run.LAB"),
]


@pytest.mark.parametrize(("sample", "old", "new", "mark", "says"), CHANGES)
def test_one_fault_at_its_line(sample: str, old: str, new: str, mark: str, says: str) -> None:
    assert old in sample
    body = sample.replace(old, new) if sample is MULTI else sample.replace(old, new, 1)
    found = faults_in(body)
    line = place(body, mark)
    assert any(at == line and says in text for at, text in found), (line, found)


@pytest.mark.parametrize("kind", [SINGLE, MULTI, PREDICT, ORDER])
def test_every_option_and_step_needs_its_explanation(kind: str) -> None:
    for explanation in [line for line in kind.split("\n") if line.lstrip().startswith("> ")]:
        body = without(kind, explanation)
        before = kind.split("\n").index(explanation)
        assert faults_in(body) == [
            (before, "expected an explanation under this: an indented line that begins with >")
        ]


def test_too_few_and_too_many_options() -> None:
    one = ":::{single} q\n\nWhich?\n- [x] this\n  > why\n:::\n"
    assert faults_in(one) == [(1, "expected 2 to 6 options `- [ ] text`, found 1")]
    many = one.replace(":::\n", "", 0).replace(
        "  > why\n", "  > why\n" + "".join(f"- [ ] {i}\n  > no\n" for i in range(6))
    )
    assert faults_in(many) == [(1, "expected 2 to 6 options `- [ ] text`, found 7")]
    none = ":::{single} q\n\nWhich?\n:::\n"
    assert faults_in(none) == [(1, "expected 2 to 6 options `- [ ] text`, found 0")]


def test_too_few_and_too_many_steps() -> None:
    one = ":::{order} o\n\nIn order.\n\n1. this\n   > why\n:::\n"
    assert faults_in(one) == [(1, "expected a numbered list of at least two steps")]
    steps = "".join(f"{i}. step {i}\n   > why\n" for i in range(1, 10))
    many = f":::{{order}} o\n\nIn order.\n\n{steps}:::\n"
    assert faults_in(many) == [(1, "expected at most 8 steps, distractors included")]


def test_an_observation_needs_its_bet_before_it() -> None:
    assert faults_in(OBSERVE) == [
        (1, "no bet p-no-mask before this: there is none"),
    ]
    other = PREDICT.replace("p-no-mask", "p-no-masks") + "\n" + OBSERVE
    line = place(other, ":::{observe}")
    assert faults_in(other) == [(line, "no bet p-no-mask before this: did you mean p-no-masks?")]
    [found] = faults_in(PREDICT + "\n" + OBSERVE.replace(" of p-no-mask", ""))
    assert found[1] == "expected {observe} ID of BET-ID"


def test_a_baseline_that_is_not_there() -> None:
    body = without(PREDICT, ":baseline: lap causal=yes")
    text = "“baseline.final_loss”, but there is no :baseline:"
    assert faults_in(body) == [(3, text), (4, text)]


def test_ids_are_taken_once() -> None:
    body = SINGLE + "\n" + MULTI.replace("m-masks", "q-row-sum")
    [(line, text)] = faults_in(body)
    assert line == place(body, ":::{multi}")
    assert text == f"the id q-row-sum is taken, on line {HEAD_LINES + 1}"


class TestFencesThatStayOpen:
    def test_at_the_end_of_the_file(self) -> None:
        [first, *_] = faults_in("## A\n\nText.\n\n" + SINGLE.removesuffix(":::\n"))
        assert first == (5, "this fence is never closed: expected ::: after it")

    def test_before_another_fence_both_are_read(self) -> None:
        body = SINGLE.removesuffix(":::\n") + "\n" + MULTI.replace("[x]", "[ ]") + "\nMore.\n"
        inner = place(body, ":::{multi}")
        assert faults_in(body) == [
            (
                inner,
                f"a fence opens here, but the one of line {HEAD_LINES + 1} is not closed: "
                "expected ::: before this",
            ),
            (inner, "no option is marked [x]: expected at least one"),
        ]

    def test_a_close_without_an_opening(self) -> None:
        body = "Text.\n\n:::\n\n" + SINGLE.replace("{single}", "{sinlge}")
        assert faults_in(body) == [
            (3, "this closes no fence: expected :::{kind} before it"),
            (5, "unknown kind {sinlge}: did you mean single?"),
        ]

    def test_a_code_block(self) -> None:
        body = "Text.\n\n```python\nx = 1\n\n## Not a heading\n"
        assert faults_in(body) == [(3, "this code block is never closed: expected ```")]

    def test_a_fence_in_a_list(self) -> None:
        body = "- item\n\n  :::{view} maze\n  :::\n"
        assert faults_in(body) == [(3, "a fence must begin at the left margin")]


def test_headings() -> None:
    assert faults_in("# Title\n\nText.\n") == [
        (1, "expected ## for a heading: the lesson's title is its front matter")
    ]
    assert faults_in("##\n\nText.\n") == [(1, "this heading has no words")]


def test_views_and_notes() -> None:
    assert faults_in("Text.\n\n:::{view}\n:::\n") == [
        (3, "expected the name of a view after {view}")
    ]
    assert faults_in("Text.\n\n:::{view} maze\n:seed: 1\n\nText?\n:::\n") == [
        (6, "{view} takes settings only, no text")
    ]
    assert faults_in("Text.\n\n:::{notes}\n:::\n") == [(3, "{notes} is empty: expected its text")]
    assert faults_in("Text.\n\n:::{notes} x\nn\n:::\n") == [(3, "expected nothing after {notes}")]
    assert faults_in(":::{lab} mouse size\n:::\n") == [(1, "“size”: expected knob=value")]


def test_braces_in_prose() -> None:
    assert faults_in("## A\n\nGood {{ run.mouse.control.arrival | percent }}.\n\nBad {{d}}.\n") == [
        (5, "“{{d}}”: expected {{ run.LAB.METRIC | FORM }}")
    ]
    assert faults_in("In `code {}` and\n\n```\n{{ anything }}\n```\n") == []


def test_all_faults_are_found_at_once() -> None:
    body = "\n".join(
        [
            SINGLE.replace(":objective: s.rows", ":objectve: s.rows"),
            NUMERIC.replace(":answer: d / h", ":answer: d / w"),
            "# Big\n",
            MULTI.replace("{multi}", "{mutli}"),
        ]
    )
    assert [line for line, _ in faults_in(body)] == [
        place(body, ":objectve"),
        place(body, ":answer:"),
        place(body, "# Big"),
        place(body, "{mutli}"),
    ]


def test_what_the_errors_say_of_themselves(tmp_path: Path) -> None:
    with pytest.raises(LessonErrors) as caught:
        read_lesson(with_body(SINGLE.replace("{single}", "{sinlge}")), "lessons/a.md")
    errors = caught.value
    assert str(errors.problems[0]) == (
        f"lessons/a.md:{HEAD_LINES + 1}: unknown kind {{sinlge}}: did you mean single?"
    )
    assert (errors.lesson_id, errors.title) == ("sample", "A sample")
    assert str(errors) == str(errors.problems[0])


def test_did_you_mean() -> None:
    assert did_you_mean("sinlge", ["single", "multi"]) == "did you mean single?"
    assert did_you_mean("zzz", ["b", "a"]) == "there is: a, b"
    assert did_you_mean("zzz", []) == "there is none"
    many = [f"name-{n}" for n in range(100)]
    assert did_you_mean("zzz", many) == "there are 100, and none is like it"


def test_problems_are_sorted_by_line() -> None:
    errors = LessonErrors([Problem("a", 9, "x"), Problem("a", 2, "y")])
    assert [problem.line for problem in errors.problems] == [2, 9]
