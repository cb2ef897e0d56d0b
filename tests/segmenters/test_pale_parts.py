from __future__ import annotations

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.looking.pale_parts import claim_pale, find_outlined

SIDE = 96
PLANT, POT, BESIDE = np.s_[20:40, 36:60], np.s_[40:80, 34:62], np.s_[50:80, 66:80]
BEHIND = np.full((SIDE, SIDE, 3), 0.95, np.float32)


def draw(pot: float | None, outline: float | None = None, *, grain: float = 0.0) -> Image.Image:
    """A green plant before white, over a pot of such a brightness with an outline of another."""
    planes = BEHIND.copy()
    if pot is not None:
        planes[POT] = pot if outline is None else outline
        planes[41:79, 35:61] = pot
    planes[PLANT] = (0.2, 0.5, 0.2)
    planes += np.random.default_rng(3).normal(0, grain, planes.shape).astype(np.float32)
    return Image.fromarray(np.asarray(np.clip(planes, 0, 1) * 255, np.uint8))


def see(*places: tuple[slice, slice]) -> Float32Array:
    saliency = np.zeros((SIDE, SIDE), np.float32)
    for place in places:
        saliency[place] = 1
    return saliency


def test_a_white_pot_is_outlined_and_claimed() -> None:
    for grain in (0.0, 0.008):
        photo = draw(0.95, 0.87, grain=grain)
        outlined = find_outlined(photo, see(PLANT), BEHIND)
        assert outlined is not None
        assert outlined[POT].mean() > 0.95
        claim = claim_pale(lambda _: see(PLANT, POT), photo, see(PLANT), BEHIND)
        assert claim is not None
        assert (claim[POT] > 0.9).all()
        assert claim[:, 70:].max() == 0


def test_the_look_is_at_a_picture_of_more_contrast() -> None:
    views = []

    def look(view: Image.Image) -> Float32Array:
        views.append(np.asarray(view, np.float32) / np.float32(255))
        return see(PLANT, POT)

    claim_pale(look, draw(0.95, 0.87), see(PLANT), BEHIND)
    assert abs(views[0][40, 40, 0] - views[0][90, 5, 0]) > 2.5 * 0.08


def test_without_an_outline_nothing_is_looked_at() -> None:
    assert find_outlined(draw(None), see(PLANT), BEHIND) is None
    assert find_outlined(draw(None, grain=0.008), see(PLANT), BEHIND) is None


def test_a_soft_shadow_is_not_worth_a_look() -> None:
    photo = draw(None)
    down, across = np.mgrid[:SIDE, :SIDE]
    depth = 0.05 * np.exp(-((((down - 46) / 14) ** 2 + ((across - 52) / 26) ** 2) ** 2))
    shaded = np.asarray(photo, np.float32) - 255 * depth[..., None].astype(np.float32)
    shaded[PLANT] = np.asarray(photo, np.float32)[PLANT]
    assert find_outlined(Image.fromarray(shaded.astype(np.uint8)), see(PLANT), BEHIND) is None


def test_an_edge_of_the_table_encloses_nothing() -> None:
    planes = np.asarray(draw(None)).copy()
    planes[38:40] = 120
    assert find_outlined(Image.fromarray(planes), see(PLANT), BEHIND) is None


def test_a_shadow_is_not_claimed() -> None:
    """However sure the look is of it: it is darker than the backdrop."""
    photo = draw(0.8)
    assert claim_pale(lambda _: see(PLANT, POT), photo, see(PLANT), BEHIND) is None


def test_white_that_nothing_outlines_is_not_claimed() -> None:
    for grain in (0.0, 0.008):
        photo = draw(None, grain=grain)
        assert claim_pale(lambda _: see(PLANT, POT), photo, see(PLANT), BEHIND) is None


def test_what_does_not_hang_on_the_product_is_not_claimed() -> None:
    photo = draw(0.95, 0.87)
    claim = claim_pale(lambda _: see(PLANT, POT, BESIDE), photo, see(PLANT), BEHIND)
    assert claim is not None
    assert claim[BESIDE].max() == 0


def test_a_look_that_misses_the_product_tells_nothing() -> None:
    photo = draw(0.95, 0.87)
    assert claim_pale(lambda _: see(POT), photo, see(PLANT), BEHIND) is None


def test_a_gap_between_what_is_seen_is_not_claimed() -> None:
    """Not even a ghost of it was seen, and the product is round it."""
    frame, gap = np.s_[20:60, 20:70], np.s_[30:55, 35:55]
    saliency = see(frame)
    saliency[gap] = 0.02
    planes = np.full((SIDE, SIDE, 3), 242, np.uint8)
    planes[saliency > 0.5] = (40, 90, 160)
    photo = Image.fromarray(planes)
    assert claim_pale(lambda _: see(frame), photo, saliency, BEHIND) is None
    saliency[gap] = 0.2
    claim = claim_pale(lambda _: see(frame), photo, saliency, BEHIND)
    assert claim is not None
    assert claim[gap].mean() > 0.9


def test_an_outline_that_no_pixel_of_it_shows_in_the_grain_is_found_by_its_length() -> None:
    photo = draw(0.93, grain=0.008)
    outlined = find_outlined(photo, see(PLANT), BEHIND)
    assert outlined is not None
    assert outlined[POT].mean() > 0.95
    assert outlined[:, 70:].mean() < 0.02


def test_what_only_the_mirror_image_shows_whole_is_claimed_too() -> None:
    ghost = np.maximum(see(PLANT), np.float32(0.3) * see(POT))
    claim, count = claim_in_looks(ghost, see(PLANT, POT)[:, ::-1])
    assert claim is not None
    assert (claim[POT] > 0.9).all()
    assert count == 2


def test_no_mirror_image_is_looked_at_where_the_first_look_half_saw_nothing_more() -> None:
    assert claim_in_looks(see(PLANT), see(PLANT, POT)[:, ::-1]) == (None, 1)


def claim_in_looks(*answers: Float32Array) -> tuple[Float32Array | None, int]:
    """What is claimed of a white pot by looks that answer so, one after the other, and how many are taken."""
    left = list(answers)
    claim = claim_pale(lambda _: left.pop(0), draw(0.95, 0.87), see(PLANT), BEHIND)
    return claim, len(answers) - len(left)
