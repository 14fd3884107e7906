"""The messages between the interface and the worker.

Both ends speak frames: four bytes of length (big-endian), then one MessagePack message.
The worker first sends `MAGIC`. Every message about a run carries its `run`; every reply
carries the `id` of its request. What belongs to an old run is dropped by the receiver.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

PROTOCOL = 1
MAGIC = b"GROKTUI1"
BANNER_LIMIT = 64 * 1024
"""Bytes that may come before `MAGIC` (login banners) before the other end is called mute."""
FRAME_LIMIT = 64 * 1024 * 1024


class Message(msgspec.Struct, frozen=True, tag=True):
    """Whatever travels."""


class Array(msgspec.Struct, frozen=True):
    """An array as dtype, shape and bytes. `uint8` is for shades only, never for printed numbers."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


# Requests, from the interface to the worker.


class Start(Message, frozen=True):
    """Train `lab`. A run that is still going is stopped first."""

    run: str
    lab: str
    knobs: dict[str, float | int | str | bool]
    seed: int
    device: str = "auto"


class Pause(Message, frozen=True):
    """Hold the run after the present unit of work."""

    run: str


class Resume(Message, frozen=True):
    """Go on after a pause."""

    run: str


class StepOnce(Message, frozen=True):
    """One training step, then hold again."""

    run: str


class SetKnob(Message, frozen=True):
    """Change a knob that may be turned while training; kept with the step it happened at."""

    run: str
    name: str
    value: float | int | str | bool


class Stop(Message, frozen=True):
    """End the run and report what there is."""

    run: str


class Probe(Message, frozen=True):
    """Look inside the model of a run, as it is now or as it was when the run ended."""

    run: str
    id: int
    what: str
    arguments: dict[str, Any] = {}


# Replies, from the worker to the interface.


class Ready(Message, frozen=True):
    """The worker is up. `device` is in plain words; `torch` is empty where there is none."""

    protocol: int
    device: str
    threads: int
    python: str
    torch: str
    missing: str = ""
    """Why labs cannot run, and what to do; empty when they can."""


class Started(Message, frozen=True):
    """A run has begun on `device` (plain words)."""

    run: str
    device: str
    seed: int


class Report(msgspec.Struct, frozen=True):
    """How one runner of a run is doing. `fraction` is the share of the whole run that is done."""

    runner: str
    phase: str
    step: int
    steps: int
    fraction: float
    metrics: dict[str, float]


class Advanced(Message, frozen=True):
    """Reports since the last such message; at most 20 messages a second."""

    run: str
    reports: list[Report]


class Moment(Message, frozen=True):
    """Something to look at, such as the path a half-trained mouse takes through a fixed maze."""

    run: str
    runner: str
    step: int
    name: str
    data: dict[str, Any]


class ProbeResult(Message, frozen=True):
    """The answer to a `Probe`."""

    run: str
    id: int
    arrays: dict[str, Array]
    values: dict[str, Any] = {}


class Finished(Message, frozen=True):
    """The run has ended. `stopped` says that it was asked to before its end."""

    run: str
    steps: int
    seconds: float
    cpu_seconds: float
    device: str
    metrics: dict[str, float]
    reached: bool
    control_failed: bool
    stopped: bool = False


class Failed(Message, frozen=True):
    """Something went wrong; `text` says what and what to do. `kind`: knob, memory, torch, error."""

    run: str
    kind: str
    text: str


Request = Start | Pause | Resume | StepOnce | SetKnob | Stop | Probe
Reply = Ready | Started | Advanced | Moment | ProbeResult | Finished | Failed

_encode = msgspec.msgpack.Encoder().encode
_decode_request = msgspec.msgpack.Decoder(Request).decode
_decode_reply = msgspec.msgpack.Decoder(Reply).decode


class FrameError(Exception):
    """What came is not a frame of this protocol."""


def frame(message: Message) -> bytes:
    """The bytes of one message.

    Raises:
        FrameError: if it is larger than a frame may be.
    """
    body = _encode(message)
    if len(body) > FRAME_LIMIT:
        raise FrameError(f"a message of {len(body):,} bytes is over the limit of {FRAME_LIMIT:,}")
    return len(body).to_bytes(4, "big") + body


def frame_length(header: bytes) -> int:
    """The length a four-byte header announces.

    Raises:
        FrameError: if it is over the limit, before anything is allocated.
    """
    length = int.from_bytes(header, "big")
    if length > FRAME_LIMIT:
        raise FrameError(f"a frame of {length:,} bytes was announced; the limit is {FRAME_LIMIT:,}")
    return length


def parse_request(body: bytes) -> Request:
    """A request from its bytes.

    Raises:
        FrameError: if the bytes are no request of this protocol.
    """
    try:
        return _decode_request(body)
    except msgspec.MsgspecError as error:
        raise FrameError(f"not a request of protocol {PROTOCOL}: {error}") from error


def parse_reply(body: bytes) -> Reply:
    """A reply from its bytes.

    Raises:
        FrameError: if the bytes are no reply of this protocol.
    """
    try:
        return _decode_reply(body)
    except msgspec.MsgspecError as error:
        raise FrameError(f"not a reply of protocol {PROTOCOL}: {error}") from error


def read_frame(stream: BinaryIO) -> bytes | None:
    """The body of the next frame, or `None` at the end of the stream.

    Raises:
        FrameError: if a frame is too long or cut short.
    """
    header = stream.read(4)
    if not header:
        return None
    if len(header) < 4:
        raise FrameError("the stream ended inside a frame")
    length = frame_length(header)
    body = stream.read(length)
    if len(body) < length:
        raise FrameError("the stream ended inside a frame")
    return body
