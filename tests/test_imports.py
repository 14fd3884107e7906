"""What a fresh interpreter loads, and what the wheel holds.

The import contracts cannot tell an import at the top of a module from one inside a function;
these tests run the real thing and look at what is there afterwards.
"""

from __future__ import annotations

import importlib.util
import resource
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("course", "models", "progress", "tui")
HEAVY = ("torch", "textual", "numpy", "plotext", "rich")
COMMANDS = ("lessons", "read", "lab", "study", "runs", "progress", "doctor", "author", "worker")


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded_by(modules: list[str]) -> set[str]:
    """The top-level packages in memory once `modules` are imported."""
    lines = "\n".join(f"import {name}" for name in modules)
    found = python(f"{lines}\nimport sys\nprint(*{{m.partition('.')[0] for m in sys.modules}})")
    return set(found.split())


def modules_of(package: str) -> list[str]:
    """Every module of a package, by its dotted name."""
    files = (ROOT / package.replace(".", "/")).rglob("*.py")
    names = (str(file.relative_to(ROOT).with_suffix("")).replace("/", ".") for file in files)
    return sorted(name.removesuffix(".__init__") for name in names)


@pytest.mark.parametrize("package", ["course", "progress"])
def test_plain_packages_load_nothing_heavy(package: str) -> None:
    modules = modules_of(package)
    assert len(modules) > 5
    assert loaded_by(modules).isdisjoint(HEAVY)


def test_what_both_ends_share_loads_no_arrays() -> None:
    modules = ["models.framing", *modules_of("models.specs"), *modules_of("models.mazes")]
    modules += modules_of("models.lookup")
    assert loaded_by(modules).isdisjoint({"torch", "numpy", "textual"})


@pytest.mark.skipif(importlib.util.find_spec("tui.app") is None, reason="there is no app yet")
def test_the_app_loads_nothing_that_its_first_screen_does_without() -> None:
    loaded = loaded_by(["tui.app"])
    assert loaded.isdisjoint({"torch", "numpy", "plotext"})
    assert loaded.isdisjoint({"markdown_it", "pygments", "tomllib", "zipfile"}), "later will do"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_loads_neither_torch_nor_textual(command: str) -> None:
    words = [*command.split(), "--help"]
    found = python(
        f"import sys\nfrom tui.__main__ import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit as left:\n    assert left.code == 0\n"
        f"print('LOADED', *{{m.partition('.')[0] for m in sys.modules}})"
    )
    shown, _, loaded = found.partition("LOADED ")
    assert shown.startswith(f"usage: grok-tui{' ' + command if command else ''}")
    assert set(loaded.split()).isdisjoint({"torch", "textual", "numpy"})


@pytest.mark.parametrize("words", [["--version"], *([c, "--help"] for c in ("", *COMMANDS))])
def test_help_is_there_at_once(words: list[str]) -> None:
    def cpu_seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "tui", *filter(None, words)]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    # CPU time and not the clock, which also counts whatever else the machine is doing.
    assert min(cpu_seconds() for _ in range(3)) < 0.3


def test_every_package_is_listed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {
        str(init.parent.relative_to(ROOT)).replace("/", ".")
        for name in OURS
        for init in (ROOT / name).rglob("__init__.py")
    }
    assert set(listed) == found


def test_the_wheel_holds_the_course_and_no_tests(tmp_path: Path) -> None:
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in (*OURS, "tests", "benchmarks"):
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = f"import setuptools.build_meta as b; b.build_wheel({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {
        str(file.relative_to(ROOT))
        for name in OURS
        for file in (ROOT / name).rglob("*.*")
        if file.suffix in {".md", ".toml", ".lock", ".tcss"}
    }
    assert {"course/course.toml", "course/lessons/01-mouse.md"} < data
    assert data <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(OURS)
