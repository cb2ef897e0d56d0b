"""Boards have the colour they are asked for, lie in rows with gaps between, and run along u."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.procedural import SIZE_PX
from photoshoot.placers.studio.textures.wood import WoodGrain, _ring_depth, wood

COLOR, GRAIN_COLOR = "#a9764a", "#5d3a22"
OLD = WoodGrain(planks=4, rustic=0.7, seed=3)


@pytest.fixture(scope="module", autouse=True)
def _few_boards() -> None:
    """Made once: a texture of 1024 px takes a while, and the shelf keeps it."""
    wood(COLOR, GRAIN_COLOR, OLD)


def test_it_is_as_bright_as_its_colour_and_in_range() -> None:
    texture = wood(COLOR, GRAIN_COLOR, OLD)
    assert texture.color.shape == (SIZE_PX, SIZE_PX, 3)
    assert texture.height.shape == (SIZE_PX, SIZE_PX)
    assert texture.color.min() >= 0
    assert texture.color.max() <= 1
    assert float(texture.color.mean()) == pytest.approx(0.96 * float(hex_to_linear(COLOR).mean()), rel=0.02)  # clipped


def test_gaps_lie_between_boards_and_nowhere_else() -> None:
    rows = wood(COLOR, GRAIN_COLOR, OLD).height.mean(1)
    edges = np.linspace(0, SIZE_PX, OLD.planks + 1).astype(int)
    deep = set(np.flatnonzero(rows < rows.mean() - 1).tolist())
    near_edges = {row for edge in edges for row in range(edge - 8, edge + 8)}
    assert deep, "there are gaps"
    assert deep <= near_edges
    assert all(deep & set(range(edge - 2, edge + 2)) for edge in edges), "at every edge"


def test_boards_that_are_glued_have_next_to_no_gaps() -> None:
    """A desk's top had a floor's black gaps."""
    floor, desk = (
        surface_texture(Surface(material="wood", color=COLOR, vein_color=GRAIN_COLOR, glued=glued), 3)
        for glued in (False, True)
    )
    edge = SIZE_PX // 6
    dark = [texture.color[edge - 2 : edge + 2].mean() / texture.color.mean() for texture in (floor, desk)]
    assert dark[0] < 0.5
    assert dark[1] > 0.75


def test_the_grain_runs_along_u() -> None:
    tone = wood(COLOR, GRAIN_COLOR, OLD).color.mean(-1)
    along, across = np.abs(np.diff(tone, axis=1)).mean(), np.abs(np.diff(tone, axis=0)).mean()
    assert along < 0.5 * across


@pytest.mark.parametrize("rustic", [0.0, 0.7])
def test_its_relief_is_no_finer_than_a_pixel_shows(rustic: float) -> None:
    """Else each pixel would glitter on its own, and a coarse film would show another wood than a full-size one."""
    height = wood(COLOR, GRAIN_COLOR, WoodGrain(planks=4, rustic=rustic, seed=3)).height
    finest = (height - ndimage.gaussian_filter(height, (0, 1))).std()  # along the grain, where there are no gaps
    assert finest < 0.01, f"{finest:.3f} of a unit of relief"  # 0.05 of pores and fibres as they are drawn


def test_it_repeats_along_its_boards_without_a_seam() -> None:
    tone = wood(COLOR, GRAIN_COLOR, WoodGrain(planks=4, rustic=0.0, seed=3)).color.mean(-1)
    assert np.abs(tone[:, 0] - tone[:, -1]).mean() < 1.5 * np.abs(np.diff(tone, axis=1)).mean()


def test_another_seed_gives_other_boards() -> None:
    first, other = wood(COLOR, GRAIN_COLOR, OLD), wood(COLOR, GRAIN_COLOR, WoodGrain(planks=4, rustic=0.7, seed=4))
    assert not np.array_equal(first.color, other.color)


def _knots(stretch: float) -> list[np.ndarray]:
    """Knots of many worn boards, each as its places (rows, columns)."""
    found = []
    for seed in range(24):
        grain = WoodGrain(planks=5, rustic=1.0, stretch=stretch)
        dark = _ring_depth((204, SIZE_PX), grain, np.random.default_rng(seed))[1] > 0.2
        labels, count = ndimage.label(dark)
        found += [np.argwhere(labels == index + 1) for index in range(count)]
    return [knot for knot in found if len(knot) > 100]


def test_knots_are_of_many_sizes_and_as_round_where_boards_are_laid_longer() -> None:
    """All were one grey oval, and one saw them come again."""
    plain, long = _knots(1.0), _knots(2.0)
    for knots in (plain, long):
        areas = sorted(len(knot) for knot in knots)
        assert areas[-len(areas) // 8] > 4 * areas[len(areas) // 4]
    shape = [np.median([np.ptp(knot[:, 1]) / np.ptp(knot[:, 0]) for knot in knots]) for knots in (plain, long)]
    assert shape[1] == pytest.approx(0.5 * shape[0], rel=0.35)


def test_a_worn_board_is_not_as_bright_all_along() -> None:
    """Pieces of one board looked the same, wherever they were cut from it."""
    tone = wood(COLOR, GRAIN_COLOR, OLD).color.mean(-1)
    board = tone[10 : SIZE_PX // OLD.planks - 10].reshape(-1, 8, SIZE_PX // 8).mean((0, 2))
    assert np.ptp(board) > 0.1 * board.mean()
