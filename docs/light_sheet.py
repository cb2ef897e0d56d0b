"""Makes the sheet of light on products, in pairs, pasted and lit: python docs/light_sheet.py [PHOTO:PRESET ...].

Both pictures of a pair are drafts of 720x720 px with one seed; nothing but ``light_on_product`` differs, 0 or 1.
Without arguments: the examples in twelve presets that live by their light.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot import Photoshoot, Prompt

ROOT = Path(__file__).resolve().parents[1]
PAIRS = (
    ("sneaker", "neon_ring_amber"),
    ("tea_carton", "neon_bars_cyan_violet"),
    ("headphones", "gel_light_pink_blue"),
    ("mug", "sunset_beach_sand"),
    ("tea_carton", "white_room_morning_window"),
    ("bottle", "olive_wall_golden_blinds"),
    ("mug", "plaster_wall_leaf_shadows"),
    ("bottle", "candlelit_dark_table"),
    ("sneaker", "snowy_winter_pines"),
    ("headphones", "calm_water_morning_sky"),
    ("mug", "wet_asphalt_night_lights"),
    ("tea_carton", "midnight_wall_moonlit_blinds"),
)
ACROSS, GAP, SIDE_PX = 3, 6, 232


def main() -> None:
    """Shoot the pairs that were asked for and lay them in rows of three."""
    usual = [(str(ROOT / "examples" / f"{photo}.jpg"), preset) for photo, preset in PAIRS]
    pairs = [tuple(argument.rsplit(":", 1)) for argument in sys.argv[1:]] or usual
    rows = -(-len(pairs) // ACROSS)
    width = 2 * SIDE_PX
    sheet = Image.new("RGB", (ACROSS * (width + GAP) - GAP, rows * (SIDE_PX + GAP) - GAP), "white")
    with Photoshoot.embedded() as shoot:
        for index, (photo, preset) in enumerate(pairs):
            row, column = divmod(index, ACROSS)
            place = (column * (width + GAP), row * (SIDE_PX + GAP))
            sheet.paste(shoot_pair(shoot, photo, preset), place)
    target = ROOT / "docs" / "images" / "studio" / "light-on-product.jpg"
    sheet.save(target, quality=80, optimize=True)


def shoot_pair(shoot: Photoshoot, photo: str, preset: str) -> Image.Image:
    """The product in a preset's scene, pasted on the left, lit on the right."""
    shown = [
        shoot.generate(
            photo,
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


if __name__ == "__main__":
    main()
