"""Makes finished shots by hand, without an engine."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
from PIL import Image

from photoshoot.pixels.imaging import build_layer, composite, light_product
from photoshoot.quality.gate import inspect
from photoshoot.records import Provenance, RgbImage, Shot
from photoshoot.records.light_map import LightMap
from tests.making import make_canvas, make_product, make_scene


def draw_background(width: int, height: int) -> RgbImage:
    """Two crossed gradients with fine grain: smooth enough for lossy formats, with no two rows alike."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    base = np.dstack([90 + 120 * rows / height, 200 - 90 * columns / width, 120 + 60 * columns / width])
    grain = np.random.default_rng(3).normal(0, 1.2, (height, width, 1))
    return np.clip(base + grain, 0, 255).astype(np.uint8)


def make_shot(
    width: int = 240, height: int = 160, *, seed: int = 7, preset_id: str | None = "white_background", name: str = ""
) -> Shot:
    """The drawn bottle before a gradient, inspected."""
    product = make_product()
    product = dataclasses.replace(product, name=name or product.name)
    canvas = make_canvas(product, width, height)
    layer = build_layer(product.cutout, canvas)
    shot = Shot(
        image=composite(draw_background(width, height), layer),
        product=product,
        canvas=canvas,
        scene=make_scene(preset_id=preset_id),
        seed=seed,
        prompt_index=0,
        provenance=Provenance(engine="studio", versions={"mitsuba": "3.9.1"}, settings={"samples": 4, "denoise": True}),
    )
    return inspect(shot, layer)


def make_lit_shot() -> Shot:
    """The same bottle under light that fades to the right, inspected."""
    shot = make_shot()
    layer = build_layer(shot.product.cutout, shot.canvas)
    stops = np.linspace(0.4, -1, 8, dtype=np.float32)[None, :, None].repeat(6, 0).repeat(3, 2)
    light = LightMap.of_stops(stops, shot.canvas.product_box)
    image = composite(draw_background(*shot.image.shape[1::-1]), light_product(layer, light))
    return inspect(dataclasses.replace(shot, image=image, product_light=light), layer)


def with_pixels(shot: Shot, image: RgbImage) -> Shot:
    """The same shot with other pixels."""
    return dataclasses.replace(shot, image=image)


def decode(data: bytes) -> RgbImage:
    """The pixels of a file."""
    with Image.open(io.BytesIO(data)) as picture:
        return np.asarray(picture.convert("RGB"))
