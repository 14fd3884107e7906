"""What `author check` finds, each thing with its file and line."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from course.catalog import Catalog, read_catalog
from course.check import Finding, check
from course.lock import read_lock, write_lock
from tests.support.lessons import (
    CLAIM,
    HEAD,
    MULTI,
    NUMERIC,
    OBSERVE,
    ORDER,
    PREDICT,
    SAMPLE,
    SINGLE,
    with_body,
)

COURSE = """\
title = "Small"

[[parts]]
title = "ONE"
lessons = ["sample"]

[spelling]
color = "colour"

[misconceptions]
grid-vs-row = "A row is the grid"
heads = "Heads are rows"
"""


@dataclass(frozen=True)
class Knob:
    name: str
    choices: tuple[str, ...]

    def parse(self, text: str) -> str:
        if text not in self.choices:
            raise ValueError(f"{self.name} = {text}: must be one of {', '.join(self.choices)}")
        return text


@dataclass(frozen=True)
class Metric:
    name: str


@dataclass(frozen=True)
class Spec:
    knobs: tuple[Knob, ...] = ()
    metrics: tuple[Metric, ...] = ()


LABS = {
    "lap": Spec((Knob("causal", ("yes", "no")),), (Metric("final_loss"),)),
    "race": Spec((), (Metric("longest_ratio"), Metric("lstm.loss"))),
}
VIEWS = {"attention-grid": frozenset({"lab", "highlight"}), "maze": frozenset({"seed"})}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "course.toml").write_text(COURSE)
    return tmp_path


@pytest.fixture(autouse=True)
def no_extra_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GROK_TUI_LESSONS", raising=False)


def course_of(folder: Path, text: str, **more: str) -> Catalog:
    """A course of this lesson, and others by id."""
    (folder / "lessons" / "sample.md").write_text(text)
    for name, other in more.items():
        (folder / "lessons" / f"{name}.md").write_text(other)
    return read_catalog(folder)


def found_in(folder: Path, text: str, **more: str) -> list[tuple[str, int, str, str]]:
    """File, line, level and text of what is found in a course."""
    findings = check(course_of(folder, text, **more), LABS, VIEWS)
    return [(Path(one.path).name, one.line, one.level, one.text) for one in findings]


def place(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def errors_and_warnings(folder: Path, text: str, **more: str) -> list[tuple[int, str, str]]:
    return [(line, level, said) for _, line, level, said in found_in(folder, text, **more)]


def test_a_sound_lesson_has_no_findings(folder: Path) -> None:
    assert found_in(folder, SAMPLE) == []


def test_findings_print_like_compiler_messages() -> None:
    assert str(Finding("a.md", 3, "error", "no")) == "a.md:3: error: no"


def test_every_fault_of_a_broken_lesson_is_listed(folder: Path) -> None:
    text = SAMPLE.replace("{single}", "{sinlge}").replace("{multi}", "{mutli}")
    found = errors_and_warnings(folder, text)
    assert [line for line, level, _ in found if level == "error"] == [
        place(text, "{sinlge}"),
        place(text, "{mutli}"),
    ]


# What is put in place of what, the piece that marks the line, level, what is said.
CHANGES = [
    # 6, 7
    (":objective: s.rows\n:hint: W", ":hint: W", '"s.rows"', "error", "has 1 of 2 questions"),
    (":checkpoint: yes\n\nEach", "\nEach", '"s.rows"', "error", "no question on s.rows is a"),
    (":hint: Scores come before weights.\n", "", ":::{order}", "error", "has no hint"),
    (":objective: s.mask\n:hint: Sc", ":hint: Sc", ":::{order}", "warning", "counts for no obj"),
    # 8, 9
    ("4. average the values", "4. take the softmax", "4. take", "error", "two steps say the same"),
    (":also: d * h", ":also: d / h", ":also:", "error", "gives the right answer"),
    (":also: d * h", ":also: d / (h - h)", ":also:", "error", "divides by zero"),
    (":answer: d / h", ":answer: d / (h - 4)", ":::{numeric}", "error", "divides by zero"),
    (":tolerance: 0.01", ":tolerance: 1e-7", None, "", ""),
    ("h in 4, 8", "h in 7, 9\n:rev: 2", None, "", ""),
    # 10
    ("- [x] 1\n", "- [x] 1, because softmax divides by the sum of the row, always\n", "- [x] 1,",
     "warning", "clearly the longest"),
    ("Each row of the grid sums to", "Which is not a row that never sums to", ":::{single}",
     "warning", "a double negative"),
    ("Each row", "word " * 61 + "row", ":::{single}", "warning", "a word twice"),
    ("Each row of", " ".join(f"w{i} a" for i in range(40)), ":::{single}", "warning",
     "more than 60 words"),
    ("Text after it", "Obviously it", "Obviously", "warning", "“Obviously”: say it without"),
    ("Text after it", "It proves a thing", "It proves", "warning", "“proves”: say it without"),
    ("Text after it", "some words " * 70, "some words", "warning", "words on one screen"),
    ("Text after it", "A line of code: `" + "a b " * 70 + "`.", None, "", ""),
    # 11
    ("#mc:heads\n- [ ] nothing", "#mc:haeds\n- [ ] nothing", "- [ ] the number of heads", "error",
     "#mc:haeds is not in [misconceptions] of course.toml: did you mean heads?"),
    # 15
    ("Text after it", "The color after it", "The color", "warning", "the course writes “colour”"),
    ("Text after it", "The the text", "The the", "warning", "“The the”: a word twice"),
    ("{view} attention-grid", "{view} atention-grid", "{view}", "error", "did you mean attention-"),
    (":highlight: row", ":highlite: row", ":::{view}", "error", "has no setting highlite: did you"),
    ("{lab} lap causal=no", "{lab} lpa", ":::{lab}", "error", "no lab is called lpa: did you mean"),
    ("{lab} lap causal=no", "{lab} lap casual=no", ":::{lab}", "error", "no knob casual: did you"),
    ("{lab} lap causal=no", "{lab} lap causal=maybe", ":::{lab}", "error", "one of yes, no"),
    (":run: lap causal=no", ":run: lap causal=1", ":::{predict}", "error", "one of yes, no"),
    (":run: lap", ":run: lab", ":::{predict}", "error", "no lab is called lab: did you mean lap?"),
    ("final_loss < b", "final_los < b", ":answer-from:", "error", "does not measure final_los:"),
    ("< baseline.final_loss", "< baseline.loss", ":answer-from:", "error", "not measure loss"),
    ("run.race.longest_ratio > 2", "run.race.ratio > 2", ":::{claim}", "error", "measure ratio"),
    ("run.race.longest_ratio > 2", "run.rice.ratio > 2", ":::{claim}", "error", "called rice"),
    ("{{ run.lap.final_loss | n", "{{ run.lap.loss | n", "{{ run.lap", "error", "measure loss"),
    ("Text after it", "![mouse](pic/m.png)", "![mouse]", "error", "pictures are not shown"),
    ("Text after it", "[here](docs/a.md)", "[here]", "error", "must begin with https://"),
    ("Text after it", "[here](https://example.org/a) and `x[i](a/b)`, f[i](x)", None, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "mark", "level", "says"), CHANGES)
def test_each_thing_on_its_line(
    folder: Path, old: str, new: str, mark: str | None, level: str, says: str
) -> None:
    assert old in SAMPLE
    text = SAMPLE.replace(old, new, 1)
    found = errors_and_warnings(folder, text)
    if mark is None:
        assert found == []
        return
    line = place(text, mark)
    assert any((at, of) == (line, level) and says in said for at, of, said in found), (line, found)


def test_a_number_that_nobody_can_type(folder: Path) -> None:
    text = SAMPLE.replace("h in 4, 8", "h in 7, 9").replace(":tolerance: 0.01\n", "")
    [(line, level, said)] = errors_and_warnings(folder, text)
    assert (line, level) == (place(text, ":::{numeric}"), "warning")
    assert said.startswith("n-head-width (d = 128, h = 7): 18.285714285714285 is hard to type")


def test_a_bet_without_what_is_seen_of_it(folder: Path) -> None:
    text = SAMPLE.replace(OBSERVE, "")
    assert (place(text, ":::{predict}"), "warning", "no {observe} follows p-no-mask") in (
        errors_and_warnings(folder, text)
    )


def test_a_lesson_without_objectives_cannot_be_passed(folder: Path) -> None:
    head = "\n".join(line for line in HEAD.split("\n") if "objectives" not in line)
    found = errors_and_warnings(folder, head + "## A\n\nText.\n")
    assert (1, "error", "a lesson needs objectives: without one it cannot be passed") in found


def test_the_right_option_in_one_place_too_often(folder: Path) -> None:
    body = "".join(
        f":::{{single}} s{i}\n:objective: s.rows\n:hint: h\n:checkpoint: yes\n\nWhich {i}?\n"
        f"- [x] right {i}\n  > yes\n- [ ] wrong {i}\n  > no\n:::\n\n"
        for i in range(5)
    )
    head = HEAD.replace(', "s.mask" = "say what a mask removes"', "")
    found = errors_and_warnings(folder, head + "## A\n\n" + body)
    assert (1, "warning", "the right option is number 1 in 5 of 5 questions") in found


def test_tags_used_once_or_never_are_listed(folder: Path) -> None:
    (folder / "course.toml").write_text(COURSE + 'dusty = "x"\nonce = "y"\n')
    text = SAMPLE.replace("sum of the whole grid. #mc:grid-vs-row", "sum. #mc:once")
    found = found_in(folder, text)
    line = place(COURSE, "[misconceptions]")
    assert found == [
        ("course.toml", line, "warning", "tags that are never used: dusty"),
        ("course.toml", line, "warning", "tags that are used once only: grid-vs-row, once"),
    ]


def other(name: str, requires: str = "", old: str = "", new: str = "") -> str:
    """Another lesson whose ids do not clash with the sample's."""
    text = SAMPLE.replace('id = "sample"', f'id = "{name}"').replace("s.rows", f"{name}.rows")
    text = text.replace("s.mask", f"{name}.mask")
    for question in ("q-row-sum", "n-head-width", "m-masks", "o-attention", "p-no-mask",
                     "o-no-mask", "c-o1"):  # fmt: skip
        text = text.replace(question, f"{question}-{name}")
    if requires:
        text = text.replace("minutes = 20", f"minutes = 20\nrequires = [{requires}]")
    return text.replace(old, new)


