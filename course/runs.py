"""What the learner's own runs say: outcomes of bets, verdicts on claims, numbers in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .arithmetic import ArithmeticProblem, evaluate, format_number, names_in
from .lesson import Claim, Predict

NOT_MEASURED = "(not measured yet)"
BASELINE = "baseline."
"""What the metrics of a bet's second run begin with in its conditions."""

PLACEHOLDER = re.compile(r"\{\{\s*(run(?:\.\w[\w-]*){2,})\s*(?:\|\s*([\w-]+)\s*)?\}\}")


class OutcomeProblem(ValueError):
    """The conditions of a bet pick no branch, or more than one; the text says which."""


def outcome(
    predict: Predict, run: Mapping[str, float], baseline: Mapping[str, float] | None
) -> str:
    """The branch that a run decides for.

    Raises:
        OutcomeProblem: if no condition holds, several hold, or one cannot be worked out.
    """
    names = dict(run)
    for name, value in (baseline or {}).items():
        names[BASELINE + name] = value
    holding = [o for o in predict.outcomes if _holds(predict, o.condition, names)]
    if len(holding) == 1:
        return holding[0].branch
    if not holding:
        raise OutcomeProblem(f"{predict.id}: no condition holds for this run.")
    several = " and ".join(f"“{o.condition}”" for o in holding)
    raise OutcomeProblem(f"{predict.id}: {several} hold for the same run.")


def _holds(predict: Predict, condition: str, names: Mapping[str, float]) -> bool:
    try:
        return evaluate(condition, names) is True
    except ArithmeticProblem as problem:
        raise OutcomeProblem(f"{predict.id}: “{condition}”: {problem}") from None


def claim_verdict(claim: Claim, metrics: Mapping[str, float]) -> str:
    """`confirmed`, `busted`, `plausible` (neither, or both), or `unknown` without the runs.

    `metrics` has full names such as `run.mouse.arrival`.
    """
    try:
        needed = names_in(claim.confirmed_if) | names_in(claim.busted_if)
        if not all(name in metrics for name in needed):
            return "unknown"
        confirmed = evaluate(claim.confirmed_if, metrics) is True
        busted = evaluate(claim.busted_if, metrics) is True
    except ArithmeticProblem:
        return "unknown"
    if confirmed == busted:
        return "plausible"
    return "confirmed" if confirmed else "busted"


def fill_runs(text: str, lookup: Callable[[str], float | None]) -> str:
    """`text` with every `{{ run.LAB.METRIC | FORM }}` filled in.

    `lookup` gives the number called `run.LAB.METRIC`, or None where nothing was measured.
    """

    def fill(match: re.Match[str]) -> str:
        value = lookup(match[1])
        return NOT_MEASURED if value is None else FORMS[match[2] or "number"](value)

    return PLACEHOLDER.sub(fill, text)


def _percent(value: float) -> str:
    """One decimal below 10 % and above 90 %, where it is the decimal that matters."""
    share = 100 * value
    near_an_end = 0 < share < 10 or 90 < share < 100
    return f"{share:.1f} %" if near_an_end else f"{share:.0f} %"


def _seconds(value: float) -> str:
    if value < 10:
        return f"{value:.1f} s"
    minutes, seconds = divmod(round(value), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


FORMS: dict[str, Callable[[float], str]] = {
    "percent": _percent,
    "number": lambda value: format_number(float(f"{value:.3g}")),
    "ratio": lambda value: f"{value:.2f}",
    "count": lambda value: f"{value:,.0f}",
    "seconds": _seconds,
}
"""How a measured number may be written."""
