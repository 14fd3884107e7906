"""A page on which lines of code are written, and checked in a process of their own."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from course.code import NO_TRIES, Code, is_same_try
from course.gates import Stop
from course.lesson import Lesson
from course.marking import mark
from course.variants import Variant
from progress import paths
from tui.drawing.inline import plain
from tui.own_editor import OwnFile, edit, editor_of
from tui.pages.code_answer import CodeAnswer
from tui.pages.marked_page import MarkedPage
from tui.pages.page import Desk
from tui.pages.question_card import Answer
from tui.questions import Tried
from tui.widgets.key_line import Hint

DRAFT_EVERY = 2.0
"""Seconds between two drafts: what a crash can cost."""
LOOK_EVERY = 0.5
"""Seconds between two looks at a file that is watched."""
TELLS_AFTER = 1.5
"""Seconds after which a check that has not come back is probably waiting for torch."""
CHECKING = "checking…"
WARMING = "checking… The first time torch has to be imported, which takes some seconds."
ABOUT = """\
These are lines of the very file that runs here. Write them, press `escape`, then `enter` checks
them: in a process of its own, with little time and memory, in an empty folder. Everything you
write is kept. `e` opens the lines in your own editor (`$EDITOR`); `f` puts them into a file that
you edit in another window: whenever you save it, it is checked. `u` undoes, `x` begins anew.
"""
SAME = "Nothing has changed since this try; it does not count again."
NO_EDITOR = "No editor is set: `export EDITOR=nano` before you start the course, for example."
NOT_HERE = "The terminal cannot be lent to an editor here; `f` puts the lines into a file."

ELSEWHERE = (("e f", "your editor"),)
"""The keys to both ways of writing in an editor of one's own; the help tells them apart."""


