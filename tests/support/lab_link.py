"""A worker for whole lessons: every lab is done at once, with what the authors measured."""

from __future__ import annotations

import math
import random
import struct
from dataclasses import replace
from typing import Any

from course.catalog import HERE
from course.measured import MEASURED_FILE, read_measured
from models import protocol
from models.arrays import Array
from models.mazes.maze import Maze
from models.mazes.scene import Scene
from models.mazes.solvers import distances
from models.sources import sources
from models.specs.catalog import find_lab
from tests.support import speakers
from tests.support.scripted_worker import ScriptedLink
from tui.demos.mazes import by_hand
from tui.demos.mice_race import worked
from tui.demos.readings import arriving
from tui.demos.thoughts import flood

MEASURED = read_measured(HERE / MEASURED_FILE)
LETTERS = "KNMQABZXYW"


SHARES = {"rnn": 0.5, "lstm": 0.8, "gru": 0.7, "attention": 1.0, "near": 0.5}
"""What is left of an answer's reach at each place further back, by runner."""


class LabLink(ScriptedLink):
    """Whatever is started is finished at once; the attention of a layer is the same everywhere."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            probes={
                "attention": attended,
                "masks": masks,
                "alignment": alignment,
                "reach": reach,
                "states": states,
                "tower": tower,
                "case": case,
                "shapes": shapes,
                "walk": walk,
                "spread": spread,
                "code": code,
                "sentences": sentences,
                "heads": heads,
                "ablate": ablate,
                "thought": thought,
                "maze-attention": maze_attention,
                "race": race,
                "readings": readings,
                "speech": speakers.speech,
                "lens": speakers.lens,
                "gradient": speakers.gradient,
            },
            **{"at_once": True, **settings},
        )

    def _answer(self, request: protocol.Request) -> None:
        if isinstance(request, protocol.Start):
            self._script = tuple(script(request))
        super()._answer(request)


def metrics_of(lab: str, knobs: dict[str, Any]) -> dict[str, float]:
    """The numbers of a run as the authors measured them; a half for what they did not."""
    spec = find_lab(lab)
    off = {name: value for name, value in knobs.items() if value != spec.knob(name).default}
    run = MEASURED.run(lab, off)
    return dict.fromkeys((m.name for m in spec.metrics), 0.5) | (run.of(0) if run else {})


def script(start: protocol.Start) -> list[protocol.Reply]:
    """What a worker says of a run: begun, three reports a curve, over."""
    spec = find_lab(start.lab)
    replies: list[protocol.Reply] = [protocol.Started(start.run, "CPU, 1 thread", start.seed)]
    for number in (1, 2, 3):
        reports = [
            protocol.Report(
                s.runner, "train", 100 * number, 300, number / 3, {s.metric: 3 / number}
            )
            for s in spec.series
        ]
        if reports:
            replies.append(protocol.Advanced(start.run, reports))
    metrics = metrics_of(start.lab, start.knobs)
    replies.append(
        protocol.Finished(start.run, 300, 2.0, 2.0, "CPU, 1 thread", metrics, True, True)
    )
    return replies


def packed(numbers: list[float], *shape: int) -> Array:
    return Array("float64", shape, struct.pack(f"<{len(numbers)}d", *numbers))


def reach(probe: protocol.Probe) -> protocol.Reply:
    """What fades by half stays at half after training, as far as this worker knows."""
    share = SHARES.get(probe.arguments["runner"], 0.5)
    share = share if probe.arguments["when"] == "before" else share**0.5
    array = packed([share**back for back in range(22)], 22)
    return protocol.ProbeResult(probe.run, probe.id, {"reach": array}, {"texts": 16})


def states(probe: protocol.Probe) -> protocol.Reply:
    """Two numbers: one keeps what the sign said by half, the other is the sample's."""
    if probe.arguments["runner"] == "attention":
        text = "attention has no states to look at: it remembers nothing"
        return protocol.Failed(probe.run, "error", text, False, probe.id)
    sample = probe.arguments["sample"] / 10
    walks = [[x for n in range(22) for x in (sign * 0.8 * 0.5**n, sample)] for sign in (1, -1)]
    arrays = {
        "states": packed(walks[0] + walks[1], 2, 22, 2),
        "distance": packed([1.6 * 0.5**n for n in range(22)], 22),
    }
    if probe.arguments["runner"] == "lstm":
        arrays["forget"] = packed([0.75] * 22 + [0.25] * 22, 2, 22)
    values = {"said": [0, 0], "right": [0, 1], "tokens": [[0] * 22] * 2}
    return protocol.ProbeResult(probe.run, probe.id, arrays, values)


