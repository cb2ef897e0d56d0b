"""What stands beside the product before paper, and was overlooked for it."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.looking.companions import claim_companion, find_companions
from photoshoot.segmenters.looking.saliency import find_product

SIDE = 96
BOTTLE, CAP = np.s_[20:80, 20:45], np.s_[50:80, 60:75]
BEHIND = np.full((SIDE, SIDE, 3), 0.98, np.float32)


def draw(cap: float | None = 0.4, place: tuple[slice, slice] = CAP, *, soft: bool = False) -> Image.Image:
    """A blue bottle before white paper, and something grey beside it, lighter on one side."""
    planes = BEHIND.copy()
    planes[BOTTLE] = (0.1, 0.2, 0.5)
    if cap is not None:
        grey = np.linspace(cap, cap + 0.2, planes[place].shape[1], dtype=np.float32)
        planes[place] = grey[:, None]
    if soft:
        planes = ndimage.gaussian_filter(planes, (6, 6, 0))
    return Image.fromarray(np.asarray(planes * 255, np.uint8))


def see(*places: tuple[slice, slice]) -> Float32Array:
    saliency = np.zeros((SIDE, SIDE), np.float32)
    for place in places:
        saliency[place] = 1
    return saliency


def test_a_cap_beside_its_bottle_is_found() -> None:
    (place,) = find_companions(draw(), see(BOTTLE), BEHIND)
    assert np.array_equal(place, see(CAP) > 0)


def test_shadows_print_tables_and_what_is_seen_are_not() -> None:
    even = np.asarray(draw(None)).copy()
    even[CAP] = 150
    for name, photo in (
        ("an even, hard shadow", Image.fromarray(even)),
        ("a soft one", draw(soft=True)),
        ("a line of print", draw(place=np.s_[50:53, 55:90])),
        ("a table", draw(place=np.s_[85:96, 0:96])),
        ("a speck", draw(place=np.s_[50:57, 60:67])),
        ("paper", draw(None)),
    ):
        assert not find_companions(photo, see(BOTTLE), BEHIND), name
    assert not find_companions(draw(), see(BOTTLE, CAP), BEHIND), "seen already"


def test_it_is_looked_at_alone_and_must_be_a_thing_there() -> None:
    views = []

    def look(view: Image.Image) -> Float32Array:
        views.append(np.asarray(view))
        return np.ones((32, 32), np.float32)

    place = see(CAP) > 0
    claim = claim_companion(look, draw(), place, BEHIND)
    assert claim is not None
    assert (claim[CAP] > 0.9).all()
    assert claim[BOTTLE].max() == 0
    blue = (views[0][..., 2].astype(int) - views[0][..., 0]) > 50
    assert not blue.any(), "the bottle beside it is hidden"
    assert claim_companion(lambda _: np.full((32, 32), 0.5, np.float32), draw(), place, BEHIND) is None


def test_a_photo_s_cap_widens_what_is_found() -> None:
    def look(view: Image.Image) -> Float32Array:
        small = np.asarray(view.resize((SIDE, SIDE), Image.Resampling.BOX), np.float32) / 255
        blue = small[..., 2] - small[..., 0] > 0.2
        return np.asarray(blue if blue.any() else small.mean(axis=2) < 0.8, np.float32)

    photo = draw().resize((480, 480), Image.Resampling.NEAREST)
    found = find_product(look, photo, twice=True)
    assert found is not None
    assert found.window.right > 5 * CAP[1].stop
    down, across = (side / SIDE for side in (found.window.height, found.window.width))
    row, column = (65 * 5 - found.window.top) / down, (67 * 5 - found.window.left) / across
    assert found.detail[int(row), int(column)] > 0.9
