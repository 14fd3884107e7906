"""What the worker says is gathered: progress at most twenty times a second, the rest at once."""

from __future__ import annotations

import io

import pytest

from models import framing, protocol
from models.outbox import Outbox, Unread
from models.protocol import Advanced, Moment, Pause, Report, Started


class Stream(io.BytesIO):
    """A stream that counts how often it was written to."""

    writes = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.writes += 1
        return super().write(data)

    def said(self) -> list[protocol.Reply]:
        """Every message on it."""
        reading, messages = io.BytesIO(self.getvalue()), []
        while (body := framing.read_frame(reading)) is not None:
            messages.append(framing.parse_reply(body))
        return messages


class Clock:
    """A clock that is set by hand, in seconds."""

    time = 100.0

    def __call__(self) -> float:
        return self.time


def report(step: int) -> Report:
    return Report("mouse", "train", step, 1000, step / 1000, {"loss": 1.0})


def test_a_second_of_training_is_at_most_twenty_messages_and_loses_nothing() -> None:
    stream, clock = Stream(), Clock()
    outbox = Outbox(stream, clock, lambda: 0.0)
    for step in range(1000):
        outbox.note(report(step))
        outbox.send_due("r", step * 0.001)
        clock.time += 0.001
    outbox.send_gathered("r")
    messages = stream.said()
    assert stream.writes == len(messages) <= 21
    assert [r.step for m in messages for r in m.reports] == list(range(1000))


def test_telling_never_takes_more_than_its_share() -> None:
    """A machine so busy that only a tenth of the time is trained, and telling is dear."""

    class Dear(Stream):
        spent = 0.0

        def write(self, data: bytes) -> int:
            self.spent += 0.000_05
            return super().write(data)

    stream, clock = Dear(), Clock()
    outbox = Outbox(stream, clock, lambda: stream.spent)
    for step in range(10_000):
        outbox.note(report(step))
        outbox.send_due("r", step * 0.0001)
        clock.time += 0.001
    assert stream.spent <= 0.005 * (1.0 + stream.spent)
    assert len(stream.said()) > 10 / 0.25  # and yet something moves on the screen


def test_progress_is_told_now_and_then_whatever_that_costs() -> None:
    stream, clock = Stream(), Clock()
    outbox = Outbox(stream, clock, lambda: stream.writes * 1.0)
    for step in range(1000):
        outbox.note(report(step))
        outbox.send_due("r", 0.0)
        clock.time += 0.001
    assert stream.writes == 4


def test_the_first_report_does_not_wait() -> None:
    stream = Stream()
    outbox = Outbox(stream, Clock())
    outbox.note(report(0))
    outbox.send_due("r", 0.0)
    assert stream.said() == [Advanced("r", [report(0)])]


def test_looks_go_out_with_the_reports_in_one_write() -> None:
    stream = Stream()
    outbox = Outbox(stream, Clock())
    looks = [Moment("r", "mouse", step, "path", {"cells": [step]}) for step in range(3)]
    outbox.note(report(0))
    for look in looks:
        outbox.show(look)
    outbox.send_due("r", 0.0)
    assert stream.said() == [Advanced("r", [report(0)]), *looks]
    assert stream.writes == 1


def test_what_is_forgotten_is_never_said() -> None:
    stream = Stream()
    outbox = Outbox(stream, Clock())
    outbox.note(report(0))
    outbox.show(Moment("r", "mouse", 0, "path", {}))
    outbox.forget()
    outbox.send_gathered("r")
    outbox.send(Started("r2", "CPU", 0))
    assert stream.said() == [Started("r2", "CPU", 0)]


def test_what_cannot_travel_is_not_tried_twice() -> None:
    stream = Stream()
    outbox = Outbox(stream, Clock())
    outbox.note(Report("mouse", "train", 0, 1, 0.0, {"loss": object()}))  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        outbox.send_gathered("r")
    outbox.send_gathered("r")
    assert stream.said() == []


def test_a_reader_that_is_gone_has_a_name() -> None:
    class Broken(io.BytesIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            raise BrokenPipeError

    with pytest.raises(Unread):
        Outbox(Broken()).send(Started("r", "CPU", 0))


def test_requests_are_no_replies() -> None:
    with pytest.raises(framing.FrameError):
        framing.parse_reply(framing.frame(Pause("r"))[4:])
