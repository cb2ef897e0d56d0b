"""How fast this machine is: a drawn bottle is cut out, and shot twice with the embedded engine."""

import time
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from photoshoot.photoshoot import Photoshoot
from photoshoot.prompts import Prompt
from photoshoot.records import Product

_SIDE_PX = 1000


@dataclass(frozen=True, kw_only=True)
class Speed:
    """What a few pictures took here."""

    cut_out_s: float
    """Cutting a product out of a photo of 1000x1000 px and naming it, seconds."""
    first_shot_s: float
    """The first picture of a process, 1674x628 px, seconds: kernels are compiled for it, or read from a cache."""
    shot_s: float
    """Every further one of the same set, seconds."""


def measure_speed() -> Speed:
    """Make a few pictures, and keep none.

    Raises:
        PhotoshootError: The embedded engine can't work here.
    """
    with Photoshoot.embedded() as photoshoot:
        began = time.perf_counter()
        (product,) = photoshoot.describe([_draw_bottle()])
        cut_out_s = time.perf_counter() - began
        first_s, second_s = (_time_shot(photoshoot, product, seed) for seed in (0, 1))
    return Speed(cut_out_s=round(cut_out_s, 2), first_shot_s=round(first_s, 2), shot_s=round(second_s, 2))


def _time_shot(photoshoot: Photoshoot, product: Product, seed: int) -> float:
    began = time.perf_counter()
    photoshoot.generate(product, prompts=[Prompt.preset("white_background")], seed=seed, on_progress=lambda _: None)
    return time.perf_counter() - began


def _draw_bottle() -> Image.Image:
    image = Image.fromarray(np.full((_SIDE_PX, _SIDE_PX, 3), 245, np.uint8))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((400, 320, 600, 900), 50, "#1f6b45")
    pen.rounded_rectangle((460, 130, 540, 380), 16, "#1f6b45")
    pen.rectangle((400, 560, 600, 740), "#efe6cf")
    return image
