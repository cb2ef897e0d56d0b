"""Every family builds, loads, fills the picture, follows its seed, and shows the colours that were asked for."""

from __future__ import annotations

import math
from dataclasses import replace

import mitsuba as mi
import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.color.space import hex_to_oklab, linear_to_oklab
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.placers.studio.set_builders.neon_room import glow_of_tubes
from photoshoot.placers.studio.set_builders.places import PLACES
from photoshoot.records import Box, Canvas
from photoshoot.sets import SETS, Light, SetDesign, parse_set
from photoshoot.sets.counter import Counter
from photoshoot.sets.crates import Crates
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.desk import Desk
from photoshoot.sets.drapery import Drapery
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.gallery import Gallery
from photoshoot.sets.geometric_wall import GeometricWall
from photoshoot.sets.gym import Gym
from photoshoot.sets.interior import Interior
from photoshoot.sets.lab import Lab
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.podium import Podium
from photoshoot.sets.pool import Pool
from photoshoot.sets.road import Road
from photoshoot.sets.stairs import Stairs
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.vanity import Vanity
from photoshoot.sets.window_room import WindowRoom
from photoshoot.settings import Stance
from tests.making import lay_flat
from tests.placers.studio.conftest import see_sky, smooth_plastics
from tests.sweeps import sampled

SIZES = ((1674, 628), (160, 600), (970, 90))
VARIANTS: tuple[SetDesign, ...] = (
    *(kind() for kind in SETS.values()),
    Cyclorama(colors=("#ffffff", "#f7b9cd", "#f9dc83"), direction="radial", finish="gloss"),
    Podium(shape="steps", backing="disc"),
    Podium(shape="square", backing="fluted", shapes=False),
    Podium(fade_colors=("#2a3fd0",), podium_finish="mirror", shapes=False),
    Tabletop(fade_colors=("#2a3fd0", "#d02a6f"), fade="radial"),
    WindowRoom(gobo="none"),
    WindowRoom(gobo="panes"),
    WindowRoom(gobo="leaves"),
    Tabletop(props="autumn", backdrop="bokeh"),
    Tabletop(material="plain", props="ornaments", backdrop="glow", finish="gloss"),
    Tabletop(material="stone", props="rocks"),
    Tabletop(material="linen", props="petals"),
    Tabletop(material="concrete", props="leaves"),
    *(parse_set({"name": "tabletop", "backdrop": place}) for place in PLACES),
    Tabletop(material="grass", backdrop="stadium"),
    NeonRoom(shape="bars", colors=("#ff6a2a",)),
    NeonRoom(shape="gel"),
    GeometricWall(colors=("#14161c", "#1c3fb0", "#eceae6")),
    Drapery(cloth="linen"),
    Counter(room="bathroom", tiles="hexagon", counter="stone"),
    Counter(tiles="herringbone", counter="wood", props=False),
    Gym(weights=False),
    Gallery(floor="concrete"),
    Interior(room="living"),
    Desk(screen="laptop", material="laminate", strip_color="#8a4bff"),
    Vanity(mirror="arch", material="wood", bulbs=False),
    Road(surface="wet", line="crossing", place="esplanade", neon_colors=("#ff2a9a", "#2a7bff")),
    Pool(deck="tiles", shade="palms"),
    Crates(produce="greens"),
    FlatLay(surface="wood", props="autumn"),
    FlatLay(surface="sand"),
    FlatLay(surface="snow"),
    FlatLay(surface="grass", under="block"),
    FlatLay(surface="silk"),
    FlatLay(surface="velvet"),
    FlatLay(surface="folds"),
    FlatLay(surface="pebbles", under="slab"),
    FlatLay(surface="moss"),
    FlatLay(surface="water", under="slab"),
    FlatLay(surface="wet", place="city"),
    FlatLay(surface="lacquer", glow="pool"),
    FlatLay(surface="lacquer", glow="lights"),
    FlatLay(surface="rubber", glow="tubes"),
    FlatLay(surface="tiles", under="board"),
    FlatLay(surface="facets"),
    FlatLay(surface="fluted"),
    FlatLay(glow="gels", glow_colors=("#2ac8c0", "#7a4bff")),
    FlatLay(surface="marble", props="cosmetics"),
    FlatLay(under="disc", shape_colors=("#d07c55",)),
    FlatLay(surface="wood", under="rug"),
    FlatLay(under="steps", shape_colors=("#d07c55",)),
    FlatLay(surface="linen", colors=("#e8dfcf", "#c9b79a"), gobo="leaves"),
    FlatLay(surface="asphalt", marks="solid", place="city"),
    FlatLay(surface="asphalt", marks="crossing"),
)

