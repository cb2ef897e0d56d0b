"""A style picture's light: its side is told where shading agrees, and a set is lit from there."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PIL import Image

from photoshoot import Product, Prompt, StyleImage
from photoshoot.color.style_following import LEFT, RIGHT, UNCLEAR, find_light_side, follow_light
from photoshoot.placers.studio.scene.emitters import vary
from photoshoot.presets import PresetRegistry
from photoshoot.previews.products import preset_seed
from photoshoot.prompts import resolve_prompts
from photoshoot.seeds import SET
from photoshoot.sets import Light, set_name
from photoshoot.settings import ShotSettings

REGISTRY = PresetRegistry.load()


def wall(stops: float) -> StyleImage:
    """A wall that grows brighter to the right by so many stops, with a dark thing before it."""
    light = 0.5 * 2 ** np.broadcast_to(np.linspace(-stops / 2, stops / 2, 300), (240, 300))
    rgb = np.repeat(np.clip(255 * light[..., None] ** (1 / 2.2), 0, 255).astype(np.uint8), 3, -1)
    rgb[80:200, 190:250] = 30
    return StyleImage.of(rgb)


def test_a_wall_tells_from_where_it_is_lit_whatever_stands_before_it() -> None:
    assert find_light_side(wall(0.8)) == RIGHT
    assert find_light_side(wall(-0.8)) == LEFT
    assert find_light_side(wall(0)) is UNCLEAR
    noise = np.random.default_rng(0).integers(0, 256, (224, 224, 3), np.uint8)
    assert find_light_side(StyleImage.of(noise)) is UNCLEAR


def test_plates_tell_the_side_that_they_were_lit_from() -> None:
    right = []
    for preset in [*REGISTRY][::5]:
        light = vary(preset.design.light, SET.generator(preset_seed(preset)))
        if preset.plate_path is None or set_name(preset.design) == "location" or light.fixed:
            continue  # photographed places have a sun of their own
        side = find_light_side(StyleImage.of(np.asarray(Image.open(preset.plate_path).convert("RGB"))))
        if side is not UNCLEAR and abs(np.sin(np.radians(light.azimuth_deg))) > 0.35:
            right.append(side == (RIGHT if light.azimuth_deg > 0 else LEFT))
    assert len(right) >= 10
    assert np.mean(right) >= 0.9, f"{sum(right)} of {len(right)}"


@pytest.mark.parametrize(("azimuth", "side", "turned"), [(-45, RIGHT, 45), (45, LEFT, -45), (130, LEFT, -130)])
def test_a_set_is_lit_from_there_at_its_own_angle(azimuth: float, side: str, turned: float) -> None:
    light = Light(azimuth_deg=azimuth)
    followed = follow_light(light, side)
    assert followed == dataclasses.replace(light, azimuth_deg=turned, fixed=True)
    assert vary(followed, np.random.default_rng(1)) == followed, "no shot mirrors it"


@pytest.mark.parametrize("light", [Light(azimuth_deg=5), Light(azimuth_deg=180), Light(azimuth_deg=-62, fixed=True)])
def test_light_without_a_side_or_in_words_stays(light: Light) -> None:
    assert follow_light(light, RIGHT) == light
    assert follow_light(light, UNCLEAR) == light


def test_the_reading_tells_it_and_words_go_before_it(bottle: Product) -> None:
    prompts = [Prompt.custom("on a beige backdrop"), Prompt.custom("on a beige backdrop, light from the left")]
    free, asked = resolve_prompts(prompts, bottle, REGISTRY, ShotSettings(style_image=wall(0.8)))
    assert free.design.light.azimuth_deg > 0
    assert "light from the right" in free.reading
    assert asked.design.light.azimuth_deg < 0
    assert "light from the right" not in asked.reading
    (none,) = resolve_prompts(prompts[:1], bottle, REGISTRY, ShotSettings(style_image=wall(0.8), style_strength=0.0))
    assert "light from" not in none.reading
