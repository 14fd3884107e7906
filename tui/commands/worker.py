"""`grok-tui worker`: the end of the protocol that trains, on stdin and stdout."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none: everything is said in the protocol."""
    parser.epilog = (
        "The course starts it by itself. To draw here and train elsewhere, name the\n"
        "command that starts it there:\n"
        '  grok-tui --worker "ssh -T -o BatchMode=yes gpu1 grok-tui worker"\n'
        "Every run is kept where it was trained; `grok-tui runs` lists them."
    )


def run(options: argparse.Namespace) -> int:
    """Serve until the other end closes; the exit status."""
    from models.worker import main
    from progress import paths

    return main(runs=paths.runs())
