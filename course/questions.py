"""From a fence to the question it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markdown_it import MarkdownIt

from course.bets import Bets, Predict
from course.choices import Body, read_body
from course.code_reader import read_code
from course.experiment import TASKS, Experiment
from course.experiment_reader import read_experiment
from course.fences import Fence, Setting
from course.front_matter import id_fault
from course.lesson import (
    Claim,
    Multi,
    Numeric,
    Observe,
    Order,
    Question,
    RunRef,
    Single,
    Tolerance,
    Words,
)
from course.options import (
    expect_one_right,
    read_option,
    read_options,
    read_outcomes,
    with_branch,
)
from course.problems import Problems
from course.settings import (
    read_also,
    read_before,
    read_condition,
    read_draws,
    read_hints,
    read_number,
    read_rev,
    read_run,
    read_seeds,
    read_tolerance,
    read_yes,
)
from course.sketches import read_sketch
from course.spot import Spot
from course.spot_reader import read_spot
from course.trace import Trace
from course.trace_reader import cell_names, read_trace

MAX_STEPS = 8

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
            "trace": self._trace,
            "spot": self._spot,
            "code": self._code,
            "experiment": self._experiment,
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
            "checkpoint": read_yes(fence, "checkpoint", self._problems),
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
        options = read_options(fence, body, self._problems)
        expect_one_right(fence, options, self._problems)
        return Single(**common, options=options)

    def _multi(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        options = read_options(fence, body, self._problems)
        if options and not any(option.correct for option in options):
            self._report(fence.line, "no option is marked [x]: expected at least one")
        return Multi(**common, options=options)

    def _observe(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        match = _OBSERVE.fullmatch(fence.argument)
        options = read_options(fence, body, self._problems)
        expect_one_right(fence, options, self._problems)
        return Observe(**common, options=options, of=match["of"] if match else "")

    def _predict(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        options = tuple(
            with_branch(option, self._problems)
            for option in read_options(fence, body, self._problems)
        )
        expect_one_right(fence, options, self._problems)
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
            outcomes=read_outcomes(fence, options, self._problems),
            seeds=read_seeds(seeds, self._problems) if seeds else (0,),
            surprise=surprise.value if surprise else "",
            ordered=read_yes(fence, "ordered", self._problems),
        )

    def _order(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        steps = tuple(read_option(item, self._problems) for item in body.steps)
        distractors = tuple(read_option(item, self._problems) for item in body.options)
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
        options = read_options(fence, body, self._problems)
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

    def _trace(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{trace} takes a :row:, not a list of options")
        return read_trace(fence, common, body.explanation, self._problems)

    def _spot(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{spot} takes :where:, not a list of options")
        return read_spot(fence, common, body.explanation, self._problems)

    def _code(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{code} takes :exercise:, not a list of options")
        return read_code(fence, common, body.explanation, self._problems)

    def _experiment(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{experiment} takes :task:, not a list of options")
        return read_experiment(fence, common, body.explanation, self._problems)

    def _words(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{words} takes no options: nothing in it is marked")
        return Words(**common, explanation=body.explanation)

    def _report(self, line: int, text: str) -> None:
        self._problems.report(line, text)


def names_filled_in(question: Question) -> tuple[str, ...]:
    """What may stand in double braces in the texts of a question."""
    match question:
        case Numeric(draws=draws):
            return (*draws, "answer")
        case Spot(draws=draws):
            return tuple(draws)
        case Experiment(draws=draws, task=task) if task in TASKS:
            return (*draws, *TASKS[task].measured)
        case Trace():
            return tuple(cell_names(question))
    return ("answer",)
