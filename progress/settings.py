"""What the learner has chosen for good: one small JSON file, replaced as a whole."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from progress import paths
from progress.disk import Disk
from progress.trouble import shown

CHOICES: dict[str, tuple[str, ...]] = {
    "ink": ("auto", "colour", "shade", "ascii"),
    "markers": ("auto", "braille", "block", "ascii"),
    "device": ("auto", "cpu", "cuda", "mps"),
}
"""What the settings with a fixed choice can be."""


@dataclass
class Settings:
    """The settings, each with its default."""

    ink: str = "auto"
    markers: str = "auto"
    worker: str = ""
    """The command that starts the worker; empty for the one that comes with the course."""
    device: str = "auto"
    still: bool = False
    """Nothing moves unasked."""
    mouse: bool = True
    confidence: bool = True
    """Before each verdict the learner is asked how sure they are."""
    problem: str = field(default="", compare=False)
    """One sentence if the file could not be read as it stood; it is not saved."""
    unknown: dict[str, Any] = field(default_factory=dict, compare=False)
    """What another version of the course has set; kept as it is."""

    def values(self) -> dict[str, Any]:
        """The settings by name."""
        return {name: getattr(self, name) for name in _DEFAULTS}


_DEFAULTS: dict[str, Any] = {
    item.name: item.default for item in fields(Settings) if item.name not in ("problem", "unknown")
}


def load(file: Path | None = None) -> Settings:
    """Read the settings. What cannot be used is left at its default, and `problem` says so."""
    file = file or paths.settings_file()
    try:
        found = json.loads(file.read_bytes())
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(
            problem=f"The settings in {shown(file)} cannot be read ({error.strerror}): the "
            "defaults are used until you make the file readable."
        )
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return Settings(
            problem=f"The settings in {shown(file)} are damaged: the defaults are used, and the "
            f"old file is kept as {_spare(file).name} when you next change a setting."
        )
    return _chosen(found, file)


def save(settings: Settings, file: Path | None = None, disk: Disk | None = None) -> None:
    """Write the settings, so that at every moment the file holds either the old or the new.

    A damaged file is kept beside it.

    Raises:
        OSError: if they cannot be written; the old ones are then still there.
    """
    file = file or paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(settings.unknown | settings.values(), indent=2) + "\n"
    new = file.with_name(f"{file.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
    try:
        _write(disk or Disk(), new, text.encode())
        _keep_damaged(file)
        os.replace(new, file)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    settings.problem = ""


def _write(disk: Disk, path: Path, data: bytes) -> None:
    fd = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        if disk.write(fd, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        disk.fsync(fd)
    finally:
        disk.close(fd)


def _chosen(found: dict[str, Any], file: Path) -> Settings:
    settings = Settings(unknown={k: v for k, v in found.items() if k not in _DEFAULTS})
    odd = []
    for name, default in _DEFAULTS.items():
        value = found.get(name, default)
        if type(value) is not type(default) or value not in CHOICES.get(name, (value,)):
            odd.append(name)
        else:
            setattr(settings, name, value)
    if odd:
        names = ", ".join(odd)
        settings.problem = (
            f"The settings in {shown(file)} hold a value that cannot be used for {names}: the "
            "default is used instead."
        )
    return settings


def _keep_damaged(file: Path) -> None:
    try:
        damaged = not isinstance(json.loads(file.read_bytes()), dict)
    except OSError:
        return
    except (ValueError, RecursionError):
        damaged = True
    if damaged:
        os.replace(file, _spare(file))


def _spare(file: Path) -> Path:
    return file.with_name(f"{file.stem}.damaged{file.suffix}")
