"""What would topple does not stand: tips, things aslant; what has feet does, however slim."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot import Product, Prompt, viewpoint
from photoshoot.files import find_data
from photoshoot.framing.holding import Holding, choose_stance, find_pitch
from photoshoot.framing.toppling import rests_on_a_point, stands_on_a_loop
from photoshoot.presets import PresetRegistry
from photoshoot.previews.studio import _build_request
from photoshoot.production import plan_shots
from photoshoot.recommenders.affinities import load_affinities
from photoshoot.records import Box, Category, Cutout, Edge, ShotRequest
from photoshoot.request import Request, resolve_request
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.settings import Placement, SizeClass, Stance
from tests.making import make_product

Y, X = np.mgrid[:200, :200] - 99.5
CENTRED = np.abs(X) + np.abs(Y) < 90
SHAPES = {
    "diamond": (CENTRED, True),
    "band aslant": (np.abs(X - Y) < 16, True),
    "ball": (np.hypot(X, Y) < 90, False),
    "block": ((np.abs(X) < 60) & (np.abs(Y) < 90), False),
    "goblet": ((np.hypot(X, Y + 40) < 50) | ((np.abs(X) < 4) & (Y > 0)) | ((np.abs(X) < 30) & (Y > 92)), False),
    "plant in a small pot": ((np.hypot(X, Y + 20) < 75) | ((np.abs(X) < 20) & (Y > 40)), False),
    "second pot behind the first": (
        (np.hypot(X + 40, np.minimum(Y - 70, 0)) < 30) & (Y > -60) & (Y < 95 - 0.01 * (X + 40) ** 2)
        | (np.hypot(X - 40, np.minimum(Y - 40, 0)) < 45) & (Y > -80) & (Y < 65 - 0.01 * (X - 40) ** 2),
        False,
    ),
    "camera seen from above": ((Y < 60 + 0.12 * X) & (np.abs(X) < 90) & (Y > -60), False),
}


def _box(alpha: np.ndarray) -> Box:
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    return Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)


def _held(bottle: Product, solid: np.ndarray) -> Product:
    alpha = np.pad(solid, 8).astype(np.float32)
    rgb = np.zeros((*alpha.shape, 3), np.uint8)
    return replace(bottle, cutout=replace(bottle.cutout, rgb=rgb, alpha_matte=alpha, box=_box(alpha)))


@pytest.mark.parametrize("name", SHAPES)
def test_what_rests_on_a_point_is_told_from_what_has_a_foot(name: str, bottle: Product) -> None:
    solid, topples = SHAPES[name]
    assert rests_on_a_point(_held(bottle, solid).cutout) is topples


BASKET = (np.hypot(X / 90, (Y - 40) / 55) < 1) & (Y > 0) | (np.abs(np.hypot(X, Y) - 80) < 5) & (Y < 10)
HANDLES = (np.abs(np.abs(X) - 30) < 14) & (np.abs(Y) < 40)
CORDS = (np.abs(np.hypot((np.abs(X) - 45) / 45, (Y - 20) / 70) - 1) < 0.09) & (Y > 0)
CORDS |= (np.abs(np.hypot(X, (Y + 60) / 0.8) - 35) < 4) | (np.abs(np.abs(X) - 88) < 4) & (np.abs(Y + 20) < 42)
CORDS |= (np.abs(Y + 60) < 4) & (np.abs(np.abs(X) - 60) < 30) | (np.abs(np.abs(X) - 5) < 4) & (np.abs(Y - 10) < 12)


@pytest.mark.parametrize(
    ("solid", "laid"),
    [
        (HANDLES | CORDS, True),  # a jump rope, photographed from above
        (HANDLES | CORDS & (Y < 60), False),  # it ends in four wires
        (HANDLES | CORDS | (np.abs(X) < 90) & (Y > 70), False),  # a plate under it
        (BASKET, False),
    ],
    ids=["rope", "wires", "plate", "basket"],
)
def test_what_stands_on_loops_of_cord_was_laid_down(solid: np.ndarray, laid: bool, bottle: Product) -> None:
    """A jump rope stood in a gym as if it were of steel."""
    assert stands_on_a_loop(_held(bottle, solid).cutout) is laid


LOOP = np.hypot((X + 20) / 60, (Y - 55) / 30)
STRAP = (LOOP < 1) & (LOOP > 0.8) | (np.abs(X + 72) < 6) & (np.abs(Y - 25) < 35)
BODY = (np.abs(X - 10) < 75) & (Y > -60) & (Y < 0)


@pytest.mark.parametrize(
    ("solid", "size_class", "topples"),
    [
        (BODY | STRAP, SizeClass.HAND_HELD, True),  # a camera whose strap lies before it
        (BODY | STRAP, SizeClass.TABLE_TOP, False),  # it may be a lamp on its arm
        (BODY | (np.abs(X - 10) < 5) & (Y > -10) & (Y < 80), SizeClass.HAND_HELD, False),  # a leg
        (BODY | (np.abs(np.abs(X - 10) - 60) < 5) & (Y > -10) & (Y < 80), SizeClass.HAND_HELD, False),  # two
        (BODY | STRAP | (np.abs(X - 10) < 75) & (Y > -10) & (Y < 80), SizeClass.HAND_HELD, False),  # it ends as low
    ],
)
def test_no_body_stands_on_its_strap(bottle: Product, solid: np.ndarray, size_class: SizeClass, topples: bool) -> None:
    """A camera hovered over a mirror, on the loop of the strap that lay before it in its photo."""
    assert Holding.of(_held(bottle, solid), Placement(size_class=size_class)).topples is topples


@pytest.mark.parametrize("side_px", [2, 4])
def test_a_product_of_a_few_pixels_has_no_strap(bottle: Product, side_px: int) -> None:
    """Pillow's filters end the process where what is looked for is no wider than a pixel."""
    product = replace(_held(bottle, np.ones((side_px, side_px), bool)), category=Category.SPORT)
    assert not Holding.of(product, Placement(size_class=SizeClass.HAND_HELD)).topples


