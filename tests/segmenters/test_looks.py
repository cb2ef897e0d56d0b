"""Further looks: only where there is doubt, and a closer one decides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.records import Box
from photoshoot.segmenters.looking.looks import (
    find_dissent,
    find_doubt,
    look_again,
    mirror_look,
    overlook,
    rate_view,
    reduce_views,
)

SIDE = 96
WINDOW = Box(left=0, top=0, right=2 * SIDE, bottom=2 * SIDE)


def draw_plant_in_pot() -> tuple[Image.Image, npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """A photo of a plant in a pot; what is there; and a saliency that half sees the pot."""
    true, seen = np.zeros((2, SIDE, SIDE), np.float32)
    true[20:80, 30:60] = 1
    seen[20:50, 30:60], seen[50:80, 30:60] = 1, 0.4
    rgb = np.full((SIDE, SIDE, 3), 200, np.uint8)
    rgb[20:50, 30:60], rgb[50:80, 30:60] = (20, 120, 40), (240, 235, 225)
    return Image.fromarray(rgb).resize((2 * SIDE, 2 * SIDE), Image.Resampling.NEAREST), true, seen


def test_a_closer_look_decides_what_was_half_seen() -> None:
    photo, true, seen = draw_plant_in_pot()
    views: list[tuple[int, int]] = []

    def look(view: Image.Image) -> npt.NDArray[np.float32]:
        """Sees what is lighter or greener than the wall, but the pot only from near."""
        views.append(view.size)
        rgb = np.asarray(view, np.float32)
        there = np.abs(rgb - 200).max(axis=2) > 20
        near = view.width < photo.width
        return np.asarray(there if near else there & (rgb[..., 0] < 100), np.float32)

    fused, most = look_again(look, photo, WINDOW, seen)
    pot = (slice(54, 76), slice(34, 56))
    assert float(fused[pot].min()) > 0.7, f"the pot's least saliency is {fused[pot].min():.2f}"
    assert float(most[pot].min()) == 1
    assert float(np.abs(fused - true)[true == 0].max()) < 0.5
    assert views[0] == photo.size
    assert len(views) == 2


def test_a_closer_look_that_errs_in_what_is_sure_decides_nothing() -> None:
    photo, _, seen = draw_plant_in_pot()

    def look(view: Image.Image) -> npt.NDArray[np.float32]:
        """Sees plant and pot from afar; from near it takes the wall for the thing."""
        rgb = np.asarray(view, np.float32)
        there = np.abs(rgb - 200).max(axis=2) > 20
        return np.asarray(there if view.width == photo.width else ~there, np.float32)

    fused, _ = look_again(look, photo, WINDOW, seen)
    pot = (slice(54, 76), slice(34, 56))
    assert float(fused[pot].min()) > 0.5, f"the pot's least saliency is {fused[pot].min():.2f}"
    sure = np.array([[1.0, 0.0, 0.5]] * 3, np.float32)
    for answer, trust in (([[1, 0, 0]] * 3, 1.0), ([[0.75, 0, 0]] * 3, 0.5), ([[1, 0.75, 0]] * 3, 0.0)):
        assert rate_view(np.asarray(answer, np.float32), sure, sure == 0.5) == trust


def test_sharp_saliency_is_looked_at_once() -> None:
    photo, true, _ = draw_plant_in_pot()

    def refuse(view: Image.Image) -> npt.NDArray[np.float32]:
        raise AssertionError(f"asked about {view.size}")

    assert not find_doubt(true).any()
    assert look_again(refuse, photo, WINDOW, true)[0] is true


def test_a_mirrored_look_doubts_what_the_first_was_sure_of() -> None:
    photo, true, _ = draw_plant_in_pot()
    first = true.copy()
    first[50:80] = 0  # surely nothing: the pot is overlooked

    def look(view: Image.Image) -> npt.NDArray[np.float32]:
        assert view.size == photo.size
        return np.asarray(true[:, ::-1])

    second = mirror_look(look, photo, true.shape)
    assert float(np.abs(second - true).max()) < 1e-6
    assert not find_dissent(true, np.roll(true, 2, axis=1)).any(), "an outline two pixels off is no dissent"
    fused, most = look_again(lambda _: true, photo, WINDOW, first, second=second)
    pot = (slice(54, 76), slice(34, 56))
    assert float(fused[pot].min()) > 0.5, f"the pot's least saliency is {fused[pot].min():.2f}"
    assert float(most[pot].min()) == 1
    assert look_again(lambda _: true, photo, WINDOW, true, second=second)[0] is true
    kept, _ = look_again(lambda _: true, photo, WINDOW, first, second=second, sure=true > 0)
    assert float(np.abs(kept - first)[true > 0].max()) == 0, "what whole looks are sure of changes"


def test_views_of_large_photos_are_reduced_before_a_network_scales_them() -> None:
    seen: list[tuple[int, int]] = []

    def look(view: Image.Image) -> npt.NDArray[np.float32]:
        seen.append(view.size)
        return np.zeros((32, 32), np.float32)

    reduced = reduce_views(look)
    for size in ((4000, 3000), (1279, 1279), (640, 4000)):
        reduced(Image.new("RGB", size))
    assert seen == [(1000, 750), (1279, 1279), (640, 4000)]


def test_a_look_that_sees_all_of_a_photo_sees_no_product() -> None:
    """On a dotted sheet the whole looks like one thing from farther away; the mirror image shows what lies on it."""
    photo, true, _ = draw_plant_in_pot()
    unsure = np.full((SIDE, SIDE), 0.3, np.float32)

    def network(view: Image.Image) -> npt.NDArray[np.float32]:
        return unsure if view == photo else true[:, ::-1]

    overview, confidence, seer = overlook(network, lambda _: np.ones((SIDE, SIDE), np.float32), photo)
    assert np.array_equal(overview, true)
    assert confidence == 1
    assert seer is network
    farther = overlook(network, lambda _: 0.9 * true, photo)
    assert np.array_equal(farther[0], 0.9 * true)
