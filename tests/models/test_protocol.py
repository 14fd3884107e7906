"""The frames: what goes in comes out, and what is no frame is refused before it costs anything."""

from __future__ import annotations

import io

import msgspec
import numpy as np
import pytest

from models import protocol
from models.kept import Curve, Kept
from models.protocol import (
    FRAME_LIMIT,
    PROTOCOL,
    Advanced,
    Array,
    Delete,
    Deleted,
    Failed,
    Finished,
    FrameError,
    Listed,
    Moment,
    Open,
    Opened,
    Pause,
    Probe,
    ProbeResult,
    Ready,
    Report,
    Resume,
    Runs,
    SetKnob,
    Start,
    Started,
    StepOnce,
    Stop,
    Turned,
)

KEPT = Kept(
    id="mouse-3",
    lab="mouse",
    knobs={"hidden": 96},
    seed=1,
    device="CPU",
    began="2026-01-01T00:00:00+00:00",
    state="failed",
    metrics={"loss": 0.5, "ratio": None},
    turned=[Turned(3, "rate", 0.1)],
)
REQUESTS = [
    Start("r", "mouse", {"hidden": 96, "rate": 0.5, "mode": "fast", "memory": True}, 7, "cuda:1"),
    Pause("r"),
    Resume("r"),
    StepOnce("r"),
    SetKnob("r", "rate", 0.25),
    Stop("r"),
    Probe("r", 3, "attention", {"text": "[CLS] x[i]", "row": 2}),
    Runs(4),
    Open(5, "mouse-3"),
    Delete(6, "mouse-3"),
]
REPLIES = [
    Ready(PROTOCOL, "CPU, 1 thread", 1, "3.11.7", "2.13.0", ""),
    Started("r", "CPU, 1 thread", 7),
    Advanced("r", [Report("mouse", "train", 1, 10, 0.1, {"loss": 1.5})]),
    Moment("r", "mouse", 20, "path", {"cells": [1, 2, 3]}),
    ProbeResult("r", 3, {"row": Array("float32", (1,), b"\0\0\0\0")}, {"tokens": ["a"]}),
    Finished("r", 10, 1.5, 1.25, "CPU", {"loss": 0.5}, True, True, False, [Turned(3, "rate", 0.1)]),
    Listed(4, [KEPT], ["One more."]),
    Opened(
        5, KEPT, [Curve("mouse", "loss", [1], [0.5])], [Moment("", "mouse", 1, "walk", {})], "-"
    ),
    Deleted(6, "mouse-3", 1000),
    Failed("r", "knob", "no", False, 3),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: type(r).__name__)
def test_requests_arrive_as_they_were_sent(request_: protocol.Request) -> None:
    body = protocol.read_frame(io.BytesIO(protocol.frame(request_)))
    assert body is not None
    assert protocol.parse_request(body) == request_


@pytest.mark.parametrize("reply", REPLIES, ids=lambda r: type(r).__name__)
def test_replies_arrive_as_they_were_sent(reply: protocol.Reply) -> None:
    body = protocol.read_frame(io.BytesIO(protocol.frame(reply)))
    assert body is not None
    assert protocol.parse_reply(body) == reply


def test_every_message_is_tried_here() -> None:
    tried = {type(message) for message in (*REQUESTS, *REPLIES)}
    assert tried == set(protocol.Request.__args__) | set(protocol.Reply.__args__)


def test_frames_follow_each_other_until_the_stream_ends() -> None:
    stream = io.BytesIO(protocol.frame(Pause("a")) + protocol.frame(Pause("b")))
    bodies = [protocol.read_frame(stream) for _ in range(3)]
    assert [b and protocol.parse_request(b).run for b in bodies] == ["a", "b", None]


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 10])
def test_a_frame_that_is_cut_short_is_an_error(cut: int) -> None:
    with pytest.raises(FrameError, match="ended inside a frame"):
        protocol.read_frame(io.BytesIO(protocol.frame(Pause("a"))[:cut]))


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
        protocol.read_frame(stream)
    assert stream.most == 4
    assert protocol.frame_length(FRAME_LIMIT.to_bytes(4, "big")) == FRAME_LIMIT


def test_an_oversized_message_is_not_sent() -> None:
    with pytest.raises(FrameError, match="over the limit"):
        protocol.frame(ProbeResult("r", 1, {"a": Array("uint8", (1,), bytes(FRAME_LIMIT))}))


@pytest.mark.parametrize("body", [b"", b"hello", b"\x80", b"\x81\xa4type\xa5Pause"])
def test_what_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(FrameError):
        protocol.parse_request(body)
    with pytest.raises(FrameError):
        protocol.parse_reply(body)


def test_a_reply_is_no_request() -> None:
    body = protocol.frame(Started("r", "CPU", 0))[4:]
    with pytest.raises(FrameError, match="not a request"):
        protocol.parse_request(body)


def test_the_version_is_known_whatever_else_a_later_version_says() -> None:
    later = {"type": "Ready", "protocol": 9, "devices": ["a", {"b": 1}]}
    assert protocol.spoken_by(msgspec.msgpack.encode(later)) == 9
    assert protocol.spoken_by(protocol.frame(REPLIES[0])[4:]) == PROTOCOL


@pytest.mark.parametrize(
    "message",
    [{"type": "Hello", "protocol": 1}, {"type": "Ready"}, {"type": "Ready", "protocol": "1"}, [1]],
)
def test_what_names_no_version_has_none(message: object) -> None:
    assert protocol.spoken_by(msgspec.msgpack.encode(message)) is None
    assert protocol.spoken_by(b"\xc1") is None


@pytest.mark.parametrize(
    "dtype", ["float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"]
)
@pytest.mark.parametrize("shape", [(), (4,), (2, 3), (2, 1, 3), (0,), (2, 0, 3)])
def test_arrays_keep_their_numbers(dtype: str, shape: tuple[int, ...]) -> None:
    array = (np.arange(np.prod(shape, dtype=int)) % 2).reshape(shape).astype(dtype)
    packed = protocol.pack(array)
    assert packed.rows() == array.tolist()
    assert np.array_equal(np.frombuffer(packed.data, packed.dtype).reshape(packed.shape), array)


def test_an_array_travels_in_order_whatever_its_own() -> None:
    array = np.arange(6, dtype=">f4").reshape(2, 3).T
    assert protocol.pack(array).rows() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]


@pytest.mark.parametrize(
    "array",
    [
        Array("float32", (2,), b"1234"),
        Array("float32", (-1, -1), b"1234"),
        Array("object", (1,), b"1"),
        Array("float32", (1 << 40, 1 << 40), b""),
    ],
)
def test_arrays_that_contradict_themselves_are_refused(array: Array) -> None:
    with pytest.raises(FrameError):
        array.rows()


def test_arrays_of_other_kinds_do_not_travel() -> None:
    with pytest.raises(FrameError, match="complex64 do not travel"):
        protocol.pack(np.zeros(1, dtype=np.complex64))


def test_numbers_of_numpy_travel_as_numbers() -> None:
    report = Report("m", "train", np.int64(3), 9, 0.5, {"a": np.float32(0.5), "b": np.float64(2)})
    moment = Moment("r", "m", 3, "path", {"cells": np.arange(3), "found": np.bool_(True)})
    advanced = protocol.parse_reply(protocol.frame(Advanced("r", [report]))[4:])
    assert advanced.reports == [Report("m", "train", 3, 9, 0.5, {"a": 0.5, "b": 2.0})]
    assert protocol.parse_reply(protocol.frame(moment)[4:]).data == {
        "cells": [0, 1, 2],
        "found": True,
    }