def test_it_lies_unless_it_is_large_or_the_caller_says_how() -> None:
    def held(placement: Placement | None = None, size_class: SizeClass | None = None) -> Stance:
        return choose_stance(Cyclorama(), Category.HEADWEAR, placement, size_class=size_class, topples=True)

    assert held() is Stance.LYING
    assert held(Placement(stance=Stance.UPRIGHT)) is Stance.UPRIGHT
    assert held(size_class=SizeClass.FURNITURE) is Stance.UPRIGHT


@pytest.mark.parametrize(
    ("shape", "category", "stance"),
    [
        (np.abs(X - Y) < 16, Category.JEWELRY, Stance.LYING),
        (np.abs(X - Y) < 16, Category.SPORT, Stance.LYING),
        ((np.abs(X) < 12) & (np.abs(Y) < 90), Category.JEWELRY, Stance.LYING),
        ((np.abs(X) < 12) & (np.abs(Y) < 90), Category.BEAUTY, Stance.UPRIGHT),
        (CENTRED, Category.HEADWEAR, Stance.UPRIGHT),
    ],
)
def test_no_strap_stands_on_its_end_even_if_told_to(
    bottle: Product, shape: np.ndarray, category: Category, stance: Stance
) -> None:
    """A watch aslant stood on the end of its strap before a mirror; a lipstick does stand, and a posed cap may."""
    product = replace(_held(bottle, shape), category=category)
    request = Request(prompts=Prompt.preset("white_background"), placement=Placement(stance=Stance.UPRIGHT))
    (shot,) = plan_shots(resolve_request(request, product), PresetRegistry.load())
    assert shot.canvas.stance is stance
    assert ("not upright" in shot.scene.reading) is (stance is Stance.LYING)


SHIRT = (np.abs(X) < 50) & (np.abs(Y) < 90) | (np.abs(X) < 85) & (np.abs(Y + 60) < 30)
LAID = (np.abs(X + 0.9 * Y) < 60) & (np.abs(Y) < 45) | (np.abs(X + 0.9 * Y - 60) < 40) & (np.abs(Y + 30) < 12)
ROPE = (np.abs(Y - 30 * np.sin(X / 14)) < 5) & (np.abs(X) < 95)


