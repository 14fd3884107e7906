"""What works on this machine, what does not, and what to do about it.

Each check looks at one thing and returns a `Finding`; a check that is given what it looks at can
be tried without that machine.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from progress import paths, settings
from progress.journal import Journal
from progress.trouble import sentence, shown

GOOD, LOOK, BAD = "works", "look", "fails"
"""What a check can come to: fine; usable but worth a look; something will not work."""

LEAST = (60, 20)
ROOMY = (80, 24)
SPACE = 64 * 1024 * 1024
"""Bytes of free disk below which it is time to say so."""
SLOW_DISK = 0.5
"""Seconds for one saved answer from which on saving is felt."""
PACKAGES = ("grok-tui", "textual", "rich", "plotext", "msgspec", "numpy", "torch")
TERMINALS = {
    "screen": "GNU screen names itself: colours are few; TERM=screen-256color has more",
    "linux": "the bare console: its fonts have no braille, so curves are drawn with blocks",
    "vt100": "no colours are announced; TERM=xterm-256color if the terminal has them",
}


@dataclass(frozen=True)
class Finding:
    """What one check found. `advice` is what to do, empty where nothing is to be done."""

    name: str
    state: str
    says: str
    advice: str = ""


def examine(worker: str) -> Iterator[Finding]:
    """Every check in turn, the quick ones first; `worker` is the command that starts one."""
    environ = os.environ
    yield terminal(environ, sys.stdin.isatty() and sys.stdout.isatty())
    yield size(shutil.get_terminal_size((80, 24)))
    yield colours(environ)
    yield encoding(sys.stdout.encoding or "", environ)
    yield home(paths.data_home())
    yield space(paths.data_home())
    yield journals(paths.journals())
    yield chosen()
    yield versions()
    yield exercises()
    from tui.doctor_worker import meet

    yield from meet(worker)


def terminal(environ: Mapping[str, str], is_terminal: bool) -> Finding:
    """Whether there is one to draw on, and which."""
    term = environ.get("TERM", "")
    if not is_terminal:
        return Finding("terminal", LOOK, "no terminal here", "run this where the course will run")
    if term == "dumb":
        return Finding("terminal", BAD, "TERM=dumb", "set TERM to what the terminal really is")
    inside = [
        name for key, name in (("TMUX", "tmux"), ("STY", "GNU screen"), ("SSH_TTY", "SSH"))
        if environ.get(key)
    ]  # fmt: skip
    program = environ.get("TERM_PROGRAM", "")
    says = ", ".join(part for part in (term or "unnamed", program, *inside) if part)
    return Finding("terminal", GOOD, says, TERMINALS.get(term, ""))


def size(now: os.terminal_size) -> Finding:
    """Whether the window is large enough."""
    says = f"{now.columns} columns, {now.lines} rows"
    if now.columns < LEAST[0] or now.lines < LEAST[1]:
        return Finding("size", BAD, says, "make the window at least 80 by 24, or the font smaller")
    if now.columns < ROOMY[0] or now.lines < ROOMY[1]:
        return Finding("size", LOOK, says, "from 80 by 24 on every picture is whole")
    return Finding("size", GOOD, says)


def colours(environ: Mapping[str, str]) -> Finding:
    """How many colours there will be, and the ink that follows."""
    from tui.drawing.ink import Ink

    ink = Ink.choose(environ=environ)
    drawn = f"drawn in {ink.kind}, curves in {ink.markers}"
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR"):
        return Finding("colours", GOOD, f"none, because NO_COLOR is set; {drawn}")
    if environ.get("COLORTERM") in ("truecolor", "24bit"):
        return Finding("colours", GOOD, f"16 million; {drawn}")
    if "256" in term:
        return Finding("colours", GOOD, f"256; {drawn}")
    advice = "if the terminal has more, set COLORTERM=truecolor or TERM=xterm-256color"
    return Finding("colours", LOOK, f"16; {drawn}", advice)


def encoding(name: str, environ: Mapping[str, str]) -> Finding:
    """Whether more than ASCII can be printed."""
    said = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "not set"
    says = f"{name.upper() or 'unknown'}, locale {said}"
    if name.lower().replace("-", "") != "utf8":
        return Finding("encoding", LOOK, says, "choose a UTF-8 locale, or start with --ink ascii")
    if locale.getlocale()[0] in ("ja_JP", "ko_KR", "zh_CN", "zh_TW"):
        advice = "if lines of the card below are of unequal length, start with --ink ascii"
        return Finding("encoding", LOOK, says, advice)
    return Finding("encoding", GOOD, says)


def home(folder: Path) -> Finding:
    """Whether progress can be kept: a file is written there, synced and removed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as file:
            file.write(b"x" * 300)
            file.flush()
            os.fsync(file.fileno())
        took = time.perf_counter() - began
    except OSError as error:
        return Finding("home", BAD, shown(folder), sentence(error, folder))
    says = f"{shown(folder)}, saving takes {took * 1000:.0f} ms"
    if took > SLOW_DISK:
        return Finding("home", LOOK, says, "a faster place: set GROK_TUI_HOME to a local folder")
    return Finding("home", GOOD, says)


