"""How fast this machine is: the example bottle is cut out, and shot twice with the embedded engine."""

import time
from collections.abc import Callable
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


def measure_speed(on_step: Callable[[str, int, int], None]) -> Speed:
    """Make a few pictures, and keep none.

    Args:
        on_step: Gets what is finished, and how many steps of how many.

    Raises:
        PhotoshootError: The embedded engine can't work here.
    """
    with Photoshoot.embedded() as photoshoot:
        began = time.perf_counter()
        (product,) = photoshoot.describe([find_data("examples") / "bottle.jpg"])
        cut_out_s = time.perf_counter() - began
        on_step("a photo cut out", 1, 3)
        first_s = _time_shot(photoshoot, product, 0)
        on_step("a first picture", 2, 3)
        second_s = _time_shot(photoshoot, product, 1)
        on_step("a second picture", 3, 3)
    return Speed(cut_out_s=round(cut_out_s, 2), first_shot_s=round(first_s, 2), shot_s=round(second_s, 2))


def _time_shot(photoshoot: Photoshoot, product: Product, seed: int) -> float:
    began = time.perf_counter()
    photoshoot.generate(product, prompts=[Prompt.preset("white_background")], seed=seed, on_progress=lambda _: None)
    return time.perf_counter() - began
