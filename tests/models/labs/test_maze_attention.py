"""Where the heads of a map reader look: the weights of its pass, and what to hold against them."""

from __future__ import annotations

import random

import pytest
import torch

from models.ablation import without_heads
from models.labs.map_asked import Asked, asked
from models.labs.maze_attention import attention_on, fairly, route, weights_of
from models.mazes.generators import wilson, with_wall_moved
from models.mazes.maze import EAST, SOUTH, WEST, Maze
from models.mazes.solvers import shortest_path
from models.networks.map import MapSolver
from models.networks.plain_map import PlainMap, Shape
from models.probe import look
from models.training import seeded

CUT_OFF = Maze(3, 1, (1 << EAST, 1 << WEST, 0))


@pytest.fixture(scope="module")
def network() -> PlainMap:
    with seeded(0):
        return PlainMap(Shape(side=4, width=12, heads=3, layers=2))


def maze(sample: int = 0) -> Asked:
    return asked({"size": 4, "sample": sample}, 0)


def test_weights_are_those_of_the_pass_and_each_row_is_one_whole(network: PlainMap) -> None:
    of = maze()
    weights = torch.from_numpy(attention_on(network, of, fairly(network, 0, 4))[0]["weights"])
    _, seen = look(network, of.board.seen)
    assert weights.shape == (2, 3, 16, 16)
    for layer in range(2):
        assert torch.equal(weights[layer], seen[f"blocks.{layer}.attend.weights"][0])
    assert torch.allclose(weights.sum(-1), torch.ones(2, 3, 16))


def test_the_route_is_a_shortest_way_with_both_ends() -> None:
    of = maze(3)
    assert route(of) == shortest_path(of.maze, of.start, of.cheese)
    assert route(Asked(CUT_OFF, 0, 2)) == []


def test_arrows_are_counted_with_all_heads_and_without_each(network: PlainMap) -> None:
    of = maze(1)
    _, values = attention_on(network, of, fairly(network, 0, 4))
    onward = torch.tensor(values["onward"])
    assert values["asked"] == 15
    assert values["right"] == int((torch.tensor(values["arrows"][0]) == onward).sum())
    with torch.no_grad(), without_heads(network, {"blocks.1.attend": [2]}):
        said = network(of.board.seen)[0].argmax(-1)
    assert values["without"][1][2] == int((said == onward).sum())


def test_where_several_ways_lead_nearer_each_of_them_is_right(network: PlainMap) -> None:
    room = wilson(4, 4, random.Random(0))
    for cell in range(16):
        row, column = divmod(cell, 4)
        for way, inside in ((EAST, column < 3), (SOUTH, row < 3)):
            if inside and not room.is_open(cell, way):
                room = with_wall_moved(room, cell, way)
    of = Asked(room, 0, 15)
    with torch.no_grad():
        said = network(of.board.seen)[0].argmax(-1).tolist()
    # In a room without walls east and south lead nearer, as far as there is any of them to go.
    right = sum(
        (arrow == EAST and cell % 4 < 3) or (arrow == SOUTH and cell < 12)
        for cell, arrow in enumerate(said)
    )
    assert attention_on(network, of, fairly(network, 0, 4))[1]["right"] == right


def test_over_many_mazes_a_head_of_equal_shares_lies_on_the_way_as_much_as_uniform() -> None:
    with seeded(1):
        level = PlainMap(Shape(side=4, width=12, heads=3, layers=1))
    with torch.no_grad():
        level.blocks[0].attend.in_proj_weight[:24].zero_()  # no questions and no keys
    fair = fairly(level, 0, 4)
    assert fair.on_route == [[pytest.approx(fair.uniform)] * 3]
    assert fair.mazes == 100 and 0 < fair.uniform < 1


def test_behind_a_mask_of_doors_equal_shares_are_those_of_what_it_leaves() -> None:
    level = MapSolver()
    with torch.no_grad():
        level.block.attend.in_proj_weight[:64].zero_()  # no questions and no keys
    fair = fairly(level, 0, 4, 2)
    assert fair.on_route == [[pytest.approx(fair.uniform)] * 4] * 2
    assert fair.uniform == pytest.approx(1), "from a dead end there is one way"


