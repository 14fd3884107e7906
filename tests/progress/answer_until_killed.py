"""Run by itself: processes that answer, each killed in the middle of it, several at a time.

Arguments: the folder of the journals, how many processes, how many at a time. Prints a line for
each process: its session and the number of the last event it was told is saved.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from progress.events import Answered, At
from progress.journal import Journal


def answer_on(folder: Path, out: int) -> None:
    """Answer for ever; write down each number that a receipt vouches for."""
    journal = Journal(folder).open()
    os.write(out, f"{journal.session}\n".encode())
    while True:
        journal.append(At("one", "3"))
        receipt = journal.append(Answered("q", "one", 0, 1, 2, True, 0, False))
        receipt.future.result()
        os.write(out, f"{receipt.event['n']}\n".encode())


def begin(folder: Path) -> tuple[int, int]:
    """Start one process; its id and the end of the pipe it reports on."""
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inward)
        answer_on(folder, outward)
    os.close(outward)
    return child, inward


def kill_after(child: int, inward: int, answers: int) -> bytes:
    """Let it give some answers, kill it at once, and return all that it reported."""
    reported = b""
    while reported.count(b"\n") < answers + 1:
        reported += os.read(inward, 65536)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(inward, 65536):
        reported += more
    os.close(inward)
    return reported


def main() -> None:
    """Kill as many as were asked for."""
    folder, total, together = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(5)
    for _ in range(total // together):
        for child, inward in [begin(folder) for _ in range(together)]:
            lines = kill_after(child, inward, chance.randint(1, 6)).split(b"\n")[:-1]
            print(lines[0].decode(), int(lines[-1]))


if __name__ == "__main__":
    main()
