from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest

from photoshoot.placers.studio.assets.rows import Row
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.scene_cache import SceneCache, SetKey, load_builder
from photoshoot.records import Category, Edge
from photoshoot.sets import SetDesign
from photoshoot.sets.beach import Beach
from photoshoot.sets.cabin import Cabin
from photoshoot.sets.cafe import Cafe
from photoshoot.sets.counter import Counter
from photoshoot.sets.crates import Crates
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.desk import Desk
from photoshoot.sets.drapery import Drapery
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.glossy_floor import GlossyFloor
from photoshoot.sets.gym import Gym
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.sets.lab import Lab
from photoshoot.sets.location import Location
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.outdoor_ground import OutdoorGround
from photoshoot.sets.playroom import Playroom
from photoshoot.sets.road import Road
from photoshoot.sets.room import Room
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.vanity import Vanity
from photoshoot.sets.window_room import WindowRoom
from photoshoot.settings import SizeClass, Stance, StudioSettings
from tests.placers.studio.conftest import make_request


@pytest.fixture
def scenes(placer: StudioPlacer) -> Iterator[SceneCache]:
    del placer  # it chose the variant
    pipeline = RenderPipeline(StudioSettings(samples=1, denoiser="none"))
    cache = SceneCache(pipeline)
    yield cache
    cache.clear()
    pipeline.close()


def test_one_set_is_kept_and_another_takes_its_place(scenes: SceneCache) -> None:
    key = SetKey.of(make_request(Drapery(), seed=5))
    first = scenes.build(key)
    assert scenes.build(SetKey.of(make_request(Drapery(), seed=5))) is first
    other = scenes.build(dataclasses.replace(key, seed=6))
    assert other is not first
    assert scenes.build(key) is not first, "only one is kept"


@pytest.mark.parametrize("design", [Dunes, Tabletop, Room])
def test_nothing_holds_what_floats(design: type[SetDesign], scenes: SceneCache) -> None:
    hung, floats = (SetKey.of(make_request(design(afloat=afloat), stance=Stance.HANGING)) for afloat in (False, True))
    assert hung.view.held
    assert not floats.view.held
    held, alone = (set(scenes.build(key).shapes) for key in (hung, floats))
    assert len(held - alone) > 1, "cords, and what they are tied to"
    assert not alone - held


def test_a_camera_looks_down_on_what_floats_as_its_photo_did() -> None:
    request = make_request(Dunes(afloat=True), stance=Stance.HANGING)
    seen = dataclasses.replace(request, canvas=dataclasses.replace(request.canvas, pitch_deg=35.0))
    low, high = (SetKey.of(asked).view for asked in (request, seen))
    assert high.camera_y > low.camera_y + 0.8


def test_a_cleared_set_is_built_anew_and_is_the_same(scenes: SceneCache) -> None:
    key = SetKey.of(make_request(Cyclorama(), seed=5))
    first = scenes.build(key)
    scenes.clear()
    again = scenes.build(key)
    assert again is not first
    assert again.tone_mapping == first.tone_mapping
    assert list(again.shapes) == list(first.shapes)
    assert again.camera.film.view == key.view


def test_a_key_holds_the_products_place_a_garments_shoulders_and_the_cords_of_all_else() -> None:
    request = make_request(HangingWall(), stance=Stance.HANGING)
    key = SetKey.of(request)
    assert (key.view.shoulders, key.view.cords is None) == (None, False)
    garment = dataclasses.replace(request, product=dataclasses.replace(request.product, category=Category.GARMENT))
    held = SetKey.of(garment).view
    assert (held.shoulders is None, held.cords) == (False, None)
    plain = SetKey.of_canvas(request.canvas, request.scene.design, request.seed)
    assert plain == dataclasses.replace(key, view=dataclasses.replace(key.view, cords=None))


@pytest.mark.swept("design")
@pytest.mark.parametrize(
    "design", [Beach(props="shells"), Dunes(props="shells"), Tabletop(props="petals"), FlatLay(props="shells")]
)
def test_things_beside_large_products_are_in_scale_to_them_in_every_set(design: SetDesign) -> None:
    stance = design.only_stance or Stance.UPRIGHT
    request = make_request(design, stance=stance)
    longest = max(request.canvas.product_box.width, request.canvas.product_box.height)
    extents = {}
    for metres in (0.24, 4.4):
        canvas = dataclasses.replace(request.canvas, m_per_px=metres / longest)
        key = SetKey.of(dataclasses.replace(request, canvas=canvas))
        assert key.view.unit_m is None, "the set itself is of one size"
        parts = load_builder(design)(design, key.view, np.random.default_rng(1))
        name = next(name for name in parts.shapes if name.endswith(("shells", "petals")))
        box = parts.shapes[name].bbox()  # type: ignore[attr-defined]
        extents[metres] = float(box.max.z - box.min.z if stance is Stance.LYING else box.max.y - box.min.y)
    assert extents[4.4] < 0.5 * extents[0.24]


