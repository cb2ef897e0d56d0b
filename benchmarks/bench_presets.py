"""Does a preset stay what it is however its product is held? Drafts of two presets a family, in three stances.

Each picture has another product, of shop photos that lie beside the repository and never enter it. `--seed` chooses
presets and products, `--sheets` a folder for a picture of each family, which is to be opened: the table by eye at the
page's end is kept from run to run. `--families` makes some families anew alone. Errors: `bench_error.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot import Photoshoot, Placement, Preset, Product, Prompt, Shot, Stance
from photoshoot.errors import NoProductFoundError
from photoshoot.framing.product_sizes import find_size
from photoshoot.pixels.imaging import build_layer
from photoshoot.quality.measures import measure_palette_distance
from photoshoot.sets import set_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "results" / "presets.md"
SHARED = ROOT.parent / "shared"
SIZE = "900x900"
PRODUCTS = {"products": 12, "photos/real": 24}
STANCES = (Stance.UPRIGHT, Stance.LYING, Stance.HANGING)
HEAD = "| family | presets | palette standing | lying | hanging | texture standing | lying | hanging |"
BY_EYE = "## By eye"
_FINE_PX = 5.0  # what is finer than this is texture, shadows of a relief and props


@dataclass(frozen=True, kw_only=True, eq=False)
class Picture:
    """A draft, and what is measured of it."""

    shot: Shot
    """The draft."""
    stance: Stance
    """How its product is held."""
    palette: float
    """Distance of its scene's colours from those of the preset's plate, see ``measure_palette_distance``."""
    texture: float
    """Standard deviation of luma's fine part over the scene, in steps of 1/255."""


def choose(presets: Mapping[str, list[Preset]], rng: np.random.Generator, count: int = 2) -> dict[str, list[Preset]]:
    """Some presets of each family."""
    return {name: [found[i] for i in rng.permutation(len(found))[:count]] for name, found in sorted(presets.items())}


def read_products(shoot: Photoshoot, folder: Path, rng: np.random.Generator) -> list[Product]:
    """Products of shop photos, in the order in which they are used; what is not found, or cut twice, is left out."""
    products: list[Product] = []
    for name, count in PRODUCTS.items():
        paths = sorted(path for path in (folder / name).iterdir() if path.suffix in (".jpg", ".png"))
        for index in rng.permutation(len(paths))[:count]:
            try:
                products += shoot.describe([paths[index]])
            except NoProductFoundError as error:
                print(f"{paths[index].name}: {error}")
    whole = [product for product in products if len(product.cutout.touches) < 2]
    return [whole[i] for i in rng.permutation(len(whole))]


def texture(shot: Shot) -> float:
    """Standard deviation of luma's fine part over the scene, in steps of 1/255."""
    matte = build_layer(shot.product.cutout, shot.canvas).alpha_matte
    luma = shot.image.astype(np.float64) @ [0.299, 0.587, 0.114]
    scene = ndimage.maximum_filter(matte, 9) == 0
    return float((luma - ndimage.gaussian_filter(luma, _FINE_PX))[scene].std())


def photograph(shoot: Photoshoot, preset: Preset, products: Iterator[Product]) -> Iterator[Picture]:
    """A preset standing, lying and hanging, each time with the next product that it takes."""
    for stance in STANCES:
        product = next(item for item in products if preset.design.takes(find_size(item, None).size_class))
        placement = Placement(stance=stance)
        prompt = Prompt.preset(preset.id)
        (shot,) = shoot.generate(product, prompts=prompt, render_kind=SIZE, placement=placement, seed=7, draft=True)
        assert preset.plate_path is not None
        matte = build_layer(shot.product.cutout, shot.canvas).alpha_matte
        palette = measure_palette_distance(shot.image, matte, preset.plate_path)
        yield Picture(shot=shot, stance=stance, palette=palette, texture=texture(shot))


