"""A fit on a page of a lesson: a width turned by hand, or those that a run of the lab learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from course.problems import did_you_mean
from models.lookup.nearness import KERNELS
from models.specs.kernel import LEARNERS
from tui.drawing.lookup.fit import STEPS, Fit, sentence
from tui.moments import fit_of_moment
from tui.pages.page import Desk, Page
from tui.panels.picture_panel import PicturePanel
from tui.widgets.fit_view import NARROWEST, WIDEST, FitView, drawn_points
from tui.widgets.key_line import Hint

SETTINGS = frozenset({"kernel", "width", "seed", "learned"})
LAB = "kernel"


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a fit with these settings from being drawn; empty if nothing does."""
    kernel, seed = settings.get("kernel", "gaussian"), settings.get("seed", "0")
    learned = settings.get("learned", "left_out")
    if kernel not in KERNELS:
        return f"kernel {kernel}: {did_you_mean(kernel, KERNELS)}"
    if learned not in LEARNERS:
        return f"learned {learned}: {did_you_mean(learned, LEARNERS)}"
    if not seed.isdecimal():
        return f"seed {seed}: expected a whole number"
    try:
        width = float(settings.get("width", "1"))
    except ValueError:
        width = 0.0
    if not NARROWEST <= width <= WIDEST:
        return f"width {settings['width']}: expected a number from {NARROWEST} to {WIDEST:g}"
    return ""


def begun(settings: Mapping[str, str]) -> Fit:
    """The fit that the settings describe."""
    kernel, width = settings.get("kernel", "gaussian"), float(settings.get("width", "1"))
    return drawn_points(int(settings.get("seed", "0")), kernel, width)


def in_words(settings: Mapping[str, str]) -> str:
    """The fit at three places."""
    fit = begun(settings)
    told = " ".join(sentence(fit, cursor) for cursor in (0, STEPS // 2, STEPS))
    return f"Forty points about the curve 2 sin x + x, and what is looked up between them. {told}"


class FitPanel(PicturePanel):
    """A fit, and the widths that were learned in this sitting."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "learned", "The next width that was learned", show=False, id="fit-learned")
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fit = begun(settings)
        self._seed = int(settings.get("seed", "0"))
        self._first = settings.get("learned", "")
        self._shown = -1

    def compose(self) -> ComposeResult:
        """The plot."""
        learned = self._learned()
        names = [fit.title for fit in learned]
        if self._first and LEARNERS[self._first] in names:
            self._shown = names.index(LEARNERS[self._first])
            self._fit = learned[self._shown]
        yield FitView(self._fit, seed=self._seed, ink=self._desk.ink)

    @property
    def view(self) -> FitView:
        """Where it is drawn."""
        return self.query_one(FitView)

    def _learned(self) -> list[Fit]:
        """Of the latest run of the lab, the newest look of each who learns a width."""
        run = self._desk.labs.last(LAB)
        looks = {one.runner: one for one in run.moments if one.name == "fit"} if run else {}
        return [fit_of_moment(looks[runner]) for runner in LEARNERS if runner in looks]

    def action_learned(self) -> None:
        """The next width that was learned; after the last, the first again."""
        if learned := self._learned():
            self._shown = (self._shown + 1) % len(learned)
            self.view.show(learned[self._shown])
        else:
            self.notify("No width has been learned in this sitting: run the lab.", markup=False)
        self.post_message(Page.KeysChanged())

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The cursor and the width first."""
        learned = (("l", "learned"),) if self._learned() else ()
        return (("← →", "x"), ("↑ ↓", "width"), *learned, ("k", "kernel"), ("v", "map"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("← →", "the cursor to the left, to the right"),
            ("home end", "to the ends"),
            ("↑ ↓", "wider, narrower (also + and −)"),
            ("k", "the next kernel"),
            ("v", "the map of weights, or the plot"),
            ("s", "other points about the same curve"),
            ("l", "the widths that your run of the lab learned, in turn"),
        )
