"""`grok-tui`: the course itself, on this terminal."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from importlib import import_module

from tui.commands.arguments import device, folder, one_of, whole_number
from tui.commands.outcome import WrongUsage

COMMAND = "grok-tui"
FRAMES = "120"
"""Frames a second that Textual may draw: a key is painted sooner than at its own 60."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the course."""
    add = parser.add_argument
    add("--lesson", metavar="ID", help="begin with this lesson")
    add("--screen", metavar="N", type=whole_number(1), help="and with this screen of it")
    parser.set_defaults(lab=None)
    add_how(parser)


def add_how(parser: argparse.ArgumentParser) -> None:
    """What may be said wherever it begins. What is not given leaves the setting as it is."""
    add = parser.add_argument
    add("--open", action="store_true", help="every lesson open, and recorded as opened that way")
    add("--still", action="store_true", help="nothing moves unless a key is pressed")
    add(
        "--confidence",
        action=argparse.BooleanOptionalAction,
        help="ask how sure you are before each verdict, or do not; remembered",
    )
    add("--ink", type=one_of("auto", "colour", "shade", "ascii"), help="auto, colour, shade, ascii")
    add("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    add("--worker", metavar="CMD", help='what starts the worker: "ssh -T gpu1 grok-tui worker"')
    add("--device", type=device, help="where to train: auto, cpu, cuda or mps")
    add("--lessons", metavar="DIR", type=folder, help="a folder with more lessons")


def run(options: argparse.Namespace) -> int:
    """Start the course; its exit status."""
    if options.screen is not None and options.lesson is None:
        raise WrongUsage("--screen counts inside a lesson, so it needs --lesson ID", COMMAND)
    trouble = cannot_draw()
    if trouble:
        print(trouble, file=sys.stderr)
        return 2
    if options.lesson is not None:
        _check_place(options)
    gc.disable()  # until the app has been drawn, and switches it on again
    try:
        return _start(options)
    finally:
        gc.enable()


def cannot_draw() -> str:
    """Why the course cannot be drawn here, and what to do; empty if it can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return (
            "grok-tui draws on a terminal, and its input or output is none here; "
            "`grok-tui read LESSON` prints a lesson as plain text."
        )
    if os.environ.get("TERM") == "dumb":
        return (
            "TERM=dumb names a terminal that nothing can be drawn on; set TERM to what it really "
            "is, or print a lesson as plain text with `grok-tui read LESSON`."
        )
    return ""


def _check_place(options: argparse.Namespace) -> None:
    """See that the lesson and the screen that were asked for exist."""
    from tui.commands.learner import find_lesson, look

    session = look(options.lessons)
    lesson = find_lesson(session, options.lesson, COMMAND)
    options.lesson = lesson.id
    count = len(session.route(lesson))  # with what is asked again
    if options.screen is not None and options.screen > count:
        raise WrongUsage(
            f"the lesson {lesson.id} has {count} screens, not {options.screen}", COMMAND
        )


def _start(options: argparse.Namespace) -> int:
    """Hand settings and flags to the app. Importing it is most of the wait, so do that quickly."""
    from progress.settings import load, save

    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    # From a home on a network the import takes seconds: say at once that something is coming.
    sys.stdout.write("The mouse and the map ...")
    sys.stdout.flush()
    try:
        from tui.app import Options, run_app

        if options.lesson:
            import_module("tui.screens.lesson")  # else it is waited for on an empty screen
        if options.lab is not None:
            import_module("tui.screens.play")
    finally:
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
    settings = load()
    if options.confidence not in (None, settings.confidence):
        settings.confidence = options.confidence
        with contextlib.suppress(OSError):  # then it holds for this time
            save(settings)
    return run_app(
        Options(
            lesson=options.lesson,
            screen=options.screen,
            lab=options.lab,
            open_all=options.open,
            still=options.still or settings.still,
            ink=options.ink or settings.ink,
            markers=settings.markers,
            mouse=settings.mouse and not options.no_mouse,
            confidence=settings.confidence,
            worker=options.worker or settings.worker or None,
            device=options.device or settings.device,
            lessons=options.lessons,
        )
    )
