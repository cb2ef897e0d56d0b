from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.errors import PhotoError
from photoshoot.records import Box
from photoshoot.records.light_map import LEAST_STOPS, MOST_STOPS, LightMap

BOX = Box(left=-3, top=10, right=80, bottom=140)


@given(height=st.integers(1, 48), width=st.integers(1, 48), seed=st.integers(0, 99))
def test_what_is_written_is_read_back(height: int, width: int, seed: int) -> None:
    stops = np.random.default_rng(seed).uniform(-4, 2, (height, width, 3)).astype(np.float32)
    light = LightMap.of_stops(stops, BOX)
    read = LightMap.read(json.loads(json.dumps(light.to_record())))
    np.testing.assert_array_equal(read.levels, light.levels)
    assert read.box == BOX
    step = (MOST_STOPS - LEAST_STOPS) / 255
    np.testing.assert_allclose(light.stops, np.clip(stops, LEAST_STOPS, MOST_STOPS), atol=0.51 * step)


def test_a_smooth_light_is_written_small() -> None:
    rows, columns = np.mgrid[:48, :48] / 48
    stops = np.dstack([np.sin(3 * rows), np.cos(2 * columns), rows * columns]).astype(np.float32) - 1
    assert len(json.dumps(LightMap.of_stops(stops, BOX).to_record())) < 6000


@pytest.mark.parametrize(
    "change",
    [{"cells": "900x900"}, {"cells": "4"}, {"levels": "?"}, {"levels": "AAAA"}, {"box": "1,2"}, {"cells": "9x9"}],
)
def test_a_damaged_record_is_refused(change: dict[str, str]) -> None:
    record = {**LightMap.of_stops(np.zeros((4, 5, 3), np.float32), BOX).to_record(), **change}
    with pytest.raises(PhotoError, match="light on the product is damaged"):
        LightMap.read(record)


def test_a_record_that_lacks_a_part_is_refused() -> None:
    with pytest.raises(PhotoError, match="damaged"):
        LightMap.read({"box": "0,0,9,9"})
