from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.arrays import Float32Array
from photoshoot.color import palette
from photoshoot.color.palette import dominant_colors, name_color
from photoshoot.color.space import NAMED_COLORS, hex_to_oklab, linear_to_oklab, parse_hex
from photoshoot.errors import SettingsError
from photoshoot.records import AlphaMatte, RgbImage


def stripes(*parts: tuple[str, int]) -> tuple[RgbImage, AlphaMatte]:
    """Stripes of a colour and a height, 100 px wide, all product."""
    rgb = np.concatenate([np.full((height, 100, 3), parse_hex(color) * 255 + 0.5) for color, height in parts])
    return rgb.astype(np.uint8), np.ones(rgb.shape[:2], np.float32)


def test_each_paint_is_found_with_its_share() -> None:
    palette = dominant_colors(*stripes(("#1f5a34", 60), ("#f8f8f7", 30), ("#d2202f", 10)))
    assert [swatch.name for swatch in palette] == ["forest green", "white", "red"]
    assert [swatch.share for swatch in palette] == pytest.approx([0.6, 0.3, 0.1], abs=0.03)


def test_light_and_shade_of_one_paint_are_one_colour_shown_lit() -> None:
    shade = np.linspace(0.55, 1, 200)[:, None, None] * parse_hex("#1f5fd6")
    rgb = np.repeat((shade * 255).astype(np.uint8), 100, axis=1)
    palette = dominant_colors(rgb, np.ones(rgb.shape[:2], np.float32))
    assert len(palette) == 1
    assert palette[0].name == "blue"
    assert hex_to_oklab(palette[0].hex)[0] > hex_to_oklab("#1f5fd6")[0] - 0.1


def test_black_and_white_stay_apart() -> None:
    assert {swatch.name for swatch in dominant_colors(*stripes(("#f8f8f7", 50), ("#111111", 50)))} == {"white", "black"}


def test_background_and_soft_edge_are_ignored() -> None:
    rgb, matte = stripes(("#d2202f", 100))
    rgb[:, :30] = (0, 255, 0)
    matte[:, :29], matte[:, 29:31] = 0, 0.6
    assert [swatch.name for swatch in dominant_colors(rgb, matte)] == ["red"]


def test_a_border_in_mixed_pixels_is_no_colour_of_its_own() -> None:
    palette = dominant_colors(*stripes(("#1f5fd6", 50), ("#8cacdf", 3), ("#f8f8f7", 50)))
    assert {swatch.name for swatch in palette} == {"blue", "white"}


def test_a_product_of_one_pixel_has_a_colour_and_an_empty_matte_has_none() -> None:
    rgb, matte = stripes(("#d2202f", 9))
    assert dominant_colors(rgb, matte * 0) == ()
    matte[:], matte[4, 50] = 0, 1
    assert [swatch.name for swatch in dominant_colors(rgb, matte)] == ["red"]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 10))
def test_shares_fall_sum_to_at_most_one_and_never_change(seed: int, count: int) -> None:
    generator = np.random.default_rng(seed)
    rgb = generator.integers(0, 256, (12, 9, 3)).repeat(5, axis=0).repeat(5, axis=1).astype(np.uint8)
    matte = generator.random((60, 45)).astype(np.float32)
    palette = dominant_colors(rgb, matte, count)
    shares = [swatch.share for swatch in palette]
    assert len(palette) <= count
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1.001
    assert palette == dominant_colors(rgb, matte, count)


@pytest.mark.parametrize("count", [0, 11])
def test_a_count_out_of_range_is_refused(count: int) -> None:
    with pytest.raises(SettingsError, match="count"):
        dominant_colors(*stripes(("#d2202f", 9)), count)


@pytest.mark.parametrize("name", sorted(NAMED_COLORS.keys() - {"silver", "gold"}))
def test_a_named_colour_has_its_own_name(name: str) -> None:
    assert name_color(NAMED_COLORS[name]) == name


@pytest.mark.parametrize(("color", "name"), [("#e4e3e3", "white"), ("#6e6e6e", "dark grey"), ("#b8bcc2", "light grey")])
def test_near_neutral_colours_are_called_grey_or_white(color: str, name: str) -> None:
    assert name_color(color) == name


@pytest.mark.parametrize("side", [120, 2160])
def test_a_large_photo_is_no_more_work_than_a_small_one(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (side, side, 3), np.uint8)
    converted: list[int] = []

    def count(linear: Float32Array) -> Float32Array:
        converted.append(linear.size // 3)
        return linear_to_oklab(linear)

    monkeypatch.setattr(palette, "linear_to_oklab", count)
    dominant_colors(rgb, np.ones((side, side), np.float32))
    assert sum(converted) <= 112**2


def test_a_paint_that_shines_and_lies_in_shade_is_one_colour_as_it_mostly_is() -> None:
    rgb = np.full((100, 100, 3), 60, np.uint8)
    rgb[:30] = (60 + 195 * np.linspace(0, 1, 30) ** 2)[:, None, None]  # a highlight that fades
    rgb[80:] = np.linspace(60, 10, 20)[:, None, None]
    (only,) = dominant_colors(rgb, np.ones((100, 100), np.float32))
    assert only.name == "charcoal"


@pytest.mark.parametrize("levels", [-3, -1, 1, 3])
def test_a_little_light_moves_no_share(levels: int) -> None:
    rgb, matte = stripes(("#6b7a86", 60), ("#2f7a52", 25), ("#b9513f", 15))
    noise = np.random.default_rng(4).normal(0, 5, rgb.shape)
    photo = np.clip(rgb + noise, 0, 255)
    first, other = (dominant_colors(np.clip(photo + add, 0, 255).astype(np.uint8), matte) for add in (0, levels))
    assert [swatch.share for swatch in other] == pytest.approx([swatch.share for swatch in first], abs=0.01)
