from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
def test_killed_a_hundred_times_no_acknowledged_answer_is_lost(folder, start):
    script = Path(__file__).with_name("answer_until_killed.py")
    command = [sys.executable, "-I", "-S", str(script), str(folder), "100", "4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    killed = [line.split() for line in done.stdout.splitlines()]
    assert len(killed) == 100
    journal = start()
    answers = journal.record.histories["q"]
    kept = {(event["session"], event["n"]) for event in answers}
    for session, acknowledged in killed:
        # Each answer follows a page turn, so the answers have the even numbers.
        missing = [n for n in range(2, int(acknowledged) + 1, 2) if (session, n) not in kept]
        assert not missing, (session, acknowledged)
    assert journal.skipped <= 100