def test_ids_name_one_thing_in_the_whole_course(folder: Path) -> None:
    text = other("x", "", "q-row-sum-x", "q-row-sum").replace('"x.rows"', '"s.rows"')
    text = text.replace(":objective: x.rows", ":objective: s.rows")
    found = found_in(folder, SAMPLE, x=text)
    said = {(name, line, words.split(" in ")[0]) for name, line, level, words in found}
    assert ("x.md", place(text, ":::{single}"), "the id q-row-sum is taken") in said
    assert ("x.md", place(text, '"s.rows"'), "the objective s.rows is taken") in said


def test_what_is_required(folder: Path) -> None:
    text = other("x", '"sampel"')
    line = place(text, "requires")
    assert ("x.md", line, "error", "requires sampel: no such lesson, did you mean sample?") in (
        found_in(folder, SAMPLE, x=text)
    )
    assert found_in(folder, SAMPLE, x=other("x", '"sample"')) == []
    later = SAMPLE.replace("minutes = 20", 'minutes = 20\nrequires = ["x"]')
    assert ("sample.md", place(later, "requires"), "warning", "requires x, which comes later") in (
        found_in(folder, later, x=other("x"))
    )


def test_a_circle_of_requirements(folder: Path) -> None:
    one = SAMPLE.replace("minutes = 20", 'minutes = 20\nrequires = ["y"]')
    found = found_in(folder, one, x=other("x", '"sample"'), y=other("y", '"x"'))
    circles = [(name, said) for name, _, level, said in found if level == "error"]
    assert circles == [
        ("sample.md", "requires itself: sample requires y requires x requires sample"),
        ("x.md", "requires itself: x requires sample requires y requires x"),
        ("y.md", "requires itself: y requires x requires sample requires y"),
    ]


