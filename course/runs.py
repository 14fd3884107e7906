"""What the learner's own runs say: outcomes of bets, verdicts on claims, numbers in the text."""

from __future__ import annotations

from collections.abc import Mapping

from course.arithmetic import ArithmeticProblem, evaluate, names_in
from course.bets import Bets, Predict
from course.lesson import Claim
from course.placeholders import fill_runs

__all__ = ["BASELINE", "OutcomeProblem", "claim_verdict", "decided", "fill_runs", "outcome"]

BASELINE = "baseline."
"""What the metrics of a bet's second run begin with in its conditions."""


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


def decided(bets: Bets, metrics: Mapping[str, float]) -> tuple[bool | None, ...]:
    """What the runs say of each claim; None where they have not been made.

    `metrics` has full names such as `run.mouse.arrival`.
    """
    found: list[bool | None] = []
    for condition in bets.true_if:
        try:
            known = all(name in metrics for name in names_in(condition))
            found.append(evaluate(condition, metrics) is True if known else None)
        except ArithmeticProblem:
            found.append(None)
    return tuple(found)


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