def case(probe: protocol.Probe) -> protocol.Reply:
    """Whoever it is looks at what stands before it, all alike, and says what it has read."""
    places, letters = range(11), list("dkambfelbnc")
    shares = [1 / (i + 1) if j <= i else 0.0 for i in places for j in places]
    arrays = {
        "weights": packed(shares, 11, 11),
        "hidden": packed([float(j > i) for i in places for j in places], 11, 11),
    }
    values = {
        "runner": probe.arguments["runner"],
        "letters": letters,
        "said": letters,
        "right": [*letters[1:], "g"],
        "sums": [1.0] * 11,
        "numbers": {"accuracy": 0.5},
        "code": [[" ", "def rate(self):"], ["-", "    return 1"], ["+", "    return 0.01"]],
    }
    return protocol.ProbeResult(probe.run, probe.id, arrays, values)


def tower(probe: protocol.Probe) -> protocol.Reply:
    """24 blocks whose tokens grow alike where nothing is added to what they were."""
    parts = {"residual": True, "norm": "pre", "feed_forward": True, "alone": False}
    parts |= {name: value for name, value in probe.arguments.items() if name in parts}
    alike = [1 - (0.95 if parts["residual"] else 0.1) ** n for n in range(25)]
    arrays = {
        "gradient": packed([0.1] * 24, 24),
        "alike": packed(alike, 25),
        "size": packed([1.0] * 25, 25),
    }
    return protocol.ProbeResult(probe.run, probe.id, arrays, parts)


def shapes(probe: protocol.Probe) -> protocol.Reply:
    """One step, which takes all there is."""
    step = {
        "file": "layers/feed_forward.py",
        "line": 50,
        "last": 50,
        "function": "FeedForward.forward",
        "says": "Each token on its own: (..., C) -> (..., C).",
        "code": "return self.linear2(hidden)",
        "axes": "",
        "shapes": [[1, 6, 32]],
        "parameters": 4128,
    }
    return protocol.ProbeResult(probe.run, probe.id, {}, {"steps": [step], "parameters": 4128})


def attended(probe: protocol.Probe) -> protocol.Reply:
    """The attention of whoever is asked for: who is called masked sees nobody ahead."""
    seen = attention()
    if probe.arguments.get("runner") == "masked":
        count = len(LETTERS)
        may = bytes(column <= row for row in range(count) for column in range(count))
        seen.arrays["allowed"] = Array("bool", (count, count), may)
    return protocol.ProbeResult(probe.run, probe.id, seen.arrays, seen.values)


def masks(probe: protocol.Probe) -> protocol.Reply:
    """One family, an encoder of three tokens: all may look at all."""
    mask = {"place": "self", "asks": list("abc"), "answers": list("abc"), "allowed": [[1] * 3] * 3}
    values = {"families": [{"who": "encoder", "masks": [mask]}], "given": 3}
    return protocol.ProbeResult(probe.run, probe.id, {}, values)


def attention() -> protocol.ProbeResult:
    """A layer that looks at all letters alike."""
    count = len(LETTERS)
    numbers = struct.pack(f"<{count * count}f", *[1 / count] * count * count)
    weights = Array("float32", (count, count), numbers)
    return protocol.ProbeResult("", 0, {"weights": weights}, {"tokens": list(LETTERS)})


def alignment(probe: protocol.Probe) -> protocol.Reply:
    """Three moves and four words: before training each takes alike, then each its own word.

    Two judges; one of them says nothing.
    """
    scores = [2.0 * (word == 3 - move) for move in range(3) for word in range(4)]
    if probe.arguments["when"] == "before":
        scores = [0.0] * 12
    rows = [[math.exp(score) for score in scores[4 * row : 4 * row + 4]] for row in range(3)]
    arrays = {
        "scores": packed(scores, 3, 4),
        "weights": packed([power / sum(row) for row in rows for power in row], 3, 4),
        "asked": packed([0.5, 0.0] * 3, 3, 2),
        "offered": packed([0.25, -1.0] * 4, 4, 2),
        "judge": packed([1.5, 0.0], 2),
        "speaks": packed([0.5, 2.0, -1.0] * 4, 4, 3),
    }
    values = {
        "asks": ["E", "W", "."],
        "answers": ["ru", "pip", f"sample{probe.arguments['sample']}", "pippip"],
        "called": ["move", "word"],
        "said": ["E", "E", "."],
        "right": ["E", "W", "."],
        "moves": [".", "E", "W"],
        "selected": "drawn at random",
        "without": "Right in 99.0 % of 1,000; with equal shares in 0.0 %.",
    }
    return protocol.ProbeResult(probe.run, probe.id, arrays, values)