def test_a_lesson_that_requires_a_broken_one(folder: Path) -> None:
    found = found_in(folder, SAMPLE.replace("{single}", "{s}"), x=other("x", '"sample"'))
    assert "requires sample, which cannot be read" in [said for *_, said in found]


class TestTheLock:
    @pytest.fixture
    def locked(self, folder: Path) -> Path:
        write_lock(folder / "course.lock", course_of(folder, SAMPLE).own)
        return folder

    def said(self, folder: Path, text: str) -> list[tuple[str, int, str]]:
        catalog = course_of(folder, text)
        findings = check(catalog, LABS, VIEWS, read_lock(folder / "course.lock"))
        return [(Path(f.path).name, f.line, f.text) for f in findings if f.level == "error"]

    def test_an_unchanged_course(self, locked: Path) -> None:
        assert self.said(locked, SAMPLE) == []

    def test_other_words(self, locked: Path) -> None:
        assert self.said(locked, SAMPLE.replace("Each row of the grid sums to", "A row is")) == []

    def test_another_meaning_without_a_new_rev(self, locked: Path) -> None:
        text = SAMPLE.replace(":answer: d / h", ":answer: d / h / 2")
        [(name, line, said)] = self.said(locked, text)
        assert (name, line) == ("sample.md", place(text, ":::{numeric}"))
        assert said.startswith("n-head-width has changed. If its meaning has, write `:rev: 2`")

    def test_a_new_rev_is_to_be_written_down(self, locked: Path) -> None:
        text = SAMPLE.replace(":answer: d / h", ":answer: d / h / 2\n:rev: 2")
        [(_, _, said)] = self.said(locked, text)
        assert said.startswith("n-head-width has a new rev: grok-tui author check --write-lock")
        write_lock(locked / "course.lock", course_of(locked, text).own)
        assert self.said(locked, text) == []
        [(_, _, said)] = self.said(locked, text.replace(":rev: 2", ":rev: 1"))
        assert said == "n-head-width has rev 1, but had 2 before"

    def test_a_new_question(self, locked: Path) -> None:
        new = NUMERIC.replace("n-head-width", "n-new")
        text = SAMPLE.replace("## The mask", new + "\n## The mask")
        [(_, line, said)] = self.said(locked, text)
        assert line == place(text, "{numeric} n-new")
        assert said.startswith("n-new is not in course.lock yet")

    def test_a_question_that_is_gone(self, locked: Path) -> None:
        [(name, line, said)] = self.said(
            locked,
            SAMPLE.replace(NUMERIC, NUMERIC[:0]).replace(
                ORDER, ORDER.replace(":objective: s.mask", ":objective: s.rows")
            ),
        )
        assert name == "course.lock"
        assert said.startswith("n-head-width of lesson sample is gone")
        assert (locked / "course.lock").read_text().split("\n")[line - 1].startswith('"n-head')

    def test_a_question_that_has_another_name(self, locked: Path) -> None:
        found = self.said(locked, SAMPLE.replace("n-head-width", "n-width"))
        assert ("n-head-width seems to be called n-width now; ids are permanent") in (
            said for *_, said in found
        )

    def test_an_instructors_lesson_is_not_in_it(self, locked: Path, tmp_path: Path) -> None:
        mine = tmp_path / "mine.md"
        mine.write_text(other("mine"))
        catalog = read_catalog(locked, mine)
        assert "mine" in catalog.lessons
        findings = check(catalog, LABS, VIEWS, read_lock(locked / "course.lock"))
        assert [f for f in findings if f.level == "error"] == []


