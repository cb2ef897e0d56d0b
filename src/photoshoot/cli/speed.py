"""How fast this machine is: the example bottle is cut out, and shot twice with the embedded engine."""

import time
from dataclasses import dataclass

from photoshoot.files import find_data
from photoshoot.photoshoot import Photoshoot
from photoshoot.prompts import Prompt
from photoshoot.records import Product


@dataclass(frozen=True, kw_only=True)
class Speed:
    """What a few pictures took here."""

    cut_out_s: float
    """Cutting a product out of a photo of 1200x1200 px and naming it, seconds."""
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
        (product,) = photoshoot.describe([find_data("examples") / "bottle.jpg"])
        cut_out_s = time.perf_counter() - began
        first_s, second_s = (_time_shot(photoshoot, product, seed) for seed in (0, 1))
    return Speed(cut_out_s=round(cut_out_s, 2), first_shot_s=round(first_s, 2), shot_s=round(second_s, 2))


def _time_shot(photoshoot: Photoshoot, product: Product, seed: int) -> float:
    began = time.perf_counter()
    photoshoot.generate(product, prompts=[Prompt.preset("white_background")], seed=seed, on_progress=lambda _: None)
    return time.perf_counter() - began