def test_over_many_mazes_shares_and_ablations_are_those_of_each_maze(network: PlainMap) -> None:
    fair = fairly(network, 7, 4)
    some = [asked({"size": 4, "sample": f"fair {n}"}, 7) for n in range(100)]
    on_route = torch.zeros(2, 3)
    right = without = 0
    for of in some:
        weights = weights_of(network, of.board.seen)[:, 0, :, of.start]  # (L, H, T)
        on_route += weights[..., route(of)].sum(-1) / 100
        _, values = attention_on(network, of, fair)
        right, without = right + values["right"], without + values["without"][0][1]
    assert torch.allclose(torch.tensor(fair.on_route), on_route, atol=1e-5)
    assert fair.right == pytest.approx(right / 1500)
    assert fair.without[0][1] == pytest.approx(without / 1500)


def test_with_heads_off_weights_arrows_and_counts_are_those_of_what_is_left(
    network: PlainMap,
) -> None:
    of, fair, off = maze(2), fairly(network, 0, 4), [[0, 1], [1, 0]]
    whole = attention_on(network, of, fair)[1]
    arrays, values = attention_on(network, of, fair, off)
    heads = {"blocks.0.attend": [1], "blocks.1.attend": [0]}
    with torch.no_grad(), without_heads(network, heads):
        said, seen = look(network, of.board.seen)
        many = network(fair.board.seen).argmax(-1)
    assert torch.equal(torch.from_numpy(arrays["weights"][1]), seen["blocks.1.attend.weights"][0])
    assert values["arrows"] == said.argmax(-1).tolist() and values["off"] == off
    assert values["now"] == int((said.argmax(-1) == of.board.onward).sum())
    asked = fair.board.onward >= 0
    assert values["many_now"] == pytest.approx(
        (many == fair.board.onward)[asked].float().mean().item()
    )
    assert (values["right"], values["without"]) == (whole["right"], whole["without"])
    assert whole["now"] == whole["right"] and whole["many_now"] == whole["many_right"]


def test_a_head_that_is_not_there_cannot_be_off(network: PlainMap) -> None:
    with pytest.raises(ValueError, match="no head 3"):
        attention_on(network, maze(), fairly(network, 0, 4), [[0, 3]])


def test_through_doors_a_cell_looks_at_itself_and_at_the_cell_behind_one_door() -> None:
    with seeded(2):
        looped = MapSolver(width=8)
    of, fair = maze(5), fairly(looped, 0, 4, 3)
    arrays, values = attention_on(looped, of, fair, loops=3)
    weights = weights_of(looped, of.board.seen, 4, 3)[:, 0]  # (K, 4, T, T)
    own = torch.from_numpy(arrays["own"])
    assert own.shape == (3, 4, 16) and (values["layers"], values["heads"]) == (3, 4)
    for cell in range(16):
        for way in range(4):
            if of.maze.is_open(cell, way):
                there = weights[:, way, cell, of.maze.step(cell, way)]
                assert torch.allclose(own[:, way, cell] + there, torch.ones(3))
            else:
                assert torch.equal(own[:, way, cell], torch.ones(3))


def test_a_head_of_the_looped_map_is_off_in_all_of_its_loops() -> None:
    with seeded(3):
        looped = MapSolver(width=8)
    of, fair = maze(6), fairly(looped, 0, 4, 5)
    _, values = attention_on(looped, of, fair, [[0, 1]], 5)
    board = of.board
    with torch.no_grad(), without_heads(looped, {"block.attend": [1]}):
        said = looped(board.is_open, board.cheese, 4, 5)[0].argmax(-1)
    assert values["arrows"] == [said.tolist()]
    assert values["now"] == values["without"][0][1] == int((said == board.onward[0]).sum())
    assert len(values["without"]) == len(fair.without) == 1 and len(fair.on_route) == 5
