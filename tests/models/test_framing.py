"""The frames: what goes in comes out, and what is no frame is refused before it costs anything."""

from __future__ import annotations

import io

import msgspec
import numpy as np
import pytest

from models import framing
from models.arrays import Array
from models.framing import FRAME_LIMIT, FrameError
from models.protocol import PROTOCOL, Advanced, Moment, Pause, ProbeResult, Ready, Report, Started


def test_frames_follow_each_other_until_the_stream_ends() -> None:
    stream = io.BytesIO(framing.frame(Pause("a")) + framing.frame(Pause("b")))
    bodies = [framing.read_frame(stream) for _ in range(3)]
    assert [b and framing.parse_request(b).run for b in bodies] == ["a", "b", None]


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 10])
def test_a_frame_that_is_cut_short_is_an_error(cut: int) -> None:
    with pytest.raises(FrameError, match="ended inside a frame"):
        framing.read_frame(io.BytesIO(framing.frame(Pause("a"))[:cut]))


class Counted(io.BytesIO):
    """A stream that knows the most that was ever asked of it."""

    most = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        self.most = max(self.most, size)
        return super().read(size)


def test_an_oversized_frame_is_refused_before_it_is_read() -> None:
    stream = Counted((FRAME_LIMIT + 1).to_bytes(4, "big"))
    with pytest.raises(FrameError, match="67,108,865 bytes was announced; the limit is 67,108,864"):
        framing.read_frame(stream)
    assert stream.most == 4
    assert framing.frame_length(FRAME_LIMIT.to_bytes(4, "big")) == FRAME_LIMIT


def test_an_oversized_message_is_not_sent() -> None:
    with pytest.raises(FrameError, match="over the limit"):
        framing.frame(ProbeResult("r", 1, {"a": Array("uint8", (1,), bytes(FRAME_LIMIT))}))


@pytest.mark.parametrize("body", [b"", b"hello", b"\x80", b"\x81\xa4type\xa5Pause"])
def test_what_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(FrameError):
        framing.parse_request(body)
    with pytest.raises(FrameError):
        framing.parse_reply(body)


def test_a_reply_is_no_request() -> None:
    body = framing.frame(Started("r", "CPU", 0))[4:]
    with pytest.raises(FrameError, match="not a request"):
        framing.parse_request(body)


def test_the_version_is_known_whatever_else_a_later_version_says() -> None:
    later = {"type": "Ready", "protocol": 9, "devices": ["a", {"b": 1}]}
    assert framing.spoken_by(msgspec.msgpack.encode(later)) == 9
    assert (
        framing.spoken_by(framing.frame(Ready(PROTOCOL, "CPU, 1 thread", 1, "3.11", ""))[4:])
        == PROTOCOL
    )


@pytest.mark.parametrize(
    "message",
    [{"type": "Hello", "protocol": 1}, {"type": "Ready"}, {"type": "Ready", "protocol": "1"}, [1]],
)
def test_what_names_no_version_has_none(message: object) -> None:
    assert framing.spoken_by(msgspec.msgpack.encode(message)) is None
    assert framing.spoken_by(b"\xc1") is None


def test_numbers_of_numpy_travel_as_numbers() -> None:
    report = Report("m", "train", np.int64(3), 9, 0.5, {"a": np.float32(0.5), "b": np.float64(2)})
    moment = Moment("r", "m", 3, "path", {"cells": np.arange(3), "found": np.bool_(True)})
    advanced = framing.parse_reply(framing.frame(Advanced("r", [report]))[4:])
    assert advanced.reports == [Report("m", "train", 3, 9, 0.5, {"a": 0.5, "b": 2.0})]
    assert framing.parse_reply(framing.frame(moment)[4:]).data == {
        "cells": [0, 1, 2],
        "found": True,
    }
