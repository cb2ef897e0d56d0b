from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.errors import NoProductFoundError
from photoshoot.quality.expansion import measure_expansion
from photoshoot.records import Cutout, Photo
from photoshoot.stages import Segmenter
from tests.making import cutout_of

SHAPE = 24, 32


class SeesLight:
    """Takes what is light for the product."""

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """Cut out what is light."""
        found = [photo.rgb[..., 0] > 127 for photo in photos]
        if not all(light.any() for light in found):
            raise NoProductFoundError("all is dark")
        return [cutout_of(photo.rgb, light.astype(np.float32)) for photo, light in zip(photos, found, strict=True)]


def light_up(*parts: tuple[slice, slice]) -> np.ndarray:
    image = np.zeros((*SHAPE, 3), np.uint8)
    for part in parts:
        image[part] = 255
    return image


def test_the_stand_in_is_a_segmenter() -> None:
    assert isinstance(SeesLight(), Segmenter)


@given(rows=st.integers(0, 14), columns=st.integers(1, 20))
@settings(max_examples=30, deadline=None)
def test_what_is_added_counts_by_its_area(rows: int, columns: int) -> None:
    product = slice(0, 10), slice(4, 24)
    matte = (light_up(product)[..., 0] > 0).astype(np.float32)
    grown = light_up(product, (slice(10, 10 + rows), slice(4, 4 + columns)))
    found = measure_expansion(grown, matte, SeesLight())
    assert found is not None
    assert found.share == pytest.approx(rows * columns / 200, abs=1e-12)
    assert found.segmenter == "drawn"


def test_a_product_that_is_seen_smaller_has_not_grown() -> None:
    matte = (light_up((slice(0, 10), slice(4, 24)))[..., 0] > 0).astype(np.float32)
    found = measure_expansion(light_up((slice(2, 5), slice(6, 9))), matte, SeesLight())
    assert found is not None
    assert found.share == 0


def test_soft_pixels_count_from_a_half_on() -> None:
    matte = np.zeros(SHAPE, np.float32)
    matte[:10, 4:24] = 1
    matte[10:12, 4:24] = 0.4
    found = measure_expansion(light_up((slice(0, 12), slice(4, 24))), matte, SeesLight())
    assert found is not None
    assert found.share == pytest.approx(40 / 200, abs=1e-12)


def test_where_no_product_is_seen_nothing_is_measured() -> None:
    assert measure_expansion(light_up(), np.ones(SHAPE, np.float32), SeesLight()) is None
