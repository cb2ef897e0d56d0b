"""Makes the sheet of light on products, in pairs, pasted and lit: python docs/light_sheet.py PHOTO:PRESET [...].

Both pictures of a pair are drafts of 960x960 px with one seed; nothing but ``light_on_product`` differs, 0 or 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot import Photoshoot, Prompt

ROOT = Path(__file__).resolve().parents[1]
ACROSS, GAP, SIDE_PX = 3, 6, 232


def main() -> None:
    """Shoot the pairs that were asked for and lay them in rows of three."""
    pairs = [tuple(argument.rsplit(":", 1)) for argument in sys.argv[1:]]
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
            render_kind="960x960",
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
