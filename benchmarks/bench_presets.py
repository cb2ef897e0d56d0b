"""Does a preset stay what it is when its product lies or hangs? A preset a family, three stances, beside a plain sheet.

`--seed` chooses the presets, `--sheets` a folder for a picture of each family (standing, lying, hanging, plain).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot import Photoshoot, Placement, Preset, Product, Prompt, Request, Shot, Stance
from photoshoot.pixels.imaging import build_layer
from photoshoot.production import plan_shots
from photoshoot.quality.scene_measures import measure_palette_distance
from photoshoot.records import Category, ShotRequest
from photoshoot.request import resolve_request
from photoshoot.sets import Light, set_name
from photoshoot.sets.flat_lay import FlatLay

ROOT = Path(__file__).resolve().parents[1]
PHOTO = ROOT.parent / "shared" / "products" / "white-cubes-tee-front.png"
SIZE = "300x300"
LEAST_GAIN = 1.3
HEAD = "| family | preset | texture lying | of a plain sheet | palette lying, to the plate | hanging, to the plate |"
_FINE_PX = 5.0  # what is finer than this is texture, shadows of a relief and props


def choose_presets(presets: Mapping[str, list[Preset]], seed: int) -> dict[str, Preset]:
    """A preset of each family, by the seed."""
    rng = np.random.default_rng(seed)
    return {name: found[int(rng.integers(len(found)))] for name, found in sorted(presets.items())}


def plan(shoot: Photoshoot, product: Product, preset: Preset, stance: Stance) -> ShotRequest:
    """A shot of a preset, its product held so."""
    placement = Placement(stance=stance)
    request = Request(prompts=[Prompt.preset(preset.id)], render_kind=SIZE, placement=placement, seed=7)
    (planned,) = plan_shots(resolve_request(request, product), shoot.presets)
    return planned


def plain_sheet(planned: ShotRequest, color: str) -> ShotRequest:
    """What a lying product was given before: plaster of the preset's colour."""
    sheet = FlatLay(surface="plaster", colors=(color,), light=Light())
    return replace(planned, scene=replace(planned.scene, design=sheet))


def texture(shot: Shot) -> float:
    """Standard deviation of luma's fine part over the scene, in steps of 1/255."""
    matte = build_layer(shot.product.cutout, shot.canvas).alpha_matte
    luma = shot.image.astype(np.float64) @ [0.299, 0.587, 0.114]
    scene = ndimage.maximum_filter(matte, 9) == 0
    return float((luma - ndimage.gaussian_filter(luma, _FINE_PX))[scene].std())


def photograph(shoot: Photoshoot, product: Product, preset: Preset) -> list[Shot]:
    """A preset standing, lying and hanging, and the plain sheet."""
    planned = [plan(shoot, product, preset, stance) for stance in (Stance.UPRIGHT, Stance.LYING, Stance.HANGING)]
    sheet = plain_sheet(planned[1], preset.design.seen_colors()[-1].color)
    return shoot.placer.place([*planned, sheet])


def palette_distance(shot: Shot, preset: Preset) -> float:
    """From the shot's colours to those of the preset's plate, see ``measure_palette_distance``."""
    assert preset.plate_path is not None
    matte = build_layer(shot.product.cutout, shot.canvas).alpha_matte
    return measure_palette_distance(shot.image, matte, preset.plate_path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheets", type=Path)
    parser.add_argument("--photo", type=Path, default=PHOTO)
    arguments = parser.parse_args()
    if not arguments.photo.exists():
        print(f"skipped: {arguments.photo} is not there")
        return
    lines, kept = [], 0
    with Photoshoot.embedded() as shoot:
        product = replace(shoot.describe([arguments.photo])[0], category=Category.GARMENT)
        families: dict[str, list[Preset]] = {}
        for preset in shoot.presets:
            if preset.design.only_stance is None and preset.plate_path is not None:
                families.setdefault(set_name(preset.design), []).append(preset)
        for name, preset in choose_presets(families, arguments.seed).items():
            shots = photograph(shoot, product, preset)
            _, lying, hanging, plain = shots
            fine, bare = texture(lying), texture(plain)
            kept += fine > LEAST_GAIN * bare
            palettes = f"{palette_distance(lying, preset):.3f} | {palette_distance(hanging, preset):.3f}"
            lines.append(f"| {name} | {preset.id} | {fine:.1f} | {bare:.1f} | {palettes} |")
            print(lines[-1], flush=True)
            if arguments.sheets is not None:
                arguments.sheets.mkdir(parents=True, exist_ok=True)
                Image.fromarray(np.hstack([shot.image for shot in shots])).save(arguments.sheets / f"{name}.png")
    found = f"- {kept} of {len(lines)} families have over {LEAST_GAIN} times a plain sheet's texture where they lie."
    told = f"# Presets in every stance\n\nA preset a family (seed {arguments.seed}), a T-shirt, {SIZE}.\n\n{found}\n\n"
    table = "\n".join([HEAD, "|---|---|---|---|---|---|", *lines]) + "\n"
    (ROOT / "benchmarks" / "results" / "presets.md").write_text(told + table, encoding="utf-8")


if __name__ == "__main__":
    main()
