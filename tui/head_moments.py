"""Looks at heads, all at once or switched off, turned into what their views draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from models.protocol import Moment, ProbeResult
from models.specs.spec import LabSpec
from tui.drawing.attention.ablations import Board
from tui.drawing.attention.head_board import HeadBoard, Rule
from tui.drawing.attention.heads import Heads, Judged
from tui.drawing.attention.weights import PLACES
from tui.moments import titled


def heads_of_probe(seen: ProbeResult, whole: Judged | None, when: str) -> Heads:
    """All heads of a network, as the view shows them; `whole` is how it does with all of them."""
    values = seen.values
    now = _judged(values)
    return Heads(
        tuple(values["tokens"]),
        tuple(
            tuple(tuple(map(tuple, head)) for head in layer)
            for layer in seen.arrays["weights"].rows()
        ),
        asking=values.get("asking"),
        off=_off(values.get("off", ())),
        now=now,
        whole=whole or now,
        questions=tuple(values.get("questions", ())),
        called=str(values.get("called", PLACES)[1]),
        cases=str(values.get("cases", "texts")),
        who=str(values.get("who", "")),
        said=str(values.get("said", "")),
        right=str(values.get("right", "")),
        selected=str(values.get("selected", "")),
        title=f"{when} training",
        **_without_offset(values),
    )


def heads_of_moment(moment: Moment, spec: LabSpec, of: str = "") -> Heads:
    """All heads as they were at a step, without how the network did; `of` names the run."""
    data = moment.data
    return Heads(
        tuple(data["tokens"]),
        tuple(tuple(tuple(map(tuple, head)) for head in layer) for layer in data["weights"]),
        asking=data.get("asking"),
        called=str(data.get("called", PLACES[1])),
        who=dict(spec.runners).get(moment.runner, moment.runner),
        said=str(data.get("said", "")),
        right=str(data.get("right", "")),
        title=titled(of, str(data["title"])),
        **_scores(data),
    )


def board_of_probe(seen: ProbeResult, when: str) -> Board:
    """What is left of a network without sets of its heads, as the board shows it."""
    values = seen.values
    return Board(
        tuple((_off(row["off"]), _judged(row)) for row in values["rows"]),
        values["layers"],
        values["heads"],
        tuple(values.get("questions", ())),
        str(values.get("who", "")),
        str(values.get("cases", "texts")),
        f"{when} training",
    )


def _scores(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the lab itself measured of the heads, where it did."""
    scores = {name: tuple(map(tuple, layers)) for name, layers in told.get("scores", {}).items()}
    return {"scores": scores, "equal": dict(told.get("equal", {}))}


def _without_offset(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same but for the score that is about loops of one length: that stands on the board of
    heads alone, where the length is told."""
    return {
        what: {name: value for name, value in found.items() if name != "back"}
        for what, found in _scores(told).items()
    }


def head_board_of_probes(
    seen: ProbeResult, without: Board, whole: Judged, spec: LabSpec, when: str
) -> HeadBoard:
    """All heads in numbers: a look at them, how the network does without each, and with all."""
    values, who = seen.values, dict(spec.runners)
    heads = replace(heads_of_probe(seen, whole, when), **_scores(values))
    alone = {place: without.of(frozenset({place})) for place in heads.places}
    return HeadBoard(
        heads=heads,
        rules={name: _rule(name, values) for name in _RULES if name in heads.scores},
        without={place: judged for place, judged in alone.items() if judged is not None},
        taken={(layer, head): whose for layer, head, whose in values.get("taken", ())},
        donors={name: who.get(name, name) for name in values.get("donors", ())},
        elsewhere=_off(values.get("elsewhere", ())),
        there=str(values.get("there", "")),
        other=(values["other"], values["other_own"]) if "other" in values else None,
        loop=int(values.get("loop", 0)),
    )


_RULES = {
    "prev": ("1 back", "one back"),
    "same": ("followed", "at what followed this token last time"),
    "back": ("{offset} back", "{offset} back"),
    "first": ("at {first}", "at the first token"),
}
"""Where heads look, in two words and in some more; in the order of the columns."""


def _rule(name: str, values: Mapping[str, Any]) -> Rule:
    given = {"offset": values.get("offset", ""), "first": values["tokens"][0]}
    return Rule(*(text.format(**given) for text in _RULES[name]))


def _off(places: Sequence[Sequence[int]]) -> frozenset[tuple[int, int]]:
    return frozenset((layer, head) for layer, head in places)


def _judged(values: Mapping[str, Any]) -> Judged:
    return Judged(values["accuracy"], values["loss"], tuple(values.get("parts", ())))
