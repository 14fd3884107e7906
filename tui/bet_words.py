"""What is said about a bet: when it is offered, placed, and decided by the learner's own run."""

from __future__ import annotations

from course.bets import Predict
from course.lesson import Lesson
from tui.authors import seeds_told
from tui.session import Session

A_BET = "*A bet: it brings no marks. Your own run of the lab will decide it.*"


def placed(at_once: bool) -> str:
    """That a bet stands; `at_once` says that its lab is on the next page."""
    where = "is on the next page" if at_once else "comes later in this lesson"
    return (
        f"Your bet is placed. The lab that decides it {where}; until it has run you can change"
        " your mind."
    )


def decided(won: bool) -> str:
    """What a run makes of a bet."""
    return "You won this bet." if won else "Your run decided otherwise."


def not_there(lab: str, trains: bool) -> str:
    """That a run which is spoken of has nothing to say yet; `trains` says that it is on its way."""
    if trains:
        return (
            f"*Lab {lab} is still at it. What comes of it will stand here as soon as it is done.*"
        )
    return f"*Lab {lab} has not been run yet: go back with p and run it to see.*"


def option_of(bet: Predict, branch: str) -> int | None:
    """The option that a run has decided for; None as long as none has."""
    return next((i for i, option in enumerate(bet.options) if option.branch == branch), None)


def bet_told(
    session: Session, lesson: Lesson, bet: Predict, cannot: bool = False, trains: bool = False
) -> str:
    """How a bet went, in a sentence or two. Where its lab `cannot` run, how it went elsewhere;
    where that `trains` just now, that one may wait for it."""
    placed = session.questions.tried(bet, 0).answer
    branch = session.runs.outcome(bet)
    if not branch:
        knobs = ", ".join(f"{name} = {value}" for name, value in bet.run.knobs.items())
        lab = f"{bet.run.lab}, with {knobs}," if knobs else bet.run.lab
        if cannot and (told := _by_authors(session, lab, bet)):
            return told
        return not_there(lab, trains)
    won = next(option for option in bet.options if option.branch == branch)
    lines = [f"Your run says: **{won.text}**. {won.explanation}".strip()]
    if placed is not None:
        chosen = bet.options[placed]
        if chosen.branch == branch:
            lines.insert(0, "You bet on this.")
        else:
            lines.insert(0, f"You bet on: **{chosen.text}**. {chosen.explanation}".strip())
    expected = next((option for option in bet.options if option.correct), won)
    if bet.surprise and expected.branch != branch:
        lines.append(bet.surprise)
    return " ".join(lines)


def _by_authors(session: Session, lab: str, bet: Predict) -> str:
    """How the bet came out for the authors; empty if nobody knows."""
    option = option_of(bet, session.authors.branch(bet))
    if option is None:
        return ""
    won = bet.options[option]
    return (
        f"*Lab {lab} cannot run here. The authors' runs, {seeds_told(bet)}, said:* "
        f"**{won.text}**. {won.explanation}"
    ).strip()
