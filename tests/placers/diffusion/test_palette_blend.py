from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.color.space import bytes_to_linear, hex_to_oklab, linear_to_oklab, linear_to_srgb, oklab_to_linear
from photoshoot.errors import SettingsError
from photoshoot.placers.diffusion.painting.palette_blend import blend_palette
from photoshoot.records import RgbImage, Swatch

PLATES = Path(__file__).resolve().parents[3] / "presets" / "plates"
TEAL = (Swatch(hex="#12807f", name="teal", share=0.9),)
CAMEL = (Swatch(hex="#b88a56", name="camel", share=0.9),)
GREYS = (Swatch(hex="#8c8e90", name="grey", share=0.6), Swatch(hex="#f8f8f7", name="white", share=0.4))


def read(name: str) -> RgbImage:
    with Image.open(PLATES / f"{name}.webp") as image:
        return np.asarray(image.convert("RGB"), np.uint8)


def lab_of(image: RgbImage) -> np.ndarray:
    return np.asarray(linear_to_oklab(bytes_to_linear(image)))


def wall(lightness: float, chroma: float, hue_deg: float | np.ndarray) -> RgbImage:
    """A painted wall whose light falls off by a third from left to right."""
    hue, light = np.broadcast_arrays(np.radians(hue_deg), lightness * np.linspace(1, 0.8, 120)[None] * np.ones((80, 1)))
    lab = np.stack([light, chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1).astype(np.float32)
    return np.asarray(np.round(linear_to_srgb(np.clip(oklab_to_linear(lab), 0, 1)) * 255), np.uint8)


def hues(image: RgbImage) -> np.ndarray:
    lab = lab_of(image)
    return np.asarray(np.degrees(np.arctan2(lab[..., 2], lab[..., 1])))


def apart(image: RgbImage, palette: tuple[Swatch, ...]) -> float:
    """Degrees between the picture's mean hue and that of the palette's first colour."""
    mean = lab_of(image).reshape(-1, 3).mean(axis=0)
    goal = hex_to_oklab(palette[0].hex)
    turn = np.degrees(np.arctan2(goal[2], goal[1]) - np.arctan2(mean[2], mean[1]))
    return float(abs((turn + 180) % 360 - 180))


@pytest.mark.parametrize("palette", [TEAL, CAMEL, GREYS, ()])
def test_strength_0_leaves_every_pixel(palette: tuple[Swatch, ...]) -> None:
    image = read("coral_teal_podium")
    assert np.array_equal(blend_palette(image, palette, 0), image)


@pytest.mark.parametrize("palette", [GREYS, (), (Swatch(hex="#d2202f", name="red", share=0.03),)])
def test_a_product_without_a_color_of_its_own_changes_nothing(palette: tuple[Swatch, ...]) -> None:
    image = read("coral_teal_podium")
    assert np.array_equal(blend_palette(image, palette, 1), image)


@pytest.mark.parametrize(("hue", "palette"), [(150.0, TEAL), (240.0, TEAL), (20.0, CAMEL), (110.0, CAMEL)])
def test_a_painted_wall_goes_toward_the_product_the_more_the_stronger(hue: float, palette: tuple[Swatch, ...]) -> None:
    image = wall(0.8, 0.1, hue)
    ways = [apart(blend_palette(image, palette, strength), palette) for strength in (0, 0.3, 0.6, 1)]
    assert all(after < before - 2 for before, after in itertools.pairwise(ways)), ways
    assert ways[-1] < 0.35 * ways[0]


def test_an_opposite_color_stays() -> None:
    image = wall(0.8, 0.1, 20)
    assert np.abs(blend_palette(image, TEAL, 1).astype(int) - image).max() <= 2


def test_chroma_goes_toward_the_product_within_bounds() -> None:
    muted = (Swatch(hex="#658292", name="slate blue", share=0.7),)
    vivid = wall(0.7, 0.13, -120)
    before, after = (
        np.hypot(*lab_of(image)[..., 1:].mean(axis=(0, 1))) for image in (vivid, blend_palette(vivid, muted, 1))
    )
    assert 0.55 < after / before < 0.8


def test_greys_stay_grey_beside_a_color() -> None:
    image = wall(0.8, 0.1, 150)
    image[:40] = np.linspace(0, 255, 120).astype(np.uint8)[None, :, None]
    blended = blend_palette(image, TEAL, 1)
    assert np.abs(blended[:40].astype(int) - image[:40]).max() <= 1
    assert np.abs(blended[40:].astype(int) - image[40:]).max() > 15


@pytest.mark.parametrize("name", ["white_background", "charcoal_low_key_background", "white_marble_window_light"])
def test_neutral_plates_stay_as_they_are(name: str) -> None:
    image = read(name)
    change = np.linalg.norm((lab_of(blend_palette(image, TEAL, 1)) - lab_of(image))[..., 1:], axis=-1)
    assert np.percentile(change, 99) < 0.006, f"OKLab colour change {np.percentile(change, 99):.4f}"


@pytest.mark.parametrize("name", ["coral_teal_podium", "sunset_gradient_background", "birthday_balloons_confetti"])
def test_light_and_shade_are_kept(name: str) -> None:
    image = read(name)
    for palette in (TEAL, CAMEL):
        change = np.abs(lab_of(blend_palette(image, palette, 1))[..., 0] - lab_of(image)[..., 0])
        assert np.percentile(change, 99) < 0.012, f"lightness change {np.percentile(change, 99):.4f}"


def test_a_sweep_of_hues_stays_smooth_and_in_order() -> None:
    image = wall(0.75, 0.1, np.linspace(-60, 150, 120)[None])
    for palette in (TEAL, CAMEL, TEAL + CAMEL):
        swept = hues(blend_palette(image, palette, 1))[40]
        steps = (np.diff(swept) + 180) % 360 - 180
        assert steps.min() > -1.5, f"hues change places: {steps.min():.2f}"
        assert steps.max() < 8, f"a step in the sweep: {steps.max():.2f}"


def test_no_hue_goes_past_the_products() -> None:
    image = wall(0.75, 0.1, np.linspace(20, 66, 120)[None])
    assert hues(blend_palette(image, CAMEL, 1)).max() < hues(wall(0.75, 0.1, 72)).max() + 2


def test_dark_paint_keeps_its_hue_more_than_light_paint() -> None:
    light, dark = wall(0.75, 0.09, 25), wall(0.32, 0.09, 25)
    kept = [apart(image, CAMEL) - apart(blend_palette(image, CAMEL, 1), CAMEL) for image in (light, dark)]
    assert kept[1] < 0.6 * kept[0]


def test_the_same_pixels_give_the_same_picture() -> None:
    image = read("coral_teal_podium")
    assert np.array_equal(blend_palette(image, CAMEL, 0.3), blend_palette(image.copy(), CAMEL, 0.3))


@pytest.mark.parametrize("strength", [-0.1, 1.1])
def test_a_strength_out_of_range_is_an_error(strength: float) -> None:
    with pytest.raises(SettingsError, match="strength"):
        blend_palette(wall(0.8, 0.1, 20), TEAL, strength)
