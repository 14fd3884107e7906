"""A view with a way to its code: a key opens the file that runs, at the line that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from tui.code_places import CodePlace, code_of_probe
from tui.drawing.code.code import Code
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint

CODE: Hint = ("z", "code")
CODE_HELP: Hint = ("z", "the code of what is shown: the file that runs, with live shapes")
_GONE = "The network is no longer in memory, so that no shapes can be told."


class CodedPanel(InsidePanel):
    """A subclass says where the code of its picture stands, and what sends a text through it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "code", "The code of it", show=False, id="coded-code"),
    ]

    # What a subclass does

    @property
    def code_places(self) -> tuple[Sequence[CodePlace], int]:
        """The code of all that can be shown, and which of it is shown now; empty if none is."""
        return (), 0

    @property
    def code_question(self) -> dict[str, Any]:
        """What the worker is asked for, so that a text goes through the network."""
        raise NotImplementedError

    # The way

    @property
    def code_hints(self) -> Sequence[Hint]:
        """The key, where there is code to show."""
        return (CODE,) if self.has_picture and self.code_places[0] else ()

    @property
    def code_help(self) -> Sequence[Hint]:
        """The key in the help."""
        return (CODE_HELP,) if self.code_hints else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a picture there is nothing to show the code of."""
        return bool(self.code_hints) if action == "code" else True

    def action_code(self) -> None:
        """Open the code; escape comes back to the very cell."""
        from tui.screens.code import CodeScreen  # costs start-up time

        places, at = self.code_places
        self.app.push_screen(CodeScreen(places, at, self._traced_code, self.desk.ink))

    async def _traced_code(self, file: str) -> Code:
        """A file with the shapes that go through it in the network that is shown.

        Raises:
            ConnectionError: in plain words, if the worker cannot answer.
        """
        if (run := self._askable) is None:
            raise ConnectionError(_GONE)
        seen = await self.desk.labs.probe(run, "code", {**self.code_question, "file": file})
        return code_of_probe(seen, f"lab {self.spec.name}")
