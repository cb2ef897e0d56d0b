"""What is seen from above: fringes of yarn, level water, glass that is seen through."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import drjit as dr
import mitsuba as mi
import numpy as np
import pytest
from scipy.spatial import cKDTree

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.labware import labware
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.emitters import before_wall
from photoshoot.placers.studio.set_builders.bed import build_bed
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.beds.mirrors import _puddles, _signs, _water_level, slab_side
from photoshoot.placers.studio.set_builders.beds.rug import fringe
from photoshoot.placers.studio.set_builders.beds.sheets import _fineness
from photoshoot.placers.studio.set_builders.beds.tubes import _projected, glow_spots
from photoshoot.placers.studio.set_builders.beds.under import _piece
from photoshoot.placers.studio.set_builders.beds.water import _tiles
from photoshoot.placers.studio.set_builders.flat_lay import _as_high, build_flat_lay
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light, hold
from photoshoot.sets.bed import Bed
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.glossy_floor import GlossyFloor
from photoshoot.sets.podium import Podium
from photoshoot.sets.pool import Pool
from photoshoot.sets.strewn import FLAMES
from photoshoot.settings import Stance

pytestmark = pytest.mark.usefixtures("shapes_alone")
BOX = Box(left=250, top=100, right=350, bottom=330)
STANDING = Canvas(label="t", width_px=602, height_px=432, product_box=BOX, safe_area=BOX, stance=Stance.UPRIGHT)
LYING = Canvas(label="t", width_px=602, height_px=432, product_box=BOX, safe_area=BOX, stance=Stance.LYING)


def _lying(design: FlatLay, canvas: Canvas) -> Lying:
    view, rng = View.of(canvas, 1.4), np.random.default_rng(1)
    return Lying(design=design, view=view, light=design.light, exposure=1.0, rng=rng)


def test_a_fringe_is_many_yarns_of_uneven_length_that_lie_on_the_floor() -> None:
    mesh = fringe(1.0, np.random.default_rng(1))
    ends = mesh.vertices.reshape(-1, 9, 5, 3)[:, -1].mean(1)
    assert len(ends) > 200
    assert np.ptp(ends[:, 2]) > 0.05
    assert -0.045 < mesh.vertices[:, 1].min() < -0.03  # a rug is 0.04 thick
    assert mesh.vertices[:, 1].max() < 0.01


@pytest.mark.parametrize(
    "design",
    [
        *(FlatLay(surface="paper", under=under) for under in ("paving", "tread", "board", "tray", "rug")),
        *(FlatLay(surface=surface) for surface in ("folds", "sand", "snow", "moss")),
    ],
    ids=lambda design: f"{design.surface}-{design.under}",
)
def test_relief_of_what_lies_flat_is_in_its_albedo(design: FlatLay) -> None:
    """Light is traced too coarsely to show it: stairs from above had 25 dB, and their concrete no grain."""
    shapes = build_flat_lay(design, View.of(LYING, 1.4), np.random.default_rng(1)).shapes
    coats = [str(shape.bsdf()) for shape in shapes.values() if isinstance(shape, mi.Shape) and shape.bsdf()]
    assert any("BitmapTexture" in coat for coat in coats)
    assert not any("BumpMap" in coat for coat in coats)


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_rug_lies_under_all_of_a_wide_product_and_the_floor_is_seen_past_its_end(seed: int) -> None:
    """Its end ran under the product, whose other half hung over the floor."""
    wide = Box(left=100, top=40, right=500, bottom=390)
    canvas = Canvas(label="t", width_px=602, height_px=432, product_box=wide, safe_area=wide, stance=Stance.LYING)
    view, design = View.of(canvas, 1.4), FlatLay(surface="wood", under="rug")
    rug = _vertices(build_flat_lay(design, view, np.random.default_rng(seed)).shapes["rug"])
    left, right = view.product_x - view.product_half_width, view.product_x + view.product_half_width
    assert rug[:, 0].min() < left - 0.1
    assert rug[:, 0].max() > right + 0.1
    assert rug[:, 0].min() > -view.half_width or rug[:, 0].max() < view.half_width


@pytest.mark.parametrize("upright", [False, True])
def test_a_rug_that_would_fill_the_picture_is_a_runner_where_that_shows_the_floor_on_both_its_sides(
    upright: bool,
) -> None:
    """Of the bedding under a shoe in a tall picture a sliver was seen."""
    box = Box(left=170, top=40, right=270, bottom=560) if upright else Box(left=40, top=250, right=400, bottom=350)
    canvas = Canvas(label="t", width_px=440, height_px=600, product_box=box, safe_area=box, stance=Stance.LYING)
    view, design = View.of(canvas, 1.4), FlatLay(surface="linen", under="rug")
    rug = _vertices(build_flat_lay(design, view, np.random.default_rng(1)).shapes["rug"])
    low, high = np.array([-view.half_width, view.bottom]), np.array([view.half_width, view.top])
    along, across = (1, 0) if upright else (0, 1)
    assert rug[:, along].min() < low[along]
    assert rug[:, along].max() > high[along]
    assert rug[:, across].min() > low[across] + 0.2
    assert rug[:, across].max() < high[across] - 0.2


def test_the_sun_stands_as_high_over_a_stone_in_a_pool_as_over_the_pool() -> None:
    """In light that grazed it a rope's shadow lay so far from it that it hovered, and cut stone was crumpled foil."""
    high, low = (_as_high(before_wall(Light(azimuth_deg=-52, elevation_deg=elevation))) for elevation in (48, 20))
    for light, elevation in ((high, 48), (low, 20)):
        over = np.cos(np.radians(light.azimuth_deg)) * np.cos(np.radians(light.elevation_deg))
        assert np.degrees(np.arcsin(over)) >= elevation - 1
    assert low == before_wall(Light(azimuth_deg=-52, elevation_deg=20))


