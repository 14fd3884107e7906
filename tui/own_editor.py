"""Lines written in an editor of one's own: the file that holds them, and how it is opened."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from models.exercises.blank import Blank
from tui.own_words import cleaned

HEAD = "#| "
"""How the lines begin that are ours: they say what is written here, and are not read back."""


def editor_of(environ: Mapping[str, str] | None = None) -> list[str]:
    """The command of the learner's editor; empty where none is set, or its quotes do not match."""
    env = os.environ if environ is None else environ
    try:
        return shlex.split(env.get("VISUAL", "").strip() or env.get("EDITOR", "").strip())
    except ValueError:
        return []


class OwnFile:
    """The file in which the lines of an exercise are written elsewhere."""

    def __init__(self, path: Path, blank: Blank, prompt: str) -> None:
        self.path = path
        self._head = [
            *(HEAD + line for line in prompt.split("\n")),
            HEAD + f"The lines below go into {blank.path}, after these:",
            *((HEAD + line).rstrip() for line in blank.above),
        ]
        self._seen: tuple[int, int] | None = None

    def write(self, text: str) -> None:
        """Put the lines into the file, under what they are for.

        Raises:
            OSError: if it cannot be written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n".join([*self._head, text]).rstrip("\n") + "\n", "utf-8")
        self._seen = self._state()

    def read(self) -> str:
        """The lines as they stand in the file now.

        Raises:
            OSError: if it cannot be read.
        """
        self._seen = self._state()
        lines = cleaned(self.path.read_text("utf-8", errors="replace")).split("\n")
        return "\n".join(one for one in lines if not one.startswith(HEAD.rstrip())).strip("\n")

    def has_changed(self) -> bool:
        """Whether it was saved since it was written or read here."""
        now = self._state()
        return now is not None and now != self._seen

    def _state(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size


def edit(command: list[str], path: Path) -> str:
    """Open a file in an editor and wait until it is closed; what went wrong, else nothing."""
    try:
        status = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        return f"{command[0]} does not start: {error.strerror}."
    return f"{command[0]} ended with status {status}; what it saved is here." if status else ""