def heads(probe: protocol.Probe) -> protocol.Reply:
    """One layer of four heads that look at all letters alike."""
    count = len(LETTERS)
    values = {"tokens": list(LETTERS), "asking": count - 1, "off": probe.arguments.get("off", [])}
    weights = packed([1 / count] * 4 * count * count, 1, 4, count, count)
    values |= {"scores": SCORES, "equal": dict.fromkeys(SCORES, 0.1), **without(values["off"])}
    return protocol.ProbeResult(probe.run, probe.id, {"weights": weights}, values)


SCORES = {
    "prev": [[0.9, 0.2, 0.1, 0.4]],
    "same": [[0.1, 0.8, 0.1, 0.1]],
    "first": [[0.0, 0.0, 0.05, 0.1]],
}
"""What each of those heads looks for: the third nothing, the fourth some of what the first does."""


def thought(probe: protocol.Probe) -> protocol.Reply:
    """A flood: after k loops the cells within k moves of the cheese know the way."""
    told, scene = probe.arguments, asked_scene(probe)
    thinks = flood(scene.maze, scene.cheese, told.get("loops", 32))
    values = {
        **scene.told,
        "away": list(thinks.away),
        "arrows": [list(arrows) for arrows in thinks.arrows],
    }
    return protocol.ProbeResult(probe.run, probe.id, {}, values)


def race(probe: protocol.Probe) -> protocol.Reply:
    """The race that is worked by hand for the demonstration, in the maze that `sample` numbers."""
    told = probe.arguments
    run = worked(told.get("size", 5), told.get("sample", 0))
    names = ("name", "path", "ends", "arrows", "wave", "looked")
    contestants = [
        {name: found for name in names if (found := getattr(one, name))} for one in run.contestants
    ]
    maze = {"width": run.maze.width, "height": run.maze.height, "passages": run.maze.passages}
    ends = {"start": run.start, "cheese": run.cheese, "away": list(run.away)}
    return protocol.ProbeResult(
        probe.run, probe.id, {}, {**maze, **ends, "contestants": contestants}
    )


def readings(probe: protocol.Probe) -> protocol.Reply:
    """All that has arrived, worked by hand for the demonstration, whoever is read."""
    told = probe.arguments
    seen = arriving(seed=told.get("sample", 0), who=told.get("who", "map"))
    loops, cells = len(seen.read), seen.maze.cells
    arrays = {
        "read": packed([x for row in seen.read for x in row], loops, cells),
        "weights": packed([x for row in seen.weights for x in row], loops, 2),
        "bias": packed(list(seen.bias), loops),
        "stream": packed([x for row in seen.stream for cell in row for x in cell], loops, cells, 2),
    }
    values = {"width": seen.maze.width, "height": seen.maze.height}
    values |= {"passages": list(seen.maze.passages)} | {
        name: getattr(seen, name)
        for name in ("start", "cheese", "who", "away", "wanted", "explained", "curves")
    }
    counts = {name: getattr(seen, name) for name in ("practised", "unseen", "tasks")}
    return protocol.ProbeResult(probe.run, probe.id, arrays, {**values, **counts})


def asked_scene(probe: protocol.Probe) -> Scene:
    """The maze that a probe brings, or that of `size` and `sample`."""
    told = probe.arguments
    if own := told.get("maze"):
        maze = Maze(own["width"], own["height"], tuple(own["passages"]))
        return Scene(maze, own["start"], own["cheese"])
    scene = Scene.drawn(told.get("size", 7), random.Random(f"thought {told.get('sample', 0)}"))
    away = distances(scene.maze, scene.cheese)
    return replace(scene, mouse=away.index(max(away)))


