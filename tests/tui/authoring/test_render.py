"""Screens that do not fit are found, and said to be so in the inks where they do not."""

from __future__ import annotations

import pytest

from course.catalog import Catalog, Part
from course.findings import Finding
from course.measured import Measured, MeasuredRun
from course.reader import read_lesson
from tui.authoring import render
from tui.authoring.headless import Drawing
from tui.authoring.render import as_events, check_screens, look_in

HEAD = """\
+++
format = 1
id = "wide"
title = "Wide"
minutes = 5
[objectives]
"wide.o" = "see it"
+++
"""
COLOUR = Drawing("colour")


def course_of(body: str) -> Catalog:
    """A course of one lesson with this text."""
    lesson = read_lesson(HEAD + body, "wide.md")
    return Catalog("A course", (Part("ONE", ("wide",)),), {"wide": lesson}, {}, ("wide",))


def faults(body: str, drawing: Drawing = COLOUR) -> list[tuple[int, str]]:
    """Line and text of what is found in one ink."""
    catalog = course_of(body)
    lessons = list(catalog.lessons.values())
    found = look_in(drawing, catalog=catalog, lessons=lessons)
    return [(one.line, one.text) for one in sorted(found)]


def test_what_fits_is_left_alone() -> None:
    assert faults("## One\n\nWords.\n\n## Two\n\n```\n" + "x" * 70 + "\n```\n") == []


def test_a_screen_that_is_too_high() -> None:
    lines = "\n\n".join(f"Line {n}." for n in range(12))
    found = faults(f"## One\n\nWords.\n\n## Two\n\n{lines}\n")
    assert [line for line, _ in found] == [15]
    assert "rows too high for 80x24" in found[0][1]


def test_a_line_of_code_that_is_cut() -> None:
    code = "y = " + "x" * 90
    assert faults(f"## One\n\n```\n{code}\n```\n") == [
        (11, f"not to be read on the screen: “{code}”")
    ]


def test_a_question_that_is_too_high() -> None:
    wrong = "\n".join(f"- [ ] {'many words ' * 25}{n}\n  > why" for n in range(5))
    body = (
        ":::{single} q-high\n:objective: wide.o\n:hint: none because it is a test\n\n"
        f"Which?\n\n- [x] this\n  > why\n{wrong}\n:::\n"
    )
    assert ["too high" in text for _, text in faults(body)] == [True]


def test_a_claim_is_looked_at_as_it_is_before_and_after_its_run() -> None:
    words = "\n>\n> ".join(["A long explanation."] * 12)
    body = (
        ":::{claim} c-long\n:confirmed-if: run.mice.random.arrival > 0.9\n"
        f":busted-if: run.mice.random.arrival < 0.7\n\nShort.\n\n> {words}\n:::\n"
    )
    assert faults(body) == []
    run = MeasuredRun("mice", {}, (0, 1), {"random.arrival": (0.5, 0.6)}, 2.0)
    catalog = course_of(body)
    lessons = list(catalog.lessons.values())
    events = as_events(Measured({}, (run,)))
    found = look_in(COLOUR, catalog=catalog, lessons=lessons, runs=events)
    assert ["too high" in one.text for one in found] == [True]


def test_inks_are_named_unless_all_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere = Finding("wide.md", 3, "error", "everywhere")
    once = Finding("wide.md", 9, "error", "once")

    def look(drawing: Drawing, **_: object) -> set[Finding]:
        return {everywhere, once} if drawing.ink == "ascii" else {everywhere}

    monkeypatch.setattr(render, "look_in", look)
    catalog = course_of("## One\n\nWords.\n")
    found = check_screens(catalog, list(catalog.lessons.values()))
    assert [one.text for one in found] == ["everywhere", "once (in the ascii ink)"]
