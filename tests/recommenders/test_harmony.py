from __future__ import annotations

import pytest

from photoshoot.recommenders.harmony import measure_contrast, measure_harmony
from tests.recommenders.making import palette_of


def test_white_is_lost_on_white_and_stands_out_on_navy() -> None:
    white = palette_of("#f8f8f7")
    assert measure_contrast(white, ("#f9f9f8",)) == 0
    assert measure_contrast(white, ("#16264f",)) == 1
    assert 0 < measure_contrast(white, ("#cfd0d1",)) < 0.6


def test_the_nearest_backdrop_colour_counts() -> None:
    assert measure_contrast(palette_of("#f8f8f7"), ("#16264f", "#f9f9f8")) == 0


def test_contrast_is_weighted_by_share() -> None:
    assert measure_contrast(palette_of("#f8f8f7", "#16264f"), ("#f8f8f7",)) == pytest.approx(0.5)
    assert measure_contrast((), ("#f8f8f7",)) == 0.5


def test_opposites_beat_neighbours_and_neighbours_beat_what_lies_between() -> None:
    blue = palette_of("#1f5fd6")
    opposite, neighbour, between = (measure_harmony(blue, (color,)) for color in ("#c78a2e", "#3f8fc9", "#c94a8f"))
    assert opposite > neighbour > between


def test_a_loud_backdrop_outdoes_a_quiet_product() -> None:
    grey = palette_of("#8c8e90")
    assert measure_harmony(grey, ("#ff2a9a",)) < measure_harmony(grey, ("#e3d3bb",)) == 0.8
