"""Kept runs of one lab side by side: one curve of each, their numbers, the knobs that differ."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from models.opened import Opened
from models.specs.spec import LabSpec, Series
from tui.commands.kept_run import KeptOutcome, as_json
from tui.commands.lab_chart import drawn, printed
from tui.commands.lab_report import paper
from tui.commands.outcome import Failure, did_you_mean
from tui.drawing.training.buckets import Buckets
from tui.drawing.training.results import columns, said, written
from tui.kept_words import ended, spec_of
from tui.plain_text import wrap


def compared(runs: Sequence[Opened], curve: str | None) -> tuple[dict[str, Any], str]:
    """The comparison for machines and for people.

    Raises:
        Failure: if the runs are of several labs, or the lab has no such curve.
    """
    kept = [opened.kept for opened in runs]
    other = next((k for k in kept if k.lab != kept[0].lab), None)
    if other is not None:
        raise Failure(
            f"{kept[0].id} and {other.id} are runs of different labs, which measure different "
            "things: compare runs of one lab."
        )
    spec = spec_of(kept[0])
    series = _chosen(spec, curve)
    outcomes = [KeptOutcome.of(opened) for opened in runs]
    drawn_ones = {} if series is None else _curves(outcomes, series)
    apart = differing(runs)
    answer = {
        "lab": spec.name,
        "curve": series.label if series else None,
        "curves": {name: {"steps": s, "values": v} for name, (s, v) in drawn_ones.items()},
        "runs": [as_json(k) for k in kept],
        "differs": apart,
    }
    return answer, _words(spec, series, outcomes, drawn_ones, apart)


def differing(runs: Sequence[Opened]) -> dict[str, dict[str, Any]]:
    """What the runs do not have in common: knobs, seed, device, versions; then each one's own."""
    told: dict[str, dict[str, Any]] = {}
    for opened in runs:
        kept = opened.kept
        versions = {name: version for name, version in kept.versions.items() if version}
        for name, value in {
            **kept.knobs,
            "seed": kept.seed,
            "device": kept.device,
            **versions,
        }.items():
            told.setdefault(name, {})[kept.id] = value
    return {
        name: values
        for name, values in told.items()
        if len(values) < len(runs) or len({repr(value) for value in values.values()}) > 1
    }


def _chosen(spec: LabSpec, curve: str | None) -> Series | None:
    """The curve to draw: that of this name, or else the lab's first."""
    if curve is None:
        return spec.series[0] if spec.series else None
    for one in spec.series:
        if one.label == curve:
            return one
    names = [one.label for one in spec.series]
    hint = did_you_mean(curve, names) if names else " (it draws none)"
    raise Failure(f"The lab {spec.name} has no curve {curve!r}{hint}.")


def _curves(
    outcomes: Sequence[KeptOutcome], series: Series
) -> dict[str, tuple[list[int], list[float]]]:
    found = {}
    for outcome in outcomes:
        points = outcome.curves.get((series.runner, series.metric), [])
        if points:
            found[outcome.kept.id] = ([step for step, _ in points], [v for _, v in points])
    return found


def _words(
    spec: LabSpec,
    series: Series | None,
    outcomes: Sequence[KeptOutcome],
    curves: dict[str, tuple[list[int], list[float]]],
    apart: dict[str, dict[str, Any]],
) -> str:
    width, ink = paper()
    parts = []
    if series is not None and curves:
        buckets: dict[str, Buckets] = {}
        for name, (steps, values) in curves.items():
            buckets[name] = Buckets()
            for step, value in zip(steps, values, strict=True):
                buckets[name].add(step, value)
        lines = [f"{spec.title}: {series.label}", *drawn(buckets, spec.log_scale, width, ink)]
        parts.append(printed(lines, coloured=ink.kind == "colour" and sys.stdout.isatty()))
    parts.append("\n".join(columns([*_numbers(spec, outcomes), *_apart(outcomes, apart)])))
    if not apart:
        parts.append("Same knobs, seed, device and versions.")
    else:
        parts.append("\n".join(wrap("Whatever is not in the table is the same in all.", width)))
    return "\n\n".join(ink.words(part) if i else part for i, part in enumerate(parts))


def _numbers(spec: LabSpec, outcomes: Sequence[KeptOutcome]) -> list[list[str]]:
    """A row for each thing that was measured, a column for each run."""
    forms = {metric.name: metric.form for metric in spec.metrics}
    rows = [["", *(outcome.kept.id for outcome in outcomes)]]
    rows.append(["it was", *(ended(outcome.kept) for outcome in outcomes)])
    shape = outcomes[0].spec
    for runner, words in shape.runners:
        for column, head in shape.columns:
            name = f"{runner}.{column}" if runner else column
            cells = [
                said(o.result.metrics[name], forms.get(name, "number"))
                if name in o.result.metrics
                else ""
                for o in outcomes
            ]
            if any(cells):
                rows.append([f"{words}: {head}", *cells])
    return rows


def _apart(outcomes: Sequence[KeptOutcome], apart: dict[str, dict[str, Any]]) -> list[list[str]]:
    return [
        [name, *(written(values[o.kept.id]) if o.kept.id in values else "" for o in outcomes)]
        for name, values in apart.items()
    ]
