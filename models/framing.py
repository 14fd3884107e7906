"""The frames that messages travel in, and the messages read from them.

A frame is four bytes of length (big-endian), then one MessagePack message. The worker first sends
`MAGIC`.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from models.protocol import PROTOCOL, Message, Ready, Reply, Request

MAGIC = b"GROKTUI1"
BANNER_LIMIT = 64 * 1024
"""Bytes that may come before `MAGIC` (login banners) before the other end is called mute."""
FRAME_LIMIT = 64 * 1024 * 1024


class FrameError(Exception):
    """What came is not a frame of this protocol."""


def _plain(value: Any) -> Any:
    """A number or array of numpy or torch as Python's own numbers and lists."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"a {type(value).__name__} cannot travel")


_encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
_decode_anything = msgspec.msgpack.Decoder().decode
_decode_request = msgspec.msgpack.Decoder(Request).decode
_decode_reply = msgspec.msgpack.Decoder(Reply).decode


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
