"""Races in which an answer is a whole string: one says it all at once, another writes it.

Who writes is told, in training, what is right so far (teacher forcing): all tokens of an answer are
then learned in one pass. By itself it goes on from what it has said (free running), and that is
what it is judged on: an answer is right if every token is.

Axes: B texts, S tokens that are read, T tokens of an answer, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor

from models.chance import chance
from models.labs.race import BATCH, Race, Racer
from models.layers.loss import IGNORED, cross_entropy
from models.networks.encoder import Tagger
from models.networks.encoder_decoder import EncoderDecoder
from models.probe import at_rest
from models.training import LossAt


def written(step: Callable[[Tensor], Tensor], token: Tensor, most: int, edge: int) -> Tensor:
    """What is said token after token, always the likeliest: (B, `most`).

    `step`: a token of each text (B,) -> the logits of the next (B, V); `token` is the first. Behind
    an `edge` there is nothing else.
    """
    is_over, said = torch.zeros_like(token, dtype=torch.bool), []
    for _ in range(most):
        token = step(token).argmax(-1)  # (B,)
        is_over |= token == edge
        token = token.masked_fill(is_over, edge)
        said.append(token)
    return torch.stack(said, 1)


@dataclass
class Answering(Racer):
    """A racer whose answers (B, T) end with `edge`; so are shorter ones filled up."""

    edge: int = 0
    batch: int = BATCH
    """Texts in a step."""

    def taught(self, texts: Tensor, answers: Tensor) -> tuple[Tensor, Tensor]:
        """What it says where all before is right, (B, T, V), and what it should say, (B, T)."""
        raise NotImplementedError

    def said(self, texts: Tensor, answers: Tensor) -> Tensor:
        """What it says by itself, with as many tokens as the answers have: (B, T)."""
        raise NotImplementedError

    def is_right(self, logits: Tensor, answers: Tensor) -> Tensor:
        """Which answers are right in every token: logits (B, T, V), answers (B, T) -> (B,)."""
        return ((logits.argmax(-1) == answers) | (answers == IGNORED)).all(1)

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The share of texts whose whole answer it gives by itself."""
        with at_rest(self.network):
            said = self.said(texts, answers)
        return int((said == answers).all(1).sum()) / len(answers)

    def lengths(self, texts: Tensor) -> Tensor:
        """How many tokens of each text (B, S) are no filling: (B,)."""
        return (texts != self.edge).sum(1)

    def scored(self, answers: Tensor) -> Tensor:
        """What is asked of who writes: the answers (B, T) up to their first end."""
        return answers.masked_fill((answers == self.edge).cumsum(1) > 1, IGNORED)


class Tags(Answering):
    """An encoder: each token of the text says one of the answer, all of them at once."""

    def taught(self, texts: Tensor, answers: Tensor) -> tuple[Tensor, Tensor]:
        """The answer of each token, and what it should be; that of the filling is not asked for."""
        tagger = cast("Tagger", self.network)
        real = texts != self.edge
        return tagger(texts, self.lengths(texts)), answers.where(real, IGNORED)

    def said(self, texts: Tensor, answers: Tensor) -> Tensor:
        """The likeliest answer of each token."""
        logits, right = self.taught(texts, answers)
        return logits.argmax(-1).where(right != IGNORED, self.edge)


class Writes(Answering):
    """An encoder and a decoder: one reads the text, the other writes the answer, and its end."""

    def taught(self, texts: Tensor, answers: Tensor) -> tuple[Tensor, Tensor]:
        """What the decoder says after each token of the right answer, and what comes next."""
        translator = cast("EncoderDecoder", self.network)
        ends = torch.full_like(answers[:, :1], self.edge)
        before, after = torch.cat([ends, answers], 1), torch.cat([answers, ends], 1)
        return translator(texts, before, self.lengths(texts)), self.scored(after)

    def said(self, texts: Tensor, answers: Tensor) -> Tensor:
        """What it writes by itself; who has not come to an end in time is wrong."""
        translator = cast("EncoderDecoder", self.network)
        lengths = self.lengths(texts)
        memory, caches = translator.encoder(texts, lengths), translator.start()
        begins = torch.full_like(texts[:, 0], self.edge)
        said = written(
            lambda token: translator.step(token, memory, caches, lengths),
            begins,
            answers.shape[1] + 1,
            self.edge,
        )
        return said[:, :-1].masked_fill(said[:, -1:] != self.edge, IGNORED)


class AnsweringRace(Race):
    """A race of such racers."""

    def _loss(self, racer: Racer) -> LossAt:
        assert isinstance(racer, Answering)
        draw = racer.practice or racer.draw

        def loss_at(step: int) -> Tensor:
            texts, answers = draw(racer.batch, chance(self.seed, step))
            logits, right = racer.taught(texts.to(self.device), answers.to(self.device))
            racer.right.append(racer.is_right(logits, right).float().mean())
            return cross_entropy(logits, right)

        return loss_at
