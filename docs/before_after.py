"""Makes the README's picture, an example photo and six shots of it: python docs/before_after.py."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from photoshoot import Photoshoot, Prompt, Shot

ROOT = Path(__file__).resolve().parents[1]
PROMPTS = [
    Prompt.preset("pink_podium_disc"),
    Prompt.preset("rose_garden_table_leaf_shade"),
    Prompt.preset("gray_shadowy_room_sunlight_streaming_neutral"),
    Prompt.preset("champagne_silk_drape"),
    Prompt.custom("on a sleek black marble slab, rim light"),
    Prompt.preset("cabin_christmas_ornaments"),
]
GAP, PHOTO_PX = 12, 972


def main() -> None:
    """Shoot the example bottle and lay the pictures beside its photo."""
    photo = ROOT / "examples" / "bottle.jpg"
    with Photoshoot.embedded() as shoot:
        shots = shoot.generate(photo, prompts=PROMPTS, seed=7)
    target = ROOT / "docs" / "images" / "before-after.jpg"
    target.parent.mkdir(exist_ok=True)
    lay_beside(Image.open(photo), shots).save(target, quality=86, optimize=True)


def lay_beside(photo: Image.Image, shots: list[Shot]) -> Image.Image:
    """The photo on the left, the shots in three rows of two on the right."""
    height = (PHOTO_PX - 2 * GAP) // 3
    width = round(height * 1674 / 628)
    sheet = Image.new("RGB", (PHOTO_PX + 2 * (GAP + width), PHOTO_PX), "white")
    sheet.paste(photo.resize((PHOTO_PX, PHOTO_PX), Image.Resampling.LANCZOS))
    for index, shot in enumerate(shots):
        row, column = divmod(index, 2)
        picture = Image.fromarray(shot.image).resize((width, height), Image.Resampling.LANCZOS)
        sheet.paste(picture, (PHOTO_PX + GAP + column * (width + GAP), row * (height + GAP)))
    return sheet


if __name__ == "__main__":
    main()
