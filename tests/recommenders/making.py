"""Products made of colours, for the recommender's tests."""

from __future__ import annotations

import dataclasses

from photoshoot.color.palette import name_color
from photoshoot.records import Category, Product, Swatch
from tests.making import draw_cutout, make_product

CUTOUT = draw_cutout()


def palette_of(*colors: str) -> tuple[Swatch, ...]:
    """Equal shares of these colours."""
    return tuple(Swatch(hex=color, name=name_color(color), share=1 / len(colors)) for color in colors)


def colored_product(
    *colors: str, category: Category = Category.FOOTWEAR, digest: str = "0", name: str = "shoes"
) -> Product:
    """A product of these colours, from a photo with that digest."""
    cutout = dataclasses.replace(CUTOUT, photo_sha256=digest)
    product = make_product(cutout, category=category)
    return dataclasses.replace(product, name=name, palette=palette_of(*colors))
