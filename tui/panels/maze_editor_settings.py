"""What a lesson may set on the maze editor: whose arrows, and in which maze one begins."""

from __future__ import annotations

import random
from collections.abc import Mapping

from course.problems import did_you_mean
from models.mazes.scene import Scene
from models.specs import rivals
from models.specs.catalog import LABS
from models.specs.map import LOOPS, SIZE
from tui.lab_settings import lab_fault, run_ref, runner_fault

LAB, RUNNER = "map", "map"
THINKERS = {"map": ("map", "hasty"), "probe": ("map",), "rivals": ("map", "plain")}
"""The labs whose networks say which way to go in any maze, and who of their runners does."""
LAYERED = {"plain"}
"""The runners that have layers and no loops, and places for mazes of one size alone."""
SETTINGS = frozenset({"lab", "when", "runner", "size", "seed", "drawn", "loops"})
SIZES, MOST_LOOPS = range(3, 16), 512


def fault(settings: Mapping[str, str]) -> str:
    """What keeps an editor with these settings from being shown; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in THINKERS:
        return f"the lab {lab} has no arrows to show: {did_you_mean(lab, THINKERS)}"
    if "runner" in settings and (found := runner_fault(LABS[lab], [settings["runner"]])):
        return found
    trained, runner = trained_in(lab), settings.get("runner", RUNNER)
    if runner not in THINKERS[lab]:
        return f"runner {runner} does not think aloud: {did_you_mean(runner, THINKERS[lab])}"
    size, loops = settings.get("size", str(trained)), settings.get("loops", str(LOOPS))
    if not size.isdecimal() or int(size) not in SIZES:
        return f"size {size}: expected a whole number from {SIZES[0]} to {SIZES[-1]}"
    if not loops.isdecimal() or int(loops) > MOST_LOOPS:
        return f"loops {loops}: expected a whole number from 0 to {MOST_LOOPS}"
    try:
        maze = first_scene(settings).maze
    except ValueError as wrong:
        return f"drawn: {wrong}"
    if runner in LAYERED and (maze.width, maze.height) != (trained, trained):
        return f"{runner} has places for mazes of {trained}x{trained} alone"
    return ""


def trained_in(lab: str) -> int:
    """Cells on a side of the mazes in which the networks of a lab are trained."""
    return rivals.SIZE if lab == "rivals" else SIZE


def in_words(settings: Mapping[str, str]) -> str:
    """The editor in words, where there is none."""
    scene = first_scene(settings)
    lab = run_ref(settings.get("lab", LAB)).lab
    return (
        f"A maze of {scene.maze.width}x{scene.maze.height} cells whose walls can be opened and"
        f" closed, and in which mouse and cheese can be moved. A network of the lab {lab} says in"
        " every cell which way it would go, after any number of loops."
    )


def first_scene(settings: Mapping[str, str]) -> Scene:
    """The maze that one begins with."""
    if drawn := settings.get("drawn"):
        return Scene.read(drawn)
    rng = random.Random(f"editor {settings.get('seed', '0')}")
    lab = run_ref(settings.get("lab", LAB)).lab
    return Scene.drawn(int(settings.get("size", trained_in(lab))), rng)
