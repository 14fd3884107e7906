"""What keeps events from being saved, in one plain sentence that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

FULL = {errno.ENOSPC, errno.EFBIG}
OVER_QUOTA = {getattr(errno, "EDQUOT", -1)}
FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
NO_FOLDER = {errno.ENOTDIR, errno.ENOENT, errno.EEXIST, errno.ENAMETOOLONG}


def sentence(error: OSError, folder: Path) -> str:
    """Why writing below `folder` failed, and the remedy."""
    place = shown(folder)
    number = error.errno
    if number in FULL:
        return "The disk is full: free some space, and your answers are saved by themselves."
    if number in OVER_QUOTA:
        return (
            "Your disk quota is used up: free some of it, and your answers are saved by themselves."
        )
    if number in FORBIDDEN:
        return (
            f"Progress cannot be saved because {place} is read-only: make it writable, or set "
            "GROK_TUI_HOME to a folder that is."
        )
    if number in NO_FOLDER:
        return (
            f"Progress cannot be saved because {place} cannot be made: set GROK_TUI_HOME to a "
            "folder that can."
        )
    return (
        f"Progress cannot be saved in {place} ({error.strerror or error}): check that disk; "
        "saving is tried again all the time."
    )


def shown(path: Path) -> str:
    """A path as one reads it: below one's home it begins with `~`."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
