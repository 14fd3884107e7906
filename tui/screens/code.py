"""The code of what a view shows: the file that runs, its line lit, and live shapes beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.code_places import CodePlace, read_code
from tui.drawing.code.code import Code
from tui.drawing.ink import Ink
from tui.screens.dialogs import HelpScreen
from tui.widgets.code_view import CodeView
from tui.widgets.key_line import Hint, KeyLine

_ROWS = 22
"""Lines that are left to the code on a terminal of 24."""
_WAIT = "looking into the network…"
_BACK: Hint = ("escape", "back")


class CodeScreen(ModalScreen[None]):
    """What it is the code of, the code, the keys."""

    DEFAULT_CSS = """
    CodeScreen { background: $background; }
    CodeScreen #code-header { height: 1; }
    CodeScreen CodeView { height: 1fr; margin: 0 1; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("tab,s", "stage(1)", "The next stage", show=False, id="code-stage"),
        Binding("shift+tab,a", "stage(-1)", "The stage before", show=False, id="code-before"),
        Binding("question_mark,f1", "help", "Help", show=False, id="code-help"),
        Binding("escape,z", "close", "Back", show=False, id="code-close"),
    ]

    def __init__(
        self,
        places: Sequence[CodePlace],
        at: int,
        traced: Callable[[str], Awaitable[Code]],
        ink: Ink,
    ) -> None:
        """The code at one of some places; `traced` tells the shapes that go through a file."""
        super().__init__()
        self._places, self._at = places, at
        self._traced, self._ink = traced, ink
        self._codes: dict[str, Code] = {}
        self._notes: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The code, with one line above and one below."""
        yield Static("", id="code-header", markup=False)
        yield CodeView(rows=_ROWS, ink=self._ink)
        yield KeyLine(self._ink)

    def on_mount(self) -> None:
        """Show the place that was asked for."""
        self.query_one(CodeView).focus()
        self._go()

    @property
    def place(self) -> CodePlace:
        """What the code is shown of."""
        return self._places[self._at]

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done here."""
        stages = (("tab", "next stage"),) if len(self._places) > 1 else ()
        return (_BACK, *stages, ("↑↓", "line"), ("←→", "shape"), ("?", "help"))

    def action_stage(self, by: int) -> None:
        """The code of another stage; after the last begin again with the first."""
        self._at = (self._at + by) % len(self._places)
        self._go()

    def action_help(self) -> None:
        """How the code is read."""
        stages = (("tab s", "the code of the next stage"), ("a", "of the stage before"))
        here = (
            *(stages if len(self._places) > 1 else ()),
            ("↑ ↓", "a line up, a line down"),
            ("← →", "to the line with a shape before this one, or after it"),
            ("home end", "the first line, the last"),
        )
        words, view = self._ink.words, self.query_one(CodeView)
        told = [(words(key), words(label)) for key, label in here]
        back = (("escape", "back to the picture, as it was"),)
        self.app.push_screen(HelpScreen(told, back, f"{view.explained}\n\n{CodeView.HELP}"))

    def action_close(self) -> None:
        """Back to the picture."""
        self.dismiss(None)

    def _go(self) -> None:
        """Show the place, and ask for the shapes of its file if that was not done yet."""
        place, ink = self.place, self._ink
        count = f"   {self._at + 1} of {len(self._places)}" if len(self._places) > 1 else ""
        title = (ink.words(f" The code of: {place.title}"), "bold")
        header = Content.assemble(title, (count, "$foreground-muted"))
        self.query_one("#code-header", Static).update(header)
        self.query_one(KeyLine).show(self.keys)
        asked = place.file in self._codes
        code = self._codes.setdefault(place.file, read_code(place.file))
        if not asked:
            self._notes[place.file] = _WAIT
            self._trace(place.file)
        self.query_one(CodeView).show(code, self._notes[place.file], lit=code.find(place.piece))

    @work(group="code")
    async def _trace(self, file: str) -> None:
        try:
            self._codes[file], self._notes[file] = await self._traced(file), ""
        except ConnectionError as error:
            self._notes[file] = str(error)
        if file == self.place.file:
            self.query_one(CodeView).show(self._codes[file], self._notes[file])
