"""Places beside the product: clear of it, apart, inside the picture, by the seed."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.instancing import prop_scale, usual_size
from photoshoot.placers.studio.assets.props.placement import (
    Patch,
    Thing,
    are_clear,
    find_spots,
    fit_spots,
    stand,
    support_frame,
)
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance

THINGS = [Thing(radius=radius, height=radius) for radius in np.linspace(0.4, 0.06, 24)]


def make_view(width: int = 1674, height: int = 628, stance: Stance = Stance.UPRIGHT, half: int = 120) -> View:
    bottom, tall = round(0.84 * height), round(0.6 * height)
    box = Box(left=width // 2 - half, top=bottom - tall, right=width // 2 + half, bottom=bottom)
    canvas = Canvas(label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=stance)
    return View.of(canvas, 1.5)


def stands_clear(view: View, place: Float64Array, thing: Thing, gap: float) -> bool:
    return bool(are_clear(view, place, np.array(thing.radius), np.array(thing.height), gap))


@pytest.mark.parametrize("stance", [Stance.UPRIGHT, Stance.LYING])
def test_spots_are_clear_apart_and_seeded(stance: Stance) -> None:
    view = make_view(stance=stance)
    patch = Patch(before=0.2)
    spots = find_spots(view, THINGS, np.random.default_rng(3), patch)
    again = find_spots(view, THINGS, np.random.default_rng(3), patch)
    assert len(spots) > 18
    assert all(np.array_equal(place, again[index]) for index, place in spots.items())
    for index, place in spots.items():
        assert stands_clear(view, place, THINGS[index], patch.gap)
        for other, there in spots.items():
            if other != index:
                apart = np.hypot(*(place - there)[[0, 2]])
                assert apart > 0.95 * (THINGS[index].radius + THINGS[other].radius)


def test_what_is_taken_stays_free() -> None:
    view, wide = make_view(), np.array([1.6, 0.0, 0.0])
    spots = find_spots(view, THINGS, np.random.default_rng(1), taken=[(wide, 1.0)])
    assert all(np.hypot(*(place - wide)[[0, 2]]) > 1.0 for place in spots.values())


def test_twigs_may_cross() -> None:
    view = make_view()
    twigs = [Thing(radius=0.9, height=0.1, core=0.1)] * 12
    logs = [Thing(radius=0.9, height=0.1)] * 12
    assert len(find_spots(view, twigs, np.random.default_rng(1))) > len(
        find_spots(view, logs, np.random.default_rng(1))
    )


def test_things_over_or_behind_the_product_are_not_clear() -> None:
    view, thing = make_view(), Thing(radius=0.2, height=0.3)
    assert not stands_clear(view, np.array([view.product_x, 0.0, -1.0]), thing, 0.1)
    assert not stands_clear(view, np.array([view.product_x, 0.0, 0.8]), thing, 0.1)
    assert stands_clear(view, np.array([view.product_x + view.product_half_width + 1.0, 0.0, 0.0]), thing, 0.1)
    assert not stands_clear(view, np.array([view.half_width + 1.0, 0.0, 0.0]), thing, 0.1)


def test_tall_pictures_get_things_on_the_floor_before_the_product() -> None:
    small = [Thing(radius=0.08, height=0.05)] * 20
    spots = find_spots(make_view(160, 600, half=40), small, np.random.default_rng(1))
    assert sum(place[2] > 0.25 for place in spots.values()) >= 3


def test_lying_things_rise_towards_the_camera() -> None:
    view = make_view(stance=Stance.LYING)
    frame = support_frame(view)
    assert np.allclose(frame @ [0, 0, 0, 1], [0, 0, LYING_SURFACE_Z, 1])
    assert np.allclose(frame[:3, :3] @ [0, 1, 0], [0, 0, 1])
    assert np.allclose(frame[:3, :3] @ [0, 0, 1], [0, -1, 0])


def test_pieces_stand_on_a_floor_below() -> None:
    shapes = stand({"ball": (sphere(1.0).moved(0, 1), diffuse("#808080"))}, make_view(), -0.4, "air")
    box = shapes["air_ball"].bbox()  # type: ignore[attr-defined]
    assert float(box.min.y) == pytest.approx(-0.4, abs=1e-5)


def test_things_shrink_until_enough_have_room_beside_a_large_product() -> None:
    view, patch, dishes = (
        make_view(900, 900, Stance.LYING, half=360),
        Patch(gap=0.1),
        [Thing(radius=0.6, height=0.1)] * 4,
    )
    assert not find_spots(view, dishes, np.random.default_rng(1), patch)
    spots, share = fit_spots(view, dishes, np.random.default_rng(1), patch)
    assert len(spots) >= 2
    assert share < 1
    assert fit_spots(make_view(), dishes, np.random.default_rng(1), patch)[1] == 1


def test_seen_from_above_the_pictures_edges_cut_things_rather_than_that_they_are_toys() -> None:
    """A lipstick was a third as long as in life, where beside a beanie there was room for one."""
    view, things = make_view(900, 1100, Stance.LYING, half=270), [Thing(radius=0.34, height=0.1)] * 6
    spots, share = fit_spots(view, things, np.random.default_rng(3), Patch(gap=0.1))
    assert share >= 0.75
    assert spots
    assert usual_size(view) == 1.0
    assert usual_size(make_view(900, 1100)) < 1.0


def test_props_are_as_beside_a_bottle_smaller_beside_large_things_and_larger_beside_jewellery() -> None:
    assert {prop_scale(unit_m) for unit_m in (0.06, 0.1, 0.126)} == {1.0}
    shell_m = 0.6 * 0.126  # radius of the largest beside a bottle
    for unit_m in (0.3, 0.5, 0.9):
        assert 0.7 * shell_m < 0.6 * unit_m / prop_scale(unit_m) < 2 * shell_m, "a shell is a shell"
    assert 0.6 * 2.0 / prop_scale(2.0) < 0.2, "beside a car it is seen, and smaller than a wheel"
    phone, bottle = prop_scale(0.067, lying=True), prop_scale(0.107, lying=True)
    assert phone < bottle < prop_scale(0.2, lying=True), "what lies is seen beside its like: pencils and a phone"
    rings = prop_scale(0.013), prop_scale(0.03)
    assert 0.5 <= rings[0] < rings[1] < 1, "petals beside a ring are larger, and leave it its table"
