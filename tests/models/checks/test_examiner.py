"""The process that checks: it stops what does not stop, and says what it stopped.

Every stand-in is harmless and small; should a limit not hold, it ends by itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

START = """
import sys
from models.checks import examiner, guard
examiner.WALL, guard.CPU = 5.0, 30
sys.exit(examiner.main())
"""


class Line:
    """A process that checks, and the line to it."""

    def __init__(self, folder: Path, start: str = START) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", start, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def ask(self, code: str) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        request = {"id": 1, "exercise": "softmax", "code": code}
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())["examined"]
        return found


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    folder = tmp_path_factory.mktemp("exercises")
    found = Line(folder)
    yield found
    assert found.process.stdin
    found.process.stdin.close()
    assert found.process.wait(10) == 0
    assert not list(folder.iterdir()), "every check takes its folder away"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import time\nend = time.monotonic() + 9\nwhile time.monotonic() < end: pass", "Does a"),
        ("import time\ntime.sleep(9)", "still running after"),
        ("import os\nos._exit(3)", "exit status 3"),
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
        ("block = bytearray(700 * 2**20)", "more memory"),
        ("for _ in range(2000): print('x' * 1000)", "wrote more"),
        ("open('own.txt', 'w').write('x' * 2**20)", "wrote more"),
        ("import os\nos.fork()", "another process"),
        ("import subprocess\nsubprocess.run(['true'])", "another process"),
        ("import os\nos.system('true')", "another process"),
        ("import os\nos.kill(os.getppid(), 0)", "end other processes"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "the network"),
    ],
)
def test_what_would_not_end_well_is_stopped_and_told(line: Line, code: str, told: str) -> None:
    found = line.ask(code)
    assert found["kind"] == "stopped"
    assert told in found["told"]


@pytest.mark.parametrize(
    "act",
    ["open({path!r}, 'w')", "import os\nos.mkdir({path!r})", "import os\nos.remove({path!r})"],
)
def test_nothing_is_written_outside_of_its_own_folder(line: Line, tmp_path: Path, act: str) -> None:
    path = tmp_path / "a file"
    if "remove" in act:
        path.write_text("mine")
    before = path.exists()
    found = line.ask(act.format(path=str(path)))
    assert found["kind"] == "stopped"
    assert "own folder" in found["told"]
    assert path.exists() is before


def test_its_own_folder_is_open_to_it_and_is_empty_each_time(line: Line) -> None:
    write = "import os\nassert not os.listdir()\nopen('own.txt', 'w').write('x')\n"
    for _ in range(2):
        # The code runs once for each case, in the same folder: only the first finds it empty.
        found = line.ask(write.replace("assert not", "assert len(os.listdir()) < 2 or")
                         + "return by_ratio(scores)")  # fmt: skip
        assert (found["kind"], found["wrong"]) == ("known", "ratio")


def test_many_open_files_are_an_error_of_its_own(line: Line) -> None:
    found = line.ask("import os\nf = [open(os.devnull) for _ in range(500)]")
    assert found["kind"] == "error"
    assert "Too many open files" in found["told"]


def test_what_it_prints_and_reads_disturbs_nobody(line: Line) -> None:
    found = line.ask("print('{}')\nimport sys\nsys.stdin.read()\nreturn by_ratio(scores)")
    assert found["kind"] == "known"


def test_one_check_leaves_nothing_to_the_next(line: Line) -> None:
    line.ask("import builtins\nbuiltins.max = min\nreturn scores")
    line.ask("import math\nmath.fsum = None\nreturn scores")
    right = "top = max(scores)\nreturn by_ratio([exp((s - top) / temperature) for s in scores])"
    assert line.ask(right)["kind"] == "right"


def test_it_leaves_at_once_when_nobody_asks_any_more(tmp_path: Path) -> None:
    found = Line(tmp_path)
    assert found.process.stdin and found.process.stdout
    request = {"id": 1, "exercise": "softmax", "code": "import time\ntime.sleep(1.9)"}
    found.process.stdin.write(json.dumps(request).encode() + b"\n")
    found.process.stdin.close()
    assert found.process.wait(10) == 0
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="as other systems than Linux start a check")
def test_without_forking_it_is_the_same(tmp_path: Path) -> None:
    script = f"""
import json, pathlib
from models.checks import examiner
examiner.FORKS = False
for code in ("return by_ratio(scores)", "import os; os.system('true')"):
    found = examiner.check({{"exercise": "softmax", "code": code}}, pathlib.Path({str(tmp_path)!r}))
    print(json.dumps([found.kind, found.wrong]))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found == [["known", "ratio"], ["stopped", ""]]


def test_two_requests_that_come_at_once_are_both_answered(tmp_path: Path) -> None:
    found = Line(tmp_path)
    assert found.process.stdin and found.process.stdout
    asked = [{"id": n, "exercise": "softmax", "code": "return scores"} for n in (1, 2)]
    found.process.stdin.write("".join(json.dumps(one) + "\n" for one in asked).encode())
    found.process.stdin.flush()
    assert [json.loads(found.process.stdout.readline())["id"] for _ in asked] == [1, 2]
    found.process.stdin.close()
    assert found.process.wait(10) == 0


def test_torch_is_imported_once_and_before_it_is_asked_for(tmp_path: Path) -> None:
    found = Line(tmp_path)
    assert found.process.stdin and found.process.stdout
    right = "return x.unflatten(-1, (heads, -1)).transpose(1, 2)"
    asked = [{"warm": True}] + [{"id": n, "exercise": "heads", "code": right} for n in (1, 2)]
    found.process.stdin.write("".join(json.dumps(one) + "\n" for one in asked).encode())
    found.process.stdin.flush()
    for _ in range(2):
        assert json.loads(found.process.stdout.readline())["examined"]["kind"] == "right"
    found.process.stdin.close()
    assert found.process.wait(10) == 0


def test_who_computes_for_too_long_is_told_that(tmp_path: Path) -> None:
    found = Line(tmp_path, START.replace("5.0, 30", "60.0, 1"))
    assert found.process.stdin
    told = found.ask("import time\nend = time.monotonic() + 40\nwhile time.monotonic() < end: pass")
    assert told["kind"] == "stopped"
    assert "It computed for" in told["told"]
    found.process.stdin.close()
    assert found.process.wait(10) == 0
