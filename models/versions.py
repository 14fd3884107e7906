"""The versions of what the numbers of a run may depend on."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def _found() -> tuple[tuple[str, str], ...]:
    found = [("python", platform.python_version())]
    for package in ("grok-tui", "numpy", "torch"):
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            found.append((package, ""))
    return tuple(found)


def versions() -> dict[str, str]:
    """Python and packages; empty for what is not installed."""
    return dict(_found())
