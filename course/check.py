"""What can be found wrong with a course without drawing or training anything.

Numbers in the module names' docstrings follow one list: 1-2 form, 3 ids, 4 meaning, 5 order of
lessons, 6 objectives, 7 feedback and hints, 8-9 keys, 10-11 wording and tags, 15 what a lesson
refers to, 16 that it can be taken to its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.catalog import Catalog
from course.check_labs import LabLike, StudyLike, check_references
from course.check_lock import check_lock
from course.check_questions import check_questions
from course.check_structure import check_structure
from course.check_words import check_words
from course.findings import Finding, Findings, lessons_of
from course.glossary import Term, check_glossary
from course.lesson import Lesson
from course.lock import Lock

__all__ = ["Finding", "check"]


def check(
    catalog: Catalog,
    labs: Mapping[str, LabLike],
    views: Mapping[str, frozenset[str]],
    lock: Lock | None = None,
    studies: Mapping[str, StudyLike] | None = None,
    terms: Sequence[Term] = (),
    lessons: Sequence[Lesson] | None = None,
) -> list[Finding]:
    """Everything there is to say about a course, by file and line.

    `labs` has the specs by name, `views` the settings each view takes, `studies` the
    studies by name. Without a `lock` nothing is said about changed meanings. `terms` are the
    words of the glossary. What concerns a lesson alone is looked at in `lessons`, or in all.
    """
    lessons = list(lessons_of(catalog)) if lessons is None else lessons
    found = Findings()
    for errors in catalog.broken.values():
        for problem in errors.problems:
            found.problem(problem)
    check_structure(catalog, lessons, found)
    for lesson in lessons:
        check_questions(lesson, found)
        check_references(lesson, labs, views, studies or {}, found)
    check_words(catalog, found)
    check_glossary(terms, catalog, found)
    if lock is not None:
        check_lock(catalog, lock, found)
    return found.sorted()
