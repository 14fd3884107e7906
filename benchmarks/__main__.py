"""`python -m benchmarks`: what interface and networks cost, a line for each target."""

from __future__ import annotations

import argparse
import math
import sys
import traceback
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from benchmarks.catalog import MEASURES
from benchmarks.result import Measure, NotHere, Result


def main(arguments: Sequence[str] | None = None, measures: Iterable[Measure] = MEASURES) -> int:
    """Measure, and report; always 0, for a missed target is a report and no error."""
    measures = tuple(measures)
    options = _parser(measures).parse_args(arguments)
    if options.list:
        print("\n\n".join(map(_explained, measures)))
        return 0
    wanted = set(options.names)
    for measure in measures:
        if not wanted or wanted & {target.name for target in measure.targets}:
            for result in taken(measure):
                if not wanted or result.name in wanted:
                    print(result.json if options.json else result.line, flush=True)
    return 0


def taken(measure: Measure) -> list[Result]:
    """The results of a measure. One that cannot be taken is a miss without a value."""
    names = ", ".join(target.name for target in measure.targets)
    try:
        found = measure.take()
    except NotHere as reason:
        print(f"{names}: not measured, {reason}", file=sys.stderr)
        found = {}
    except Exception:
        print(f"{names}: not measured, because of an error:", file=sys.stderr)
        traceback.print_exc()
        found = {}
    return [
        target.judge(found[target.name])
        if target.name in found
        else Result(target.name, math.nan, target.limit, False)
        for target in measure.targets
    ]


def _parser(measures: Iterable[Measure]) -> argparse.ArgumentParser:
    known = [target.name for measure in measures for target in measure.targets]

    def name(text: str) -> str:
        if text not in known:
            near = get_close_matches(text, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "--list names them all"
            raise argparse.ArgumentTypeError(f"nothing here is called {text}; {hint}")
        return text

    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", type=name, metavar="NAME", help="only these targets")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--list", action="store_true", help="what is measured, and what it shows")
    return parser


def _explained(measure: Measure) -> str:
    limits = [f"{t.name} ({'>=' if t.least else '<='} {t.limit:g})" for t in measure.targets]
    words = " ".join((measure.take.__doc__ or "").split())
    return ", ".join(limits) + f"\n  {words}"


if __name__ == "__main__":
    sys.exit(main())
