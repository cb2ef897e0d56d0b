"""Makes the sheet of light on products, in pairs, pasted and lit: python docs/light_sheet.py [PHOTO:PRESET ...].

Both pictures of a pair are drafts of 720x720 px with one seed; nothing but ``light_on_product`` differs, 0 or 1.
Without arguments: each example in each of the presets that live by their light, a row a preset.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot import Photoshoot, Prompt

ROOT = Path(__file__).resolve().parents[1]
PRESETS = (
    "neon_ring_amber",
    "neon_bars_cyan_violet",
    "gel_light_pink_blue",
    "sunset_beach_sand",
    "white_room_morning_window",
    "olive_wall_golden_blinds",
    "plaster_wall_leaf_shadows",
    "candlelit_dark_table",
    "snowy_winter_pines",
    "calm_water_morning_sky",
    "wet_asphalt_night_lights",
    "midnight_wall_moonlit_blinds",
)
PHOTOS = ("bottle", "sneaker", "headphones", "mug", "tea_carton")
ACROSS, GAP, SIDE_PX = len(PHOTOS), 6, 168


def main() -> None:
    """Shoot the pairs that were asked for and lay them in rows of five."""
    every = [(str(ROOT / "examples" / f"{photo}.jpg"), preset) for preset in PRESETS for photo in PHOTOS]
    pairs = [tuple(argument.rsplit(":", 1)) for argument in sys.argv[1:]] or every
    rows = -(-len(pairs) // ACROSS)
    width = 2 * SIDE_PX
    sheet = Image.new("RGB", (ACROSS * (width + GAP) - GAP, rows * (SIDE_PX + GAP) - GAP), "white")
    with Photoshoot.embedded() as shoot:
        for index, (photo, preset) in sorted(enumerate(pairs), key=lambda item: item[1]):  # a photo is cut out once
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
