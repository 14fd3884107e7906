"""Train every lab on seeds 0 to 4 and write what came of it to docs/labs.md.

`python -m benchmarks.labs [LAB]`. A lab is trained again only if the code it runs or the settings
of its default run have changed since: each section of the page ends with a digest of them, in which
comments do not count. Times are those of the machine that made the page; everything else comes out
the same again.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from models.protocol import Finished
from models.specs.catalog import LABS, find_lab
from models.specs.spec import LabSpec, Metric

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "labs.md"
SEEDS = range(5)
BESIDE_THE_POINT = ("models.protocol", "models.specs")
"""Modules that cannot change a result, the settings aside: messages and words."""

HEAD = """# What the labs measure

Every lab, trained with its default settings on five seeds, on one core with one thread. A lab is
*reached* when its claim held and its control failed, as its goal and its control say. Seconds are
wall time, CPU-seconds what the processor worked; both count everything: making the data, the
control, every evaluation. The second table of a lab says between which two numbers the five seeds
lie.

`make labs` writes this page and trains the labs whose code has changed; `make labs LAB=mouse` looks
at that one only. The same seed, version of torch and kind of processor give the same numbers; the
times are those of the machine that made the page. What changes as a knob is turned stands in
`docs/studies.md`.
"""

Train = Callable[[str, int], Finished]


def train(name: str, seed: int) -> Finished:
    """One default run of a lab, to its end."""
    from models.run_here import begin

    run = begin(name, {}, seed, "cpu")
    for _ in run:
        pass
    return run.finished()


def modules(name: str) -> dict[str, Path]:
    """The modules that a lab runs and their files: its own, and what is imported from there."""
    found: dict[str, Path] = {}
    waiting = [f"models.labs.{name}"]
    while waiting:
        module = waiting.pop()
        path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
        if module not in found and not module.startswith(BESIDE_THE_POINT) and path.exists():
            found[module] = path
            waiting += _imported(module, path)
    return dict(sorted(found.items()))


def _imported(module: str, path: Path) -> Iterator[str]:
    """What a module imports, as full names; some of them name members rather than modules."""
    package = module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(part for part in (package * bool(node.level), node.module) if part)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def digest(spec: LabSpec) -> str:
    """A mark of everything that a lab's results hang on."""
    mark = hashlib.sha256()
    for knob in spec.knobs:
        mark.update(f"{knob.name} = {knob.default!r}\n".encode())
    for module, path in modules(spec.name).items():
        mark.update(f"{module}\n{_code(path)}\n".encode())
    return mark.hexdigest()[:16]


def _code(path: Path) -> str:
    """What a module does, without comments, docstrings and layout."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [part for part in node.body if not _is_text(part)]
    return ast.unparse(tree)


def _is_text(part: ast.stmt) -> bool:
    """Whether a statement is nothing but a string: a docstring."""
    value = part.value if isinstance(part, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def section(spec: LabSpec, runs: Mapping[int, Finished], mark: str) -> str:
    """What the page says about one lab."""
    lines = [f"## {spec.name}: {spec.title}", ""]
    lines += [f"Goal: {spec.goal}", "", f"Control: {spec.control}", ""]
    lines += [f"| seed | {spec.counts} | seconds | CPU-seconds | reached | control failed |"]
    lines += ["|---|---|---|---|---|---|"]
    for seed, run in runs.items():
        cells = [str(seed), f"{run.steps:,}", f"{run.seconds:.1f}", f"{run.cpu_seconds:.1f}"]
        cells += ["yes" if run.reached else "NO", "yes" if run.control_failed else "NO"]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", *_results(spec, list(runs.values())), ""]
    return "\n".join([*lines, f"<!-- {spec.name} {_versions(spec)} digest {mark} -->", ""])


def _results(spec: LabSpec, runs: list[Finished]) -> list[str]:
    """The table of results: a row for each runner, the lowest and the highest in each cell."""
    forms = {metric.name: metric for metric in spec.metrics}
    lines = ["| | " + " | ".join(head for _, head in spec.columns) + " |"]
    lines += ["|---" * (len(spec.columns) + 1) + "|"]
    for runner, who in spec.runners:
        names = [f"{runner}.{name}" if runner else name for name, _ in spec.columns]
        lines.append(f"| {who} | " + " | ".join(_span(forms.get(n), n, runs) for n in names) + " |")
    return lines


def _span(metric: Metric | None, name: str, runs: list[Finished]) -> str:
    values = [run.metrics[name] for run in runs if name in run.metrics]
    if metric is None or not values:
        return "–"
    low, high = _said(metric.form, min(values)), _said(metric.form, max(values))
    return low if low == high else f"{low} to {high}"


def _said(form: str, value: float) -> str:
    if form == "percent":
        return f"{100 * value:.1f} %"
    return f"{value:,.0f}" if form == "count" else f"{value:.2f}"


def _versions(spec: LabSpec) -> str:
    used = [f"python {platform.python_version()}"]
    if spec.needs_torch:
        import torch

        used.append(f"torch {torch.__version__}")
    return ", ".join([*used, platform.machine()])


def kept(page: str) -> dict[str, tuple[str, str]]:
    """The sections of a page: lab -> what it says and the digest it was made with."""
    found = {}
    for text in re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]:
        mark = re.search(r"<!-- (\S+) .*digest (\w+) -->", text)
        if mark is not None:
            found[mark[1]] = (text.strip() + "\n", mark[2])
    return found


def update(page: str, names: list[str], train: Train, say: Callable[[str], object]) -> str:
    """The page with the labs called `names` looked after, the others as they were."""
    sections = kept(page)
    for name in names:
        spec = LABS[name]
        mark = digest(spec)
        if sections.get(name, ("", ""))[1] == mark:
            say(f"{name}: nothing has changed")
            continue
        runs = {}
        for seed in SEEDS:
            run = runs[seed] = train(name, seed)
            verdict = "reached" if run.reached else "NOT REACHED"
            say(f"{name} seed {seed}: {verdict}, {run.cpu_seconds:.1f} CPU-seconds")
        sections[name] = (section(spec, runs, mark), mark)
    return "\n".join([HEAD, *(sections[name][0] for name in LABS if name in sections)])


def main() -> int:
    """Look after the labs named on the command line, or all; 1 if one did not reach its goal."""
    parser = argparse.ArgumentParser(prog="benchmarks.labs", description=__doc__)
    parser.add_argument("lab", nargs="?", help="only this lab")
    asked = parser.parse_args().lab
    try:
        names = [find_lab(asked).name] if asked else list(LABS)
    except LookupError as error:
        parser.error(str(error))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if any(LABS[name].needs_torch for name in names):
        import torch

        torch.set_num_threads(1)
    page = PAGE.read_text("utf-8") if PAGE.exists() else ""
    page = update(page, names, train, lambda line: print(line, flush=True))
    PAGE.write_text(page, "utf-8")
    return int("| NO |" in page)


if __name__ == "__main__":
    sys.exit(main())