Picture = npt.NDArray[np.float32]


def _view(design: SetDesign, width: int, height: int, half_share: float = 0.06) -> View:
    lying = isinstance(design, FlatLay)
    tall = round(0.6 * height)
    half = max(2, min(round(half_share * width), round(0.4 * width), 2 * tall))
    bottom = round(0.8 * height) if lying else round(0.85 * height)
    box = Box(left=width // 2 - half, top=bottom - tall, right=width // 2 + half, bottom=bottom)
    stance = Stance.LYING if lying else Stance.UPRIGHT
    canvas = Canvas(label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=stance)
    return View.of(canvas, design.camera_y)


def _build(design: SetDesign, view: View, seed: int) -> SetParts:
    return load_builder(design)(design, view, np.random.default_rng(seed))


def _build_shapes(design: SetDesign, view: View, seed: int) -> SetParts:
    with smooth_plastics():
        return _build(design, view, seed)


def _scene(parts: SetParts, view: View, columns: int) -> mi.Scene:
    """The set under a small camera that sees what the studio's camera sees."""
    scale = columns / view.width_px
    rows, axis = max(2, round(view.height_px * scale)), round(view.axis_row_px * scale)
    film_rows = 2 * max(abs(axis), abs(rows - axis)) + 2
    film = {"type": "hdrfilm", "width": columns, "height": film_rows, "rfilter": {"type": "box"}, "pixel_format": "rgb"}
    crop = {"crop_offset_y": film_rows // 2 - axis, "crop_height": rows, "crop_offset_x": 0, "crop_width": columns}
    eye = [0.0, view.camera_y, view.distance]
    camera = {
        "type": "perspective",
        "fov": 2 * math.degrees(math.atan(0.5 * view.width_px / (view.distance * view.px_per_unit))),
        "fov_axis": "x",
        "to_world": mi.ScalarTransform4f().look_at(origin=eye, target=[0, view.camera_y, 0], up=[0, 1, 0]),
        "film": {**film, **crop},
        "sampler": {"type": "independent", "sample_count": 16},
    }
    scene: mi.Scene = mi.load_dict({"type": "scene", "camera": camera, **parts.shapes})
    return scene


def _render(design: SetDesign, seed: int = 1, columns: int = 48) -> Picture:
    """The set without a product, display-linear."""
    view = _view(design, 640, 240)
    parts = _build(design, view, seed)
    assert parts.exposure is not None
    integrator = mi.load_dict({"type": "path", "max_depth": 6})
    radiance = np.array(mi.render(_scene(parts, view, columns), integrator=integrator, spp=16, seed=1))
    return np.asarray(tone_map(radiance[..., :3].astype(np.float32), parts.exposure), np.float32)


def _signature(parts: SetParts) -> list[float]:
    """Numbers that change when anything in the set moves."""
    numbers: list[float] = []
    for shape in parts.shapes.values():
        if isinstance(shape, mi.Mesh):
            vertices = np.array(mi.traverse(shape)["vertex_positions"]).astype(np.float64)
            numbers += [float(len(vertices)), float(np.abs(vertices).sum())]
        elif isinstance(shape, dict) and "to_world" in shape:
            numbers += np.array(shape["to_world"].matrix).reshape(-1).tolist()
    return numbers


def test_every_design_has_a_family() -> None:
    assert all(callable(load_builder(kind())) for kind in SETS.values())


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest) -> tuple[int, View, SetParts]:
    """A variant's number, which is its seed, too, how it is seen, and what was built: once for all that is asked."""
    number: int = request.param
    view = _view(VARIANTS[number], *SIZES[number % len(SIZES)])
    return number, view, _build_shapes(VARIANTS[number], view, number)


def _each_variant(count: int) -> pytest.MarkDecorator:
    """Built for every one of the first so many variants."""
    numbers = sampled(range(count), lambda number: type(VARIANTS[number]).__name__)
    return pytest.mark.parametrize("built", numbers, indirect=True, ids=lambda number: type(VARIANTS[number]).__name__)


@_each_variant(len(VARIANTS))
def test_set_fills_the_canvas(built: tuple[int, View, SetParts]) -> None:
    number, view, parts = built
    scene, depth = _scene(parts, view, 48), mi.load_dict({"type": "depth"})
    seen = np.array(mi.render(scene, integrator=depth, spp=4))[..., 0]
    empty = seen <= 0
    if empty.any():
        empty &= see_sky(scene, scene.sensors()[0]).max(-1) <= 0  # lamps are seen as all that stands there
    assert not empty.any(), f"{empty.mean():.1%} of the picture is empty at {SIZES[number % len(SIZES)]}"
    assert seen[seen > 0].min() > 0.5, "something stands before the lens"


@_each_variant(len(SETS))
def test_seed_decides_the_set(built: tuple[int, View, SetParts]) -> None:
    number, view, parts = built
    again, other = (_signature(_build_shapes(VARIANTS[number], view, seed)) for seed in (number, number + 1))
    assert _signature(parts) == again
    assert again != other


@pytest.mark.parametrize("color", ["#f6f6f5", "#a9cfec", "#f2955f", "#111111"])
def test_cyclorama_shows_its_colour(color: str) -> None:
    for seed in (1, 2):
        picture = _render(Cyclorama(colors=(color,)), seed)
        shown = linear_to_oklab(picture.reshape(-1, 3).mean(0))
        error = float(np.linalg.norm(shown - hex_to_oklab(color)))
        assert error < 0.07, f"{color} with seed {seed} is off by {error:.3f} in OKLab"


@pytest.mark.parametrize("seed", [1, 2])
def test_white_cyclorama_reads_white(seed: int) -> None:
    lightness = linear_to_oklab(_render(Cyclorama(), seed))[..., 0]
    assert np.median(lightness) > 0.93
    assert np.percentile(lightness, 2) > 0.84


def test_gradient_runs_from_the_bottom_up() -> None:
    colors = ("#ffffff", "#f7b6cc", "#f9e08a")
    picture = linear_to_oklab(_render(Cyclorama(colors=colors), 1))
    rows = picture.mean(1)
    for share, color in zip((0.97, 0.5, 0.03), colors, strict=True):
        shown, asked = rows[round(share * (len(rows) - 1))], hex_to_oklab(color)
        assert float(np.linalg.norm((shown - asked)[1:])) < 0.035, f"{color}: {shown} for {asked}"


@pytest.mark.parametrize("direction", ["horizontal", "diagonal", "radial"])
def test_gradient_runs_as_asked(direction: str) -> None:
    design = Cyclorama(colors=("#2040ff", "#ff4020"), direction=direction)  # type: ignore[arg-type]
    red = linear_to_oklab(_render(design, 1))[..., 1]
    rows, columns = red.shape
    first = red[rows // 2, columns // 2] if direction == "radial" else red[-3:, :3].mean()
    assert red[:3, -3:].mean() > first + 0.05


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_light_comes_from_where_it_was_asked(side: float) -> None:
    light = Light(azimuth_deg=70 * side, softness=0.1, fill=0.0)
    pictures = [_render(Podium(shapes=False, backing="none", light=light), seed).mean((0, 2)) for seed in range(4)]
    gains = [np.sign((row[:20].mean() - row[-20:].mean()) * -side) for row in pictures]
    assert {-1.0, 1.0} >= set(gains)
    assert 1.0 in gains


@pytest.mark.parametrize("design", [kind() for kind in SETS.values()], ids=lambda design: type(design).__name__)
def test_every_design_has_a_flat_lay_in_its_light(design: SetDesign) -> None:
    flat = lay_flat(design)
    assert isinstance(flat, FlatLay)
    assert flat.light == design.light


def test_flat_lay_keeps_material_colours_and_props() -> None:
    flat = lay_flat(Tabletop(material="marble", surface_color="#101214", vein_color="#c99d52", props="petals"))
    assert (flat.surface, flat.colors, flat.vein_color, flat.props) == ("marble", ("#101214",), "#c99d52", "petals")
    assert lay_flat(Cyclorama(colors=("#ffffff", "#f7b6cc"))).colors == ("#ffffff", "#f7b6cc")
    assert lay_flat(WindowRoom(gobo="leaves")).gobo == "leaves"


def test_a_laboratory_without_room_for_glass_is_built() -> None:
    full = _view(Lab(), 300, 300, half_share=0.5)
    full = replace(full, product_half_width=full.half_width_at(0.0))
    none, some = (_build_shapes(Lab(), view, 1).shapes["glass"] for view in (full, _view(Lab(), 640, 240)))
    assert isinstance(none, mi.Mesh)
    assert isinstance(some, mi.Mesh)
    assert none.face_count() == 1 < some.face_count()


def _colors_held(design: Lab) -> set[tuple[float, ...]]:
    """The colours of all that is in glasses, of the set and beside the product."""
    shapes = _build(design, _view(design, 640, 240, half_share=0.05), 1).shapes
    entries = [mi.traverse(shape) for name, shape in shapes.items() if "liquid" in name]
    found = (np.array(value) for entry in entries for key, value in entry if key.endswith("diffuse_reflectance.data"))
    surfaces = (picture[-1, picture.shape[0] // 2 :: picture.shape[0]] for picture in found)
    return {tuple(np.round(color, 3).tolist()) for colors in surfaces for color in colors}


def test_glasses_beside_the_product_hold_what_all_others_hold() -> None:
    alike = _colors_held(Lab(beside="labware", liquid_colors=("#7a35b0",)))
    own = _colors_held(Lab(beside="labware", liquid_colors=("#7a35b0",), beside_colors=("#2f9e4c",)))
    assert alike
    assert alike < own


@pytest.mark.parametrize("half_share", [0.03, 0.25])
def test_props_never_hide_the_product(half_share: float) -> None:
    design = Tabletop(props="autumn", backdrop="bokeh")
    view = _view(design, 1674, 628, half_share)
    for seed in range(3):
        parts = _build_shapes(design, view, seed)
        props = {name: shape for name, shape in parts.shapes.items() if name.startswith("prop_")}
        assert props
        for name, shape in props.items():
            pixels = view.to_pixel(np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3))
            beside = np.abs(pixels[:, 0] - 0.5 * view.width_px) > half_share * view.width_px
            below = pixels[:, 1] > 0.85 * view.height_px
            assert (beside | below).all(), f"{name} reaches over the product with seed {seed}"


def test_tubes_light_the_front_in_the_colour_they_are_seen_in() -> None:
    for colors, order in ((["#ff8a1e"], "rgb"), (["#1ec8ff", "#8a3cff"], "bgr")):
        glow = dict(zip("rgb", glow_of_tubes(colors), strict=True))
        assert 0.3 * glow["r"] + 0.6 * glow["g"] + 0.1 * glow["b"] == pytest.approx(1, abs=0.1)
        assert max(glow, key=lambda name: glow[name]) == order[0]
        assert min(glow.values()) < 0.7 * max(glow.values())  # grey is what white light would make of the product
    assert np.ptp(glow_of_tubes(["#ffffff"])) == pytest.approx(0)


@pytest.mark.usefixtures("placer")
def test_what_faces_the_camera_of_steps_carries_its_relief_in_its_albedo() -> None:
    """A film of half the size would lose it; on treads, seen from the side, the light is another one."""
    design = Stairs(material="stone")
    shapes = _build(design, _view(design, *SIZES[1]), 1).shapes
    embossed = {name: "bump" in str(shapes[name].bsdf()).lower() for name in ("landing", "treads", "risers")}  # type: ignore[attr-defined]
    assert embossed == {"landing": True, "treads": True, "risers": False}
    normals = np.array(mi.traverse(shapes["risers"])["vertex_normals"]).reshape(-1, 3)
    assert (normals[:, 2] > 0.5).all()


@pytest.mark.parametrize("kind", [Podium, Tabletop])
def test_walls_fade_upward_from_their_color(kind: type[Podium | Tabletop]) -> None:
    plain, fading = (_render(kind(backdrop_color="#ffffff", fade_colors=into)) for into in ((), ("#1830d0",)))
    top, half = len(plain) // 8, len(plain) // 2
    assert fading[:top, :, 0].mean() < 0.4 * plain[:top, :, 0].mean()
    assert fading[:top, :, 0].mean() < 0.7 * fading[half - top : half, :, 0].mean()
