"""Which page asks a question of which type."""

from __future__ import annotations

from course.bets import Bets, Predict, Sketch
from course.code import Code
from course.gates import Stop
from course.lesson import Lesson, Observe, Question, Words
from tui.pages.bet_page import BetPage
from tui.pages.bets_page import BetsPage
from tui.pages.marked_page import MarkedPage
from tui.pages.observe_page import ObservePage
from tui.pages.page import Desk
from tui.pages.question_page import QuestionPage
from tui.pages.sketch_page import SketchPage
from tui.pages.words_page import WordsPage


def page_for(lesson: Lesson, stop: Stop, question: Question, desk: Desk) -> QuestionPage:
    """The page that asks this question in this lesson."""
    match question:
        case Predict():
            return BetPage(lesson, stop, question, desk)
        case Bets():
            return BetsPage(lesson, stop, question, desk)
        case Observe():
            return ObservePage(lesson, stop, question, desk)
        case Sketch():
            return SketchPage(lesson, stop, question, desk)
        case Code():
            from tui.pages.code_page import CodePage  # an editor costs start-up time

            return CodePage(lesson, stop, question, desk)
        case Words():
            return WordsPage(lesson, stop, question, desk)
        case _:
            return MarkedPage(lesson, stop, question, desk)
