"""Water, dunes and rocks: what the eye would check first."""

from __future__ import annotations

from dataclasses import replace

import mitsuba as mi
import numpy as np
import numpy.typing as npt
import pytest
from scipy import ndimage, spatial

from photoshoot.color.space import hex_to_linear, hex_to_oklab, linear_to_oklab
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.creases import draw_creases
from photoshoot.placers.studio.geometry.terrain import relief
from photoshoot.placers.studio.landscape.boulders import Slab
from photoshoot.placers.studio.landscape.dunes import Dunescape
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points, row_spacing
from photoshoot.placers.studio.landscape.water import waves
from photoshoot.placers.studio.lighting.sky import Sky, sky_image
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.emitters import direction
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.placers.studio.set_builders.beach import against_sun
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light, SetDesign
from photoshoot.sets.beach import Beach
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.rocks import Rocks
from photoshoot.sets.water import Water
from photoshoot.settings import Stance
from tests.making import lay_flat
from tests.placers.studio.conftest import see_sky, smooth_plastics
from tests.sweeps import sampled

Picture = npt.NDArray[np.float32]

SIZES = ((420, 160), (120, 450), (640, 60))
LOW_SUN = Light(azimuth_deg=-75, elevation_deg=20, softness=0.1, fill=0.3, fixed=True)
DESIGNS: tuple[SetDesign, ...] = (
    Water(),
    Water(support="stone"),
    Dunes(light=LOW_SUN, props="grass"),
    Dunes(ground="snow", ground_color="#f2f5fa", props="rocks"),
    Dunes(props="shells"),
    Rocks(),
    Rocks(ground="pebbles", plants="leaves"),
    Rocks(ground="moss", plants="grass"),
    Rocks(ground="soil", plants="petals"),
    Rocks(ground="rock"),
    Water(support="round", support_material="stone"),
    Beach(stand="round", stand_material="marble"),
    Beach(stand="rock"),
    Dunes(stand="square", stand_material="wood", props="shells"),
    Dunes(stand="table", stand_material="linen", beside="candles"),
    Beach(stand="table", stand_material="tiles"),
    Water(support="table", support_material="wood", far="mountains"),
    Dunes(ground="snow", far="mountains"),
    Water(support="jetty", far="hills"),
    Water(support="cliff", ripples=0.8),
    Rocks(brook=True, ground="moss", place="forest"),
    Water(support="jetty", support_material="stone", night_sky="stars"),
)

NUMBERS = sampled(range(len(DESIGNS)), lambda number: type(DESIGNS[number]).__name__)


def _view(design: SetDesign, size: tuple[int, int], half_share: float = 0.06) -> View:
    width, height = size
    half = max(2, min(round(half_share * width), round(0.4 * width)))
    bottom = round(0.85 * height)
    box = Box(left=width // 2 - half, top=bottom - round(0.6 * height), right=width // 2 + half, bottom=bottom)
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    return View.of(canvas, design.camera_y)


def _build(design: SetDesign, view: View, seed: int = 1) -> SetParts:
    return load_builder(design)(design, view, np.random.default_rng(seed))


def _build_shapes(design: SetDesign, view: View, seed: int = 1) -> SetParts:
    with smooth_plastics():
        return _build(design, view, seed)


def _picture(design: SetDesign, size: tuple[int, int] = (96, 36), seed: int = 1) -> Picture:
    view = _view(design, size)
    parts = _build(design, view, seed)
    assert parts.exposure is not None
    scene = mi.load_dict({"type": "scene", **parts.shapes})
    camera = Camera(film=Film(view=view)).load_sensor()
    light = np.array(mi.render(scene, sensor=camera, integrator=mi.load_dict({"type": "path", "max_depth": 6}), spp=16))
    return np.asarray(tone_map(light[..., :3].astype(np.float32), parts.exposure), np.float32)


def _vertices(parts: SetParts) -> dict[str, npt.NDArray[np.float64]]:
    return {
        name: np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3).astype(np.float64)
        for name, shape in parts.shapes.items()
        if isinstance(shape, mi.Mesh)
    }