@pytest.mark.parametrize(
    ("shape", "category", "pitch_deg", "asked", "held"),
    [
        (SHIRT, Category.GARMENT, None, Stance.HANGING, Stance.HANGING),
        (LAID, Category.GARMENT, None, Stance.HANGING, Stance.LYING),
        (ROPE, Category.SPORT, None, Stance.HANGING, Stance.LYING),
        (ROPE.T, Category.SPORT, None, Stance.HANGING, Stance.HANGING),
        (ROPE, Category.EYEWEAR, None, Stance.HANGING, Stance.HANGING),
        (np.abs(X) < 60, Category.TABLEWARE, 35.0, Stance.LYING, Stance.UPRIGHT),
        (np.abs(X) < 60, Category.TABLEWARE, 35.0, Stance.HANGING, Stance.UPRIGHT),
        (np.abs(X) < 60, Category.TABLEWARE, 5.0, Stance.HANGING, Stance.HANGING),
        (np.abs(X) < 60, Category.TABLEWARE, 5.0, Stance.LYING, Stance.LYING),
        (np.abs(X) < 60, Category.TABLEWARE, 75.0, Stance.LYING, Stance.LYING),
        (np.abs(X) < 60, Category.FOOTWEAR, 35.0, Stance.LYING, Stance.LYING),
    ],
)
def test_a_stance_that_the_photo_contradicts_is_not_taken(
    bottle: Product, shape: np.ndarray, category: Category, pitch_deg: float | None, asked: Stance, held: Stance
) -> None:
    """A shirt that lay aslant hung with the hook in its shoulder; a jar seen from over its lid lay on tiles."""
    product = replace(_held(bottle, shape), category=category)
    placement = Placement(stance=asked, pitch_deg=pitch_deg)
    request = Request(prompts=Prompt.preset("white_background"), placement=placement)
    (shot,) = plan_shots(resolve_request(request, product), PresetRegistry.load())
    assert shot.canvas.stance is held
    assert (f"not {asked}" in shot.scene.reading) is (held is not asked)


@pytest.mark.parametrize(
    ("shape", "category", "stance"),
    [
        (ROPE, Category.SPORT, Stance.LYING),
        (ROPE.T, Category.SPORT, Stance.UPRIGHT),
        (ROPE, Category.EYEWEAR, Stance.UPRIGHT),
    ],
)
def test_a_rope_that_lay_before_its_camera_lies(
    bottle: Product, shape: np.ndarray, category: Category, stance: Stance
) -> None:
    """It stood on its loops."""
    assert Holding.of(replace(_held(bottle, shape), category=category)).find_stance(Cyclorama()) is stance


def test_a_wall_to_hang_on_becomes_what_a_garment_lies_on(bottle: Product) -> None:
    product = replace(_held(bottle, LAID), category=Category.GARMENT)
    assert Holding.of(product).find_stance(HangingWall()) is Stance.LYING


def test_a_set_that_would_hang_it_is_told_to_lie(bottle: Product) -> None:
    product = replace(_held(bottle, LAID), category=Category.GARMENT)
    request = Request(prompts=Prompt.custom("hanging on a white brick wall"))
    (shot,) = plan_shots(resolve_request(request, product), PresetRegistry.load())
    assert shot.canvas.stance is Stance.LYING
    assert "not hanging, since its photo shows it lying: lying" in shot.scene.otherwise


def test_a_request_lays_it_down(bottle: Product) -> None:
    product, request = _held(bottle, CENTRED), Request(prompts=Prompt.preset("white_background"))
    (shot,) = plan_shots(resolve_request(request, product), PresetRegistry.load())
    assert shot.canvas.stance is Stance.LYING


@pytest.mark.parametrize(("pitch_deg", "stance"), [(20.0, Stance.UPRIGHT), (60.0, Stance.LYING)])
def test_what_was_photographed_from_above_lies(bottle: Product, pitch_deg: float, stance: Stance) -> None:
    request = Request(prompts=Prompt.preset("white_background"), placement=Placement(pitch_deg=pitch_deg))
    (shot,) = plan_shots(resolve_request(request, bottle), PresetRegistry.load())
    assert (shot.canvas.stance, shot.canvas.pitch_deg) == (stance, pitch_deg)
    held = replace(request, placement=replace(request.placement, stance=Stance.UPRIGHT))
    (shot,) = plan_shots(resolve_request(held, bottle), PresetRegistry.load())
    assert shot.canvas.stance is Stance.UPRIGHT


