"""Which part of a card takes the answer to a question that is marked."""

from __future__ import annotations

from course.experiment import Experiment
from course.lesson import Numeric, Order
from course.spot import Spot
from course.trace import Trace
from course.variants import Variant
from tui.pages.choice_answer import ChoiceAnswer
from tui.pages.numeric_answer import NumericAnswer
from tui.pages.order_answer import OrderAnswer
from tui.pages.page import Desk
from tui.pages.question_card import Answer
from tui.pages.trace_answer import TraceAnswer


def answer_for(variant: Variant, desk: Desk, draft: list[str]) -> Answer:
    """The part that fits the type of the question; `draft` is what was begun and not given."""
    match variant.question:
        case Numeric():
            return NumericAnswer(variant, desk.ink)
        case Trace():
            return TraceAnswer(variant, desk.ink, draft)
        case Spot():
            from tui.pages.spot_answer import SpotAnswer  # brings all views along

            return SpotAnswer(variant, desk)
        case Experiment():
            from tui.pages.experiment_answer import ExperimentAnswer  # as does this

            return ExperimentAnswer(variant, desk)
        case Order():
            return OrderAnswer(variant, desk.ink)
        case _:
            return ChoiceAnswer(variant, desk.ink)