def _distance(shown: npt.NDArray[np.floating], color: str) -> float:
    return float(np.linalg.norm(linear_to_oklab(shown) - hex_to_oklab(color)))


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest) -> tuple[int, View, dict[str, npt.NDArray[np.float64]]]:
    """A design's number, which is its seed, too, how it is seen, and its vertices: once for all that is asked."""
    number: int = request.param
    view = _view(DESIGNS[number], SIZES[number % len(SIZES)], 0.15)
    return number, view, _vertices(_build_shapes(DESIGNS[number], view, number))


@pytest.mark.parametrize("built", NUMBERS, indirect=True)
def test_nothing_stands_over_the_product_or_before_the_lens(
    built: tuple[int, View, dict[str, npt.NDArray[np.float64]]],
) -> None:
    _, view, vertices = built
    for name, points in vertices.items():
        seen = points[points[:, 2] < view.distance - 0.5]
        if not len(seen):
            continue  # a lamp behind the camera
        columns, rows = view.to_pixel(seen).T
        middle, half = 0.5 * view.width_px + view.product_x, 0.98 * view.product_half_width * view.px_per_unit
        base = view.axis_row_px + view.camera_y * view.px_per_unit
        over = (np.abs(columns - middle) < half) & (rows < base - 1.5) & (seen[:, 2] > 0.02)
        assert not over.any(), f"{name} hides the product"
        assert seen[:, 2].max() < view.distance


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "design",
    [Water(), Water(support="stone"), Dunes(light=LOW_SUN), Rocks(), Dunes(stand="round"), Beach(stand="rock")],
)
def test_ground_reaches_the_edges_and_the_sky_the_ground(design: SetDesign, size: tuple[int, int]) -> None:
    view = _view(design, size)
    parts = _build_shapes(design, view, 3)
    scene = mi.load_dict({"type": "scene", **parts.shapes})
    camera = Camera(film=Film(view=view)).load_sensor()
    depth = np.array(mi.render(scene, sensor=camera, integrator=mi.load_dict({"type": "depth"}), spp=1))[..., 0]
    first = 0 if isinstance(design, Rocks) else view.axis_row_px + 4  # the sky is at infinity
    seen = depth[first:]
    assert (seen > 0.5).mean() > 0.999  # a ray in many thousands slips between two triangles
    assert seen[seen > 0].min() > 0.5
    if (depth == 0).any():
        assert (see_sky(scene, camera)[depth == 0].min(-1) > 0).all()