@pytest.mark.parametrize(
    "design", [Vanity(), Counter(), Desk(), Lab(), Cabin(), Cafe(), Playroom(), Gym(), Road(), Crates()]
)
def test_rows_behind_a_large_product_stand_as_in_life_and_those_behind_a_usual_one_as_built(design: SetDesign) -> None:
    request = make_request(design)
    longest = max(request.canvas.product_box.width, request.canvas.product_box.height)
    known = [
        SetKey.of(dataclasses.replace(request, canvas=dataclasses.replace(request.canvas, m_per_px=metres / longest)))
        for metres in (0.2, 0.5)
    ]
    assert known[0] == SetKey.of(request), "bottles and shoes share one set"
    row = Row(z=-3.0, side=1.0, lifelike=1.4)
    assert row.ratio(known[0].view) == 1.0
    assert row.ratio(known[1].view) > 1.05


@pytest.mark.parametrize(
    ("design", "stance", "left_to_film"),
    [
        (Cabin(props="ornaments"), Stance.UPRIGHT, True),
        (Cabin(props="ornaments"), Stance.HANGING, False),
        (Cabin(props="ornaments", depth_of_field="deep"), Stance.UPRIGHT, False),
        (Cabin(props="ornaments", also=("pine",)), Stance.UPRIGHT, False),
        (Lab(), Stance.UPRIGHT, False),
    ],
)
def test_small_patches_are_left_to_the_film_where_a_set_says_so(
    scenes: SceneCache, design: SetDesign, stance: Stance, left_to_film: bool
) -> None:
    camera = scenes.build(SetKey.of(make_request(design, stance=stance))).camera
    assert (camera.least_patch > 0) == left_to_film


@pytest.mark.parametrize(
    ("design", "grows"),
    [
        (Location(material="grass"), True),
        (Location(place="park", stand="round"), True),
        (Location(material="wood"), False),
        (Tabletop(material="grass", backdrop="stadium"), True),
        (Tabletop(backdrop="stadium"), False),
    ],
)
def test_a_set_says_whether_a_lawn_is_seen(scenes: SceneCache, design: SetDesign, grows: bool) -> None:
    assert scenes.build(SetKey.of(make_request(design))).camera.lawn == grows


ON_FOOT = (
    Room(),
    OutdoorGround(),
    Road(),
    Dunes(),
    Beach(),
    Cyclorama(),
    NeonRoom(),
    Gym(),
    GlossyFloor(),
    WindowRoom(),
)


@pytest.mark.parametrize(
    ("design", "lower"),
    [(design, True) for design in ON_FOOT] + [(Tabletop(), False)],
)
def test_whom_the_picture_cuts_off_stands_on_a_floor_under_it_and_behind_a_table(
    design: SetDesign, lower: bool
) -> None:
    """A person to the thighs sank into a forest's ground, whose leaves were as large as her hands."""
    request = make_request(design)
    canvas = request.canvas
    box = dataclasses.replace(canvas.product_box, bottom=canvas.height_px)
    metre_per_px = 0.95 / box.height
    cut = dataclasses.replace(
        canvas,
        product_box=box,
        size_class=SizeClass.WEARABLE,
        m_per_px=metre_per_px,
        snapped=frozenset({Edge.BOTTOM}),
    )
    view, whole = (
        SetKey.of_canvas(one, design, 1).view for one in (cut, dataclasses.replace(cut, snapped=frozenset()))
    )
    assert whole.bottom == pytest.approx(0.0, abs=0.01)
    assert view.axis_row_px == whole.axis_row_px, "seen from as high over the person"
    if lower:
        assert 0.6 < view.bottom * metre_per_px * view.px_per_unit < 0.8
        assert len(load_builder(design)(design, view, np.random.default_rng(1)).shapes) > 1
    else:
        assert view == whole


def test_sets_without_things_are_shared_by_products_of_any_size() -> None:
    request = make_request(Cyclorama())
    car = dataclasses.replace(request, canvas=dataclasses.replace(request.canvas, m_per_px=0.02))
    assert SetKey.of(car) == SetKey.of(request)


def test_the_ground_that_a_bicycle_lies_on_is_to_its_scale_and_a_bottles_is_shared() -> None:
    request = make_request(FlatLay(surface="asphalt"), stance=Stance.LYING)
    canvas = dataclasses.replace(request.canvas, m_per_px=0.003)
    for size_class, to_scale in ((SizeClass.GEAR, True), (SizeClass.FURNITURE, True), (SizeClass.TABLE_TOP, False)):
        sized = dataclasses.replace(request, canvas=dataclasses.replace(canvas, size_class=size_class))
        assert (SetKey.of(sized).view.unit_m is not None) is to_scale, size_class
