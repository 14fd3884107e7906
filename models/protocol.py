"""The messages between the interface and the worker.

Both ends speak frames: four bytes of length (big-endian), then one MessagePack message.
The worker first sends `MAGIC`. Every message about a run carries its `run`; every reply
carries the `id` of its request. What belongs to an old run is dropped by the receiver.
"""

from __future__ import annotations

import math
import struct
from typing import Any, BinaryIO

import msgspec

from models.kept import Curve, Kept, Turned

PROTOCOL = 2
MAGIC = b"GROKTUI1"
BANNER_LIMIT = 64 * 1024
"""Bytes that may come before `MAGIC` (login banners) before the other end is called mute."""
FRAME_LIMIT = 64 * 1024 * 1024


class Message(msgspec.Struct, frozen=True, tag=True):
    """Whatever travels."""


class Array(msgspec.Struct, frozen=True):
    """An array as dtype, shape and bytes (C order, little-endian).

    `uint8` is for shades only, never for printed numbers.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes

    def rows(self) -> Any:
        """The numbers as nested lists, one level a dimension, without needing numpy.

        Raises:
            FrameError: if dtype, shape and bytes do not belong together.
        """
        code = _CODES.get(self.dtype)
        if code is None:
            raise FrameError(f"no array of {self.dtype!r} is understood here")
        if min(self.shape, default=1) < 0:
            raise FrameError(f"an array has no shape {self.shape}")
        if len(self.data) != struct.calcsize(code) * math.prod(self.shape):
            raise FrameError(f"{len(self.data)} bytes do not make {self.dtype} {self.shape}")
        numbers = [number for (number,) in struct.iter_unpack(f"<{code}", self.data)]
        return _nested(numbers, self.shape)


_CODES = {
    "float16": "e",
    "float32": "f",
    "float64": "d",
    "uint8": "B",
    "int8": "b",
    "int16": "h",
    "int32": "i",
    "int64": "q",
    "bool": "?",
}
"""The arrays that may travel, and how `struct` calls their numbers."""


def _nested(numbers: list[Any], shape: tuple[int, ...]) -> Any:
    """`numbers` in C order as lists of lists, `shape[0]` of them at the outermost level."""
    if not shape:
        return numbers[0]
    if len(shape) == 1:
        return numbers
    width = math.prod(shape[1:])
    return [_nested(numbers[i * width : (i + 1) * width], shape[1:]) for i in range(shape[0])]


def pack(array: Any) -> Array:
    """A numpy array, made ready to travel.

    Raises:
        FrameError: if its numbers are of a kind that does not travel.
    """
    name = array.dtype.name
    if name not in _CODES:
        raise FrameError(f"arrays of {name} do not travel; float32 does")
    ordered = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return Array(name, tuple(array.shape), ordered.tobytes())


# Requests, from the interface to the worker.


class Start(Message, frozen=True):
    """Train `lab`. A run that is still going is stopped first."""

    run: str
    lab: str
    knobs: dict[str, float | int | str | bool]
    seed: int
    device: str = "auto"
    keep: bool = True
    """Whether the run is kept on disk; one that is begun only to be looked into is not."""


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


class Runs(Message, frozen=True):
    """List the runs that are kept where the worker is."""

    id: int


class Open(Message, frozen=True):
    """All of a kept run: its curves and what it showed."""

    id: int
    kept: str


class Delete(Message, frozen=True):
    """Remove a kept run for good."""

    id: int
    kept: str


# Replies, from the worker to the interface.


class Ready(Message, frozen=True):
    """The worker is up. `device` is in plain words; `torch` is empty where there is none.

    The tag of this message and its `protocol` are the same in every version.
    """

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
    """The run has ended. `stopped` says that it was asked to before its end.

    `seconds` and `cpu_seconds` count the work alone: pauses are left out. Where a run was
    stopped before it had a result, `metrics` are the last ones reported, as `runner.metric`.
    """

    run: str
    steps: int
    seconds: float
    cpu_seconds: float
    device: str
    metrics: dict[str, float]
    reached: bool
    control_failed: bool
    stopped: bool = False
    turned: list[Turned] = []
    kept: str = ""
    """What the run is kept as; empty where it is not."""


class Listed(Message, frozen=True):
    """The answer to `Runs`: newest first, and in words what cannot be read. `run` is empty here
    and below, for a kept run is not the one that the worker is busy with."""

    id: int
    runs: list[Kept]
    notes: list[str] = []
    run: str = ""


class Opened(Message, frozen=True):
    """The answer to `Open`; `note` says what of it cannot be read."""

    id: int
    kept: Kept
    curves: list[Curve]
    moments: list[Moment]
    note: str = ""
    run: str = ""


class Deleted(Message, frozen=True):
    """The answer to `Delete`: how many bytes are free again."""

    id: int
    kept: str
    size: int
    run: str = ""


class Failed(Message, frozen=True):
    """Something went wrong; `text` says what and what to do.

    `kind`: `knob` (no such lab or knob, or not such a value), `device` (not here), `torch` (not
    installed), `memory` (too little), `diverged` (the loss is not finite; the run is paused),
    `gone` (the run is no longer in memory), `kept` (it goes on, but the disk does not take it; or
    a kept run cannot be shown or deleted), `error` (anything else).
    """

    run: str
    kind: str
    text: str
    ended: bool = True
    """Whether the run is over. A wrong turn of a knob or a failed probe leaves it as it was."""
    id: int = 0
    """The request with an `id` that failed, or 0 if it had none."""


AboutKept = Runs | Open | Delete
Request = Start | Pause | Resume | StepOnce | SetKnob | Stop | Probe | AboutKept
Reply = (
    Ready
    | Started
    | Advanced
    | Moment
    | ProbeResult
    | Finished
    | Listed
    | Opened
    | Deleted
    | Failed
)


def _plain(value: Any) -> Any:
    """A number or array of numpy or torch as Python's own numbers and lists."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"a {type(value).__name__} cannot travel")


_encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
_decode_anything = msgspec.msgpack.Decoder().decode
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


def spoken_by(body: bytes) -> int | None:
    """The protocol that a worker's first message says it speaks, whatever else is in it.

    Another version may have another `Ready`; this much of it never changes. `None` if `body`
    is no such message at all.
    """
    try:
        message = _decode_anything(body)
    except msgspec.MsgspecError:
        return None
    if not isinstance(message, dict) or message.get("type") != Ready.__name__:
        return None
    spoken = message.get("protocol")
    return spoken if type(spoken) is int else None


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
