"""What a design names and its picture does not show is told: never is something called shown that nobody sees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.scene_cache import BuiltSet, SceneCache, SetKey
from photoshoot.placers.studio.sightings import find_hidden
from photoshoot.records import AlphaMatte, ShotRequest
from photoshoot.sets import SetDesign, parse_set
from photoshoot.settings import StudioSettings
from tests.making import make_scene
from tests.placers.studio.conftest import SMALL, draw_vase, make_request

STREWN: tuple[dict[str, object], ...] = (
    {"name": "podium", "props": "candles", "also": ["citrus", "leaves"]},
    {"name": "tabletop", "props": "flowers", "also": ["vases"]},
    {"name": "tabletop", "props": "autumn_leaves", "also": ["autumn"]},
    {"name": "beach", "beside": "shells"},
    {"name": "rocks", "plants": "grass"},
    {"name": "celebration", "air": "balloons"},
)


@pytest.fixture(scope="module")
def pipeline(variant: str) -> RenderPipeline:
    del variant
    return RenderPipeline(StudioSettings(samples=1))


def build(pipeline: RenderPipeline, design: SetDesign) -> tuple[BuiltSet, ShotRequest]:
    request = make_request(design, alpha=SMALL)
    return SceneCache(pipeline).build(SetKey.of(request)), request


def look(
    pipeline: RenderPipeline, built: BuiltSet, alpha: AlphaMatte, before: dict[str, object] | None = None
) -> tuple[str, ...]:
    """The kinds that are hidden by a product's matte, and by what stands before them."""
    shapes = {**built.shapes, **(before or {})}
    raw = pipeline.render(shapes, built.camera, alpha, 1, built.tone_mapping.exposure)
    return find_hidden(built.key.design, shapes, raw, alpha)


def draw_screen(front: float) -> dict[str, object]:
    """A board that stands before all of a set at depth ``front``."""
    corners = np.array([[-9, -9, front], [9, -9, front], [9, 9, front], [-9, 9, front]], np.float32)
    mesh = Mesh(vertices=corners, faces=np.array([[0, 1, 2], [0, 2, 3]], np.uint32))
    return {"screen": to_shape(mesh, bsdf=diffuse("#808080"))}


@pytest.mark.parametrize("data", STREWN, ids=lambda data: str(data["name"]))
def test_things_are_seen_unless_the_product_or_what_is_before_them_hides_all_of_them(
    pipeline: RenderPipeline, data: dict[str, object]
) -> None:
    built, request = build(pipeline, parse_set(data))
    alpha = request.layer.alpha_matte
    assert look(pipeline, built, alpha) == ()
    hidden = look(pipeline, built, np.ones_like(alpha))
    assert hidden
    assert look(pipeline, built, alpha, draw_screen(4.0)) == hidden


def test_what_the_picture_s_edge_cuts_off_is_hidden(pipeline: RenderPipeline) -> None:
    built, request = build(pipeline, parse_set(STREWN[0]))
    alpha = request.layer.alpha_matte
    raw = pipeline.render(built.shapes, built.camera, alpha, 1, built.tone_mapping.exposure)
    aside = replace(built.key.view, axis_row_px=built.key.view.axis_row_px + 4 * built.key.view.height_px)
    moved = replace(raw, camera=replace(raw.camera, film=replace(raw.camera.film, view=aside)))
    assert set(find_hidden(built.key.design, built.shapes, moved, alpha)) == {"candles", "citrus", "leaves"}


def test_what_is_close_behind_something_is_hidden_too(pipeline: RenderPipeline) -> None:
    """Twigs lay among blades of grass, a little behind the nearest ones, and were taken for seen."""
    built, request = build(pipeline, parse_set({"name": "podium", "props": "candles", "counts": [1]}))
    own = [shape for name, shape in built.shapes.items() if name.startswith("prop_")]
    front = max(float(np.array(shape.vertex_positions_buffer())[2::3].max()) for shape in own)  # type: ignore[attr-defined]
    assert look(pipeline, built, request.layer.alpha_matte, draw_screen(front + 0.1)) == ("candles",)


@pytest.mark.parametrize(
    "alpha", [draw_vase(100, 100, 85, 50, 60), draw_vase(125, 100, 107, 50, 75)], ids=["1:1", "4:5"]
)
def test_what_grows_among_rocks_is_in_narrow_pictures_too(pipeline: RenderPipeline, alpha: AlphaMatte) -> None:
    """Ferns rose beside a square picture, and nothing of them was seen in it."""
    request = make_request(parse_set({"name": "rocks", "plants": "leaves"}), alpha=alpha)
    built = SceneCache(pipeline).build(SetKey.of(request))
    assert look(pipeline, built, alpha) == ()


def test_a_shot_tells_in_the_prompt_s_words_what_is_out_of_sight(placer: StudioPlacer) -> None:
    design = parse_set(STREWN[0])
    scene = replace(make_scene(design), things=(("tealights", "candles"), ("limes", "citrus"), ("mint", "leaves")))
    request = replace(make_request(design, alpha=SMALL), scene=scene)
    assert placer.place([request])[0].unmet == ()
    layer = replace(request.layer, alpha_matte=np.ones_like(request.layer.alpha_matte))
    shot = placer.place([replace(request, layer=layer)])[0]
    assert shot.unmet == ("out of sight: tealights, limes, mint",)
    assert shot.scene.reading.endswith("out of sight: tealights, limes, mint")
