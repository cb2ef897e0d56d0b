"""Products made of colours, for the recommender's tests."""

from __future__ import annotations

import dataclasses
import functools

from photoshoot.color.palette import name_color
from photoshoot.records import Category, Cutout, Product, Swatch
from tests.making import draw_cutout, make_product

CUTOUT = draw_cutout()


def palette_of(*colors: str) -> tuple[Swatch, ...]:
    """Equal shares of these colours."""
    return tuple(Swatch(hex=color, name=name_color(color), share=1 / len(colors)) for color in colors)


def colored_product(
    *colors: str, category: Category = Category.FOOTWEAR, digest: str = "0", name: str = "shoes"
) -> Product:
    """A product of these colours, from a photo with that digest."""
    product = make_product(_cut(digest), category=category)
    return dataclasses.replace(product, name=name, palette=palette_of(*colors))


@functools.cache
def _cut(digest: str) -> Cutout:
    """One for each photo, whose outline is looked at once."""
    return dataclasses.replace(CUTOUT, photo_sha256=digest)
