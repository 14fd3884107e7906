"""Where things are kept on this machine."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "GROK_TUI_HOME"
"""The environment variable that puts everything in a folder of one's own choice."""


def data_home() -> Path:
    """The folder that everything is kept in: `GROK_TUI_HOME`, else where the system wants it."""
    chosen = os.environ.get(HOME, "").strip()
    if chosen:
        return Path(os.path.abspath(os.path.expanduser(chosen)))
    from platformdirs import user_data_dir  # costs start-up time, and is often not needed

    return Path(user_data_dir("grok-tui", appauthor=False))


def journals() -> Path:
    """The folder of the journals."""
    return data_home() / "journals"


def settings_file() -> Path:
    """The file of the settings."""
    return data_home() / "settings.json"


def lessons_file() -> Path:
    """The file that lessons are kept in as they were read; it may be removed at any time."""
    return data_home() / "lessons.json"


def log_file() -> Path:
    """The file that errors are logged to."""
    return data_home() / "grok-tui.log"


def exercises() -> Path:
    """The folder of exercises that are written in an editor of one's own."""
    return data_home() / "exercises"


def runs() -> Path:
    """The folder of the kept runs."""
    return data_home() / "runs"
