"""A small catalogue made by varying the examples: turned in colour, mirrored, small, each with its own matte."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import Outcome
from photoshoot.catalogue.recipe import Recipe
from photoshoot.catalogue.running import Work
from photoshoot.catalogue.shooting import shoot_items
from photoshoot.photoshoot import Photoshoot
from tests.conftest import WANTED_VARIANT

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("bottle", "headphones", "mug", "sneaker", "tea_carton")
SIDE_PX = 96

QUICK_STUDIO: dict[str, object] = {"samples": 1, "max_depth": 2, "render_scale": 0.25, "denoiser": "none"}
if WANTED_VARIANT:
    QUICK_STUDIO["variant"] = WANTED_VARIANT
"""The studio at its quickest, in other processes too; what catalogues are about is not how pictures look."""


def write_photos(folder: Path, count: int) -> list[Path]:
    """Write ``count`` photos with transparency, no two alike."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = [_read_example(name) for name in NAMES]
    paths = []
    for index in range(count):
        path = folder / f"{NAMES[index % len(NAMES)]}_{index:02}.png"
        _vary(pictures[index % len(NAMES)], index // len(NAMES)).save(path)
        paths.append(path)
    return paths


def write_recipe(path: Path, **changes: object) -> Path:
    """Write a recipe of one small picture a product; ``changes`` replace or add keys."""
    recipe = {
        "presets": ["white_background"],
        "sizes": ["medium_banner"],
        "safe_margin": False,
        "seed": 7,
        "formats": ["jpeg"],
        "studio": QUICK_STUDIO,
        **changes,
    }
    path.write_text(json.dumps(recipe), encoding="utf-8")
    return path


def work_with(photoshoot: Photoshoot, asked: list[str] | None = None) -> Work:
    """Work with an engine that is there already; notes which items it was asked for."""

    def work(recipe: Recipe, items: Sequence[Item]) -> Generator[Outcome, None, None]:
        if asked is not None:
            asked.extend(item.id for item in items)
        yield from shoot_items(photoshoot, recipe, items)

    return work


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder: its path and its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def _read_example(name: str) -> Image.Image:
    picture = Image.open(EXAMPLES / f"{name}.jpg").convert("RGB")
    picture.putalpha(Image.open(EXAMPLES / "mattes" / f"{name}.png"))
    return picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX)


def _vary(picture: Image.Image, number: int) -> Image.Image:
    """Turn the hue by 29 of 256 steps each time, and mirror every second one."""
    hue, saturation, value = picture.convert("RGB").convert("HSV").split()
    turned = Image.fromarray(((np.asarray(hue).astype(int) + 29 * number) % 256).astype(np.uint8))
    varied = Image.merge("HSV", (turned, saturation, value)).convert("RGB")
    varied.putalpha(picture.getchannel("A"))
    return varied.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if number % 2 else varied