def maze_attention(probe: protocol.Probe) -> protocol.Reply:
    """Four heads made by hand: one reads the cheese, one around it, one its row, one all alike."""
    scene = asked_scene(probe)
    seen = by_hand(scene, frozenset((0, head) for _, head in probe.arguments.get("off", ())))
    cells, (without,) = range(scene.maze.cells), seen.without
    weights = [x for head in range(4) for cell in cells for x in seen.row((0, head), cell)]
    now = seen.now or seen.whole
    values = {
        **thought(probe).values,
        "layers": 1,
        "heads": 4,
        "asked": seen.asked,
        "right": seen.whole.here,
        "many_right": seen.whole.many,
        "without": [[one.here for one in without]],
        "many_without": [[one.many for one in without]],
        "on_route": seen.on_route,
        "on_route_uniform": seen.on_route_uniform,
        "mazes": seen.mazes,
        "off": [list(place) for place in sorted(seen.off)],
        "now": now.here,
        "many_now": now.many,
    }
    count = scene.maze.cells
    return protocol.ProbeResult(
        probe.run, probe.id, {"weights": packed(weights, 1, 4, count, count)}, values
    )


def ablate(probe: protocol.Probe) -> protocol.Reply:
    """The board of those four heads."""
    each = [[0, head] for head in range(4)]
    sets: list[Any] = probe.arguments.get("sets") or [[], *([one] for one in each), each]
    rows = [{"off": off, **without(off)} for off in sets]
    return protocol.ProbeResult(probe.run, probe.id, {}, {"rows": rows, "layers": 1, "heads": 4})


def without(off: list[Any]) -> dict[str, float]:
    """How often a network is right with some of its heads off."""
    return {"accuracy": (1.0, 0.5, 0.05, 0.0, 0.0)[len(off)], "loss": 0.5 * len(off)}


def walk(probe: protocol.Probe) -> protocol.Reply:
    """Two words of two numbers, and what a softmax makes of them."""
    step = {"of": [], "formula": "x", "says": "A row for each word.", "file": "", "line": ""}
    coded = {"file": "hidden_word", "line": "self.block("}
    values = {
        "steps": [
            {**step, "name": "x", "kind": "given", "columns": "C", "title": "the words", **coded},
            {**step, "name": "p", "kind": "softmax", "columns": "C", "title": "p", "of": ["x"]},
        ],
        "labels": {"T": ["We", "___"], "C": ["1", "2"]},
        "divisor": 2.0,
        "gap": 1,
        "said": "Theseus",
        "right": "Transformer",
    }
    arrays = {"x": packed([0.0, math.log(3), 1.0, 1.0], 2, 2)}
    arrays["p"] = packed([0.25, 0.75, 0.5, 0.5], 2, 2)
    return protocol.ProbeResult(probe.run, probe.id, arrays, values)


def code(probe: protocol.Probe) -> protocol.Reply:
    """The file that is asked for; its first line is said to have made something."""
    file = sources()[probe.arguments["file"]]
    values: dict[str, Any] = {
        "file": f"{file.parent.name}/{file.name}",
        "source": file.read_text("utf-8"),
    }
    values |= {"shapes": [[1, [[1, 2]]]]}
    return protocol.ProbeResult(probe.run, probe.id, {}, values)


def spread(probe: protocol.Probe) -> protocol.Reply:
    """Five seeds; your own is the third."""
    numbers = packed([0.05, 0.08, 0.11, 0.12, 0.2], 5)
    values = {"own": 0.11, "what": "a weight", "of": "seeds"}
    values |= {"baseline": 1 / 9, "baseline_name": "equal shares"}
    return protocol.ProbeResult(probe.run, probe.id, {"values": numbers}, values)


def sentences(probe: protocol.Probe) -> protocol.Reply:
    """Two sentences whose outputs go with their words, and with a mask are all apart."""
    one, other = (str(probe.arguments[name]).split() for name in ("one", "other"))
    count, gap = len(one), 2.5 if probe.arguments["causal"] else 1e-7
    there = list(range(count))
    values = {"one": one, "other": other, "there": there, "mean": gap, "size": 5.7}
    arrays = {"word": packed([gap] * count, count), "place": packed([gap + 1] * count, count)}
    return protocol.ProbeResult(probe.run, probe.id, arrays, values)