@pytest.mark.parametrize("shape", ["round", "square", "steps"])
def test_a_platform_that_is_looked_down_on_is_of_what_it_is_of_standing(
    shape: Literal["round", "square", "steps"],
) -> None:
    view, design = View.of(LYING, 1.4), hold(Podium(shape=shape, podium_material="marble"), Stance.LYING)
    assert isinstance(design, FlatLay)
    of, painted = (
        build_flat_lay(each, view, np.random.default_rng(1)).shapes
        for each in (design, replace(design, under_material="plain"))
    )
    known = np.concatenate([_vertices(part) for name, part in painted.items() if name.startswith("under_")])
    points = _vertices(body := of["under"])
    assert {tuple(point) for point in points.round(4)} == {tuple(point) for point in known.round(4)}
    assert "BitmapTexture" in str(body.bsdf())  # type: ignore[attr-defined]


def test_linen_is_as_fine_as_the_film_shows_it() -> None:
    """Under a shoe its threads were two millimetres thick: sackcloth."""
    design, box = FlatLay(surface="linen"), Box(left=400, top=200, right=1100, bottom=900)
    large = Canvas(label="t", width_px=1506, height_px=1080, product_box=box, safe_area=box, stance=Stance.LYING)
    coarse, fine = (_fineness(_lying(design, canvas)) for canvas in (LYING, large))
    assert coarse == 1.0
    assert 1.2 < fine < 2.0


def test_water_is_level_and_dry_ground_is_not_under_it() -> None:
    hollow = np.linspace(-1, 1, 9)
    level = _water_level(hollow, 0.02)
    assert np.ptp(level[hollow > 0.1]) == 0
    assert (level[hollow <= 0] == 0).all()


def test_water_thins_out_over_the_rims_of_hollows_and_the_ground_between_shines() -> None:
    """With sharp shores, wet ground seen from above was a map in two colours."""
    lying = _lying(FlatLay(surface="asphalt"), LYING)
    x, z = np.meshgrid(np.linspace(-2, 2, 240), np.linspace(-1.4, 1.4, 160))
    films = [_puddles(lying, seed, x, z)[1] for seed in range(0, 40, 8)]
    shores = [np.mean((film > 0.2) & (film < 0.8)) / np.mean(film > 0.2) for film in films]
    assert np.mean(shores) > 0.2  # .13 with sharp shores
    assert all(film.min() > 0.05 and film.max() <= 1.0 for film in films)


def test_nothing_lies_in_a_puddle() -> None:
    """Products hovered over what the water mirrored."""
    lying = _lying(FlatLay(surface="asphalt"), LYING)
    x, z = lying.points(40_000)
    for seed in range(0, 40, 4):
        hollow, film = _puddles(lying, seed, x, z)
        under = lying.distance(x, z) < 0.02
        assert np.quantile(film[under], 0.9) < 0.4
        assert (_water_level(hollow, 0.02)[under] == 0).mean() > 0.9
        assert film[~under].max() > 0.9


def test_from_above_a_laboratory_has_dishes_that_are_seen_through() -> None:
    pieces = labware(View.of(LYING, 1.4), np.random.default_rng(3), ())
    coats = {name: coat for name, (_, coat) in pieces.items() if name.startswith("pool")}
    assert len(coats) == 3
    assert all(coat["a"]["type"] == "thindielectric" for coat in coats.values())  # type: ignore[index]


