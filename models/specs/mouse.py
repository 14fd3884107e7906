"""The mouse that learns, and the mouse without memory that must not do as well."""

from __future__ import annotations

from models.specs.spec import Knob, LabSpec, Metric, Series

SPEC = LabSpec(
    name="mouse",
    title="A mouse that learns to find the cheese",
    summary=(
        "A small recurrent network learns to cross mazes it has never seen. It sees the four sides"
        " of the cell it stands in, where the cheese is, where it is itself and its last move, and"
        " it is taught by an explorer with a perfect memory."
    ),
    knobs=(
        Knob(
            "updates",
            500,
            "how many times the weights are changed",
            10,
            2000,
            because="below 10 nothing has happened yet; beyond 2,000 the curve is flat",
        ),
        Knob(
            "hidden",
            96,
            "how many numbers the mouse can remember",
            4,
            256,
            because="4 is hardly a memory; beyond 256 a run takes minutes",
        ),
        Knob(
            "size",
            5,
            "how many cells a maze is wide and high",
            4,
            7,
            because="below 4 chance arrives in most mazes; beyond 7 this training is too short",
        ),
        Knob(
            "mice",
            64,
            "how many mice practise at the same time",
            8,
            256,
            because="with fewer than 8 every update is mostly chance; with more than 256 an update"
            " is slow",
        ),
        Knob(
            "mazes",
            3000,
            "how many mazes there are to practise in",
            10,
            10_000,
            because="with 10 it can learn them by heart; 10,000 take seconds to make",
        ),
        Knob(
            "learning_rate",
            0.005,
            "how large a change each update makes",
            0.00001,
            0.1,
            because="below 0.00001 it hardly moves; above 0.1 it forgets all it has learned",
            live=True,
        ),
        Knob("memory", True, "whether the mouse remembers anything from move to move"),
        Knob("control", True, "whether the mouse without memory is trained as well, to compare"),
    ),
    metrics=(
        Metric(
            "arrival",
            "the share of 1,000 unseen mazes in which the mouse finds the cheese",
            "percent",
        ),
        Metric(
            "ratio",
            "how long its path is against the shortest: the median of those that arrive",
            "ratio",
        ),
        Metric(
            "shortest", "the share of the 1,000 mazes it crosses by the shortest path", "percent"
        ),
        Metric("loss", "how badly it foresaw the explorer's move in the last 20 updates, in nats"),
        Metric("validation", "the same on 100 mazes it does not practise in"),
        Metric("parameters", "how many numbers were learned", "count"),
        Metric("control.arrival", "the share in which the mouse without memory arrives", "percent"),
        Metric("control.ratio", "its median path against the shortest, where it arrives", "ratio"),
        Metric("control.shortest", "the share it crosses by the shortest path", "percent"),
        Metric("control.loss", "how badly it foresaw the explorer's move, in nats"),
        Metric("control.validation", "the same on 100 mazes it does not practise in"),
        Metric("control.parameters", "how many numbers the mouse without memory learned", "count"),
        Metric("random.arrival", "the share in which a random walk arrives", "percent"),
        Metric("random.ratio", "its median path against the shortest, where it arrives", "ratio"),
        Metric("random.shortest", "the share it crosses by the shortest path", "percent"),
        Metric(
            "forward.arrival", "the share in which a walk that never turns back arrives", "percent"
        ),
        Metric("forward.ratio", "its median path against the shortest, where it arrives", "ratio"),
        Metric("forward.shortest", "the share it crosses by the shortest path", "percent"),
        Metric("right.arrival", "the share in which the right-hand rule arrives", "percent"),
        Metric("right.ratio", "its median path against the shortest, where it arrives", "ratio"),
        Metric("right.shortest", "the share it crosses by the shortest path", "percent"),
        Metric(
            "explorer.arrival", "the share in which its teacher, the explorer, arrives", "percent"
        ),
        Metric("explorer.ratio", "its median path against the shortest, where it arrives", "ratio"),
        Metric("explorer.shortest", "the share it crosses by the shortest path", "percent"),
    ),
    goal=(
        "In 1,000 mazes it has never seen, the mouse finds the cheese in at least 92 %, and its"
        " median path is at most 1.4 times the shortest."
    ),
    control=(
        "The mouse without memory, with as many parameters, updates and mazes, must miss that."
    ),
    seconds=25,
    runners=(
        ("", "the trained mouse"),
        ("control", "without memory"),
        ("explorer", "its teacher, the explorer"),
        ("right", "right-hand rule"),
        ("forward", "never turns back"),
        ("random", "random walk"),
    ),
    columns=(("arrival", "arrives"), ("ratio", "path"), ("shortest", "by the shortest")),
    series=(
        Series("mouse", "loss", "practice"),
        Series("mouse", "validation", "unseen mazes"),
        Series("control", "loss", "without memory"),
    ),
)
