"""The knobs of a lab: choose one, type a value, learn its range and why it ends there."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from models.specs.spec import Knob, LabSpec, Value
from tui.drawing.training.results import written
from tui.screens.dialogs import Dialog, LineScreen

Chosen = tuple[dict[str, Value], int]


class KnobScreen(Dialog):
    """Gives the knobs and the seed when done, nothing when escaped."""

    BINDINGS = [  # noqa: RUF012
        Binding("d", "done", "Done", show=False, id="knobs-done"),
        Binding("z", "defaults", "Defaults", show=False, id="knobs-defaults"),
    ]

    DEFAULT_CSS = "KnobScreen #knob-means { margin: 1 0 0 0; height: auto; }"

    def __init__(
        self,
        spec: LabSpec,
        knobs: dict[str, Value],
        seed: int,
        defaults: dict[str, Value],
        *,
        live_only: bool,
    ) -> None:
        super().__init__()
        self._spec = spec
        self._knobs = dict(knobs)
        self._seed = seed
        self._defaults = defaults
        self._live_only = live_only

    def compose(self) -> ComposeResult:
        """A list of knobs, and what the chosen one means."""
        with Vertical():
            yield Static(Content.styled(f"Knobs of {self._spec.name}", "bold"))
            yield OptionList(markup=False, compact=True)
            yield Static("", id="knob-means", markup=False)
            defaults = "" if self._live_only else "z  defaults     "
            yield Static(
                Content(f"enter  change     d  done     {defaults}escape  never mind"),
                classes="keys",
            )

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    @on(OptionList.OptionHighlighted)
    def explain(self, event: OptionList.OptionHighlighted) -> None:
        """Say what a knob does."""
        self.query_one("#knob-means", Static).update(Content(self._means(event.option_id or "")))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Ask for its value."""
        self._change(event.option_id or "")

    def action_done(self) -> None:
        """Take the knobs as they stand."""
        self.dismiss((self._knobs, self._seed))

    def action_defaults(self) -> None:
        """Every knob back to where it stood at first."""
        if not self._live_only:
            self._knobs = dict(self._defaults)
            self._seed = 0
            self._fill()

    @work
    async def _change(self, name: str) -> None:
        told = self._means(name)
        value = str(self._seed if name == "seed" else written(self._knobs[name]))
        while True:
            typed = await self.app.push_screen_wait(LineScreen(told, value))
            if typed is None:
                return
            try:
                if name == "seed":
                    self._seed = int(typed)
                else:
                    self._knobs[name] = self._spec.knob(name).parse(typed.strip())
            except ValueError as error:
                told, value = self._fault(name, error), typed
            else:
                self._fill()
                return

    def _fault(self, name: str, error: ValueError) -> str:
        if name == "seed":
            return f"{self._means(name)}\n\nA seed is a whole number, such as 0 or 7."
        return f"{name}: {self._spec.knob(name).means}\n\n{error}"

    def _shown(self) -> list[Knob]:
        return [knob for knob in self._spec.knobs if knob.live or not self._live_only]

    def _means(self, name: str) -> str:
        if name == "seed":
            return "seed: which random numbers are drawn; the same seed gives the same curve"
        knob = self._spec.knob(name)
        return f"{knob.name}: {knob.means}; it {knob.range}"

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        here = options.highlighted or 0
        options.clear_options()
        rows = [(knob.name, written(self._knobs[knob.name])) for knob in self._shown()]
        if not self._live_only:
            rows.append(("seed", str(self._seed)))
        options.add_options([Option(f"{name:<16}{value}", id=name) for name, value in rows])
        options.highlighted = min(here, len(rows) - 1) if rows else None
