"""Standings on their own: three runners that learn the same thing at different rates."""

from __future__ import annotations

import itertools

from tui.demos.demo import Demo, logistic_losses
from tui.drawing.ink import Ink
from tui.drawing.training.standings import Standing
from tui.widgets.standings_view import StandingsView

RATES = (0.02, 0.2, 1.0)


def standings_demo(ink: Ink | None = None, steps: int = 400) -> Demo:
    """Logistic regression, three times; how far each loss has fallen stands for how often right."""

    class StandingsDemo(Demo):
        """Moves everybody on ten times a second."""

        def on_mount(self) -> None:
            view = self.query_one(StandingsView)
            runs = [logistic_losses(steps, rate=rate) for rate in RATES]
            losses: list[list[float]] = [[] for _ in RATES]

            def move_on() -> None:
                for so_far, run in zip(losses, runs, strict=True):
                    so_far += [held_out for _, held_out in itertools.islice(run, 4)]
                if losses[0]:
                    view.show([_standing(at, so_far) for at, so_far in enumerate(losses)])

            self.set_interval(0.1, move_on)

    def _standing(at: int, losses: list[float]) -> Standing:
        fallen = 1 - losses[-1] / losses[0]
        return Standing(at + 1, at, f"rate {RATES[at]}", fallen, losses[-1], gradients=losses)

    return StandingsDemo(lambda: [StandingsView("loss fallen by", ink=ink)], ink)