@pytest.mark.parametrize("surface", ["rock", "facets", "silk"])
def test_things_lie_on_a_bed_that_is_not_flat(surface: Literal["rock", "facets", "silk"]) -> None:
    """They hovered over a rock's hollows by .2, and 22 of 35 leaves were buried in facets."""
    view, design = View.of(LYING, 1.4), FlatLay(surface=surface, props="leaves")
    shapes = build_flat_lay(design, view, np.random.default_rng(3)).shapes
    ground = np.concatenate([_vertices(shape) for name, shape in shapes.items() if _is_ground(name, shape)])
    leaves = _vertices(shapes["prop_leaves"])
    _, near = cKDTree(ground[:, :2]).query(leaves[:, :2], k=6)
    over = leaves[:, 2] - ground[near][:, :, 2].max(1)
    assert np.quantile(over, 0.95) < 0.3
    assert abs(float(np.quantile(over, 0.1))) < 0.12, np.quantile(over, [0.01, 0.1, 0.5])


def test_what_burns_stands_on_a_tray_and_on_no_bedding() -> None:
    """Lit candles stood on a duvet."""
    view = View.of(STANDING, 1.55)
    for seed in range(4):
        shapes = build_bed(Bed(beside="candles"), view, np.random.default_rng(seed)).shapes
        tray, duvet, plates = (_vertices(shapes[name]) for name in ("tray", "duvet", "beside_plates"))
        assert plates[:, 1].min() == pytest.approx(0.0, abs=1e-4), "on the tray, which is under the product, too"
        assert np.abs(plates[:, 0]).max() < tray[:, 0].max()
        assert tray[:, 2].min() - 0.1 < plates[:, 2].min()
        assert plates[:, 2].max() < tray[:, 2].max() + 0.1
        before = duvet[(duvet[:, 2] > 0.0) & (duvet[:, 2] < 3.0)]
        assert before[:, 1].max() < 0.0, "no fold hides it"
    assert "tray" not in build_bed(Bed(beside="books"), view, np.random.default_rng(1)).shapes


def test_pillows_beside_a_small_thing_are_no_dolls_pillows_and_none_reaches_it() -> None:
    """Beside a watch they were a foot wide."""
    tall = {}
    for scale in (0.5, 1.0, 3.0):
        view = replace(View.of(STANDING, 1.55), prop_scale=scale)
        pillows = _vertices(build_bed(Bed(), view, np.random.default_rng(1)).shapes["pillows"])
        tall[scale] = float(np.ptp(pillows[:, 1]))
        assert pillows[:, 2].max() < -view.product_back
    assert tall[1.0] > 1.4 * tall[3.0]
    assert tall[0.5] == pytest.approx(tall[1.0], rel=0.05), "the wall stays in sight"


@pytest.mark.parametrize("kind", sorted(FLAMES))
def test_from_above_what_burns_lies_on_the_tray(
    kind: Literal["candles", "diyas", "halloween", "lanterns", "ramadan"],
) -> None:
    design = hold(Bed(beside=kind), Stance.LYING)
    assert isinstance(design, FlatLay)
    assert (design.under, design.props) == ("tray", kind)
    shapes = build_flat_lay(design, View.of(LYING, 1.4), np.random.default_rng(2)).shapes
    tray = _vertices(shapes["tray"])
    things = np.concatenate([_vertices(shape) for name, shape in shapes.items() if name.startswith("prop_")])
    assert len(things) > 100
    assert (np.abs(things[:, :2]) < np.abs(tray[:, :2]).max(0)).all()
    assert things[:, 2].min() > tray[:, 2].min() + 0.1


def test_a_glossy_floor_is_laid_in_slabs_to_scale() -> None:
    """It was nothing but blurred bands: nothing told how large it is."""
    floor = hold(GlossyFloor(), Stance.LYING)
    assert isinstance(floor, FlatLay)
    view = View.of(LYING, 1.4)
    assert 0.4 < slab_side(None) / (2 * view.half_width) < 0.8
    for unit_m in (0.02, 0.05, 0.1, 0.3, 1.0, 4.0):
        assert 0.25 * 2 * view.half_width < slab_side(unit_m) < 2 * view.half_width
    slabs, joints = (
        _vertices(build_flat_lay(floor, view, np.random.default_rng(1)).shapes[n]) for n in ("lacquer", "joints")
    )
    corners = slabs.reshape(-1, 4, 3)
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    assert len(corners) >= 9
    assert 0.0005 < np.ptp(normals[:, :2], axis=0).min() < 0.02, "each mirrors a bit of its own, and next to the same"
    assert joints[:, 2].max() < slabs[:, 2].min()


