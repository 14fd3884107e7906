"""What a lesson says is on the screen: nothing is eaten, cut or covered, in any ink."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from course.arithmetic import evaluate
from course.bets import Bets, Predict
from course.catalog import Catalog, Part, read_catalog
from course.code import Code
from course.experiment import Experiment
from course.experiment_marking import filled
from course.lesson import (
    Lesson,
    Multi,
    Numeric,
    Observe,
    Order,
    Question,
    RunRef,
    Single,
    Words,
)
from course.reader import read_lesson
from course.solver import Move
from course.spot import Spot
from course.trace import Cell, Trace
from course.variants import Variant
from tests.support.lab_link import MEASURED, LabLink
from tests.support.player import Player
from tests.support.signs import LESSON, SIGNS
from tui.authoring.headless import DRAWINGS, Drawing, drawn, open_lesson, opened
from tui.authoring.render import LOOKS, as_events, look_in
from tui.authoring.shown import missing, passages, screen_passages, squash
from tui.lab_settings import run_ref
from tui.pages.end_page import EndPage
from tui.screens.dialogs import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.lesson import LessonScreen

COURSE = read_catalog()
SIGNS_LESSON = read_lesson(LESSON, "signs.md")
SIGNS_COURSE = Catalog(
    "A course of [CLS]", (Part("ONE", ("signs",)),), {"signs": SIGNS_LESSON}, {}, ("signs",)
)
RUNS = as_events(MEASURED)
"""Every run that the lessons speak of."""
TALL = (80, 100)
"""A terminal on which everything that can be said about a question is seen at once."""


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch, unpainted: None) -> None:
    monkeypatch.setattr("tui.pages.marked_page.BETWEEN_HINTS", 0.0)


@asynccontextmanager
async def reading(
    catalog: Catalog, lesson: Lesson, drawing: Drawing = DRAWINGS[0], after: bool = True
) -> AsyncIterator[Player]:
    """A learner in a lesson on a tall terminal, `after` all runs or before any."""
    runs = RUNS if after else ()
    async with opened(catalog, drawing, size=TALL, runs=runs, link=LabLink()) as (_, pilot):
        await open_lesson(pilot, lesson)
        player = Player(pilot)
        await player.wait(player.ready)
        for ref in curves(lesson) if after else ():
            spec, knobs = player.app.labs.settings(ref)
            player.app.labs.start(spec, knobs, 0, keep=False)
        yield player


def curves(lesson: Lesson) -> list[RunRef]:
    """The runs on whose curves one points: a curve over steps is in no event."""
    spots = [s.question.view.settings for s in lesson.screens if isinstance(s.question, Spot)]
    return [
        run_ref(of["lab"]) for of in spots if {"lab", "measure"} <= of.keys() and "over" not in of
    ]


def mistakes(shown: Variant) -> Iterator[tuple[Any, str]]:
    """Wrong numbers that have words of their own, and those words, each once as it is written."""
    match shown.question:
        case Numeric(also=also):
            for one in also:
                yield repr(float(evaluate(one.expression, shown.values))), one.explanation
        case Trace() as table:
            told: set[int] = set()
            right = [repr(shown.values[cell.name]) for cell in table.asked]
            for place, cell in enumerate(table.asked):
                known = [(a.line, evaluate(a.expression, shown.values), a) for a in cell.also]
                for line, number, said in [*known, (cell.line, -98765.0, cell)]:
                    if line not in told:
                        told.add(line)
                        text = said.why if isinstance(said, Cell) else said.explanation
                        yield [*right[:place], repr(number), *right[place + 1 :]], text


def explanations(shown: Variant, given: Any) -> list[str]:
    """Every passage that explains a question once it is answered, rightly with `given`."""
    match shown.question:
        case (
            Numeric(explanation=text)
            | Words(explanation=text)
            | Trace(explanation=text)
            | Spot(explanation=text)
            | Code(explanation=text)
        ):
            texts = [text]
        case Experiment(explanation=text):
            texts = [filled(shown, given, text)]
        case Order(steps=steps, distractors=distractors):
            texts = [one.explanation for one in (*steps, *distractors)]
        case Single(options=options) | Multi(options=options) | Bets(options=options):
            texts = [options[index].explanation for index in shown.order]
        case _:
            texts = []
    return [passage for text in texts for passage in passages(shown.fill(text))]


async def see_everything(player: Player, question: Question) -> None:
    """Ask for every hint, answer in every way that has words of its own, and read them all."""
    shown = player.session.questions.variant(question, 0)
    for hint in question.hints:
        await player.make(question, 0, Move("hint"))
        await player.sees(shown.fill(hint))
    for wrong, said in mistakes(shown):
        await player.make(question, 0, Move("answer", wrong))
        await player.sees(shown.fill(said))
    await player.take_question(question, 0, "right")
    if question.marked:
        await player.press("v")
    given = player.session.questions.tried(question, 0).answer
    for passage in explanations(shown, given):
        await player.wait(lambda p=passage: squash(p) in squash(player.text))


async def see_all_screens(player: Player) -> None:
    """Read every screen from the first to the last."""
    lesson = player.screen.lesson
    for screen in lesson.screens:
        wanted = screen_passages(screen, player.session)
        await player.wait(lambda w=wanted: not missing(w, player.text))
        question = screen.question
        if isinstance(question, Observe):
            bet = player.session.bet_of(lesson, question)
            if isinstance(bet, Predict):
                branch = player.session.runs.outcome(bet)
                won = next(option for option in bet.options if option.branch == branch)
                await player.sees(won.text, won.explanation)
        if question is not None:
            await see_everything(player, question)
        assert player.text.isascii() or not player.app.desk.ink.is_ascii
        await player.turn("n")
    assert isinstance(player.page, EndPage)


@pytest.mark.parametrize("drawing", LOOKS, ids=str)
def test_every_screen_of_the_course_holds_its_words(drawing: Drawing) -> None:
    lessons = list(COURSE.lessons.values())
    assert look_in(drawing, catalog=COURSE, lessons=lessons, runs=RUNS) == set()


@pytest.mark.parametrize("lesson", COURSE.order)
async def test_every_hint_and_explanation_can_be_read_in_plain_ascii(lesson: str) -> None:
    async with reading(COURSE, COURSE.lessons[lesson], Drawing("ascii")) as player:
        await see_all_screens(player)
        assert player.text.isascii()
        await player.press("question_mark", until=lambda: type(player.app.screen) is HelpScreen)
        assert (await drawn(player.pilot)).isascii()
        await player.press("escape", until=lambda: isinstance(player.app.screen, LessonScreen))
        await player.go_home()
        assert (await drawn(player.pilot)).isascii()


@pytest.mark.parametrize("drawing", DRAWINGS, ids=str)
async def test_signs_survive_wherever_they_are_written(drawing: Drawing) -> None:
    async with reading(SIGNS_COURSE, SIGNS_LESSON, drawing) as player:
        await see_all_screens(player)


async def test_signs_survive_as_they_were_typed() -> None:
    """The same without asking the parser what should be there."""
    async with reading(SIGNS_COURSE, SIGNS_LESSON, after=False) as player:
        for screen in SIGNS_LESSON.screens:
            for sign in SIGNS:
                await player.wait(lambda s=sign: squash(player.text).count(squash(s)) >= 2)
            assert player.screen.route[player.screen.index].screen is screen
            await player.turn("n")
        for sign in SIGNS:
            await player.wait(lambda s=sign: squash(s) in squash(player.text))


async def test_signs_survive_on_the_map_and_in_the_help() -> None:
    async with reading(SIGNS_COURSE, SIGNS_LESSON) as player:
        await player.press("question_mark", until=lambda: type(player.app.screen) is HelpScreen)
        await player.press("escape", until=lambda: isinstance(player.app.screen, LessonScreen))
        await player.go_home()
        assert isinstance(player.app.screen, HomeScreen)
        title = SIGNS_LESSON.title
        await player.wait(lambda: squash(title) in squash(player.text))
        for sign in SIGNS:
            await player.wait(lambda s=sign: squash(s) in squash(player.text))


def test_what_is_missing_is_noticed() -> None:
    said = passages("One *two* `x[i]`.\n\n- three\n- four four")
    assert said == ["One two x[i].", "three", "four four"]
    screen = "  │ One two\n  │ x[i].\n  • three\n  • four\n    four"
    assert missing(said, screen) == []
    assert missing(said, screen.replace("[i]", "")) == ["One two x[i]."]
    assert missing([*said[1:], said[0]], screen) == ["One two x[i]."]
