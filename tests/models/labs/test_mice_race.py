"""Everyone's way through one maze, and what each can see there."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import torch

from models.labs.map_asked import Asked
from models.labs.mice_race import race
from models.labs.rivals import RivalsLab
from models.mazes.maze import EAST, NORTH, SOUTH, WEST, Maze
from models.specs.rivals import SPEC

RING = Maze(2, 2, (6, 12, 3, 9))
"""Four cells round a post: no wall inside."""


@pytest.fixture(scope="module")
def lab() -> RivalsLab:
    return RivalsLab(SPEC.settings({"steps": 20, "mazes": 20}), 0)


def contestants(values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in values["contestants"]}


class Pointing:
    """Says the same arrow in each cell."""

    def __init__(self, arrows: list[int]) -> None:
        self.network = torch.nn.Linear(1, 1)
        self._arrows = torch.tensor(arrows)

    def answers(self, told: torch.Tensor, width: int) -> torch.Tensor:
        return torch.nn.functional.one_hot(self._arrows, 4)[None].float()


def test_everyone_starts_at_the_mouse_and_goes_through_doors(lab: RivalsLab) -> None:
    _, values = lab.probe("race", {"sample": 4})
    maze = Maze(values["width"], values["height"], tuple(values["passages"]))
    found = contestants(values)
    assert list(found) == ["right", "mouse", "lstm", "plain", "map", "bfs"]
    for one in found.values():
        assert one["path"][0] == values["start"]
        assert all(b in maze.neighbours(a) for a, b in itertools.pairwise(one["path"]))
        assert (one["path"][-1] == values["cheese"]) == (one["ends"] == "there")


def test_the_search_comes_by_a_shortest_way_and_says_when_it_came_where(lab: RivalsLab) -> None:
    _, values = lab.probe("race", {"sample": 4})
    search = contestants(values)["bfs"]
    assert len(search["path"]) - 1 == values["away"][values["start"]]
    assert [search["wave"][cell] for cell in search["path"]] == list(range(len(search["path"])))


def test_arrows_may_lead_into_a_wall_or_round_for_ever() -> None:
    of = Asked(RING, 0, 3)
    ways = {
        "wall": Pointing([NORTH, SOUTH, EAST, NORTH]),
        "round": Pointing([EAST, WEST, EAST, NORTH]),
        "there": Pointing([SOUTH, SOUTH, EAST, NORTH]),
    }
    _, values = race(of, None, ways, 0)  # type: ignore[arg-type]
    found = contestants(values)
    assert "mouse" not in found
    assert {name: found[name]["ends"] for name in ways} == {name: name for name in ways}
    assert found["wall"]["path"] == [0]
    assert found["round"]["path"] == [0, 1, 0]
    assert found["there"]["path"] == [0, 2, 3]


def test_a_cheese_behind_walls_is_found_by_nobody(lab: RivalsLab) -> None:
    cut_off = {"width": 2, "height": 1, "passages": [0, 0], "start": 0, "cheese": 1}
    _, values = lab.probe("race", {"maze": cut_off})
    found = contestants(values)
    assert values["away"] == [-1, 0]
    assert found["right"]["ends"] == found["bfs"]["ends"] == "lost"
    assert "square" in found["mouse"]["why"] and "places for 5" in found["plain"]["why"]


def test_the_memory_of_the_mouse_is_what_it_decided_by(lab: RivalsLab) -> None:
    arrays, values = lab.probe("race", {"sample": 2})
    mouse = contestants(values)["mouse"]
    assert arrays["memory"].shape == (len(mouse["path"]) - 1, 96)
    again, _ = lab.probe("race", {"sample": 2})
    assert (again["memory"] == arrays["memory"]).all()


def test_before_its_first_step_nobody_has_learned_anything(lab: RivalsLab) -> None:
    for _, unit in zip(range(60), lab.train(), strict=False):
        assert unit
    _, before = lab.probe("race", {"when": "before"})
    _, after = lab.probe("race", {})
    for name in ("lstm", "plain", "map"):
        assert contestants(before)[name]["confidence"] != contestants(after)[name]["confidence"]
    assert contestants(before)["right"] == contestants(after)["right"]
