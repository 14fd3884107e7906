"""The options of a question: how they are read, and what must be true of them together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from course.bets import Outcome
from course.choices import Body, Item
from course.fences import Fence
from course.lesson import Option
from course.problems import Problems, did_you_mean
from course.runs import BASELINE
from course.settings import read_condition

MAX_OPTIONS = 6
"""Options are lettered a to f."""

_BRANCH = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*")


def read_options(fence: Fence, body: Body, problems: Problems) -> tuple[Option, ...]:
    """The options of a question, two to six, no two alike."""
    options = tuple(read_option(item, problems) for item in body.options)
    if fence.body and not 2 <= len(options) <= MAX_OPTIONS:
        problems.report(
            fence.line,
            f"expected 2 to {MAX_OPTIONS} options `- [ ] text`, found {len(options)}",
        )
    texts: set[str] = set()
    for option in options:
        if option.text in texts:
            problems.report(option.line, "this option is there twice")
        texts.add(option.text)
    return options


def read_option(item: Item, problems: Problems) -> Option:
    """One option, or one step of an order, with its explanation."""
    if not item.text:
        problems.report(item.line, "this option has no text")
    if not item.explanation:
        problems.report(
            item.line, "expected an explanation under this: an indented line that begins with >"
        )
    return Option(
        item.text,
        item.explanation,
        correct=item.ticked is not False,
        misconceptions=item.tags,
        line=item.line,
    )


def expect_one_right(fence: Fence, options: Sequence[Option], problems: Problems) -> None:
    """Report it if not exactly one option is marked as right."""
    right = [option for option in options if option.correct]
    if options and len(right) != 1:
        line = right[1].line if right else fence.line
        problems.report(line, f"expected exactly one option marked [x], found {len(right)}")


def with_branch(option: Option, problems: Problems) -> Option:
    """The option of a bet: its text begins with the branch that it bets on, in braces."""
    match = _BRANCH.match(option.text)
    if match is None:
        problems.report(option.line, "expected `- [ ] {branch} text` in a {predict}")
        return option
    return Option(
        option.text[match.end() :],
        option.explanation,
        option.correct,
        match[1],
        option.misconceptions,
        option.line,
    )


def read_outcomes(
    fence: Fence, options: Sequence[Option], problems: Problems
) -> tuple[Outcome, ...]:
    """How a run decides a bet: each `:answer-from:`, on a branch that an option has."""
    branches = [option.branch for option in options if option.branch]
    for option in options:
        if option.branch and branches.count(option.branch) > 1:
            problems.report(option.line, f"the branch {{{option.branch}}} has two options")
            break
    outcomes: list[Outcome] = []
    for setting in fence.all("answer-from"):
        condition, arrow, branch = (part.strip() for part in setting.value.rpartition("=>"))
        if not (arrow and condition and branch):
            problems.report(setting.line, "expected CONDITION => branch")
            continue
        if branch not in branches:
            problems.report(
                setting.line,
                f"no option has the branch {{{branch}}}: {did_you_mean(branch, branches)}",
            )
        for name in read_condition(condition, setting.line, problems):
            if name.startswith(BASELINE) and not fence.one("baseline"):
                problems.report(setting.line, f"“{name}”, but there is no :baseline:")
        outcomes.append(Outcome(condition, branch, setting.line))
    return tuple(outcomes)
