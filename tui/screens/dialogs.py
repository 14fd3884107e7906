"""Small screens over the present one: help, a yes or no, a line to type."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.drawing.questions.question import hang
from tui.widgets.key_line import Hint
from tui.widgets.lines import Lines


class Dialog(ModalScreen):
    """A framed box in the middle, left by escape."""

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > Vertical {
        width: 72; max-width: 96%; height: auto; max-height: 90%;
        border: round $accent; padding: 1 2; background: $surface;
    }
    Dialog VerticalScroll { height: auto; max-height: 100%; }
    Dialog Markdown { margin: 1 0 0 0; height: auto; }
    Dialog .keys { color: $foreground-muted; margin: 1 0 0 0; height: auto; }
    """

    BINDINGS = [Binding("escape", "close", "Close", show=False, id="close")]  # noqa: RUF012

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class HelpScreen(Dialog):
    """The keys of this place, what is special to it, and the keys of every place.

    Where there is a way to the glossary, it gives whether that is wanted.
    """

    DEFAULT_CSS = """
    HelpScreen > Vertical { padding: 0 2; }
    HelpScreen .here { margin: 0 0 1 0; height: auto; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("question_mark,f1,enter,q", "close", "Close", show=False, id="close-help"),
        Binding("g", "glossary", "Glossary", show=False, id="help-glossary"),
    ]

    def __init__(
        self,
        here: Sequence[Hint],
        everywhere: Sequence[Hint],
        text: str,
        *,
        glossary: bool = False,
    ) -> None:
        super().__init__()
        self._glossary = glossary
        self._here = here
        self._everywhere = everywhere
        self._text = text

    def compose(self) -> ComposeResult:
        """The keys of this page, its words, then what counts everywhere."""
        from tui.pages.lesson_markdown import LessonMarkdown  # costs start-up time

        with Vertical() as box:
            glossary = "g the glossary, " if self._glossary else ""
            box.border_subtitle = f"{glossary}escape closes this, up and down scroll"
            with VerticalScroll():
                if self._here:
                    yield _Keys("Here", self._here, classes="here")
                if self._text:
                    yield LessonMarkdown(self._text)
                yield _Keys("Everywhere", self._everywhere)

    def action_glossary(self) -> None:
        """Close, and have the glossary opened."""
        if self._glossary:
            self.dismiss(True)


class _Keys(Lines):
    """Keys one below the other, with what each does beside it."""

    def __init__(self, title: str, keys: Sequence[Hint], classes: str = "") -> None:
        super().__init__(classes=classes)
        self._title, self._keys = title, keys

    def lines(self, width: int) -> list[Content]:
        """A title, then a key a line; what is longer goes on under itself."""
        rows = [Content.styled(self._title, "bold")]
        for key, label in self._keys:
            name = Content.styled(f"  {key.ljust(9)} ", "bold $text-accent")
            rows += hang(name, Content(label), width)
        return rows


class ConfirmScreen(Dialog):
    """A question that `y` answers with yes and everything else with no."""

    BINDINGS = [  # noqa: RUF012
        Binding("y", "answer(True)", "Yes", show=False, id="yes"),
        Binding("n", "answer(False)", "No", show=False, id="no"),
    ]

    def __init__(self, text: str, yes: str = "yes", no: str = "no") -> None:
        super().__init__()
        self._text = text
        self._words = f"y  {yes}     n  {no}"

    def compose(self) -> ComposeResult:
        """The question and its two keys."""
        with Vertical():
            yield Static(Content(self._text))
            yield Static(Content(self._words), classes="keys")

    def action_answer(self, answer: bool) -> None:
        """Answer and close."""
        self.dismiss(answer)


class LineScreen(Dialog):
    """A line to type; escape gives nothing."""

    def __init__(self, text: str, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._text = text
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """The request, the field and its keys."""
        with Vertical():
            yield Static(Content(self._text))
            field = Input(self._value, placeholder=self._placeholder)
            field.cursor_blink = False
            yield field
            yield Static(Content("enter  done     escape  never mind"), classes="keys")

    @on(Input.Submitted)
    def done(self, event: Input.Submitted) -> None:
        """Give the line."""
        self.dismiss(event.value)
