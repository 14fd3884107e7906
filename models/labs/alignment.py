"""Two translators from mouse-speak to moves: one looks back at the words, one remembers them.

They are the same network but for the attention, and as large as each other within 5 %. Both read
the same sentences and make as many steps.

Rates of 0.01, 0.02 and 0.04 were tried for both. With 0.02 attention learns best; the single state
does with it, within two ways of a hundred, as well as with any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from torch import Tensor

from models.chance import chance, seeded
from models.labs.alignment_inside import alignment_of
from models.labs.lab import Inside, Lab, Look
from models.labs.looks import of_alignment
from models.labs.race import BATCH, SOLVED, UNSEEN, Race, Racer
from models.layers.loss import IGNORED, cross_entropy
from models.layers.size import parameters
from models.networks.translator import END, Shape, Translator
from models.probe import at_rest, replacing
from models.specs.alignment import RUNNERS, SPEC
from models.tasks.alignment import MOVES, WORDS, sentences
from models.training import LossAt, Recipe

WIDTH = 16
SQUEEZED, BLURRED = 0.7, 0.1
"""Of the longest ways, the share that one state must not reach, nor attention of equal shares."""
WEIGHTS = "attend.weights"


class Interpreter(Racer):
    """A translator in the race. It is right only where every move is, from its own words."""

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The share of sentences (B, S) whose moves (B, T) are all right."""
        translator = cast("Translator", self.network)
        with at_rest(translator):
            said = translator.translate(texts, answers.shape[1])
        return int((said == answers).all(1).sum()) / len(answers)


class AlignmentLab(Race):
    """The same translator with attention and without."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """The translators, each with weights drawn from the seed."""
        state = self.whole("state")
        looking = Shape(reads=len(WORDS), writes=len(MOVES), width=WIDTH, state=state, judges=state)
        return [
            self._racer("attention", looking),
            self._racer("bottleneck", self._without(looking)),
        ]

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """The alignment as it fills in."""
        if racer.name == "attention":
            arrays, values = self.probe("alignment", {})
            yield of_alignment(racer.name, step, arrays["weights"], values)

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """With attention the ways are right; not through one state, nor without its choice."""
        racer = self.racers[0]
        blurred = metrics["uniform.longest"] = self.if_uniform(racer, WEIGHTS, "longest")
        metrics["apart.longest"] = self._if_apart(racer)
        squeezed = metrics["bottleneck.longest"]
        held = metrics["attention.accuracy"] >= SOLVED
        return held, squeezed < SQUEEZED and blurred < BLURRED

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`alignment`: the weights (T, S) with which each move looked at each word, and what they
        were made of (`alignment_of`).

        Rows are the right moves of one of the longest ways, numbered by `sample`, and each is
        asked for after the right ones before it. `when` is `after` for the translator as it is
        now, `before` for it as it was before its first step.
        """
        if what != "alignment":
            return Lab.probe(self, what, arguments)
        racer, was = self.racers[0], arguments.get("when") == "before"
        network = cast("Translator", racer.untrained if was else racer.network)
        sample = f"sample {arguments.get('sample', 0)}"
        source, target = self._texts(racer, sample, 1, "longest")
        target = target[:, : int((target != END).sum()) + 1]
        arrays = alignment_of(network, source, target)
        with at_rest(network):
            said = network.translate(source, target.shape[1])
        right = [MOVES[move] for move in target[0].tolist()]
        values = {
            "asks": right,
            "answers": [WORDS[word] for word in source[0].tolist()],
            "called": ("move", "word"),
            "said": [MOVES[move] for move in said[0].tolist()],
            "right": right,
            "moves": list(MOVES),
            "uniform": 1 / source.shape[1],
            "selected": "drawn at random among the longest",
        }
        if self.result is not None and not was:
            own, equal = (
                100 * self.result.metrics[f"{runner}.longest"]
                for runner in ("attention", "uniform")
            )
            values["without"] = (
                f"Right in {own:.1f} % of {UNSEEN:,} of the longest ways; with equal shares in"
                f" {equal:.1f} %."
            )
        return arrays, values

    def _if_apart(self, racer: Racer) -> float:
        """How many of the longest ways are right if each word is looked at as if it stood alone:
        read by the same reader, with nothing before it. The writer begins as it always does."""
        source, target = self._texts(racer, "unseen", UNSEEN, "longest")
        network = cast("Translator", racer.network)
        with at_rest(network):
            alone = network.reader(network.read(source).flatten(0, 1)[:, None])[0]  # (B S, 1, N)
        with replacing(network, "reader.stream", lambda _: alone.view(*source.shape, -1)):
            return racer.accuracy(source, target)

    def _without(self, shape: Shape) -> Shape:
        """The shape without attention that comes nearest to as many parameters."""
        with seeded(self.seed):
            size = parameters(Translator(shape))
            sizes = {
                state: parameters(Translator(replace(shape, judges=0, state=state)))
                for state in range(shape.state, shape.state + shape.state // 4 + 3)
            }
        nearest = min(sizes, key=lambda state: abs(sizes[state] - size))
        return replace(shape, judges=0, state=nearest)

    def _racer(self, name: str, shape: Shape) -> Racer:
        turns = self.whole("turns")
        with seeded(self.seed):
            network = Translator(shape)
        return Interpreter(
            name,
            f"training {RUNNERS[name]}",
            network,
            lambda count, chance: sentences(count, turns, chance),
            Recipe(self.whole("steps"), self.number("learning_rate")),
            exams={"longest": lambda count, chance: sentences(count, turns, chance, turns)},
        )

    def _loss(self, racer: Racer) -> LossAt:
        """The loss of all moves up to the full stop; what was right before is told."""

        def loss_at(step: int) -> Tensor:
            source, target = racer.draw(BATCH, chance(self.seed, step))
            longest = int((target != END).sum(1).max()) + 1
            source, target = source.to(self.device), target[:, :longest].to(self.device)
            logits = racer.network(source, target)
            beyond = (target == END).cumsum(1) > 1
            racer.right.append(((logits.argmax(-1) == target) | beyond).all(1).float().mean())
            return cross_entropy(logits, target.masked_fill(beyond, IGNORED))

        return loss_at
