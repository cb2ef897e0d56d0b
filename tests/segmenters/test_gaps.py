"""Gaps that the network filled are found from near; labels of the backdrop's colour stay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from photoshoot.segmenters.ground.backdrop import Evidence, weigh_evidence
from photoshoot.segmenters.looking.gaps import find_gaps
from photoshoot.segmenters.looking.looks import Network

SIDE = 96
RING, INSIDE = np.s_[20:76, 20:76], np.s_[28:68, 28:68]


@pytest.fixture(scope="module")
def scene() -> tuple[Image.Image, Evidence, npt.NDArray[np.float32]]:
    """A dark frame on white whose inside is white, too, its evidence, and a network that sees all of it as product."""
    planes, seen = np.ones((3, SIDE, SIDE), np.float32), np.zeros((SIDE, SIDE), np.float32)
    planes[:, *RING], planes[:, *INSIDE] = 0.1, 1
    seen[RING] = 1
    evidence = weigh_evidence(planes, np.ones_like(planes), 0.002, seen)
    picture = Image.fromarray(np.round(planes * 255).astype(np.uint8).transpose(1, 2, 0))
    return picture, evidence, seen


def answer(level: float, asked: list[tuple[int, int]]) -> Network:
    def look(view: Image.Image) -> npt.NDArray[np.float32]:
        asked.append(view.size)
        return np.full((32, 32), level, np.float32)

    return look


def test_one_look_from_near_tells_a_gap(scene: tuple[Image.Image, Evidence, npt.NDArray[np.float32]]) -> None:
    picture, evidence, seen = scene
    assert evidence.enclosed[INSIDE].all()
    fast: list[tuple[int, int]] = []
    sharp: list[tuple[int, int]] = []
    gaps = find_gaps((answer(0.9, fast), answer(0.0, sharp)), picture, evidence, seen, 1.0)
    assert np.array_equal(gaps, evidence.enclosed)
    assert len(fast) == 2
    assert fast[0] == sharp[0] < fast[1] <= picture.size
    assert not find_gaps((answer(0.9, fast), answer(0.9, sharp)), picture, evidence, seen, 1.0).any()


def test_print_and_open_gaps_are_not_looked_at(scene: tuple[Image.Image, Evidence, npt.NDArray[np.float32]]) -> None:
    picture, evidence, seen = scene
    asked: list[tuple[int, int]] = []
    looks = answer(0.0, asked), answer(0.0, asked)
    assert not find_gaps(looks, picture, evidence, seen, 20.0).any()
    open_gap = seen.copy()
    open_gap[INSIDE] = 0
    assert np.array_equal(find_gaps(looks, picture, evidence, open_gap, 1.0), evidence.enclosed)
    assert not asked


def test_before_a_backdrop_with_grain_a_view_that_sees_nothing_at_all_tells_no_gap(
    scene: tuple[Image.Image, Evidence, npt.NDArray[np.float32]],
) -> None:
    picture, evidence, seen = scene
    grainy = replace(evidence, spread=0.01)

    def sees_what_is_dark(view: Image.Image) -> npt.NDArray[np.float32]:
        return (np.asarray(view.convert("L")) < 128).astype(np.float32)

    blind = answer(0.0, [])
    assert not find_gaps((blind, blind), picture, grainy, seen, 1.0).any()
    assert np.array_equal(find_gaps((blind, sees_what_is_dark), picture, grainy, seen, 1.0), evidence.enclosed)


def test_what_is_too_narrow_for_a_look_and_half_seen_is_a_gap_before_an_even_backdrop(
    scene: tuple[Image.Image, Evidence, npt.NDArray[np.float32]],
) -> None:
    picture, evidence, seen = scene
    blind = answer(0.9, [])
    half_seen, narrow = seen.copy(), np.zeros_like(evidence.enclosed)
    half_seen[INSIDE], narrow[28:68, 40:44] = 0.4, True
    slit = replace(evidence, enclosed=narrow)
    assert np.array_equal(find_gaps((blind, blind), picture, slit, half_seen, 2.0), narrow)
    assert not find_gaps((blind, blind), picture, slit, seen, 2.0).any(), "print is seen as surely as the rest"
    assert not find_gaps((blind, blind), picture, replace(slit, spread=0.01), half_seen, 2.0).any()
    assert not find_gaps((blind, blind), picture, slit, half_seen, 8.0).any(), "too small to be told"


def test_a_compressed_photos_noise_does_not_tear_a_gap(
    scene: tuple[Image.Image, Evidence, npt.NDArray[np.float32]],
) -> None:
    picture, evidence, seen = scene
    blind = answer(0.9, [])
    half_seen, gap, noise = seen.copy(), np.zeros_like(evidence.enclosed), np.zeros_like(evidence.enclosed)
    half_seen[28:68, 40:44], gap[28:68, 40:44], noise[30:66:5, 40:44] = 0.4, True, True
    half_seen[61:65, 40:44] = 0.6  # of the whole gap that's little, of its piece all
    torn = replace(evidence, enclosed=gap & ~noise, distance=np.where(noise, np.float32(0.05), evidence.distance))
    assert np.array_equal(find_gaps((blind, blind), picture, torn, half_seen, 1.0), gap)
    parted = replace(torn, distance=np.where(noise, np.float32(0.5), evidence.distance))
    assert not find_gaps((blind, blind), picture, parted, half_seen, 1.0)[noise].any(), "lines, not noise"


@pytest.fixture(scope="module")
def coil() -> tuple[Image.Image, npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """A dark plate on white with a slit of the ground, a finer, shaded one beside it and one far off; all are seen."""
    planes, seen = np.ones((3, 200, 200), np.float32), np.zeros((200, 200), np.float32)
    planes[:, 20:180, 20:180], seen[20:180, 20:180] = 0.1, 1
    planes[:, 60:110, 60:66], planes[:, 60:110, 80:82], planes[:, 120:160, 150:152] = 1, 0.96, 0.96
    return Image.fromarray(np.round(planes * 255).astype(np.uint8).transpose(1, 2, 0)), planes, seen


def test_a_slit_that_ends_sharply_is_looked_at_and_brings_finer_ones_beside_it(
    coil: tuple[Image.Image, npt.NDArray[np.float32], npt.NDArray[np.float32]],
) -> None:
    picture, planes, seen = coil
    evidence = weigh_evidence(planes, np.ones_like(planes), 0.002, seen)
    asked: list[tuple[int, int]] = []
    gaps = find_gaps((answer(0.0, asked), answer(0.0, asked)), picture, evidence, seen, 2.0)
    assert len(asked) == 1
    assert gaps[60:110, 60:66].all()
    assert gaps[60:110, 80:82].all(), "as narrow as print, but beside a gap"
    assert not gaps[120:160].any(), "far from it: rather print"
    blind = answer(0.9, [])
    assert not find_gaps((blind, blind), picture, evidence, seen, 2.0).any(), "print, where the look sees it"


def test_highlights_fade_out_and_are_no_slits(
    coil: tuple[Image.Image, npt.NDArray[np.float32], npt.NDArray[np.float32]],
) -> None:
    _, planes, seen = coil
    shiny = planes.copy()
    fading = np.clip(1 - (np.abs(np.arange(-20, 20)) - 3).clip(0) / 16, 0.1, 1).astype(np.float32)
    shiny[:, 60:110, 50:90] = fading
    picture = Image.fromarray(np.round(shiny * 255).astype(np.uint8).transpose(1, 2, 0))
    evidence = weigh_evidence(shiny, np.ones_like(shiny), 0.002, seen)
    evidence = replace(evidence, enclosed=(evidence.distance < 0.01) & (seen > 0))
    asked: list[tuple[int, int]] = []
    gaps = find_gaps((answer(0.0, asked), answer(0.0, asked)), picture, evidence, seen, 2.0)
    assert not asked
    assert not gaps.any()
