"""Waiting until something is safe on disk, and saying so on its card when that takes long."""

from __future__ import annotations

import asyncio

from progress.journal import Journal, Receipt
from tui.pages.question_card import QuestionCard

SAYS_SAVING_AFTER = 0.5
GOES_ON_AFTER = 3.0


async def saved(receipt: Receipt, card: QuestionCard, journal: Journal) -> None:
    """Return once what the receipt stands for is saved, and never later than in a few seconds."""
    saving = asyncio.wrap_future(receipt.future)
    for patience, text in ((SAYS_SAVING_AFTER, "saving…"), (GOES_ON_AFTER, "")):
        done, _ = await asyncio.wait({saving}, timeout=patience)
        if done:
            card.show_saving("")
            return
        card.show_saving(text)
    card.show_saving(f"not saved yet  {journal.trouble}".rstrip())

    def saved_after_all(late: asyncio.Future[None]) -> None:
        if card.is_attached and not late.cancelled() and late.exception() is None:
            card.show_saving("")

    saving.add_done_callback(saved_after_all)
