"""Lessons are kept between starts, and only as long as they are what the reader would give."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course import kept, reader
from course.catalog import read_catalog
from course.kept import Kept
from course.reader import read_lesson
from tests.support.lessons import HEAD, SAMPLE

ROOT = Path(__file__).parents[2]
TABLE = {"title": "Small", "parts": [{"title": "ONE", "lessons": ["a"]}]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "lessons.json"


def filled(file: Path) -> Kept:
    """Keeps a lesson and a table."""
    made = Kept(file)
    made.keep("sample.md", SAMPLE, read_lesson(SAMPLE, "sample.md"))
    made.keep("course.toml", "some text", TABLE)
    made.save()
    return made


def test_what_is_kept_is_what_was_read(file: Path) -> None:
    filled(file)
    again = Kept(file)
    assert again.lesson("sample.md", SAMPLE) == read_lesson(SAMPLE, "sample.md")
    assert again.table("course.toml", "some text") == TABLE


def test_the_lessons_of_the_course_come_back_as_they_were(file: Path) -> None:
    first = Kept(file)
    catalog = read_catalog(kept=first)
    first.save()
    second = Kept(file)
    written = file.stat()
    assert read_catalog(kept=second) == catalog
    second.save()
    assert file.stat() == written
    text = Path(catalog.lessons["mouse"].path).read_text("utf-8")
    found = second.lesson(catalog.lessons["mouse"].path, text)
    assert repr(found) == repr(catalog.lessons["mouse"])


def test_the_second_start_reads_no_markdown(file: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from course.catalog import read_catalog\nfrom course.kept import Kept\n"
        f"kept = Kept(Path({str(file)!r}))\n"
        "assert len(read_catalog(kept=kept).order) > 1\nkept.save()\n"
        "print('markdown_it' in sys.modules, 'tomllib' in sys.modules)"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert told == ["True True\n", "False False\n"]


def test_another_text_or_place_is_read_anew(file: Path) -> None:
    filled(file)
    again = Kept(file)
    assert again.lesson("sample.md", SAMPLE + " ") is None
    assert again.lesson("sample.md", SAMPLE.replace("tokens", "sokent")) is None
    assert again.lesson("other.md", SAMPLE) is None
    assert again.table("course.toml", "some texu") is None


def test_other_code_reads_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file)
    assert ["reader.py", *os.stat(reader.__file__)[6:7]] in [one[:2] for one in kept._code()]
    monkeypatch.setattr(kept, "_code", lambda: [["reader.py", 1, 2]])
    assert Kept(file).lesson("sample.md", SAMPLE) is None


def test_a_lesson_as_a_table_is_none_and_the_other_way_round(file: Path) -> None:
    filled(file)
    assert Kept(file).lesson("course.toml", "some text") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-5],
        lambda text: text.replace("Each row", "Each cow"),
        lambda text: "",
        lambda text: "[]",
        lambda text: "0\n" + "[" * 100_000,
        lambda text: "\x00\ud800",
    ],
)
def test_a_damaged_file_is_as_good_as_none(file: Path, damage) -> None:
    filled(file)
    text = damage(file.read_text("utf-8"))
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert Kept(file).lesson("sample.md", SAMPLE) is None
    filled(file)
    assert Kept(file).lesson("sample.md", SAMPLE) is not None


def test_nothing_is_written_where_nothing_is_new(file: Path) -> None:
    Kept(file).save()
    assert not file.exists()
    filled(file)
    file.chmod(0o400)
    before = file.stat()
    again = Kept(file)
    assert again.lesson("sample.md", SAMPLE) is not None
    again.save()
    assert file.stat() == before


def test_what_is_not_asked_for_any_more_is_dropped(file: Path) -> None:
    filled(file)
    again = Kept(file)
    again.table("course.toml", "some text")
    again.keep("new.md", "text", read_lesson(SAMPLE, "new.md"))
    again.save()
    last = Kept(file)
    assert last.lesson("sample.md", SAMPLE) is None
    assert last.table("course.toml", "some text") == TABLE


def test_a_place_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file and no folder")
    filled(tmp_path / "home" / "lessons.json")
    assert Kept(tmp_path / "home" / "lessons.json").lesson("sample.md", SAMPLE) is None


def test_a_broken_lesson_is_read_every_time(tmp_path: Path, file: Path) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "a.md").write_text(HEAD + "## One\n\n:::{singel} q\n:::\n")
    for _ in range(2):
        one = Kept(file)
        assert "did you mean single?" in str(read_catalog(tmp_path, kept=one).broken["sample"])
        one.save()