@pytest.mark.parametrize("number", NUMBERS)
def test_few_shapes_and_triangles(number: int) -> None:
    parts = _build_shapes(DESIGNS[number], _view(DESIGNS[number], (1674, 628)))
    meshes = [shape for shape in parts.shapes.values() if isinstance(shape, mi.Mesh)]
    assert len(parts.shapes) <= 12
    assert sum(len(np.array(mi.traverse(mesh)["faces"])) // 3 for mesh in meshes) < 260_000


@pytest.mark.parametrize("built", NUMBERS, indirect=True)
def test_seed_decides_everything(built: tuple[int, View, dict[str, npt.NDArray[np.float64]]]) -> None:
    number, view, first = built
    again, other = (_vertices(_build_shapes(DESIGNS[number], view, seed)) for seed in (number, number + 1))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert any(name not in other or not np.array_equal(first[name], other[name]) for name in first)


def test_sky_runs_from_the_horizon_up() -> None:
    design = Water(sky_colors=("#f7c8a0", "#2c3a66"), ripples=0.0)
    rows = _picture(design).mean(1)
    assert _distance(rows[0], "#2c3a66") < 0.12  # there may be thin clouds
    view = _view(design, (96, 36))
    assert _distance(rows[view.axis_row_px - 2], "#f7c8a0") < 0.08


def test_still_water_mirrors_the_sky_far_away_and_shows_its_colour_near() -> None:
    design = Water(water_color="#0a5c40", sky_colors=("#f2b8a0", "#f2b8a0"), ripples=0.0)
    picture = _picture(design)
    view = _view(design, (96, 36))
    assert _distance(picture[view.axis_row_px + 1].mean(0), "#f2b8a0") < 0.1
    greener = linear_to_oklab(picture.mean(1))[:, 1]
    assert greener[-1] < greener[view.axis_row_px + 1] - 0.03


def test_water_is_calm_at_the_product_and_livelier_as_asked() -> None:
    view = _view(Water(), (420, 160))
    x, z = ground_points(view)
    foot = Footprint.of(view)
    heights = [waves(x, z, strength, foot, np.random.default_rng(1)) for strength in (0.0, 0.3, 1.0)]
    assert np.ptp(heights[0]) < 1e-12
    assert heights[2].std() > 2 * heights[1].std() > 0
    assert np.abs(heights[1][foot.distance(x, z) == 0]).max() < 0.02


def test_stone_is_wet_only_by_the_water() -> None:
    design = Water(support="stone")
    view = _view(design, (420, 160))
    parts = _build(design, view)
    base = Slab.under(view, 0.16)
    level = -base.height
    faces = {
        name: np.array(mi.traverse(parts.shapes[name])["faces"]).reshape(-1, 3) for name in ("stones", "wet_stones")
    }
    points = _vertices(parts)
    heights = {name: points[name][faces[name].astype(int)].mean(1)[:, 1] for name in faces}
    assert heights["wet_stones"].max() < level + 0.12
    assert heights["stones"].min() > level - 0.06
    assert heights["stones"].max() > -0.01


@pytest.mark.parametrize("ground", ["sand", "snow"])
@pytest.mark.parametrize("half_share", [0.04, 0.3])
def test_dunes_are_level_under_the_product(ground: str, half_share: float) -> None:
    view = _view(Dunes(), (420, 160), half_share)
    foot = Footprint.of(view)
    for seed in range(4):
        land = Dunescape.drawn(ground, view, 1.0, np.random.default_rng(seed))
        x, z = np.meshgrid(np.linspace(-3, 3, 121) + foot.x, np.linspace(-2, 0.4, 60))
        heights = land.height(x, z)
        assert np.abs(heights[foot.distance(x, z) == 0]).max() < 0.01
        assert np.ptp(heights) > 0.02


def test_dunes_cross_the_horizon_and_follow_the_light() -> None:
    view = _view(Dunes(), (420, 160))
    land = Dunescape.drawn("sand", view, 1.0, np.random.default_rng(2))
    x, z = ground_points(view, hilly=0.5)
    heights = land.height(x, z, row_spacing(z))
    rows = view.to_pixel(np.stack([x, heights, z], -1)[z < -3])[..., 1]
    assert rows.min() < view.axis_row_px
    lefts = [_picture(Dunes(light=LOW_SUN), seed=seed) for seed in range(2)]
    assert all(picture.std() > 0.03 for picture in lefts)


def test_no_triangle_of_a_dune_crosses_its_crest() -> None:
    view = _view(Dunes(), (420, 160))
    for seed in range(3):
        land = Dunescape.drawn("sand", view, 1.0, np.random.default_rng(seed))
        x, z, creases = draw_creases(*ground_points(view, hilly=0.5), land.pieces)
        faces = relief(np.stack([x, land.height(x, z), z], -1), creases=creases).faces
        side = np.where(creases, -1, land.pieces(x, z)).reshape(-1)[faces]
        lowest = np.where(side < 0, len(land.dunes) + 1, side).min(1)
        assert creases.sum() > 500
        assert (side.max(1) <= lowest).all()


def test_slip_faces_are_smooth_and_the_ground_before_them_is_rippled() -> None:
    view = _view(Dunes(), (420, 160))
    land = Dunescape.drawn("sand", view, 1.0, np.random.default_rng(2))
    x, z = np.meshgrid(np.linspace(-3, 3, 400), np.linspace(-8, -1, 900))
    heights = land.height(x, z)
    bend = np.abs(np.diff(heights, 2, axis=0))
    slip = (ndimage.minimum_filter(land.pieces(x, z), 41) > 0)[1:-1] & (heights[1:-1] > 0.5)
    plain = ndimage.maximum_filter(land.pieces(x, z), 41)[1:-1] == 0
    assert slip.sum() > 1000
    assert float(bend[slip].mean()) < 0.3 * float(bend[plain].mean())


@pytest.mark.parametrize(("ground", "color"), [("sand", "#dcb483"), ("snow", "#eef2f8")])
def test_open_ground_shows_its_colour(ground: str, color: str) -> None:
    picture = _picture(Dunes(ground=ground, ground_color=color, light=LOW_SUN))  # type: ignore[arg-type]
    near = picture[-8:].reshape(-1, 3)
    assert _distance(np.median(near, axis=0), color) < 0.12


def test_rocks_and_wall_show_their_colours() -> None:
    design = Rocks(backdrop_color="#c9a9a0", rock_color="#556270", light=Light(fixed=True))
    picture = linear_to_oklab(_picture(design, seed=3))
    wall = np.median(picture[:6].reshape(-1, 3), axis=0)
    assert float(np.linalg.norm(wall - hex_to_oklab("#c9a9a0"))) < 0.08


@pytest.mark.swept("ground")
@pytest.mark.parametrize("ground", ["rock", "pebbles"])
def test_wet_rocks_are_darker_and_shine(ground: str) -> None:
    light = Light(fixed=True, azimuth_deg=-20, elevation_deg=40)
    dry = Rocks(ground=ground, rock_color="#8a8a8a", ground_color="#8a8a8a", light=light)  # type: ignore[arg-type]
    pictures = [_picture(design, (96, 64), seed=3)[-20:] for design in (dry, replace(dry, wet=True))]
    medians, brightest = ([f(picture.mean(-1)) for picture in pictures] for f in (np.median, np.max))
    assert medians[1] < 0.85 * medians[0]
    assert brightest[1] / medians[1] > 1.15 * brightest[0] / medians[0]


def test_a_rock_that_a_product_stands_on_is_wet_where_that_is_said() -> None:
    pictures = [
        _picture(Beach(stand="rock", stand_color="#8a8a8a", wet=wet, light=Light(fixed=True)), (96, 64), seed=3)
        for wet in (False, True)
    ]
    changed = np.abs(pictures[1] - pictures[0]).max(-1) > 0.05
    assert changed.mean() > 0.03
    assert pictures[1][changed].mean() < pictures[0][changed].mean()


@pytest.mark.parametrize("design", [Dunes(stand="square"), Beach(stand="round"), Water(support="round")])
@pytest.mark.parametrize("half_share", [0.05, 0.3])
def test_platforms_carry_the_product_over_the_ground(design: SetDesign, half_share: float) -> None:
    view = _view(design, SIZES[0], half_share)
    points = _vertices(_build_shapes(design, view))
    top = np.concatenate([part for name, part in points.items() if name.startswith("stand")])
    ground = np.concatenate([part for name, part in points.items() if name in ("sand", "ground", "water")])
    under = ground[(np.abs(ground[:, 0] - view.product_x) < 0.8 * view.product_half_width) & (np.abs(ground[:, 2]) < 1)]
    assert abs(top[:, 1].max()) < 1e-3
    assert top[:, 0].min() < view.product_x - view.product_half_width
    assert top[:, 0].max() > view.product_x + view.product_half_width
    assert len(under)
    assert under[:, 1].max() < -0.05


@pytest.mark.parametrize("half_share", [0.05, 0.3])
def test_slab_carries_the_whole_product(half_share: float) -> None:
    view = _view(Rocks(), (420, 160), half_share)
    base = Slab.under(view)
    assert base.covers(view.product_x + view.product_half_width, 0.0, 0.95)
    assert base.covers(view.product_x - view.product_half_width, -view.product_back, 0.95)
    assert base.height < -view.bottom_at(base.front)


def test_sky_picture_has_its_colours_all_round() -> None:
    sky = sky_image(Sky(colors=("#ff8040", "#2040a0"), top_deg=10.0))
    assert np.allclose(sky[-1, 0], hex_to_linear("#ff8040"), atol=0.01)
    assert np.allclose(sky[0, 0], hex_to_linear("#2040a0"), atol=0.01)
    assert np.ptp(sky, axis=1).max() < 1e-5
    cloudy = sky_image(Sky(colors=("#ff8040", "#2040a0"), top_deg=10.0, clouds=1.0))
    steps = np.abs(np.diff(cloudy, axis=1)).max()
    assert np.abs(cloudy[:, 0] - cloudy[:, -1]).max() < 1.2 * steps, "the sky has a seam"
    assert cloudy.std(1).max() > 0.01


def test_flat_lays_keep_colour_and_what_can_lie() -> None:
    assert lay_flat(Water(water_color="#123456")).colors == ("#123456",)
    assert lay_flat(Dunes(props="shells")).props == "shells"
    assert lay_flat(Rocks(plants="grass", rock_color="#445566")).under_color == "#445566"
    assert lay_flat(Rocks(ground_color="#665544")).colors == ("#665544",)
    assert lay_flat(Rocks(plants="grass")).props == "leaves"


def test_a_beach_seen_from_high_up_mirrors_nothing_that_it_does_not_show() -> None:
    design = Beach(sun=True, props="palms")
    level = _view(design, (420, 160))
    far = {"sun", "island", "crowns"}
    assert far <= set(_build(design, level).shapes)
    shapes = set(_build(design, replace(level, axis_row_px=-20)).shapes)
    assert not far & shapes
    assert {"sea", "fronds"} <= shapes


def test_shadows_fall_away_from_the_sun_that_a_beach_shows() -> None:
    """They fell toward it: the key came from the front, though the sun stood behind, over the sea."""
    for azimuth in (-55.0, 55.0, -130.0):
        lit = against_sun(Light(azimuth_deg=azimuth, elevation_deg=20))
        assert direction(lit)[2] < -0.3, "from behind"
        assert np.sign(lit.azimuth_deg) == np.sign(azimuth), "and from the sun's side"
    assert against_sun(Light(azimuth_deg=-130)).azimuth_deg == -130
    asked = Light(azimuth_deg=30, fixed=True)
    assert against_sun(asked) == asked


@pytest.mark.parametrize("size", [(1506, 1080), (1080, 1350), (1674, 628)])
def test_grains_of_sand_before_the_product_are_fine_and_about_as_tall_as_wide(size: tuple[int, int]) -> None:
    """They were three pixels wide, and long streaks on slopes that face the camera."""
    design = Dunes()
    view = _view(design, size)
    ground = mi.traverse(_build(design, view).shapes["ground"])
    points = np.array(ground["vertex_positions"]).reshape(-1, 3).astype(np.float64)
    uv = np.array(ground["vertex_texcoords"]).reshape(-1, 2).astype(np.float64)
    faces = np.array(ground["faces"]).reshape(-1, 3)
    (paint,) = (np.shape(value) for name, value in ground if name.endswith("reflectance.data"))
    level = points * [1, 0, 1]
    near = faces[
        ((level[faces, 2] > -0.5) & (level[faces, 2] < 1.5) & (np.abs(level[faces, 0]) < view.half_width)).all(1)
    ]
    across, down = np.moveaxis(np.ptp(view.to_pixel(level[near]), 1), -1, 0)
    columns, rows = np.moveaxis(np.ptp(uv[near], 1) * [paint[1], paint[0]], -1, 0)
    tall, wide = down.sum() / rows.sum(), across.sum() / columns.sum()
    assert max(tall, wide) < 1.7, "and no coarser"
    assert 0.5 < tall / wide < 1.5


def test_the_sea_ends_under_the_sand() -> None:
    """It ended above low sand here and there: under its rim all was black."""
    for seed in range(8):
        shapes = _build(Beach(), _view(Beach(), (420, 160)), seed).shapes
        sand, sea = (np.array(mi.traverse(shapes[name])["vertex_positions"]).reshape(-1, 3) for name in ("sand", "sea"))
        faces = np.array(mi.traverse(shapes["sea"])["faces"]).reshape(-1, 3)
        edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
        pairs, counts = np.unique(edges, axis=0, return_counts=True)
        rim = sea[np.unique(pairs[counts == 1])]
        rim = rim[(np.abs(rim[:, 0]) < 6) & (rim[:, 2] > sand[:, 2].min() + 1)]
        _, nearest = spatial.KDTree(sand[:, [0, 2]]).query(rim[:, [0, 2]])
        assert len(rim) > 10
        assert (rim[:, 1] < sand[nearest, 1] - 0.05).all(), seed
