"""What a lab shows while it trains, or when it is looked into, turned into what views draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from models.mazes.maze import Maze
from models.mazes.trace import SEEN, Step, Trace
from models.protocol import Moment, ProbeResult
from models.specs.kernel import LEARNERS
from models.specs.spec import LabSpec
from tui.drawing.attention.additive import Parts
from tui.drawing.attention.attended import Attended, Tile
from tui.drawing.attention.tiles import tiled
from tui.drawing.attention.weights import PLACES, Row, Weights
from tui.drawing.layers.tower import TowerParts, TowerSeen
from tui.drawing.lookup.fit import Fit
from tui.drawing.memory.reach import Reach, line_of
from tui.drawing.memory.states_facts import States
from tui.drawing.studies.study import Line, Picture


def walk_trace(moment: Moment, spec: LabSpec, of: str = "") -> Trace:
    """The path of a mouse through its maze, as a trace that names the mouse.

    A mouse that learns is named by how far it has come with that; `of` names the run, too.
    """
    data = moment.data
    maze = Maze(data["width"], data["height"], tuple(data["passages"]))
    path = list(data["path"])
    steps = tuple(Step(there, ((here, SEEN),)) for here, there in pairwise(path))
    who = dict(spec.runners).get(moment.runner, "")
    name = who
    if spec.series:
        far = f"{moment.step} updates"
        name = f"{who}, {far}" if who else f"after {far}"
    return Trace(maze, data["start"], data["cheese"], steps, titled(of, name))


def fit_of_moment(moment: Moment, of: str = "") -> Fit:
    """The points and the width that a look named `fit` carries; `of` names the run."""
    data, who = moment.data, LEARNERS.get(moment.runner, moment.runner)
    title = titled(of, who)
    return Fit(tuple(data["xs"]), tuple(data["ys"]), data["kernel"], data["width"], title)


def weights_of_moment(moment: Moment, of: str = "") -> Weights:
    """The weights that a look named `alignment` carries.

    `asks`, `answers` and `weights` are always there; `called`, `said`, `right` and `title` where
    they are known. `of` names the run.
    """
    data = moment.data
    return Weights.of(
        data["asks"],
        data["answers"],
        data["weights"],
        title=titled(of, data.get("title") or f"after {moment.step:,} steps"),
        called=tuple(data.get("called", PLACES)),
        said=data.get("said", ()),
        right=data.get("right", ()),
    )


def weights_of_probe(seen: ProbeResult, when: str) -> Weights:
    """A probe of a network as the grid shows it.

    One list of `tokens` both asks and answers; what is said of all of them is said at the last.
    """
    values = seen.values
    asks = values["asks"] if "asks" in values else values["tokens"]
    masked = None
    if "allowed" in seen.arrays:
        masked = [[not may for may in row] for row in seen.arrays["allowed"].rows()]
    return Weights.of(
        asks,
        values.get("answers", asks),
        seen.arrays["weights"].rows(),
        masked,
        title=f"{when} training{_head_of(values)}",
        without=str(values.get("without", "")),
        selected=str(values.get("selected", "")),
        called=tuple(values.get("called", PLACES)),
        said=_by_row(values.get("said", ()), len(asks)),
        right=_by_row(values.get("right", ()), len(asks)),
    )


def _head_of(values: Mapping[str, Any]) -> str:
    """Which head of which layer it is, where there are several."""
    told = ""
    for what in ("layer", "head"):
        if values.get(f"{what}s", 1) > 1:
            told += f", {what} {values[what] + 1} of {values[f'{what}s']}"
    return told


def attended_of_probe(seen: ProbeResult) -> Attended | None:
    """What the weights of a head of dot-product attention are made of, where the probe says so."""
    if "ranks" not in seen.arrays:
        return None
    rows, values = {name: array.rows() for name, array in seen.arrays.items()}, seen.values
    (top, _), (left, _) = values["rows"], values["columns"]
    first = top if values["row"] is None else values["row"]
    effects = dict(enumerate(rows["effects"], first))
    logits = rows["logits"]
    once = bool(logits) and not isinstance(logits[0], list)
    tile = Tile(
        top,
        left,
        weights=rows["weights"],
        allowed=rows["allowed"],
        ranks=rows["ranks"],
        q=rows["q"],
        k=rows["k"],
        logsums=rows["logsums"],
        lifted=rows["lifted"],
        sums=values["sums"],
        visible=rows["visible"],
        bias=rows.get("bias", ()),
        free=_free(rows["raw"], values["scale"], rows.get("bias")),
        effects=effects,
        logits=dict.fromkeys(effects, logits) if once else dict(enumerate(logits, first)),
    )
    return Attended(
        (tile,),
        scale=values["scale"],
        names=values["logit_names"],
        layer=values["layer"],
        layers=values["layers"],
        head=values["head"],
        heads=values["heads"],
        overview=rows.get("overview", ()),
        adds=values.get("adds", "distance"),
    )


def _free(raw: Sequence[Row], scale: float, bias: Sequence[Row] | None) -> list[list[float]]:
    """The scores before the mask."""
    scaled = [[product / scale for product in row] for row in raw]
    if bias is None:
        return scaled
    both = zip(scaled, bias, strict=True)
    return [[one + more for one, more in zip(*rows, strict=True)] for rows in both]


def head_of_probe(seen: ProbeResult, when: str) -> tuple[Weights, Attended | None]:
    """The weights of a head, of a long text as far as they were told, and what they are made of."""
    weights, inside = weights_of_probe(seen, when), attended_of_probe(seen)
    is_long = inside is not None and bool(inside.overview)
    return (tiled(weights, inside) if inside is not None and is_long else weights), inside


def parts_of_probe(seen: ProbeResult) -> Parts | None:
    """What the weights of a probe are made of, where it says so."""
    if "judge" not in seen.arrays:
        return None
    rows = {name: array.rows() for name, array in seen.arrays.items()}
    return Parts(
        rows["asked"],
        rows["offered"],
        rows["judge"],
        rows["scores"],
        rows["speaks"],
        seen.values["moves"],
    )


def _by_row(said: str | Sequence[str], rows: int) -> Sequence[str]:
    """What is said row by row; one answer for all is given by the last row."""
    return [""] * (rows - 1) + [said] if isinstance(said, str) else said


def states_of_moment(
    moment: Moment, spec: LabSpec, ends: tuple[str, str, str], of: str = ""
) -> States:
    """The states of a memory on two texts that differ in the first place alone."""
    data = moment.data
    one, other = (tuple(map(tuple, walk)) for walk in data["states"])
    said, right = data["said"], data["right"]
    return States(
        dict(spec.runners).get(moment.runner, moment.runner),
        (one, other),
        tuple(data["distance"]),
        said=(said[0], said[1]),
        right=(right[0], right[1]),
        title=titled(of, f"after {moment.step:,} steps"),
        ends=ends,
    )


def tower_of_moment(moment: Moment, spec: LabSpec, of: str = "") -> TowerSeen:
    """The gradient and the tokens of a tower, block by block."""
    who = dict(spec.runners).get(moment.runner, moment.runner)
    title = titled(of, f"{who}, after {moment.step:,} steps")
    return _tower(moment.data, moment.data, title)


def tower_of_probe(seen: ProbeResult, title: str) -> TowerSeen:
    """A probe of a tower as the view shows it."""
    return _tower({name: array.rows() for name, array in seen.arrays.items()}, seen.values, title)


def _tower(rows: Mapping[str, Any], values: Mapping[str, Any], title: str) -> TowerSeen:
    gradient, alike, size = (tuple(rows[name]) for name in ("gradient", "alike", "size"))
    parts = (values[name] for name in ("residual", "norm", "feed_forward", "alone"))
    return TowerSeen(TowerParts(*parts), gradient, alike, size, title)


def lengths_of_moment(moment: Moment, spec: LabSpec, of: str = "") -> Picture:
    """How often everyone is right, text length by text length, or what else is `called` so."""
    data, who = moment.data, dict(spec.runners)
    lengths, (measured, over) = data["lengths"], data.get("called", ("right", "tokens"))
    first, last = lengths[0], lengths[-1]
    lines = [
        Line(who.get(runner, runner), tuple((value,) for value in curve))
        for runner, curve in data["curves"].items()
    ]
    return Picture(
        titled(of, f"after {moment.step:,} steps, {data['title']}"),
        measured,
        over,
        tuple(map(str, lengths)),
        tuple((length - first) / (last - first) for length in lengths),
        (0,),
        tuple(lines),
        tuple("done" for _ in lengths),
        chance=data["chance"],
    )


def reach_of_moment(
    moment: Moment, spec: LabSpec, ends: tuple[str, str, str], of: str = ""
) -> Reach:
    """How far back every runner reached, as a look tells it: by the distance from the last."""
    names = dict(spec.runners)
    found = moment.data["reach"].items()
    lines = tuple(line_of(names.get(runner, runner), values) for runner, values in found)
    title = titled(of, f"after {moment.step:,} steps")
    return Reach(lines, title, int(moment.data.get("texts", 1)), ends)


def titled(of: str, name: str) -> str:
    """What a picture is called: `of` names its run, where it is not the one at hand."""
    return f"{of}: {name}" if of else name
