"""Towers of blocks that differ in one part, on rows of digits that have to be fetched and added.

All towers are drawn from the same seed, so that what they have in common is the same at first; all
see the same rows. Rates of 0.002 and 0.003 were tried for the whole tower: it learns with both,
with 0.003 sooner. The first tokens and places are as large as the norms make them (standard
deviation 1): much smaller, the blocks drown them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from torch import nn

from models.chance import seeded
from models.labs.attention_inside import attention_of, fairly, place_of
from models.labs.lab import Inside, Lab, Look
from models.labs.race import AT_ONCE, BATCH, SOLVED, UNSEEN, Draw, Race, Racer
from models.labs.tower_inside import Profile, profile
from models.labs.trace_inside import shapes_of
from models.networks.tower import Shape, Tower
from models.probe import at_rest
from models.specs.spec import Value
from models.specs.tower import PARTS, ROW, RUNNERS, SPEC
from models.tasks.partners import DIGITS, commonest, draw
from models.training import Recipe

CLAIM, CONTROL = SOLVED, 0.20
"""The claim: at least that share is right. The controls must stay below the second."""
WHOLE, CONTROLS = "tower", ("cut", "bare", "alone")
WALKED = 6
"""Mice in the row whose shapes are shown: another number than heads, channels or channels a head,
so that a shape says which is which."""
SWITCHES = ("residual", "norm", "feed_forward", "alone")
"""What a tower to look at may be given otherwise than by the knobs."""


class TowerLab(Race):
    """The whole tower, and four that lack something."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """The racers, each with weights drawn from the seed."""
        names = RUNNERS if self.settings["controls"] else [WHOLE]
        return [self._racer(name) for name in names]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """The whole tower has learned it, and the controls have not."""
        rows, answers = self._texts(self.racers[0], "unseen", UNSEEN)
        metrics["common.accuracy"] = commonest(rows, answers)
        metrics["chance.accuracy"] = 1 / DIGITS
        for racer in self.racers:
            before, after = (self._profile(_tower(n)) for n in (racer.untrained, racer.network))
            metrics[f"{racer.name}.same"] = self._same(racer)
            metrics[f"{racer.name}.first"] = before.first
            metrics[f"{racer.name}.alike"] = before.alike[-1]
            metrics[f"{racer.name}.alike_after"] = after.alike[-1]
        rates = [metrics.get(f"{name}.accuracy", 1.0) for name in CONTROLS]
        return metrics[f"{WHOLE}.accuracy"] >= CLAIM, max(rates) < CONTROL

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """What goes up and down the tower."""
        network = _tower(racer.network)
        data = {**self._profile(network).data, **network.parts()}
        yield Look(racer.name, step, "tower", data)

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`tower`: the gradient of each block (L,), and how alike and how long the tokens are
        before the first block and after each (L + 1,), the mean of 64 rows.

        `runner` names a tower of this run, `when` is `before` or `after` its training. Without a
        runner it is one that was not trained, with `residual`, `norm`, `feed_forward` and `alone`
        as asked.

        `shapes`: what goes through a tower, chosen in the same way, as `models.trace` sees it.

        `attention`: of a `runner`, the weights of one head in one block and all they are made of.
        """
        if what == "tower":
            network = self._asked(arguments)
            found, parts = self._profile(network), network.parts()
            return found.arrays, {**parts, "rows": BATCH, "loss": found.loss}
        if what == "attention":
            return self._attention(arguments)
        if what == "shapes":
            rows, _ = self._texts(self.racers[0], "sample 0", 1)
            return shapes_of(self._asked(arguments), rows[:, :WALKED])
        return Lab.probe(self, what, arguments)

    def _attention(self, arguments: Mapping[str, Any]) -> Inside:
        racer = self._named(arguments.get("runner", WHOLE))
        was = arguments.get("when") == "before"
        row, answers = self._texts(racer, f"sample {arguments.get('sample', 0)}", 1)
        network = racer.untrained if was else racer.network
        names = [str(digit) for digit in range(DIGITS)]
        arrays, values = attention_of(network, row, arguments=arguments, logit_names=names)
        values |= {
            "called": ("mouse", "mouse"),
            "tokens": [str(digit) for digit in row[0].tolist()],
            "said": [str(digit) for digit in arrays["logits"].argmax(-1).tolist()],
            "right": [str(digit) for digit in answers[0].tolist()],
            "selected": "drawn at random",
        }
        if was:
            return arrays, values
        unseen = self._texts(racer, "unseen", AT_ONCE)
        place, cases = place_of(network, arguments), f"{AT_ONCE:,} rows"
        return arrays, values | fairly(network, place, lambda: racer.accuracy(*unseen), cases)

    def _asked(self, arguments: Mapping[str, Any]) -> Tower:
        """The tower that a probe asks for."""
        if "runner" not in arguments:
            given = {name: arguments[name] for name in SWITCHES if name in arguments}
            return self._build(given)
        racer = self._named(arguments["runner"])
        before = arguments.get("when") == "before"
        return _tower(racer.untrained if before else racer.network)

    def _profile(self, network: Tower) -> Profile:
        rows, answers = self._texts(self.racers[0], "profiled", BATCH)
        return profile(network, rows, answers)

    def _same(self, racer: Racer) -> float:
        """The share of rows in which all mice say the same."""
        rows, _ = self._texts(racer, "unseen", AT_ONCE)
        with at_rest(racer.network):
            said = racer.network(rows).argmax(-1)  # (B, T)
        return (said == said[:, :1]).all(-1).float().mean().item()

    def _build(self, parts: Mapping[str, Value]) -> Tower:
        """A tower with some parts as given and the others as the knobs have them."""
        shape = Shape(
            vocabulary=DIGITS,
            answers=DIGITS,
            context=ROW,
            depth=self.whole("depth"),
            norm=str(parts.get("norm", self.settings["norm"])),
            residual=bool(parts.get("residual", True)),
            feed_forward=bool(parts.get("feed_forward", True)),
            alone=bool(parts.get("alone", False)),
        )
        with seeded(self.seed):
            return Tower(shape).to(self.device)

    def _racer(self, name: str) -> Racer:
        recipe = Recipe(
            self.whole("steps"), self.number("learning_rate"), warm_up=self.whole("warm_up")
        )
        return Racer(
            name, f"training {RUNNERS[name]}", self._build(PARTS[name]), self._draw, recipe
        )

    @property
    def _draw(self) -> Draw:
        task = str(self.settings["task"])
        return lambda count, chance: draw(task, count, ROW, chance)


def _tower(network: nn.Module) -> Tower:
    assert isinstance(network, Tower)
    return network
