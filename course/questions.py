"""From a fence to the question it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markdown_it import MarkdownIt

from course.choices import Body, Item, read_body
from course.fences import Fence, Setting
from course.front_matter import id_fault
from course.lesson import (
    Bets,
    Claim,
    Multi,
    Numeric,
    Observe,
    Option,
    Order,
    Outcome,
    Predict,
    Question,
    RunRef,
    Single,
    Tolerance,
    Words,
)
from course.problems import Problems, did_you_mean
from course.runs import BASELINE
from course.settings import (
    read_also,
    read_before,
    read_checkpoint,
    read_condition,
    read_draws,
    read_hints,
    read_number,
    read_rev,
    read_run,
    read_seeds,
    read_tolerance,
)
from course.sketches import read_sketch

MAX_OPTIONS = 6
"""Options are lettered a to f."""
MAX_STEPS = 8

_BRANCH = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*")
_OBSERVE = re.compile(r"(?P<id>\S+)\s+of\s+(?P<of>\S+)")


class QuestionReader:
    """Reads the questions and claims of one lesson."""

    def __init__(self, parser: MarkdownIt, problems: Problems) -> None:
        self._parser = parser
        self._problems = problems
        self._read: Mapping[str, Callable[[Fence, Body, dict[str, Any]], Question]] = {
            "single": self._single,
            "multi": self._multi,
            "numeric": self._numeric,
            "order": self._order,
            "predict": self._predict,
            "observe": self._observe,
            "bets": self._bets,
            "sketch": self._sketch,
            "words": self._words,
        }

    def question(self, fence: Fence) -> Question:
        """The question in a fence. One with faults, all reported, may lack any part."""
        body = read_body(fence, self._parser, self._problems)
        return self._read[fence.kind](fence, body, self._common(fence, body))

    def claim(self, fence: Fence) -> Claim:
        """The claim in a fence."""
        body = read_body(fence, self._parser, self._problems)
        conditions = {}
        for name in ("confirmed-if", "busted-if"):
            setting = fence.one(name)
            conditions[name] = setting.value if setting else ""
            if setting:
                self._runs_named(setting)
        return Claim(
            self._id(fence.argument, fence.line),
            body.prompt,
            conditions["confirmed-if"],
            conditions["busted-if"],
            body.explanation,
            fence.line,
        )

    def _runs_named(self, setting: Setting) -> None:
        """Report what a condition speaks of that is no number of a run."""
        for spoken in read_condition(setting.value, setting.line, self._problems):
            if not re.fullmatch(r"run(\.\w+){2,}", spoken):
                self._report(setting.line, f"“{spoken}”: expected run.LAB.METRIC")

    # What every question has

    def _common(self, fence: Fence, body: Body) -> dict[str, Any]:
        identifier = fence.argument
        if fence.kind == "observe":
            match = _OBSERVE.fullmatch(fence.argument)
            identifier = match["id"] if match else ""
            if fence.argument and not match:
                self._report(fence.line, "expected {observe} ID of BET-ID")
        hints, because = read_hints(fence, self._problems)
        objective = fence.one("objective")
        return {
            "id": self._id(identifier, fence.line),
            "prompt": body.prompt,
            "objective": objective.value if objective else "",
            "hints": hints,
            "no_hint_because": because,
            "checkpoint": read_checkpoint(fence, self._problems),
            "rev": read_rev(fence, self._problems),
            "line": fence.line,
        }

    def _id(self, text: str, line: int) -> str:
        fault = id_fault(text) if text else ""
        if fault:
            self._report(line, fault)
        return text

    # The types

    def _single(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        options = self._options(fence, body)
        self._one_right(fence, options)
        return Single(**common, options=options)

    def _multi(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        options = self._options(fence, body)
        if options and not any(option.correct for option in options):
            self._report(fence.line, "no option is marked [x]: expected at least one")
        return Multi(**common, options=options)

    def _observe(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        match = _OBSERVE.fullmatch(fence.argument)
        options = self._options(fence, body)
        self._one_right(fence, options)
        return Observe(**common, options=options, of=match["of"] if match else "")

    def _predict(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        options = tuple(self._with_branch(option) for option in self._options(fence, body))
        self._one_right(fence, options)
        if objective := fence.one("objective"):
            self._report(
                objective.line, "a bet counts towards no objective: give it to its {observe}"
            )
        run, baseline = fence.one("run"), fence.one("baseline")
        seeds, surprise = fence.one("seeds"), fence.one("surprise")
        return Predict(
            **common,
            options=options,
            run=read_run(run.value, run.line, self._problems) if run else RunRef(""),
            baseline=read_run(baseline.value, baseline.line, self._problems) if baseline else None,
            outcomes=self._outcomes(fence, options),
            seeds=read_seeds(seeds, self._problems) if seeds else (0,),
            surprise=surprise.value if surprise else "",
        )

    def _order(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        steps = tuple(self._option(item) for item in body.steps)
        distractors = tuple(self._option(item) for item in body.options)
        if fence.body and len(steps) < 2:
            self._report(fence.line, "expected a numbered list of at least two steps")
        if len(steps) + len(distractors) > MAX_STEPS:
            self._report(fence.line, f"expected at most {MAX_STEPS} steps, distractors included")
        for item in body.options:
            if item.ticked:
                self._report(item.line, "what belongs nowhere is marked [ ]; steps are numbered")
        before = fence.one("before")
        pairs = read_before(before, len(steps), self._problems) if before else ()
        return Order(**common, steps=steps, distractors=distractors, before=pairs)

    def _numeric(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{numeric} takes :answer:, not a list of options")
        draw, answer = fence.one("draw"), fence.one("answer")
        draws = read_draws(draw, self._problems) if draw else {}
        if answer:
            read_number(answer.value, answer.line, draws, self._problems)
        tolerance = fence.one("tolerance")
        return Numeric(
            **common,
            answer=answer.value if answer else "",
            explanation=body.explanation,
            also=tuple(d for s in fence.all("also") if (d := read_also(s, draws, self._problems))),
            draws=draws,
            tolerance=read_tolerance(tolerance, self._problems) if tolerance else Tolerance(),
        )

    def _bets(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        options = self._options(fence, body)
        for option in options:
            if option.correct:
                text = "nobody knows yet what is right: mark it [ ], and let a run decide"
                self._report(option.line, text)
        conditions = fence.all("true-if")
        for setting in conditions:
            self._runs_named(setting)
        if conditions and options and len(conditions) != len(options):
            self._report(
                fence.line,
                f"expected a :true-if: for each of {len(options)} options, found {len(conditions)}",
            )
        return Bets(**common, options=options, true_if=tuple(one.value for one in conditions))

    def _sketch(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{sketch} takes no options: it is drawn")
        return read_sketch(fence, common, body.explanation, self._problems)

    def _words(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{words} takes no options: nothing in it is marked")
        return Words(**common, explanation=body.explanation)

    # Options

    def _options(self, fence: Fence, body: Body) -> tuple[Option, ...]:
        options = tuple(self._option(item) for item in body.options)
        if fence.body and not 2 <= len(options) <= MAX_OPTIONS:
            self._report(
                fence.line,
                f"expected 2 to {MAX_OPTIONS} options `- [ ] text`, found {len(options)}",
            )
        texts: set[str] = set()
        for option in options:
            if option.text in texts:
                self._report(option.line, "this option is there twice")
            texts.add(option.text)
        return options

    def _option(self, item: Item) -> Option:
        if not item.text:
            self._report(item.line, "this option has no text")
        if not item.explanation:
            self._report(
                item.line, "expected an explanation under this: an indented line that begins with >"
            )
        return Option(
            item.text,
            item.explanation,
            correct=item.ticked is not False,
            misconceptions=item.tags,
            line=item.line,
        )

    def _one_right(self, fence: Fence, options: tuple[Option, ...]) -> None:
        right = [option for option in options if option.correct]
        if options and len(right) != 1:
            line = right[1].line if right else fence.line
            self._report(line, f"expected exactly one option marked [x], found {len(right)}")

    def _with_branch(self, option: Option) -> Option:
        match = _BRANCH.match(option.text)
        if match is None:
            self._report(option.line, "expected `- [ ] {branch} text` in a {predict}")
            return option
        return Option(
            option.text[match.end() :],
            option.explanation,
            option.correct,
            match[1],
            option.misconceptions,
            option.line,
        )

    # Settings

    def _outcomes(self, fence: Fence, options: tuple[Option, ...]) -> tuple[Outcome, ...]:
        branches = [option.branch for option in options if option.branch]
        for option in options:
            if option.branch and branches.count(option.branch) > 1:
                self._report(option.line, f"the branch {{{option.branch}}} has two options")
                break
        outcomes: list[Outcome] = []
        for setting in fence.all("answer-from"):
            condition, arrow, branch = (part.strip() for part in setting.value.rpartition("=>"))
            if not (arrow and condition and branch):
                self._report(setting.line, "expected CONDITION => branch")
                continue
            if branch not in branches:
                self._report(
                    setting.line,
                    f"no option has the branch {{{branch}}}: {did_you_mean(branch, branches)}",
                )
            for name in read_condition(condition, setting.line, self._problems):
                if name.startswith(BASELINE) and not fence.one("baseline"):
                    self._report(setting.line, f"“{name}”, but there is no :baseline:")
            outcomes.append(Outcome(condition, branch, setting.line))
        return tuple(outcomes)

    def _report(self, line: int, text: str) -> None:
        self._problems.report(line, text)
