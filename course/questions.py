"""From a fence to the question it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markdown_it import MarkdownIt

from .arithmetic import ArithmeticProblem, compares, evaluate, names_in
from .choices import Body, Item, read_body, take_tags
from .fences import Fence, Setting
from .front_matter import id_fault
from .lesson import (
    Claim,
    Diagnosis,
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
)
from .problems import Problems, did_you_mean
from .runs import BASELINE

MAX_HINTS = 3
MAX_OPTIONS = 6
"""Options are lettered a to f."""
MAX_STEPS = 8

_BRANCH = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*")
_OBSERVE = re.compile(r"(?P<id>\S+)\s+of\s+(?P<of>\S+)")
_DRAW = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s+in\s+(?P<values>.+)")
_TOLERANCE = re.compile(r"(?P<number>[^%]+?)\s*(?P<percent>%?)")
_PAIR = re.compile(r"\s*(\d+)\s*<\s*(\d+)\s*")


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
            if setting and setting.value:
                for spoken in self._condition(setting.value, setting.line):
                    if not re.fullmatch(r"run(\.\w+){2,}", spoken):
                        self._report(setting.line, f"“{spoken}”: expected run.LAB.METRIC")
        return Claim(
            self._id(fence.argument, fence.line),
            body.prompt,
            conditions["confirmed-if"],
            conditions["busted-if"],
            body.explanation,
            fence.line,
        )

    def run_ref(self, text: str, line: int) -> RunRef:
        """`LAB knob=value ...` as data."""
        lab, *settings = text.split() or [""]
        knobs: dict[str, str] = {}
        for setting in settings:
            name, equals, value = setting.partition("=")
            if not (name and equals and value):
                self._report(line, f"“{setting}”: expected knob=value")
            elif name in knobs:
                self._report(line, f"the knob {name} is given twice")
            else:
                knobs[name] = value
        return RunRef(lab, knobs)

    # What every question has

    def _common(self, fence: Fence, body: Body) -> dict[str, Any]:
        identifier = fence.argument
        if fence.kind == "observe":
            match = _OBSERVE.fullmatch(fence.argument)
            identifier = match["id"] if match else ""
            if fence.argument and not match:
                self._report(fence.line, "expected {observe} ID of PREDICT-ID")
        hints, because = self._hints(fence)
        objective = fence.one("objective")
        return {
            "id": self._id(identifier, fence.line),
            "prompt": body.prompt,
            "objective": objective.value if objective else "",
            "hints": hints,
            "no_hint_because": because,
            "checkpoint": self._checkpoint(fence),
            "rev": self._rev(fence),
            "line": fence.line,
        }

    def _id(self, text: str, line: int) -> str:
        fault = id_fault(text) if text else ""
        if fault:
            self._report(line, fault)
        return text

    def _hints(self, fence: Fence) -> tuple[tuple[str, ...], str]:
        hints: list[str] = []
        because = ""
        for setting in fence.all("hint"):
            if setting.value.startswith("none because "):
                because = setting.value.removeprefix("none because ").strip()
            elif setting.value == "none":
                self._report(setting.line, "expected `:hint: none because` and the reason")
            elif setting.value:
                hints.append(setting.value)
        if hints and because:
            self._report(fence.all("hint")[0].line, "there are hints, and `none because`: which?")
        if len(hints) > MAX_HINTS:
            self._report(fence.all("hint")[MAX_HINTS].line, f"expected at most {MAX_HINTS} hints")
        return tuple(hints), because

    def _checkpoint(self, fence: Fence) -> bool:
        setting = fence.one("checkpoint")
        if setting and setting.value not in ("yes", "no", ""):
            self._report(setting.line, "expected `:checkpoint: yes` or no")
        return bool(setting and setting.value == "yes")

    def _rev(self, fence: Fence) -> int:
        setting = fence.one("rev")
        if setting is None:
            return 1
        if not re.fullmatch(r"[1-9]\d{0,3}", setting.value):
            self._report(setting.line, "expected `:rev:` and a whole number from 1 up")
            return 1
        return int(setting.value)

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
            run=self.run_ref(run.value, run.line) if run else RunRef(""),
            baseline=self.run_ref(baseline.value, baseline.line) if baseline else None,
            outcomes=self._outcomes(fence, options),
            seeds=self._seeds(seeds) if seeds else (0,),
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
        pairs = self._before(before, len(steps)) if before else ()
        return Order(**common, steps=steps, distractors=distractors, before=pairs)

    def _numeric(self, fence: Fence, body: Body, common: dict[str, Any]) -> Question:
        if body.options:
            self._report(body.options[0].line, "{numeric} takes :answer:, not a list of options")
        draw, answer = fence.one("draw"), fence.one("answer")
        draws = self._draws(draw) if draw else {}
        known = frozenset(draws)
        if answer and answer.value:
            self._number(answer.value, answer.line, known)
        tolerance = fence.one("tolerance")
        return Numeric(
            **common,
            answer=answer.value if answer else "",
            explanation=body.explanation,
            also=tuple(d for s in fence.all("also") if (d := self._also(s, known))),
            draws=draws,
            tolerance=self._tolerance(tolerance) if tolerance else Tolerance(),
        )

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
            for name in self._condition(condition, setting.line):
                if name.startswith(BASELINE) and not fence.one("baseline"):
                    self._report(setting.line, f"“{name}”, but there is no :baseline:")
            outcomes.append(Outcome(condition, branch, setting.line))
        return tuple(outcomes)

    def _seeds(self, setting: Setting) -> tuple[int, ...]:
        words = setting.value.replace(",", " ").split()
        if not all(re.fullmatch(r"\d{1,9}", word) for word in words):
            self._report(setting.line, "expected whole numbers, such as `:seeds: 0 1 2`")
            return (0,)
        return tuple(int(word) for word in words)

    def _before(self, setting: Setting, count: int) -> tuple[tuple[int, int], ...]:
        pairs: list[tuple[int, int]] = []
        for part in setting.value.split(","):
            match = _PAIR.fullmatch(part)
            first, then = (int(match[1]), int(match[2])) if match else (0, 0)
            if not match or not (1 <= first <= count and 1 <= then <= count):
                self._report(setting.line, f"“{part.strip()}”: expected pairs of steps as 1<2")
            elif first >= then:
                self._report(setting.line, f"{first}<{then}: the list itself breaks that order")
            else:
                pairs.append((first - 1, then - 1))
        return tuple(pairs)

    def _draws(self, setting: Setting) -> dict[str, tuple[float, ...]]:
        draws: dict[str, tuple[float, ...]] = {}
        for part in setting.value.split(";"):
            match = _DRAW.fullmatch(part)
            if not match:
                self._report(setting.line, f"“{part.strip()}”: expected name in 1, 2, 3")
            elif match["name"] in draws or match["name"] == "answer":
                self._report(setting.line, f"the name {match['name']} is taken")
            else:
                values = (self._number(v, setting.line) for v in match["values"].split(","))
                draws[match["name"]] = tuple(values)
        return draws

    def _also(self, setting: Setting, known: frozenset[str]) -> Diagnosis | None:
        expression, arrow, said = (part.strip() for part in setting.value.partition("=>"))
        if not (arrow and expression and said):
            if setting.value:
                self._report(setting.line, "expected EXPRESSION => explanation")
            return None
        self._number(expression, setting.line, known)
        text, tags = take_tags(said, setting.line, self._problems)
        return Diagnosis(expression, text, tags, setting.line)

    def _tolerance(self, setting: Setting) -> Tolerance:
        match = _TOLERANCE.fullmatch(setting.value)
        size = self._number(match["number"], setting.line) if match else -1.0
        if match is None or size < 0:
            self._report(setting.line, "expected `:tolerance: 0.01` or `:tolerance: 2 %`")
            return Tolerance()
        return Tolerance(relative=size / 100) if match["percent"] else Tolerance(absolute=size)

    def _number(self, text: str, line: int, known: frozenset[str] = frozenset()) -> float:
        """The value of an expression, or 1 if it speaks of drawn numbers; faults are reported."""
        try:
            names = names_in(text)
            for name in sorted(names - known):
                self._report(line, f"“{name}” is not drawn: {did_you_mean(name, known)}")
            if compares(text):
                self._report(line, f"“{text}” compares: expected a number")
            return 1.0 if names else float(evaluate(text, {}))
        except ArithmeticProblem as problem:
            self._report(line, f"“{text}”: {problem}")
            return 1.0

    def _condition(self, text: str, line: int) -> list[str]:
        """The names in a condition; faults are reported."""
        try:
            if not compares(text):
                self._report(line, f"“{text}”: expected a comparison, such as arrival > 0.9")
            return sorted(names_in(text))
        except ArithmeticProblem as problem:
            self._report(line, f"“{text}”: {problem}")
            return []

    def _report(self, line: int, text: str) -> None:
        self._problems.report(line, text)
