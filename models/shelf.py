"""What the worker answers about kept runs."""

from __future__ import annotations

from pathlib import Path

from models.framing import FrameError, frame
from models.protocol import AboutKept, Deleted, Failed, Listed, Moment, Open, Opened, Reply, Runs
from models.runs import KeptRuns
from models.troubles import Trouble


def answer(request: AboutKept, folder: Path | None) -> Reply:
    """The reply to a request about kept runs; what goes wrong is a reply too."""
    if folder is None:
        return Failed("", "kept", "This worker keeps no runs.", False, request.id)
    runs = KeptRuns(folder)
    try:
        if isinstance(request, Runs):
            return Listed(request.id, *runs.listed())
        if isinstance(request, Open):
            return _opened(request, runs)
        return Deleted(request.id, request.kept, runs.delete(request.kept))
    except (Trouble, FrameError) as problem:
        return Failed("", "kept", str(problem), False, request.id)


def _opened(request: Open, runs: KeptRuns) -> Opened:
    kept, curves, moments, note = runs.open(request.kept)
    told = [Moment("", m.runner, m.step, m.name, m.data) for m in moments]
    reply = Opened(request.id, kept, curves, told, note)
    frame(reply)  # whether it can travel
    return reply
