"""Where `grok-tui` and `python -m tui` begin: look that what will be imported is ours, go on."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

OURS = ("course", "models", "progress", "tui")
HOME = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
"""The folder that holds our four packages."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status."""
    trouble = shadowed()
    if trouble:
        print(trouble, file=sys.stderr)
        return 2
    from tui.cli import run

    return run(sys.argv[1:] if arguments is None else arguments)


def shadowed() -> str:
    """What stands before one of our packages and how to get it out of the way; empty if nothing.

    Our packages have common names, so a folder called `models` in the working directory or on
    PYTHONPATH would be imported in place of ours.
    """
    for name in OURS:
        spec = find_spec(name)
        if spec is None:
            return (
                f"grok-tui is not whole: its folder {name!r} is missing; please install it again."
            )
        place = spec.origin or next(iter(spec.submodule_search_locations or ()), "")
        if os.path.realpath(place) != os.path.join(HOME, name, "__init__.py"):
            return _explain(name, place)
    return ""


def _explain(name: str, place: str) -> str:
    """A sentence on how to get `place` out of the way of our package `name`."""
    folder = os.path.dirname(place) if os.path.basename(place) == "__init__.py" else place
    home = os.path.dirname(folder)
    on_path = [os.path.realpath(p) for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]
    if os.path.realpath(home) in on_path:
        cure = "PYTHONPATH leads there: start grok-tui with PYTHONPATH unset"
    elif os.path.realpath(home) == os.path.realpath(os.getcwd()):
        cure = "it is in the folder you are in: start grok-tui from another folder"
    else:
        cure = "install grok-tui on its own, with pipx or uv tool"
    return f"Python finds another {name!r} before grok-tui's own, at {folder}; {cure}."


if __name__ == "__main__":
    sys.exit(main())