def space(folder: Path) -> Finding:
    """Whether there is room on the disk."""
    place = next((p for p in (folder, *folder.parents) if p.exists()), Path("/"))
    free = shutil.disk_usage(place).free
    says = f"{free / 1e9:.1f} GB free" if free > 1e9 else f"{free / 1e6:.0f} MB free"
    if free < SPACE:
        return Finding("disk", BAD, says, "free some space, or answers cannot be saved")
    return Finding("disk", GOOD, says)


def journals(folder: Path) -> Finding:
    """Whether everything that was ever saved can be read."""
    journal = Journal(folder)
    journal.refresh()
    count = len(list(folder.glob("*.jsonl"))) if folder.is_dir() else 0
    says = "none yet" if not count else "one session" if count == 1 else f"{count} sessions"
    if journal.trouble:
        return Finding("journals", BAD, says, journal.trouble)
    if journal.newer:
        return Finding("journals", LOOK, says, journal.newer)
    if journal.skipped:
        advice = "nothing to do: they are left out, and `grok-tui progress export` keeps them"
        return Finding("journals", LOOK, f"{says}, {journal.skipped} unreadable lines", advice)
    return Finding("journals", GOOD, says)


def chosen() -> Finding:
    """Whether the settings can be read, and which differ from the usual."""
    found = settings.load()
    usual = settings.Settings().values()
    turned = [f"{name} {value}" for name, value in found.values().items() if value != usual[name]]
    says = ", ".join(turned) or "as usual"
    return Finding("settings", LOOK if found.problem else GOOD, says, found.problem)


def exercises() -> Finding:
    """How the code that a learner writes is kept from doing harm by accident."""
    from models.checks.guard import CPU, MEMORY, not_limited
    from tui.examiner import closed_room

    says = f"code is checked apart, with {CPU} s of computing and {MEMORY} MB"
    if closed_room():
        return Finding("exercises", GOOD, f"{says}, shut in by bwrap")
    if missing := not_limited():
        advice = f"not limited here: {', '.join(missing)}; on Linux, bwrap shuts them in"
        return Finding("exercises", LOOK, says, advice)
    return Finding("exercises", GOOD, says)


def versions() -> Finding:
    """What is installed."""
    found = [f"Python {platform.python_version()}", platform.platform(terse=True)]
    missing = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    advice = ""
    if missing == ["torch"]:
        advice = "labs that train need torch: `pip install torch` beside grok-tui brings it"
    elif missing and missing != ["grok-tui"]:
        advice = f"{', '.join(missing)} not found: install grok-tui again"
    return Finding("versions", LOOK if advice else GOOD, ", ".join(found), advice)
