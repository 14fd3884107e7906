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
from models.networks.gpt import GPT
from models.probe import at_rest
from models.training import LossAt


def greedy(step: Callable[[Tensor], Tensor], token: Tensor, most: int, edge: int) -> Tensor:
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

    def lesson(self, texts: Tensor, answers: Tensor) -> tuple[Tensor, Tensor]:
        """What it says in training, and what it should."""
        return self.taught(texts, answers)

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


class Writing(Answering):
    """One who writes an answer token after token, and its end."""

    def begun(self, texts: Tensor) -> Callable[[Tensor], Tensor]:
        """Reads texts (B, S); then a token of each (B,) -> the logits of the next (B, V)."""
        raise NotImplementedError

    def told(self, texts: Tensor, before: Tensor) -> Tensor:
        """What it says after each token of what it is told, (B, T) -> (B, T, V)."""
        raise NotImplementedError

    def taught(self, texts: Tensor, answers: Tensor) -> tuple[Tensor, Tensor]:
        """What it says after each token of the right answer, and what comes next."""
        return self.told(texts, self.after_edge(answers)), self.wanted(answers)

    def spoken(self, texts: Tensor, most: int) -> Tensor:
        """What it writes by itself: (B, `most`)."""
        begins = torch.full_like(texts[:, 0], self.edge)
        return greedy(self.begun(texts), begins, most, self.edge)

    def said(self, texts: Tensor, answers: Tensor) -> Tensor:
        """What it writes by itself; who has not come to an end in time is wrong."""
        said = self.spoken(texts, answers.shape[1] + 1)
        return said[:, :-1].masked_fill(said[:, -1:] != self.edge, IGNORED)

    def after_edge(self, tokens: Tensor) -> Tensor:
        """Tokens (B, T) behind the one that begins a text: (B, T + 1)."""
        return torch.cat([torch.full_like(tokens[:, :1], self.edge), tokens], 1)

    def wanted(self, answers: Tensor) -> Tensor:
        """The answers (B, T) with their ends, behind which nothing is asked for: (B, T + 1)."""
        ends = torch.cat([answers, torch.full_like(answers[:, :1], self.edge)], 1)
        return ends.masked_fill((ends == self.edge).cumsum(1) > 1, IGNORED)


class Translates(Writing):
    """An encoder and a decoder: one reads the text, the other writes the answer."""

    def begun(self, texts: Tensor) -> Callable[[Tensor], Tensor]:
        """The encoder reads once; the decoder has what it wrote in its caches."""
        translator, lengths = cast("EncoderDecoder", self.network), self.lengths(texts)
        memory, caches = translator.encoder(texts, lengths), translator.start()
        return lambda token: translator.step(token, memory, caches, lengths)

    def told(self, texts: Tensor, before: Tensor) -> Tensor:
        """Both at once."""
        return cast("EncoderDecoder", self.network)(texts, before, self.lengths(texts))


class Continues(Writing):
    """A decoder alone: the answer is what comes after the text."""

    def begun(self, texts: Tensor) -> Callable[[Tensor], Tensor]:
        """The text is read into the caches, and the answer follows it there."""
        decoder = cast("GPT", self.network)
        caches = decoder.start()
        decoder(texts, caches)
        return lambda token: decoder.step(token, caches)

    def told(self, texts: Tensor, before: Tensor) -> Tensor:
        """What it says in the text itself is not asked for."""
        return cast("GPT", self.network)(torch.cat([texts, before], 1))[:, texts.shape[1] :]


class Unforced(Translates):
    """An encoder-decoder that learns without teacher forcing: from its own words, as it goes."""

    def lesson(self, texts: Tensor, answers: Tensor) -> tuple[Tensor, Tensor]:
        """What it says after what it has said itself, and what would have been right there."""
        with torch.no_grad():
            own = self.spoken(texts, answers.shape[1])
        return self.told(texts, self.after_edge(own)), self.wanted(answers)


class AnsweringRace(Race):
    """A race of such racers, and of others."""

    def _loss(self, racer: Racer) -> LossAt:
        if not isinstance(racer, Answering):
            return super()._loss(racer)
        draw = racer.practice or racer.draw

        def loss_at(step: int) -> Tensor:
            texts, answers = draw(racer.batch, chance(self.seed, step))
            logits, right = racer.lesson(texts.to(self.device), answers.to(self.device))
            racer.right.append(racer.is_right(logits, right).float().mean())
            return cross_entropy(logits, right)

        return loss_at
