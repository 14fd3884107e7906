"""Make the virtual environment that `make` works in, and choose the torch that it will use.

Run by the Makefile with the Python that was found: `python .ci/environment.py .venv`.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

OLDEST_TORCH = (2, 4)
HAS_TORCH = "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"


def main(folder: Path) -> int:
    """Make `folder` an environment and write the constraints for pip into it."""
    kept = (folder / "bin" / "python").exists()
    own = kept and not (folder / ".installed").exists() and _sees_torch(folder)
    torch = "" if own else _torch_here()
    if not kept:
        print(f"Making {folder} with Python {sys.version.split()[0]}.", flush=True)
    if not kept and not _make(folder, system_packages=bool(torch)):
        return 1
    if torch and not _sees_torch(folder):
        # This Python lives in a virtual environment itself, which the new one does not inherit.
        (_packages(folder) / "torch_found_elsewhere.pth").write_text(torch + "\n")
    if own or torch:
        print(f"Using the torch that is already there{f' ({torch})' if torch else ''}.", flush=True)
    elif not _sees_torch(folder):
        print(
            "Torch is not here yet and comes with the rest: about 200 MB for the CPU build, more\n"
            "where pip prefers a CUDA build (README, 'CPU or CUDA', tells how to choose).",
            flush=True,
        )
    asked = Path("constraints.txt").read_text().splitlines()
    free = [line for line in asked if not (own or torch) or not line.startswith("torch")]
    (folder / "constraints.txt").write_text("\n".join(free) + "\n")
    return 0


def _torch_here() -> str:
    """The folder of a torch that is new enough in this very Python; empty if there is none."""
    try:
        found = distribution("torch")
    except PackageNotFoundError:
        return ""
    version = tuple(int(part) for part in found.version.split(".")[:2])
    return str(found.locate_file("")) if version >= OLDEST_TORCH else ""


def _make(folder: Path, system_packages: bool) -> bool:
    """Create the environment; whether that worked. Says what to do if it did not."""
    command = [sys.executable, "-m", "venv", str(folder)]
    if system_packages:
        command.append("--system-site-packages")
    if subprocess.run(command).returncode == 0:
        return True
    print(
        f"Python {sys.version.split()[0]} could not make a virtual environment in {folder}. On "
        "Debian and Ubuntu install python3-venv, then run make again.",
        file=sys.stderr,
    )
    return False


def _sees_torch(folder: Path) -> bool:
    """Whether the Python of the environment finds a torch."""
    return subprocess.run([str(folder / "bin" / "python"), "-c", HAS_TORCH]).returncode == 0


def _packages(folder: Path) -> Path:
    """Where the environment keeps its packages."""
    scheme = {"base": str(folder.resolve()), "platbase": str(folder.resolve())}
    return Path(sysconfig.get_path("purelib", "venv", scheme))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