def for_ever(products: Sequence[Product], number: int) -> Iterator[Product]:
    """The products over and over, in orders that follow from a family's number."""
    rng = np.random.default_rng(number)
    while True:
        yield from (products[i] for i in rng.permutation(len(products)))


def write_sheet(path: Path, pictures: Sequence[Picture]) -> None:
    """A row a preset, a column a stance, each with its name."""
    side = pictures[0].shot.image.shape[0]
    sheet = Image.new("RGB", (len(STANCES) * side, len(pictures) // len(STANCES) * (side + 14)))
    pen = ImageDraw.Draw(sheet)
    for index, picture in enumerate(pictures):
        x, y = index % len(STANCES) * side, index // len(STANCES) * (side + 14)
        sheet.paste(Image.fromarray(picture.shot.image), (x, y + 14))
        pen.text((x + 2, y), f"{picture.shot.scene.preset_id} {picture.stance}")
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def line(name: str, pictures: Sequence[Picture]) -> str:
    """The table's row of a family: means over its presets."""
    names = ", ".join(dict.fromkeys(str(picture.shot.scene.preset_id) for picture in pictures))
    held = [[picture for picture in pictures if picture.stance is stance] for stance in STANCES]
    palettes = " | ".join(f"{np.mean([picture.palette for picture in group]):.3f}" for group in held)
    textures = " | ".join(f"{np.mean([picture.texture for picture in group]):.1f}" for group in held)
    return f"| {name} | {names} | {palettes} | {textures} |"


def read_rows(page: str) -> dict[str, str]:
    """The table's rows of a page, by family."""
    rows = [text for text in page.partition(BY_EYE)[0].splitlines() if text.startswith("| ") and text != HEAD]
    return {text.split(" | ")[0].removeprefix("| "): text for text in rows}


def write_page(lines: Mapping[str, str], told: str) -> None:
    """The page, with the new rows in place of old ones; what was judged by eye stays at its end."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    rows = dict(sorted({**read_rows(old), **lines}.items()))
    found = []
    for column, stance in enumerate(STANCES):
        far = {name: float(row.strip("| ").split(" | ")[2 + column]) for name, row in rows.items()}
        worst = max(far, key=far.__getitem__)
        median = float(np.median(list(far.values())))
        found.append(
            f"- {stance.value}: {median:.3f} from the plates' colours (median), most in {worst}: {far[worst]:.3f}."
        )
    table = "\n".join([HEAD, "|---|---|---|---|---|---|---|---|", *rows.values()])
    eye = old.partition(BY_EYE)[2] or "\n\nNothing was judged yet.\n"
    PAGE.write_text(
        f"# Presets in every stance\n\n{told}\n\n" + "\n".join(found) + f"\n\n{table}\n\n{BY_EYE}{eye}",
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheets", type=Path)
    parser.add_argument("--families", nargs="*", default=(), metavar="NAME")
    parser.add_argument("--photos", type=Path, default=SHARED, help="a folder with products/ and photos/real/")
    arguments = parser.parse_args()
    if not arguments.photos.exists():
        print(f"skipped: {arguments.photos} is not there")
        return
    rng, lines = np.random.default_rng(arguments.seed), {}
    with Photoshoot.embedded() as shoot:
        families: dict[str, list[Preset]] = {}
        for preset in shoot.presets:
            if preset.plate_path is not None and not preset.design.pure_white:
                families.setdefault(set_name(preset.design), []).append(preset)
        chosen = choose(families, rng)
        products = read_products(shoot, arguments.photos, rng)
        for name in arguments.families or chosen:
            queue = for_ever(products, list(chosen).index(name))
            pictures = [picture for preset in chosen[name] for picture in photograph(shoot, preset, queue)]
            lines[name] = line(name, pictures)
            print(lines[name], flush=True)
            if arguments.sheets is not None:
                write_sheet(arguments.sheets / f"{name}.png", pictures)
    told = f"Drafts of two presets a family (seed {arguments.seed}), each of another one of {len(products)} products."
    write_page(lines, told)


if __name__ == "__main__":
    main()
