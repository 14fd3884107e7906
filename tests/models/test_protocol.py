"""Every message arrives as it was sent."""

from __future__ import annotations

import io

import pytest

from models import framing, protocol
from models.arrays import Array
from models.kept import Curve, Kept, Turned

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
    study="lengths",
    resumed="mouse-2",
    resumable=True,
)
REQUESTS = [
    protocol.Start(
        "r", "mouse", {"hidden": 96, "rate": 0.5, "mode": "fast", "memory": True}, 7, "cuda:1"
    ),
    protocol.Start("r", "mouse", {}, 7, keep=True, resume="mouse-3", study="lengths"),
    protocol.Pause("r"),
    protocol.Resume("r"),
    protocol.StepOnce("r"),
    protocol.SetKnob("r", "rate", 0.25),
    protocol.BreakWhen(
        "r",
        [protocol.Break("mouse", "loss", False, 0.5), protocol.Break("", "accuracy", True, 0.9)],
    ),
    protocol.Stop("r"),
    protocol.Probe("r", 3, "attention", {"text": "[CLS] x[i]", "row": 2}),
    protocol.Runs(4),
    protocol.Open(5, "mouse-3"),
    protocol.Delete(6, "mouse-3"),
]
REPLIES = [
    protocol.Ready(protocol.PROTOCOL, "CPU, 1 thread", 1, "3.11.7", "2.13.0", ""),
    protocol.Started("r", "CPU, 1 thread", 7),
    protocol.Started(
        "r", "CPU, 1 thread", 7, 300, [Curve("mouse", "loss", [299, 300], [0.75, 0.5])]
    ),
    protocol.Advanced("r", [protocol.Report("mouse", "train", 1, 10, 0.1, {"loss": 1.5})]),
    protocol.Moment("r", "mouse", 20, "path", {"cells": [1, 2, 3]}),
    protocol.Held("r", "mouse", "loss", 30, 0.49),
    protocol.ProbeResult("r", 3, {"row": Array("float32", (1,), b"\0\0\0\0")}, {"tokens": ["a"]}),
    protocol.Finished(
        "r", 10, 1.5, 1.25, "CPU", {"loss": 0.5}, True, True, False, [Turned(3, "rate", 0.1)]
    ),
    protocol.Listed(4, [KEPT], ["One more."]),
    protocol.Opened(
        5,
        KEPT,
        [Curve("mouse", "loss", [1], [0.5])],
        [protocol.Moment("", "mouse", 1, "walk", {})],
        "-",
    ),
    protocol.Deleted(6, "mouse-3", 1000),
    protocol.Failed("r", "knob", "no", False, 3),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: type(r).__name__)
def test_requests_arrive_as_they_were_sent(request_: protocol.Request) -> None:
    body = framing.read_frame(io.BytesIO(framing.frame(request_)))
    assert body is not None
    assert framing.parse_request(body) == request_


@pytest.mark.parametrize("reply", REPLIES, ids=lambda r: type(r).__name__)
def test_replies_arrive_as_they_were_sent(reply: protocol.Reply) -> None:
    body = framing.read_frame(io.BytesIO(framing.frame(reply)))
    assert body is not None
    assert framing.parse_reply(body) == reply


def test_every_message_is_tried_here() -> None:
    tried = {type(message) for message in (*REQUESTS, *REPLIES)}
    assert tried == set(protocol.Request.__args__) | set(protocol.Reply.__args__)