def test_from_above_a_pool_has_square_tiles() -> None:
    """It had the cells of a bed of pebbles, as if cracked."""
    design = hold(Pool(), Stance.LYING)
    assert isinstance(design, FlatLay)
    lying = Lying(
        design=design, view=View.of(LYING, 1.4), light=design.light, exposure=1.0, rng=np.random.default_rng(1)
    )
    x, z = np.meshgrid(np.linspace(0, 3.6, 721), np.linspace(0, 3.6, 721))
    bed = _tiles(lying, x, z).mean(-1)
    dark = bed < 0.8 * np.median(bed)
    lines = dark.mean(0) > 0.95
    assert np.array_equal(lines, dark.mean(1) > 0.95)
    assert 9 <= np.count_nonzero(np.diff(lines.astype(int)) == 1) <= 11, "one joint a tile"


def _is_ground(name: str, shape: object) -> bool:
    return isinstance(shape, mi.Mesh) and not shape.is_emitter() and not name.startswith("prop")


def _vertices(shape: object) -> np.ndarray:
    assert isinstance(shape, mi.Mesh)
    return np.array(mi.traverse(shape)["vertex_positions"], np.float64).reshape(-1, 3)


@pytest.mark.parametrize("color", ["#d322a0", "#2a7bff", "#2f9e4c"])
def test_puddles_of_a_street_mirror_its_signs_in_their_colour(color: str) -> None:
    lights = _signs((90, 120), (color,), np.random.default_rng(3))
    lit = lights[lights.sum(-1) > 0.3 * lights.sum(-1).max()]
    assert len(lit) > 100
    hue = lit / lit.sum(-1, keepdims=True)
    assert np.allclose(hue, hex_to_linear(color) / hex_to_linear(color).sum(), atol=0.02)


def test_small_pools_of_light_are_one_lamps_and_lie_where_they_were_drawn_off_the_product() -> None:
    """Each had a lamp, which paths asked so seldom that its light was mottled."""
    lying = _lying(FlatLay(surface="wood", glow="lights"), LYING)
    x, y = 1.1, -0.4
    lamp = mi.load_dict(_projected(np.array([[x, y]]), np.array([0.4]), np.ones(3, np.float32), lying))

    def lit(dx: float, dy: float) -> float:
        place = dr.zeros(mi.SurfaceInteraction3f)
        place.p = mi.Point3f(x + dx, y + dy, lying.z)
        return float(np.max(np.array(lamp.sample_direction(place, mi.Point2f(0.5))[1])))

    assert all(lit(0.0, 0.0) > 5 * lit(dx, dy) for dx, dy in ((0.38, 0), (-0.38, 0), (0, 0.38), (0, -0.38)))
    assert lit(0.0, 0.0) > 0
    assert lit(-2 * x, 0.0) == lit(0.0, 0.8) == 0
    assert len(glow_spots(lying)) == 1


@pytest.mark.parametrize("share", [0.55, 0.96])
def test_of_the_surface_beside_a_slab_there_is_no_sliver(share: float) -> None:
    """A slab ended a few pixels before the picture's edge, which looked like a fault."""
    tall = round(share * LYING.height_px)
    top = (LYING.height_px - tall) // 2
    middle, half = LYING.width_px // 2, round(0.2 * LYING.width_px)
    box = Box(left=middle - half, top=top, right=middle + half, bottom=top + tall)
    lying = _lying(FlatLay(surface="water", under="block"), replace(LYING, product_box=box))
    wide, deep = _piece(lying, 0.1)
    room = 0.5 * (lying.view.top - lying.view.bottom) - deep
    assert wide == pytest.approx(lying.view.product_half_width + 0.1)
    assert (room > 0.2) if share < 0.9 else (room < -0.5)


def test_a_sofa_carries_the_product_before_its_back() -> None:
    view = View.of(STANDING, 1.55)
    shapes = build_bed(Bed(sofa=True), view, np.random.default_rng(1)).shapes
    seat, back, pillows = (_vertices(shapes[name]) for name in ("duvet", "pillows", "accents"))
    beside = np.abs(seat[:, 0] - view.product_x) < 0.9 * view.product_half_width
    under = beside & (np.abs(seat[:, 2]) < 0.1)
    assert under.any()
    assert np.abs(seat[under, 1]).max() < 0.02, "level where it stands"
    assert back[:, 2].max() < -view.product_back - 0.3
    assert (np.abs(pillows[:, 0] - view.product_x) > view.product_half_width).all(), "no pillow is behind it"


def test_lying_white_paper_is_as_white_as_a_sweep_of_it() -> None:
    """A hoodie lay on bluish grey where a shoe stood on white."""
    paper, linen = (
        build_flat_lay(FlatLay(surface=surface), View.of(LYING, 1.4), np.random.default_rng(1))
        for surface in ("paper", "linen")
    )
    fill = np.array(paper.shapes["fill"]["radiance"]["value"])  # type: ignore[index]
    assert fill.max() < 1.02 * fill.min()
    assert paper.exposure is not None
    assert linen.exposure is not None
    assert paper.exposure > 1.1 * linen.exposure
