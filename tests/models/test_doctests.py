"""Layers and networks are pages to be read: their examples run, and none is too long."""

from __future__ import annotations

import ast
import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def files(*patterns: str) -> list[str]:
    """Files by their path from the root, without the empty ones."""
    found = [file for pattern in patterns for file in (ROOT / "models").glob(pattern)]
    return sorted(f.relative_to(ROOT).as_posix() for f in found if f.name != "__init__.py")


def source(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


READ = files("layers/*.py", "networks/*.py")
ALSO_RUN = [file for file in files("*.py", "lookup/*.py") if ">>>" in source(file)]

LINES, COLUMNS, FUNCTION, CLASS = 130, 100, 30, 60


@pytest.mark.parametrize("file", READ + ALSO_RUN)
def test_the_examples_in_a_file_are_right(file: str) -> None:
    module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
    told: list[str] = []
    runner = doctest.DocTestRunner()
    for example in doctest.DocTestFinder().find(module):
        runner.run(example, out=told.append)
    assert not runner.failures, "".join(told)


@pytest.mark.parametrize("file", READ)
def test_a_layer_or_network_has_an_example(file: str) -> None:
    examples = doctest.DocTestParser().get_examples(source(file))
    assert examples, f"{file} has no example: work out one with small numbers in a docstring (>>>)"


@pytest.mark.parametrize("file", READ)
def test_a_file_is_short_enough_to_be_read(file: str) -> None:
    assert not (told := too_long(file, source(file))), "\n".join(told)


def too_long(file: str, source: str) -> list[str]:
    """What is beyond the limits, a sentence each; lines of docstrings count."""
    lines = source.splitlines()
    told = []
    if len(lines) > LINES:
        told.append(f"{file} has {len(lines)} lines: at most {LINES}")
    for number, line in enumerate(lines, start=1):
        if len(line) > COLUMNS:
            told.append(f"{file}:{number} has {len(line)} columns: at most {COLUMNS}")
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        most = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > most:
            told.append(f"{file}:{node.lineno} {node.name} has {length} lines: at most {most}")
    return told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("x = 1\n" * 131, "it.py has 131 lines: at most 130"),
        ("x = 1\n" + "x" * 101, "it.py:2 has 101 columns: at most 100"),
        ("def f():\n" + "    x = 1\n" * 30, "it.py:1 f has 31 lines: at most 30"),
        ("class A:\n" + "    x = 1\n" * 60, "it.py:1 A has 61 lines: at most 60"),
    ],
)
def test_what_is_too_long_is_named_with_its_limit(source: str, told: str) -> None:
    assert too_long("it.py", source) == [told]


def test_what_is_just_short_enough_is_let_pass() -> None:
    function = "def f():\n" + "    x = 1\n" * 29
    group = "class A:\n" + "    x = 1\n" * 59
    last = "x = 1\n" * 39 + "x" * 100 + "\n"
    assert too_long("it.py", function + group + last) == []
