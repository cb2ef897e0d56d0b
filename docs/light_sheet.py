"""Makes the sheets of light on products, in pairs, pasted and lit: python docs/light_sheet.py.

Both pictures of a pair are drafts of 720x720 px with one seed; nothing but ``light_on_product`` differs, 0 or 1. The
large sheet has each of twelve products in each of twelve presets that live by their light; the small one twelve of
those pairs. Five products are the examples, seven are CC0 things that ``docs/thing_photos.py`` photographs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from photoshoot import Photoshoot, Product, Prompt

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images" / "studio"
EXAMPLES = ("bottle", "headphones", "mug", "sneaker", "tea_carton")
THINGS = ("desklamp", "coffeeBrewer", "handbag", "cactus", "cupcake", "woodToy", "briefcase")
PHOTOS = {name: ROOT / "examples" / f"{name}.jpg" for name in EXAMPLES} | {
    name: ROOT / "docs" / "images" / "things" / f"{name}.jpg" for name in THINGS
}
SHOWN = {
    "neon_ring_amber": "sneaker",
    "neon_bars_cyan_violet": "tea_carton",
    "gel_light_pink_blue": "headphones",
    "sunset_beach_sand": "mug",
    "white_room_morning_window": "tea_carton",
    "olive_wall_golden_blinds": "cupcake",
    "plaster_wall_leaf_shadows": "desklamp",
    "candlelit_dark_table": "bottle",
    "snowy_winter_pines": "sneaker",
    "calm_water_morning_sky": "headphones",
    "wet_asphalt_night_lights": "mug",
    "midnight_wall_moonlit_blinds": "tea_carton",
}
"""Presets, and the product of the small sheet's pair."""
GAP = 6
SMALL_PX, LARGE_PX = 232, 150
"""Side of a picture in each sheet."""
Pair = tuple[Image.Image, Image.Image]


def main() -> None:
    """Shoot each product in each preset, and lay the pairs in rows."""
    with Photoshoot.embedded() as shoot:
        products = dict(zip(PHOTOS, shoot.describe(list(PHOTOS.values())), strict=True))
        pairs = {
            (preset, name): shoot_pair(shoot, product, preset) for preset in SHOWN for name, product in products.items()
        }
    save(pairs)


def save(pairs: dict[tuple[str, str], Pair]) -> None:
    """Write both sheets; pairs are named by preset and product."""
    small = lay_out([pairs[pair] for pair in SHOWN.items()], 3, SMALL_PX)
    small.save(FOLDER / "light-on-product.jpg", quality=80, optimize=True)
    large = lay_out([pairs[preset, name] for preset in SHOWN for name in PHOTOS], len(PHOTOS), LARGE_PX)
    large.save(FOLDER / "light-on-products.jpg", quality=76, optimize=True)


def shoot_pair(shoot: Photoshoot, product: Product, preset: str) -> Pair:
    """A product in a preset's scene, pasted and lit."""
    pasted, lit = (
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
    )
    return Image.fromarray(pasted), Image.fromarray(lit)


def lay_out(pairs: Sequence[Pair], across: int, side: int) -> Image.Image:
    """Pairs in rows, pasted on the left, lit on the right."""
    width, height, rows = 2 * side + GAP, side + GAP, -(-len(pairs) // across)
    sheet = Image.new("RGB", (across * width - GAP, rows * height - GAP), "white")
    for index, pair in enumerate(pairs):
        for half, picture in enumerate(pair):
            shown = picture.resize((side, side), Image.Resampling.LANCZOS)
            sheet.paste(shown, (index % across * width + half * side, index // across * height))
    return sheet


if __name__ == "__main__":
    main()
