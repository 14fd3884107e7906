"""The course that is shipped: nothing in it is wrong, and its lock says what it means."""

from __future__ import annotations

import pytest

from course.catalog import COURSE_FILE, EXTRA, HERE, read_catalog
from course.check import check
from course.findings import ERROR
from course.lesson import View
from course.lock import LOCK_FILE, read_lock
from models.specs.catalog import LABS
from models.specs.studies import STUDIES


@pytest.fixture(autouse=True)
def no_extra_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EXTRA, raising=False)


def test_it_has_no_errors() -> None:
    catalog = read_catalog()
    # Which views there are is the interface's to say; here every one named is taken to exist.
    views: dict[str, frozenset[str]] = {}
    for lesson in catalog.lessons.values():
        for screen in lesson.screens:
            for view in screen.blocks_of(View):
                views[view.name] = views.get(view.name, frozenset()) | set(view.settings)
    findings = check(catalog, LABS, views, read_lock(HERE / LOCK_FILE), STUDIES)
    assert [str(one) for one in findings if one.level == ERROR] == []


def test_its_files_are_where_the_package_looks_for_them() -> None:
    assert (HERE / COURSE_FILE).is_file()
    assert (HERE / LOCK_FILE).is_file()
    assert read_catalog().own