def _floating(bottle: Product, text: str, placement: Placement) -> ShotRequest:
    request = Request(prompts=Prompt.custom(text), placement=placement)
    (shot,) = plan_shots(resolve_request(request, bottle), PresetRegistry.load())
    return shot


@pytest.mark.parametrize("pitch_deg", [0.0, 30.0, 60.0])
def test_what_a_prompt_says_floats_does_however_its_photo_looked_down_on_it(bottle: Product, pitch_deg: float) -> None:
    shot = _floating(bottle, "bottle floating over a sand dune", Placement(pitch_deg=pitch_deg))
    assert shot.canvas.stance is Stance.HANGING
    assert shot.scene.design.afloat
    stood = _floating(bottle, "bottle on a sand dune", Placement(pitch_deg=0.0))
    over, under = shot.canvas.product_box, stood.canvas.product_box
    assert over.bottom < under.bottom - 0.1 * shot.canvas.height_px, "the floor is seen far under it"


def test_what_should_float_and_cannot_is_told(bottle: Product) -> None:
    cut = replace(bottle, cutout=replace(bottle.cutout, touches=frozenset({Edge.BOTTOM})))
    for shot in (
        _floating(cut, "bottle floating over a sand dune", Placement()),
        _floating(bottle, "bottle floating over a sand dune", Placement(stance=Stance.UPRIGHT)),
        _floating(bottle, "sofa floating over a sand dune", Placement(size_class=SizeClass.FURNITURE)),
    ):
        assert shot.canvas.stance is Stance.UPRIGHT
        assert "not floating: upright" in shot.scene.otherwise


def test_what_is_under_a_product_that_its_photo_cuts_is_told(bottle: Product) -> None:
    cut = replace(bottle, cutout=replace(bottle.cutout, touches=frozenset({Edge.BOTTOM})))
    on_rock = "bottle on a rock in the desert"
    assert "not shown so: rock" in _floating(cut, on_rock, Placement()).scene.otherwise
    assert not _floating(bottle, on_rock, Placement()).scene.otherwise
    assert not _floating(cut, "bottle on a sand dune", Placement()).scene.otherwise


def test_the_pitch_is_read_from_the_photo_where_nobody_says_it(bottle: Product) -> None:
    assert find_pitch(bottle, Placement(pitch_deg=33.0)) == 33.0
    seen = find_pitch(bottle, Placement())  # rendered from 6 degrees above
    assert seen is not None
    assert 2 < seen < 12
    assert find_pitch(replace(bottle, category=Category.GARMENT), Placement()) is None


def test_recommendations_and_previews_know_it(bottle: Product) -> None:
    """Where all lies suits it better than what stands does, and its preview lies."""
    lain, affinities = _held(bottle, CENTRED), load_affinities(find_data("presets") / "affinity.json")
    stands, topples = (Holding.of(product) for product in (_held(bottle, np.abs(X) < 60), lain))
    assert affinities.suit_size(topples, FlatLay(), ()) > affinities.suit_size(stands, FlatLay(), ())
    assert affinities.suit_size(topples, Cyclorama(), ()) == affinities.suit_size(stands, Cyclorama(), ())
    preset = PresetRegistry.load().get("white_background")
    assert _build_request(preset, lain).canvas.stance is Stance.LYING


def test_an_outline_is_looked_at_once_for_each_kind_of_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Category] = []

    def look(_: Cutout, category: Category) -> None:
        asked.append(category)

    monkeypatch.setattr(viewpoint, "estimate_pitch", look)
    product = make_product()
    cup = replace(product, category=Category.TABLEWARE)
    again = replace(product, cutout=replace(product.cutout))
    for one in (product, cup, product, cup, again):
        assert find_pitch(one, Placement()) is None
        assert find_pitch(one, Placement(pitch_deg=20)) == 20
    assert asked == [product.category, Category.TABLEWARE, product.category]
