"""Tests of designs in a style picture's colours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from photoshoot import Product, Prompt, StyleImage
from photoshoot.color.space import hex_to_oklab
from photoshoot.color.style_following import follow_style, read_style
from photoshoot.errors import SettingsError
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import resolve_prompts
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.podium import Podium
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import LightOverride, ShotSettings

REGISTRY = PresetRegistry.load()
ONE_LEVEL = 0.01
"""OKLab distance of a step or two of eight bits."""


def picture(*colors: tuple[int, int, int]) -> StyleImage:
    """Stripes, each half as wide as the one before it."""
    rgb = np.zeros((128, 128, 3), np.uint8)
    for place, color in enumerate(colors):
        rgb[128 - (128 >> place) :] = color
    return StyleImage.of(rgb)


def distance(one: str, other: str) -> float:
    return float(np.linalg.norm(hex_to_oklab(one) - hex_to_oklab(other)))


def test_the_largest_colour_stands_behind() -> None:
    palette = read_style(picture((30, 90, 60), (230, 190, 40), (240, 240, 236)))
    followed = follow_style(Podium(), palette, 1.0)
    assert isinstance(followed, Podium)
    assert distance(followed.backdrop_color, palette[0].hex) < ONE_LEVEL
    assert followed.light == Podium().light
    assert followed.shape == Podium().shape


def test_strength_goes_from_nothing_to_all() -> None:
    palette = read_style(picture((30, 90, 60), (230, 190, 40)))
    design = Cyclorama(colors=("#e6c8d2",))
    ways = [follow_style(design, palette, strength) for strength in (0, 0.25, 0.5, 1)]
    assert ways[0] == design
    distances = [distance(way.colors[0], palette[0].hex) for way in ways]  # type: ignore[attr-defined]
    assert all(before > after for before, after in itertools.pairwise(distances))
    half, whole = (hex_to_oklab(way.colors[0]) for way in ways[2:])  # type: ignore[attr-defined]
    np.testing.assert_allclose(half[1:], whole[1:], atol=ONE_LEVEL)
    with pytest.raises(SettingsError, match="strength"):
        follow_style(design, palette, 1.5)


def test_materials_lamps_and_packshots_keep_their_own() -> None:
    palette = read_style(picture((30, 90, 60)))
    marble = Tabletop(material="marble", surface_color="#eeece9")
    followed = follow_style(marble, palette, 1.0)
    assert isinstance(followed, Tabletop)
    assert followed.surface_color == marble.surface_color
    assert followed.backdrop_color != marble.backdrop_color
    packshot = Cyclorama(colors=("#ffffff",), packshot=True)
    assert follow_style(packshot, palette, 1.0) == packshot


def test_parts_beyond_the_colours_stay_apart() -> None:
    (only, *none) = read_style(picture((30, 90, 60)))
    assert not none
    design = Cyclorama(colors=("#202020", "#a0a0a0"))
    dark, light = follow_style(design, [only], 1.0).colors  # type: ignore[attr-defined]
    assert hex_to_oklab(light)[0] - hex_to_oklab(dark)[0] > 0.2


def test_every_preset_takes_it(bottle: Product) -> None:
    image = picture((30, 90, 60), (230, 190, 40))
    settings = ShotSettings(style_image=image, style_strength=1.0)
    prompts = [Prompt.preset(preset.id) for preset in REGISTRY]
    for scene in resolve_prompts(prompts, bottle, REGISTRY, settings):
        assert scene.style_image is image
        assert scene.style_reference is None
        assert "; style image: " in scene.reading


def test_the_reading_tells_its_colours_and_light_has_the_last_word(bottle: Product) -> None:
    settings = ShotSettings(style_image=picture((30, 90, 60)), light=LightOverride(azimuth_deg=70))
    (scene,) = resolve_prompts([Prompt.custom("on a beige backdrop")], bottle, REGISTRY, settings)
    assert "style image: dark green" in scene.reading or "style image: forest green" in scene.reading
    assert scene.design.light.azimuth_deg == 70