class CodePage(MarkedPage):
    """Escape leaves the field, then enter checks."""

    DEFAULT_CSS = """
    CodePage QuestionCard { max-width: 110; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("e", "own_editor", "Your editor", show=False, id="code-editor"),
        Binding("f", "watch", "A file", show=False, id="code-watch"),
        Binding("u", "undo", "Undo", show=False, id="code-undo"),
        Binding("x", "begin_anew", "Begin anew", show=False, id="code-anew"),
    ]

    def __init__(self, lesson: Lesson, stop: Stop, question: Code, desk: Desk) -> None:
        self._timer: Timer | None = None
        self._watching: Timer | None = None
        self._warmed = False
        """Whether torch was asked for, which takes seconds, while the first lines are written."""
        self._saved = desk.session.questions.draft(question, stop.round)
        """The version that was written down last."""
        super().__init__(lesson, stop, question, desk)
        path = paths.exercises() / f"{question.id}.py"
        self._file = OwnFile(path, self._answer.blank, plain(question.prompt))

    def answer_for(self, variant: Variant) -> Answer:
        """The blank, with what was begun in it."""
        self._answer = CodeAnswer(variant, self._desk.ink, self._saved)
        return self._answer

    def on_mount(self) -> None:
        """What is found may make the page higher than the screen: that has keys."""
        super().on_mount()
        self.watch(self, "show_vertical_scrollbar", self._height_changed, init=False)

    def on_unmount(self) -> None:
        """Whatever takes the page away, what was written stays."""
        self._keep()

    # Keys

    @property
    def focus_target(self) -> Widget:
        """The field; after a miss the page, where hints and the answer are to be had."""
        tried = self._questions.tried(self._question, self._round)
        return self if tried.wrong else super().focus_target

    @property
    def more_keys(self) -> Sequence[Hint]:
        """The rest of a page higher than the screen, and other ways to write the lines."""
        scroll = (("↑↓", "scroll"),) if self.show_vertical_scrollbar else ()
        if self.card.solved:
            return scroll
        own = (("f", "no file"), ("e", "your editor")) if self._watching else ELSEWHERE
        return (*scroll, *own, ("u", "undo"), ("x", "begin anew"))

    @property
    def help_text(self) -> str:
        """How it is written and checked."""
        return f"{ABOUT}\n{super().help_text}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What changes the lines is there until they are right."""
        own = ("own_editor", "watch", "undo", "begin_anew")
        if action in own:
            return not self.card.solved and not self.asks_how_sure
        return super().check_action(action, parameters)

    def _height_changed(self) -> None:
        self.post_message(self.KeysChanged())

    def takes_enter(self) -> bool:
        """Outside of the field enter has what stands in it checked."""
        if self.card.solved or self.asked_once:
            return False
        if not self._busy:
            self._have_checked()
        return True

    def action_undo(self) -> None:
        """Take back what was changed last."""
        self._answer.field.undo()

    def action_begin_anew(self) -> None:
        """What stood there at first; it can be undone."""
        self._answer.field.put(self._answer.exercise.starter)

    def action_own_editor(self) -> None:
        """Lend the terminal to the learner's editor until it is closed."""
        command = editor_of()
        if not command:
            self.card.show_note(NO_EDITOR)
            return
        try:
            self._file.write(self._answer.text)
            with self.app.suspend():
                trouble = edit(command, self._file.path)
            self._answer.field.put(self._file.read())
        except SuspendNotSupported:
            trouble = NOT_HERE
        except OSError as error:
            trouble = f"`{self._file.path}`: {error.strerror}."
        self._keep()
        self.card.show_note(trouble or "Back from your editor. `enter` checks the lines.")

    def action_watch(self) -> None:
        """Put the lines into a file and check it whenever it is saved, or stop doing so."""
        if self._watching is not None:
            self._stop_watching()
            self.card.show_note("The file is no longer watched.")
            return
        try:
            self._file.write(self._answer.text)
        except OSError as error:
            self.card.show_note(f"`{self._file.path}`: {error.strerror}.")
            return
        self._watching = self.set_interval(LOOK_EVERY, self._look)
        told = f"`{self._file.path}`\n\nholds the lines: saving it has them checked here."
        self.card.show_note(f"{told} `f` ends that.")

    # Checking

    def _have_checked(self) -> None:
        tried = self._questions.tried(self._question, self._round)
        if tried.wrong and is_same_try(tried.wrong[-1], self._answer.text):
            self._tell_again(tried)
            return
        self._busy = True
        self._check(self._answer.text)

    def _tell_again(self, tried: Tried) -> None:
        """What was found is still so: it may have been taken away by what came in between."""
        given = tried.wrong[-1]
        confidence = tried.confidence if len(tried.wrong) == 1 else None
        self.card.show_verdict(given, mark(self._variant, given), confidence)
        self.card.offer(SAME)

    @work(exclusive=True, group="answer")
    async def _check(self, text: str) -> None:
        """Keep the lines, have them examined, and only then go on as with any answer."""
        answer = self._answer
        answer.show_form(0)
        self.card.show_note(CHECKING)
        if text != self._saved:
            self._saved = text
            kept = self._questions.keep_draft(self._lesson, self._question, self._round, text)
            await self.saved(kept)
        slow = self.set_timer(TELLS_AFTER, lambda: self.card.show_note(WARMING))
        found = await self._desk.examiner.examine(answer.exercise.name, text)
        slow.stop()
        self.done_with_it()
        if found["kind"] in NO_TRIES:
            answer.show_form(found.get("line", 0))
            self.card.show_note(found["told"])
        else:
            self.card.show_note("")
            self.take_answer(Answer.Given({"code": text, **found}))

    @work(group="warm")
    async def _warm(self) -> None:
        await self._desk.examiner.warm()

    @on(TextArea.Changed)
    def keep_soon(self, event: TextArea.Changed) -> None:
        """Keep a draft, though not of every letter; what was marked may be right now."""
        event.stop()
        self._answer.field.mark(0)
        if self._answer.exercise.needs_torch and not self._warmed:
            self._warmed = True
            self._warm()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_EVERY, self._keep)

    def _keep(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        text = self._answer.text
        if text != self._saved and (
            self._saved is not None or text != self._answer.exercise.starter
        ):
            self._saved = text
            self._questions.keep_draft(self._lesson, self._question, self._round, text)

    def _look(self) -> None:
        if self.card.solved:
            self._stop_watching()
        elif not self._busy and not self.asks_how_sure and self._file.has_changed():
            self._take_file()

    def _take_file(self) -> None:
        try:
            text = self._file.read()
        except OSError as error:
            self.card.show_note(f"`{self._file.path}`: {error.strerror}.")
            return
        self._answer.field.put(text)
        if not self.takes_no_answer:
            self._have_checked()

    def _stop_watching(self) -> None:
        if self._watching is not None:
            self._watching.stop()
            self._watching = None
