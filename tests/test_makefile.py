"""What the two commands would do, without doing it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What of a fresh clone the Makefile looks at."""
    for name in ("Makefile", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    return tmp_path


@pytest.fixture
def environment() -> ModuleType:
    """The script that makes the environment, as a module."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / ".ci" / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def planned(clone: Path, *targets: str) -> str:
    """The commands that make would run. Another make may have started these tests."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "-n", *targets], cwd=clone, env=own, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_first_run_installs_and_the_second_only_starts(clone: Path) -> None:
    first = planned(clone, "run")
    assert ".ci/environment.py .venv" in first
    assert "pip install --disable-pip-version-check -e ." in first
    assert "-m pytest" not in first
    venv = clone / ".venv"
    venv.mkdir()
    for name in ("constraints.txt", ".installed"):
        (venv / name).touch()
    second = planned(clone, "run")
    assert second.split() == [".venv/bin/grok-tui"]


def test_a_changed_requirement_is_installed(clone: Path) -> None:
    venv = clone / ".venv"
    venv.mkdir()
    for name in ("constraints.txt", ".installed", ".dev-installed"):
        (venv / name).touch()
    assert "install" not in planned(clone, "test")
    late = (venv / ".installed").stat().st_mtime + 10
    os.utime(clone / "pyproject.toml", (late, late))
    assert "-e '.[dev]'" in planned(clone, "test")


def test_ci_checks_and_tests(clone: Path) -> None:
    plan = planned(clone, "check", "test")
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"):
        assert tool in plan
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_an_old_python_is_explained(clone: Path) -> None:
    names = ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python")
    for name in names:
        (clone / name).write_text("#!/bin/sh\nexit 1\n")
        (clone / name).chmod(0o755)
    for tool in ("sh", "dash", "bash", "make"):
        if found := shutil.which(tool):
            (clone / tool).symlink_to(found)
    done = subprocess.run(
        [clone / "make", "run"],
        cwd=clone,
        env={"PATH": str(clone)},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr


def fake_python(venv: Path, torch: bool) -> None:
    """An environment whose Python has, or has no, torch."""
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").write_text(f"#!/bin/sh\nexit {int(not torch)}\n")
    (venv / "bin" / "python").chmod(0o755)


@pytest.mark.parametrize(
    ("here", "inside", "installed", "pinned"),
    [
        ("", False, False, True),
        ("/opt/site", True, False, False),
        ("", True, False, False),
        ("", True, True, True),
    ],
    ids=["no torch", "torch of this Python", "torch put into .venv", "torch that we installed"],
)
def test_torch_is_pinned_only_where_it_is_ours_to_choose(
    clone: Path,
    environment: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    here: str,
    inside: bool,
    installed: bool,
    pinned: bool,
) -> None:
    monkeypatch.chdir(clone)
    monkeypatch.setattr(environment, "_torch_here", lambda: here)
    fake_python(clone / ".venv", torch=inside)
    if installed:
        (clone / ".venv" / ".installed").touch()
    assert environment.main(Path(".venv")) == 0
    asked = (clone / ".venv" / "constraints.txt").read_text()
    assert ("torch==" in asked) == pinned
    assert "textual" in asked
    said = capsys.readouterr().out
    assert ("about 200 MB" in said) == (pinned and not inside)


def test_a_torch_of_another_environment_is_named(
    clone: Path, environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--system-site-packages` does not reach into the environment that make was called in."""
    monkeypatch.chdir(clone)
    monkeypatch.setattr(environment, "_torch_here", lambda: "/somewhere/site-packages")
    fake_python(clone / ".venv", torch=False)
    packages = environment._packages(Path(".venv"))
    assert packages.is_relative_to(clone.resolve())
    packages.mkdir(parents=True)
    assert environment.main(Path(".venv")) == 0
    (named,) = packages.glob("*.pth")
    assert named.read_text() == "/somewhere/site-packages\n"
    assert "torch==" not in (clone / ".venv" / "constraints.txt").read_text()


def test_this_python_tells_its_torch(environment: ModuleType) -> None:
    found = environment._torch_here()
    has = subprocess.run([sys.executable, "-c", environment.HAS_TORCH]).returncode == 0
    assert bool(found) == has
    if found:
        assert (Path(found) / "torch" / "__init__.py").exists()
