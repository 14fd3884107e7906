"""Lines from the other end, whether they come in pieces, together, or never."""

from __future__ import annotations

import os

from models.request_lines import RequestLines


def test_lines_come_one_by_one_however_they_were_sent() -> None:
    there, here = os.pipe()
    lines = RequestLines(there)
    os.write(here, b"one\ntwo\nthr")
    assert [lines.next(5), lines.next(5)] == [b"one", b"two"]
    assert lines.next(0.01) == b""
    os.write(here, b"ee\n")
    assert lines.next(5) == b"three"
    os.close(here)
    assert lines.next(5) == b""
    os.close(there)


def test_a_look_tells_the_end_and_loses_nothing_that_came_before_it() -> None:
    there, here = os.pipe()
    lines = RequestLines(there)
    assert not lines.look()
    os.write(here, b"last\n")
    assert not lines.look()
    os.close(here)
    assert lines.look()
    assert [lines.next(5), lines.next(5)] == [b"last", b""]
    os.close(there)
