"""Makes the sheets of light on products, in pairs, pasted and lit: python docs/light_sheet.py.

Both pictures of a pair are drafts of 720x720 px with one seed; nothing but ``light_on_product`` differs, 0 or 1. One
sheet has each example in each of twelve presets that live by their light, the other twelve of those pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot import Photoshoot, Product, Prompt

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images" / "studio"
PRODUCTS = ("bottle", "headphones", "mug", "sneaker", "tea_carton")
SHOWN = {
    "neon_ring_amber": "sneaker",
    "neon_bars_cyan_violet": "tea_carton",
    "gel_light_pink_blue": "headphones",
    "sunset_beach_sand": "mug",
    "white_room_morning_window": "tea_carton",
    "olive_wall_golden_blinds": "bottle",
    "plaster_wall_leaf_shadows": "mug",
    "candlelit_dark_table": "bottle",
    "snowy_winter_pines": "sneaker",
    "calm_water_morning_sky": "headphones",
    "wet_asphalt_night_lights": "mug",
    "midnight_wall_moonlit_blinds": "tea_carton",
}
"""Presets, and the product of the small sheet's pair."""
GAP, SIDE_PX = 6, 232


def main() -> None:
    """Shoot each product in each preset, and lay the pairs in rows."""
    pairs = {}
    with Photoshoot.embedded() as shoot:
        products = list(shoot.describe([ROOT / "examples" / f"{name}.jpg" for name in PRODUCTS]))
        for preset in SHOWN:
            for name, product in zip(PRODUCTS, products, strict=True):
                pairs[preset, name] = shoot_pair(shoot, product, preset)
    lay_out([pairs[pair] for pair in SHOWN.items()], 3).save(FOLDER / "light-on-product.jpg", quality=80, optimize=True)
    whole = lay_out(list(pairs.values()), len(PRODUCTS))
    whole.save(FOLDER / "light-on-products.jpg", quality=72, optimize=True)


def shoot_pair(shoot: Photoshoot, product: Product, preset: str) -> Image.Image:
    """A product in a preset's scene, pasted on the left, lit on the right."""
    shown = [
        shoot.generate(
            product,
            prompts=[Prompt.preset(preset)],
            render_kind="720x720",
            safe_margin=False,
            quality="draft",
            seed=7,
            light_on_product=strength,
        )[0].image
        for strength in (0.0, 1.0)
    ]
    pictures = [Image.fromarray(picture).resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS) for picture in shown]
    return Image.fromarray(np.hstack([np.asarray(picture) for picture in pictures]))


def lay_out(pairs: Sequence[Image.Image], across: int) -> Image.Image:
    """Pairs in rows."""
    width, height, rows = 2 * SIDE_PX + GAP, SIDE_PX + GAP, -(-len(pairs) // across)
    sheet = Image.new("RGB", (across * width - GAP, rows * height - GAP), "white")
    for index, pair in enumerate(pairs):
        sheet.paste(pair, (index % across * width, index // across * height))
    return sheet


if __name__ == "__main__":
    main()
