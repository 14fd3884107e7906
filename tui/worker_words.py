"""Why there is no worker, in plain words that end with what to do."""

from __future__ import annotations

import shlex
import signal
from collections.abc import Sequence

GOES_ON = "The next run starts another one."


def could_not_start(command: Sequence[str], error: Exception) -> str:
    """The command that starts the worker could not be run at all."""
    name = command[0]
    if isinstance(error, FileNotFoundError):
        why = f"there is no command {name!r} here"
    elif isinstance(error, PermissionError):
        why = f"{name!r} may not be run"
    else:
        why = f"{name!r} does not run: {getattr(error, 'strerror', None) or error}"
    return f"The worker cannot be started: {why}. {_look_at(command)}"


def mute(command: Sequence[str], seconds: float, heard: bytes) -> str:
    """Nothing of the protocol came in time."""
    return f"The worker has not spoken in {_time(seconds)}{_instead(heard)}. {_look_at(command)}"


def stranger(command: Sequence[str], heard: bytes) -> str:
    """Something else than a worker answers."""
    return f"What answers is no worker{_instead(heard)}. {_look_at(command)}"


def still_getting_ready(seconds: float) -> str:
    """It greeted, but did not say that it is ready."""
    return (
        f"The worker began but was not ready after {_time(seconds)}: "
        f"torch takes that long to load, or its machine is very busy. {GOES_ON}"
    )


def other_version(theirs: int, ours: int, elsewhere: bool) -> str:
    """The two ends speak different versions of the protocol."""
    what = f"The worker speaks version {theirs} of the protocol, the course version {ours}"
    if not elsewhere:
        return f"{what}: grok-tui was updated while it was open. Quit it and start it again."
    where = "here" if theirs > ours else "where the worker runs"
    return f"{what}. Update grok-tui {where}, then start it again."


def not_the_protocol(error: Exception) -> str:
    """A frame came that cannot be one."""
    return f"The worker sent what cannot be understood ({error}) and was ended. {GOES_ON}"


def fell_silent() -> str:
    """It closed its end but did not go."""
    return f"The worker closed its end of the line and was ended. {GOES_ON}"


def deaf(seconds: float, how: signal.Signals) -> str:
    """It did not answer a request to stop, and was ended with the signal `how`."""
    verb = "killed" if how is signal.SIGKILL else "ended"
    return (
        f"The worker did not stop within {_time(seconds)} and was {verb} ({how.name}). "
        f"What this run had learned is lost. {GOES_ON}"
    )


def ended(status: int, last_line: str) -> str:
    """It is gone, with exit status `status` (negative: the signal that ended it)."""
    if status == 0:
        return f"The worker left, because it had nothing to do for ten minutes. {GOES_ON}"
    number = -status if status < 0 else status - 128
    said = f' Its last words: "{last_line}".' if last_line else ""
    if status < 0 or 128 < status < 255:
        return f"{_by_signal(number, certain=status < 0)}{said} {GOES_ON}"
    return f"The worker broke off with exit status {status}.{said} {GOES_ON}"


def never_began(command: Sequence[str], status: int, last_line: str, heard: bytes) -> str:
    """It ended before it had said that it is a worker."""
    said = f': "{last_line}"' if last_line else _instead(heard)
    if status < 0 or 128 < status < 255:
        return ended(status, last_line)
    return f"The worker did not begin (exit status {status}){said}. {_look_at(command)}"


def _time(seconds: float) -> str:
    """A span of time as it is said."""
    if seconds >= 120:
        return f"{seconds / 60:g} minutes"
    return "1 second" if seconds == 1 else f"{seconds:g} seconds"


def _by_signal(number: int, certain: bool) -> str:
    """What a signal that ended the worker probably means."""
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    named = name if certain else f"exit status {128 + number}, which stands for {name}"
    if name == "SIGKILL":
        return (
            f"The worker was killed ({named}). If nobody did that, its machine ran out of memory: "
            "choose smaller settings."
        )
    if name in ("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT"):
        return f"The worker crashed ({named})."
    return f"The worker was ended from outside ({named})."


def _instead(heard: bytes) -> str:
    """The beginning of what was heard in place of a greeting."""
    text = " ".join(heard[:400].decode(errors="replace").split())
    text = "".join(sign if sign.isprintable() else "?" for sign in text)
    return f', only "{text[:80]}"' if text else ""


def _look_at(command: Sequence[str]) -> str:
    """Which command to look at."""
    return f"It was started with: {shlex.join(command)}"
