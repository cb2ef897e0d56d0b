"""Makes the cookbook's pictures: python docs/cookbook_pictures.py [NAME…].

A strip shows one option of the light at four values, which stand in the page as its picture's description; all other
pictures are of the prompt that is theirs.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from photoshoot import LightOverride, Photoshoot, Placement, Product, Prompt, Shot

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "cookbook.md"
FOLDER = ROOT / "docs" / "images" / "cookbook"
SEED = 7
GAP_PX, STRIP_PX, PICTURE_PX = 8, 1200, 400
PRESET = "natural_beige_background"
LYING = Placement(scale=0.72)
"""Seen from above a product fills the picture, of which the middle is shown."""
SIDES = {"left": -90.0, "front": 0.0, "right": 90.0, "back": 180.0}
FIELDS = {
    "light-from": "azimuth_deg",
    "light-height": "elevation_deg",
    "shadow-softness": "shadow_softness",
    "shadow-intensity": "shadow_intensity",
    "light-color": "color",
    "brightness": "brightness",
}
"""Option → the field of ``LightOverride`` that it sets."""


def read_pictures(page: str) -> dict[str, str]:
    """The page's pictures: name → description."""
    return {name: told for told, name in re.findall(r"!\[([^\]]+)\]\(images/cookbook/([\w-]+)\.jpg\)", page)}


def read_lights(name: str, told: str) -> list[LightOverride]:
    """The lights of a strip, from its description."""
    values = [word.strip() for word in told.removesuffix(" degrees").split(",")]
    return [_build_light(FIELDS[name], value) for value in values]


def _build_light(field: str, value: str) -> LightOverride:
    if field == "color":
        return LightOverride(color=value)
    given: dict[str, Any] = {field: SIDES[value] if value in SIDES else float(value)}
    return LightOverride(**given)


def main(names: list[str]) -> None:
    """Make all pictures, or those named."""
    FOLDER.mkdir(exist_ok=True)
    pictures = read_pictures(PAGE.read_text(encoding="utf-8"))
    with Photoshoot.embedded() as shoot:
        (product,) = shoot.describe([ROOT / "examples" / "bottle.jpg"])
        for name in names or pictures:
            if name in FIELDS:
                picture = make_strip(shoot, product, name, pictures[name])
            else:
                picture = make_picture(shoot, product, pictures[name])
            picture.save(FOLDER / f"{name}.jpg", quality=82, optimize=True, progressive=True)


def make_strip(shoot: Photoshoot, product: Product, name: str, told: str) -> Image.Image:
    """Four pictures side by side, of one scene in four lights."""
    prompt = Prompt.preset(PRESET)
    shots = [_shoot(shoot, product, prompt, light) for light in read_lights(name, told)]
    width = (STRIP_PX - GAP_PX * (len(shots) - 1)) // len(shots)
    pictures = [_reduce(shot, width) for shot in shots]
    strip = Image.new("RGB", (STRIP_PX, pictures[0].height), "white")
    for index, picture in enumerate(pictures):
        strip.paste(picture, (index * (width + GAP_PX), 0))
    return strip


def make_picture(shoot: Photoshoot, product: Product, prompt: str) -> Image.Image:
    """One picture of a prompt, which must be read whole."""
    shot = _shoot(shoot, product, Prompt.custom(prompt), None, LYING if prompt.startswith("flat lay") else None)
    if "not read" in shot.scene.reading:
        raise SystemExit(f"{prompt}: {shot.scene.reading}")
    return _reduce(shot, PICTURE_PX)


def _shoot(
    shoot: Photoshoot,
    product: Product,
    prompt: Prompt,
    light: LightOverride | None,
    placement: Placement | None = None,
) -> Shot:
    (shot,) = shoot.generate(
        product,
        prompts=prompt,
        render_kind="post",
        safe_margin=False,
        light=light,
        placement=placement,
        seed=SEED,
    )
    return shot


def _reduce(shot: Shot, width_px: int) -> Image.Image:
    """The middle of the picture, five to four, at a width."""
    picture = shot.to_pil()
    height = picture.width * 4 // 5
    top = round(0.6 * (picture.height - height))
    return picture.crop((0, top, picture.width, top + height)).resize(
        (width_px, width_px * 4 // 5), Image.Resampling.LANCZOS
    )


if __name__ == "__main__":
    main(sys.argv[1:])
