"""From a Markdown file to a `Lesson`; every fault is named with its file and line.

Prose is kept as slices of the source, so that what the author wrote is what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from markdown_it.token import Token

from course.bets import Predict, Sketch
from course.fences import Fence, read_fence
from course.front_matter import FrontMatter, read_front_matter
from course.lesson import Lab, Lesson, Observe, Prose, Study, View
from course.markdown import block_parser, markdown_parser
from course.placeholders import BRACES, brace_fault
from course.problems import LessonErrors, Problem, Problems, did_you_mean
from course.questions import QuestionReader, names_filled_in
from course.screens import ScreenBuilder
from course.settings import read_run

__all__ = ["LessonErrors", "Problem", "markdown_parser", "read_lesson"]

_INNER_OPENING = re.compile(r"(?P<colons>:{3,})\s*\{[\w-]+\}")
_CODE_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")


def read_lesson(text: str, path: str) -> Lesson:
    """The lesson in a file's text.

    Raises:
        LessonErrors: with every fault that was found.
    """
    problems = Problems(path)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = read_front_matter(lines, problems)
    reading = _Reading(lines, problems)
    reading.walk(head.body_line - 1)
    lesson = Lesson(
        head.id,
        head.title,
        head.minutes,
        reading.screens.finish(),
        head.requires,
        head.objectives,
        head.summary,
        path,
    )
    _cross_check(lesson, head, problems)
    if problems.found:
        raise LessonErrors(problems.found, head.id, head.title)
    return lesson


class _Reading:
    """One pass over the blocks of a file. Line indices count from 0, reported lines from 1."""

    def __init__(self, lines: list[str], problems: Problems) -> None:
        self.lines = lines
        self.problems = problems
        self.parser = block_parser()
        self.questions = QuestionReader(self.parser, problems)
        self.screens = ScreenBuilder()
        self.prose: tuple[int, int] | None = None

    def walk(self, start: int) -> None:
        """Read from line index `start` to the end, starting anew where a fence was left open."""
        resume: int | None = start
        while resume is not None and resume < len(self.lines):
            resume = self.walk_part(resume)
        self.end_prose()

    def walk_part(self, start: int) -> int | None:
        """Read on; the index of the line to read on from if a fence swallowed what follows."""
        tokens = self.parser.parse("\n".join(self.lines[start:]))
        for index, token in enumerate(tokens):
            if token.type == "colon_fence" and token.level > 0 and token.map:
                self.report(start + token.map[0], "a fence must begin at the left margin")
            if token.level or token.nesting < 0 or token.map is None:
                continue
            first, end = start + token.map[0], start + token.map[1]
            if token.type == "colon_fence":
                self.end_prose()
                resume = self.fence(token, first, end)
                if resume is not None:
                    return resume
            elif token.type == "heading_open" and token.tag in ("h1", "h2"):
                self.end_prose()
                self.heading(token, tokens[index + 1].content, first)
            elif token.type == "hr":
                self.end_prose()
                self.rule(first)
            else:
                self.block(token, first, end)
        return None

    # Screens

    def heading(self, token: Token, words: str, first: int) -> None:
        if token.tag == "h1":
            self.report(first, "expected ## for a heading: the lesson's title is its front matter")
        if not words.strip():
            self.report(first, "this heading has no words")
        self.screens.start(first + 1, words.strip())

    def rule(self, first: int) -> None:
        before = self.lines[first - 1].strip() if first else ""
        after = self.lines[first + 1].strip() if first + 1 < len(self.lines) else ""
        if before or after:
            self.report(first, "expected a blank line before and after this end of a screen")
        self.screens.start(first + 1)

    def block(self, token: Token, first: int, end: int) -> None:
        if token.type == "fence" and not _is_closed(self.lines[end - 1], token.markup, first, end):
            self.report(first, f"this code block is never closed: expected {token.markup}")
        self.prose = (self.prose[0] if self.prose else first, end)

    def end_prose(self) -> None:
        if self.prose is None:
            return
        first, end = self.prose
        self.prose = None
        self.check_braces(self.lines[first:end], first + 1, ())
        text = "\n".join(self.lines[first:end]).strip("\n").rstrip()
        self.screens.add(Prose(text, first + 1), first + 1)

    # Fences

    def fence(self, token: Token, first: int, end: int) -> int | None:
        """Read a fence; the index of the line to read on from if it was not closed."""
        if not token.info.strip():
            self.report(first, "this closes no fence: expected :::{kind} before it")
            return first + 1
        closed = _is_closed(self.lines[end - 1], token.markup, first, end)
        content = self.lines[first + 1 : end - 1 if closed else end]
        inner = _inner_opening(content, len(token.markup))
        if inner is not None:
            self.report(
                first + 1 + inner,
                f"a fence opens here, but the one of line {first + 1} is not closed: "
                f"expected {token.markup} before this",
            )
            content = content[:inner]
        elif not closed:
            self.report(first, f"this fence is never closed: expected {token.markup} after it")
        fence = read_fence(token.info, content, first + 1, self.problems)
        if fence is not None:
            self.add(fence)
        return None if inner is None else first + 1 + inner

    def add(self, fence: Fence) -> None:
        line = fence.line
        names: tuple[str, ...] = ()
        match fence.kind:
            case "notes":
                self.screens.note("\n".join(fence.body))
            case "view":
                settings = {setting.name: setting.value for setting in fence.settings}
                self.screens.add(View(fence.argument, settings, line), line)
            case "lab":
                run = read_run(fence.argument, line, self.problems)
                self.screens.add(Lab(run, "\n".join(fence.body), line), line)
            case "study":
                self.screens.add(Study(fence.argument, "\n".join(fence.body), line), line)
            case "claim":
                self.screens.add(self.questions.claim(fence), line)
            case _:
                question = self.questions.question(fence)
                self.screens.add(question, line)
                names = names_filled_in(question)
        self.check_braces(fence.body, fence.body_line, names)
        for setting in fence.settings:
            self.check_braces((setting.value,), setting.line, names)

    def check_braces(self, lines: Sequence[str], line: int, names: Collection[str]) -> None:
        """Report `{{ ... }}` that nothing fills in. Code blocks may hold any braces."""
        if not any("{{" in text for text in lines):
            return
        code = ""
        for index, text in enumerate(lines):
            code = _code_after(text, code)
            for match in () if code else BRACES.finditer(text):
                fault = brace_fault(match, names)
                if fault:
                    self.problems.report(line + index, fault)

    def report(self, index: int, text: str) -> None:
        self.problems.report(index + 1, text)


def _is_closed(last_line: str, markup: str, first: int, end: int) -> bool:
    last = last_line.strip().lstrip("> ")
    return end - first > 1 and last.startswith(markup) and not last.strip(markup[0])


def _inner_opening(content: Sequence[str], colons: int) -> int | None:
    """Where another fence opens inside one, outside of code blocks."""
    if not any(text.startswith(":::") for text in content):
        return None
    code = ""
    for index, text in enumerate(content):
        code = _code_after(text, code)
        match = None if code else _INNER_OPENING.match(text)
        if match and len(match["colons"]) >= colons:
            return index
    return None


def _code_after(text: str, code: str) -> str:
    """The fence of the code block that is open after this line; empty outside of one."""
    match = _CODE_FENCE.match(text)
    if not match:
        return code
    if not code:
        return match["fence"]
    return "" if text.strip().startswith(code) and not text.strip().strip(code[0]) else code


def _cross_check(lesson: Lesson, head: FrontMatter, problems: Problems) -> None:
    """Report what no single block shows: names that are taken, or stand for nothing."""
    if not lesson.screens and not problems.found:
        problems.report(head.body_line, "expected at least one screen of text")
    seen: dict[str, int] = {}
    bets: set[str] = set()
    for screen in lesson.screens:
        for block in screen.blocks:
            identifier = getattr(block, "id", "")
            if identifier and identifier in seen:
                problems.report(
                    block.line, f"the id {identifier} is taken, on line {seen[identifier]}"
                )
            elif identifier:
                seen[identifier] = block.line
        question = screen.question
        if isinstance(question, Predict | Sketch):
            bets.add(question.id)
        if isinstance(question, Observe) and question.of and question.of not in bets:
            problems.report(
                question.line,
                f"no bet {question.of} before this: {did_you_mean(question.of, bets)}",
            )
        if question and question.objective and question.objective not in lesson.objectives:
            problems.report(
                question.line,
                f"unknown objective “{question.objective}”: "
                f"{did_you_mean(question.objective, lesson.objectives)}",
            )
