"""The course from its folder: what can be read works, whatever else is broken."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from course.catalog import EXTRA, MORE, read_catalog
from course.kept import Kept
from course.problems import LessonErrors
from tests.support.lessons import HEAD, SINGLE

COURSE = """\
title = "Small"

[[parts]]
title = "ONE"
lessons = ["a", "b"]
planned = ["Lesson A", "Later"]

[[parts]]
title = "TWO"
planned = ["Much later"]

[misconceptions]
heads = "Heads are rows"
"""


def lesson_text(name: str, question: str = "") -> str:
    head = HEAD.replace('"sample"', f'"{name}"').replace('"A sample"', f'"Lesson {name.upper()}"')
    return head + "## One\n\nText.\n\n" + SINGLE.replace("q-row-sum", question or f"q-{name}")


@pytest.fixture(autouse=True)
def no_extra_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EXTRA, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "course.toml").write_text(COURSE)
    for number, name in enumerate("ab", start=1):
        (tmp_path / "lessons" / f"0{number}-{name}.md").write_text(lesson_text(name))
    return tmp_path


def test_parts_order_and_titles(folder: Path) -> None:
    catalog = read_catalog(folder)
    assert catalog.title == "Small"
    assert [(part.title, part.lessons, part.planned) for part in catalog.parts] == [
        ("ONE", ("a", "b"), ("Later",)),
        ("TWO", (), ("Much later",)),
    ]
    assert catalog.order == ("a", "b")
    assert not catalog.broken
    assert catalog.misconceptions == {"heads": "Heads are rows"}
    assert catalog.part_of("b") == "ONE"
    assert catalog.part_of("z") == ""
    assert [lesson.id for lesson in catalog.own] == ["a", "b"]


def test_a_broken_lesson_stands_in_its_place_and_the_rest_works(folder: Path) -> None:
    path = folder / "lessons" / "01-a.md"
    path.write_text(path.read_text().replace("{single}", "{sinlge}"))
    catalog = read_catalog(folder)
    assert catalog.order == ("b",)
    assert catalog.parts[0].lessons == ("a", "b")
    assert catalog.parts[0].planned == ("Later",)
    [problem] = catalog.broken["a"].problems
    assert problem.path == str(path)
    assert "did you mean single?" in problem.text


def test_a_file_without_an_id_goes_by_its_name(folder: Path) -> None:
    (folder / "lessons" / "02-b.md").write_text("no front matter")
    assert set(read_catalog(folder).broken) == {"b"}


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "lessons" / "02-b.md").write_bytes(b"\xff\xfe\x00 not text")
    [problem] = read_catalog(folder).broken["b"].problems
    assert "cannot be read" in problem.text


def test_a_listed_lesson_without_a_file(folder: Path) -> None:
    (folder / "lessons" / "02-b.md").unlink()
    [problem] = read_catalog(folder).broken["b"].problems
    assert (problem.path, problem.line) == (str(folder / "course.toml"), 5)
    assert problem.text == "no file in lessons/ has the id b"


def test_an_id_that_is_taken(folder: Path) -> None:
    (folder / "lessons" / "03-c.md").write_text(lesson_text("a"))
    catalog = read_catalog(folder)
    assert catalog.order == ("a", "b")
    assert "the lesson id a is taken" in str(catalog.broken["c"])


def test_lessons_that_are_not_listed_come_last(folder: Path) -> None:
    (folder / "lessons" / "09-z.md").write_text(lesson_text("z"))
    (folder / "lessons" / "README.md").write_text("About this folder.")
    catalog = read_catalog(folder)
    assert catalog.order == ("a", "b", "z")
    assert (catalog.parts[-1].title, catalog.parts[-1].lessons) == (MORE, ("z",))
    assert not catalog.broken


class TestAnInstructorsLessons:
    @pytest.fixture
    def extra(self, tmp_path: Path) -> Path:
        extra = tmp_path / "mine"
        extra.mkdir()
        (extra / "x.md").write_text(lesson_text("x"))
        (extra / "broken.md").write_text("+++\n")
        return extra

    def test_from_a_folder(self, folder: Path, extra: Path) -> None:
        catalog = read_catalog(folder, extra)
        assert catalog.order == ("a", "b", "x")
        assert catalog.parts[-1].lessons == ("x", "broken")
        assert [lesson.id for lesson in catalog.own] == ["a", "b"]

    def test_from_the_environment(
        self, folder: Path, extra: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(EXTRA, str(extra))
        assert read_catalog(folder).order == ("a", "b", "x")

    def test_from_one_file(self, folder: Path, extra: Path) -> None:
        assert read_catalog(folder, extra / "x.md").order == ("a", "b", "x")

    def test_a_file_of_the_course_itself_is_read_once(self, folder: Path) -> None:
        catalog = read_catalog(folder, folder / "lessons" / "01-a.md")
        assert catalog.order == ("a", "b")
        assert not catalog.broken

    def test_a_folder_that_is_not_there(self, folder: Path, tmp_path: Path) -> None:
        catalog = read_catalog(folder, tmp_path / "nowhere")
        assert catalog.order == ("a", "b")
        assert "there is no such file or folder of lessons" in str(catalog.broken["nowhere"])


def test_a_folder_without_a_course_file(folder: Path) -> None:
    (folder / "course.toml").unlink()
    catalog = read_catalog(folder)
    assert catalog.order == ("a", "b")
    assert [part.title for part in catalog.parts] == [MORE]


@pytest.mark.parametrize(
    "text", ["title = ", "parts = 3", "[[parts]]\nlessons = []", "misconceptions = 1"]
)
def test_a_broken_course_file(folder: Path, text: str) -> None:
    (folder / "course.toml").write_text(text)
    with pytest.raises(LessonErrors, match=r"course\.toml:1: "):
        read_catalog(folder)


def test_the_course_itself() -> None:
    catalog = read_catalog()
    assert not catalog.broken
    assert catalog.order[:2] == ("mouse", "one-step")
    assert [part.title for part in catalog.parts] == [
        "THE MOUSE",
        "THE MAP",
        "THE MACHINE",
        "MOUSE MEETS MAP",
        "BEYOND",
    ]
    titles = [title for part in catalog.parts for title in part.planned]
    assert len(titles) + len(catalog.order) == 20
    assert "One Step at a Time" not in titles and titles[-1] == "Build Your Baby-GPT"
    assert catalog.part_of("query-key-value") == "THE MAP"
    assert catalog.lessons["one-step"].requires == ("mouse",)


def test_from_the_second_start_on_it_is_read_in_the_time_of_a_blink(tmp_path: Path) -> None:
    file, taken = tmp_path / "kept.json", []
    first = Kept(file)
    read_catalog(kept=first)
    first.save()
    for _ in range(5):
        start = time.process_time()
        read_catalog(kept=Kept(file))
        taken.append(time.process_time() - start)
    # About 20 ms on a machine with nothing else to do.
    assert min(taken) < 0.12