def test_checking_takes_less_than_a_second(folder: Path) -> None:
    catalog = course_of(folder, SAMPLE)
    start = time.process_time()
    check(catalog, LABS, VIEWS)
    assert time.process_time() - start < 1.0


def test_the_pieces_are_what_the_sample_is_made_of() -> None:
    for piece in (SINGLE, MULTI, NUMERIC, ORDER, PREDICT, OBSERVE, CLAIM):
        assert piece in SAMPLE


STUDIES = {
    name: SimpleNamespace(over=name, values=(1, 2, 3), runners=("one",), metrics=("final_loss",))
    for name in ("recall", "bias")
}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", ""),
        (":study: bias", ":study: bais", "no study is called bais: did you mean bias?"),
        (":over: bias", ":over: width", "the study bias goes over bias, not over width"),
        ("1 2 3", "1 2 4", "the study bias goes over 1 2 3, and not over 4"),
        ("one.final_loss", "two.final_loss", "bias does not measure two.final_loss: did you mean"),
    ],
)
def test_a_drawn_bet_on_a_study_is_about_what_that_measures(
    folder: Path, old: str, new: str, says: str
) -> None:
    body = ":::{sketch} k\n:study: bias\n:measure: one.final_loss\n:over: bias 1 2 3\n\nHow?\n:::\n"
    findings = check(
        course_of(folder, with_body(body.replace(old, new))), LABS, VIEWS, studies=STUDIES
    )
    told = [one.text for one in findings if "stud" in one.text or "measure" in one.text]
    assert len(told) == bool(says) and all(says in one for one in told)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", ""),
        ("lap causal", "lapp causal", "no lab is called lapp"),
        ("causal=no", "causl=no", "the lab lap has no knob causl"),
        ("final_loss", "loss", "the lab lap does not measure loss"),
    ],
)
def test_a_drawn_bet_on_a_run_is_about_what_that_measures(
    folder: Path, old: str, new: str, says: str
) -> None:
    body = ":::{sketch} k\n:run: lap causal=no\n:measure: final_loss\n\nHow?\n:::\n"
    findings = check(course_of(folder, with_body(body.replace(old, new))), LABS, VIEWS)
    told = [one.text for one in findings if "lap" in one.text]
    assert len(told) == bool(says) and all(says in one for one in told)


def test_a_study_that_does_not_exist_is_found(folder: Path) -> None:
    text = with_body(":::{study} recal\n:::\n")
    findings = check(course_of(folder, text), LABS, VIEWS, studies=STUDIES)
    line = place(text, ":::{study}")
    told = [(one.line, one.text) for one in findings if "study" in one.text]
    assert told == [(line, "no study is called recal: did you mean recall?")]
    right = course_of(folder, with_body(":::{study} recall\n:::\n"))
    assert not [f for f in check(right, LABS, VIEWS, studies=STUDIES) if "study" in f.text]
