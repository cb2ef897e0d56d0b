"""What do the embedded captioner and recommender say of products, and how long does it take?

Usage: ``python benchmarks/bench_recommend.py [FOLDER]``. The folder holds RGBA pictures of products; each is
photographed before white and before a grey gradient, and cut out again. The project's own example photos come after
them. Writes ``benchmarks/results/recommend.md``, and pages with the presets' previews to look at into
``out/recommend/``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from backdrops import draw_backdrop
from large_photo import SIZE, draw_large_photo, time_large_photo
from PIL import Image, ImageDraw

from photoshoot import Photoshoot, Preset, Recommendation, Swatch

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "recommend.md"
PAGES = ROOT / "out" / "recommend"
SIDE = 1080  # of the photos, px
HEADINGS = ("photo", "before", "name and description", "prompts", "presets, best first")


def photograph(path: Path, backdrop: str, index: int) -> Image.Image:
    """A product before a backdrop."""
    rgba = np.asarray(Image.open(path).convert("RGBA").resize((SIDE, SIDE), Image.Resampling.BOX), np.float32) / 255
    behind = np.clip(draw_backdrop(backdrop, SIDE, index), 0, 1)
    alpha = rgba[..., 3:]
    return Image.fromarray(np.round((rgba[..., :3] * alpha + behind * (1 - alpha)) * 255).astype(np.uint8))


def list_photos(folder: Path) -> Iterator[tuple[str, str, Image.Image, Path | None]]:
    """(name, backdrop, photo, the file where it may be shown)."""
    for index, path in enumerate(sorted(folder.glob("*.png")) if folder.is_dir() else []):
        for backdrop in ("white", "gradient"):
            yield path.stem, backdrop, photograph(path, backdrop, index), None
    for path in sorted((ROOT / "examples").glob("*.jpg")):
        yield path.stem, "its own", Image.open(path).convert("RGB"), path


def write_row(name: str, backdrop: str, file: Path | None, found: Recommendation) -> str:
    product = found.product
    picture = f'<img src="../../examples/{file.name}" width="120"><br>{name}' if file else name
    about = f"**{product.name}** ({product.category}, {product.confidence:.2f})<br>{product.description}"
    colors = ", ".join(map(name_swatch, product.palette))
    cells = (picture, backdrop, f"{about}<br>{colors}", "<br>".join(found.prompts), "<br>".join(found.preset_ids))
    return f"| {' | '.join(cells)} |"


def name_swatch(swatch: Swatch) -> str:
    return f"{swatch.name} {swatch.share:.0%}"


def draw_page(rows: list[tuple[Image.Image, Recommendation]], presets: dict[str, Preset]) -> Image.Image:
    """A photo a row, and the previews of its presets."""
    width, height = 240, 150
    page = Image.new("RGB", (150 + 6 * width, len(rows) * (height + 18)), "white")
    pen = ImageDraw.Draw(page)
    for row, (photo, found) in enumerate(rows):
        top = row * (height + 18)
        photo.thumbnail((height, height))
        page.paste(photo, (0, top))
        pen.text((2, top + height), found.product.name, "black")
        for column, name in enumerate(found.preset_ids):
            path = presets[name].preview_path
            if path is not None:
                preview = Image.open(path).convert("RGB")
                preview.thumbnail((width - 4, height))
                page.paste(preview, (152 + column * width, top))
            pen.text((152 + column * width, top + height), name[:38], "black")
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "products")
    folder = parser.parse_args().folder
    if not folder.is_dir():
        print(f"{folder.name} is not there: only the project's own examples are shown")
    shoot = Photoshoot.embedded()
    photos = list(list_photos(folder))
    found = [shoot.recommend(photo) for _, _, photo, _ in photos]
    rows = [write_row(name, kind, file, told) for (name, kind, _, file), told in zip(photos, found, strict=True)]
    large = "\n".join(
        f"- {path.stem}: {time_large_photo(shoot, draw_large_photo(Image.open(path).convert('RGBA')))}."
        for path in sorted(folder.glob("*.png"))[::3]
    )
    different = {name for told in found for name in told.preset_ids}
    leading = {told.preset_ids[0] for told in found}
    head = (
        f"# Recommendations for {len(found)} photos\n\n"
        f"{len(different)} different presets are recommended, {len(leading)} of them first.\n\n"
        f"From a JPEG of {SIZE[0]}x{SIZE[1]} px to its recommendation, warm, the machine as busy as it was; "
        f"CPU seconds in brackets:\n\n{large}\n"
    )
    table = [f"| {' | '.join(HEADINGS)} |", "|" + "---|" * len(HEADINGS), *rows]
    text = "\n".join([head, *table, ""])
    RESULT.write_text(text, encoding="utf-8")
    print(text)
    PAGES.mkdir(parents=True, exist_ok=True)
    presets = {preset.id: preset for preset in shoot.presets}
    pairs = [(photo, told) for (_, _, photo, _), told in zip(photos, found, strict=True)]
    for number, start in enumerate(range(0, len(pairs), 8)):
        draw_page(pairs[start : start + 8], presets).save(PAGES / f"{number}.png")


if __name__ == "__main__":
    main()
