"""Photos as shops take them, with true mattes, of things and grounds that ``cutout_data`` has none of.

Things of other archives, and printed packages, stand alone or beside each other on paper with and without a horizon,
boards, marble, linen, concrete, a mirror's gloss, white on white and dark on dark, in soft light or a hard lamp's.
Run it again to go on where it was stopped.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import drjit as dr
import mitsuba as mi
import numpy as np
from benchmarks.cutout_camera import develop, find_matte, place_camera, shape_numbers, trace
from benchmarks.cutout_scenes import Taken
from benchmarks.cutout_surfaces import crumbs, shade_and_map, sheet
from benchmarks.relight_things import Part, load_parts
from benchmarks.shape_models import build_solid

from photoshoot.color.space import format_hex, linear_to_srgb
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import compose_scene, to_shape
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.variant import load_variant

SIDE, PER_SHARD, THIRDS = 512, 9, 3
GROUNDS = ("white", "own white", "horizon", "sweep", "own hue", "wood", "marble", "linen", "concrete", "gloss", "dark")
THINGS = {
    "BlendSwap-CC-BY": (
        "bike xylophone surveillanceCamera chair4 espressokettle rubix2 radio campingLamp bulldog siameseCat "
        "classSeat lipStick wirelessOfficePhone3 foldingChair kitchenblender beer_bottle laptop mp3Station saltShaker "
        "kitchenScale leaf_chair backpack knife wheelchair breadBox cafe_set_tonon_chair mobile childChair coffeePress "
        "lamp book hamburger sunglasses carrito-de-madera succulentPlant suitcase spoon coffee_cup gift horse "
        "green_stool luckyBamboo spider_plant clock microwave utensilsPot plaidChair fordFocus wire-coathanger "
        "coffeeTable kitchenTools toyTrain tableTennisBat tulip largePan choppingBoard chessboard fork chair3 fotel"
    ),
    "KatorLegaz": (
        "mid-century-chair cafe-chair flashlight spray-bottle apple-imac-1998 tape-measure bar-stool coffee-maker "
        "cafe-table fire-hydrant pedestal-vase-lamp stapler scooter clothes-hanger propane-stove coffee-mug "
        "oil-servers folding-table hose-reel ashtray VW-new-beetle apple-ibook-2001 red-wine-bottle-01 bowl "
        "trunk-large office-chair dining-chair bread-plate MIDI-keyboard glass-dining-table"
    ),
    "Scopia": (
        "little_lamp1 pencil1 playstation4 bonsai-tree candelabre toaster wall-hanger sneakers mocassin sandwichMaker "
        "squeezer marteau casque pince-coupante desk_lamp1 ps4-joystick basic_camera rabbit rattanArmchair "
        "tubular_chair vase2 kitchen_tool1 wine_bottle doll tournevis stroller penbox clothes-horse smart-car "
        "shopping-basket kitchen_stool electronicScale old_jar apples calla_lily_with_roses office_chair tricycle "
        "bague skateboard baby_high_chair clothes-basket bowlWithFruits chapeau creamer glasses cup teapot phone keys "
        "reflex_camera birthday_cake casquette water_cooler step-ladder-wood montre perceuse-electrique scie-egoine "
        "medicoscopia_bottle medicoscopia_box woman_shoes montre-with-pose bicycle pottery jar coffee_machine"
    ),
}  # fmt: skip
"""Of each archive, what a shop might sell."""
_SOLIDS = ("bottle", "carton", "box", "tube", "jar", "pouch", "mug", "strap", "shoe", "bowl")
_CUT_OFF, _LEAST_ALONE = 0.012, 0.75  # of a photo's border that a product covers at most; share of products alone


class Shop:
    """Takes photos.

    Args:
        folder: Where the archives are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names = sorted({(archive, name) for archive, names in THINGS.items() for name in names.split()})
        self.names += [("", name) for name in _SOLIDS for _ in range(3)]

    def photograph(self, number: int) -> tuple[Taken, int] | None:
        """One photo, and the third that its thing is of; None where the thing fits into none."""
        rng = np.random.default_rng([number, 77])
        place = number % len(self.names)
        for _ in range(6):
            taken = self._take(self.names[place], GROUNDS[number % len(GROUNDS)], rng)
            if taken is not None:
                return taken, place % THIRDS
        return None

    def _take(self, name: tuple[str, str], ground: str, rng: np.random.Generator) -> Taken | None:
        parts = self._stand(name, rng)
        if rng.random() > _LEAST_ALONE:
            other = self._stand(("", str(rng.choice(_SOLIDS))) if rng.random() < 0.4 else name, rng)
            wide = max(
                float(np.ptp(np.concatenate([part.mesh.vertices[:, 0] for part in some]))) for some in (parts, other)
            )
            side = float(rng.choice([-1, 1]) * rng.uniform(0.85, 1.25)) * wide
            parts += [_moved(part, side, float(rng.uniform(-0.3, 0.3)), float(rng.uniform(0.5, 0.9))) for part in other]
        tone = _dye(ground, rng)
        gloss = rng.choice([0.06, 0.2, 0.0])
        dyed = [Part(mesh=part.mesh, albedo=tone(part.albedo), gloss=float(gloss) or part.gloss) for part in parts]
        loaded = [to_shape(shade_and_map(part.mesh), bsdf=part.material()) for part in dyed]
        mean = np.mean([part.albedo.mean((0, 1)) for part in dyed], axis=0)
        shapes = [*loaded, *_build_set(ground, mean, rng), *_light(rng), *crumbs()]
        scene = compose_scene({f"p{index:04d}": shape for index, shape in enumerate(shapes)})
        points = np.concatenate([part.mesh.vertices for part in dyed])
        camera = place_camera(points, rng)
        matte = find_matte(scene, camera, shape_numbers(loaded), [], SIDE)
        if matte is None or (_border(matte) > _CUT_OFF and rng.random() < 0.8):
            return None
        light = trace(scene, camera, SIDE)
        return Taken(rgb=_expose(light, matte, ground, rng), alpha=matte, names=f"{name[1]}: {ground}")

    def _stand(self, name: tuple[str, str], rng: np.random.Generator) -> list[Part]:
        archive, thing = name
        if archive:
            parts = list(load_parts(self._folder / f"{archive}.sh3f", thing))
        else:
            parts = list(build_solid(thing, int(rng.integers(100, 1000))).parts)
        turn = float(rng.uniform(-60, 60))
        meshes = [part.mesh.turned(turn) for part in parts]
        points = np.concatenate([mesh.vertices for mesh in meshes])
        low, high = points.min(0), points.max(0)
        middle, scale = (low + high) / 2, 1.4 / float(max(high - low))
        return [
            Part(mesh=mesh.moved(-middle[0], -low[1], -middle[2]).scaled(scale), albedo=part.albedo, gloss=part.gloss)
            for mesh, part in zip(meshes, parts, strict=True)
        ]


def _moved(part: Part, across: float, back: float, size: float) -> Part:
    return Part(mesh=part.mesh.scaled(size).moved(across, 0, back), albedo=part.albedo, gloss=part.gloss)


def _dye(ground: str, rng: np.random.Generator) -> Callable[[np.ndarray], np.ndarray]:
    """What becomes of a product's colours: white before white, dark before dark, else mostly its own."""
    share = float(rng.uniform(0.75, 1.0))
    if ground == "own white":
        goal = rng.uniform(0.68, 0.88) * rng.uniform(0.96, 1, 3)
    elif ground == "dark":
        goal = np.full(3, rng.uniform(0.01, 0.05))
    elif rng.random() < 0.25:
        goal = rng.uniform(0.03, 0.8, 3)
    else:
        share, goal = 0.0, np.zeros(3)
    return lambda albedo: np.clip((1 - share) * albedo + share * goal, 0.01, 0.9).astype(np.float32)


def _picture(kind: str, color: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    vein = np.clip(color * rng.uniform(0.3, 0.7), 0.01, 0.9)
    surface = Surface(
        material=kind,
        color=format_hex(linear_to_srgb(color)),
        vein_color=format_hex(linear_to_srgb(vein)),
        rustic=float(rng.uniform()),
    )
    return np.array(surface_texture(surface, int(rng.integers(100))).color)


def _build_set(ground: str, own: np.ndarray, rng: np.random.Generator) -> Iterator[object]:
    """Ground and wall."""
    gloss = 0.0
    far = float(rng.uniform(1.2, 4))
    if ground in ("wood", "marble", "linen", "concrete"):
        color = (
            np.array([0.32, 0.16, 0.07]) * rng.uniform(0.3, 2) * rng.uniform(0.8, 1.2, 3) if ground == "wood"
            else np.full(3, rng.choice([rng.uniform(0.55, 0.85), rng.uniform(0.02, 0.2)])) * rng.uniform(0.9, 1.1, 3)
        )  # fmt: skip
        floor = _picture(ground, np.clip(color, 0.01, 0.9), rng)
        gloss = float(rng.choice([0.0, 0.1, 0.25]))
        wall = np.broadcast_to(rng.uniform(0.1, 0.85) * rng.uniform(0.7, 1, 3), (2, 2, 3))
    else:
        color = (
            np.full(3, rng.uniform(0.72, 0.88)) if "white" in ground
            else np.full(3, rng.uniform(0.01, 0.06)) if ground == "dark"
            else own * rng.uniform(0.8, 1.25) if ground == "own hue"
            else rng.uniform(0.03, 0.85, 3)
        )  # fmt: skip
        floor = np.broadcast_to(np.clip(color, 0.01, 0.9), (2, 2, 3))
        if ground == "gloss":
            floor = np.broadcast_to(
                np.full(3, rng.choice([0.02, 0.8])) if rng.random() < 0.6 else floor[0, 0], (2, 2, 3)
            )
            gloss = 0.02
        wall = np.broadcast_to(rng.uniform(0.03, 0.85, 3), (2, 2, 3)) if ground == "horizon" else floor
    tiles = Tiling.drawn(float(rng.uniform(4, 9)), rng, float(rng.choice([0, 90, rng.uniform(0, 360)])))
    yield to_shape(sheet(12).turned(-90, "x"), bsdf=_paint(floor, tiles, gloss))
    yield to_shape(sheet(12).moved(0, 0, -far).turned(float(rng.uniform(-12, 12))), bsdf=_paint(wall, Tiling(), 0.0))


def _paint(picture: np.ndarray, tiles: Tiling, gloss: float) -> Entry:
    albedo = bitmap(np.array(picture, np.float32), tiles)
    return plastic(albedo, gloss) if gloss else diffuse(albedo)


def _light(rng: np.random.Generator) -> Iterator[object]:
    """A lamp, hard or soft, and light from all sides."""
    hard = rng.random() < 0.4
    half = float(rng.uniform(0.06, 0.2) if hard else rng.uniform(0.8, 2.5))
    azimuth, height = (
        np.radians(rng.uniform(-130, 130)),
        np.radians(rng.uniform(20, 50) if hard else rng.uniform(35, 85)),
    )
    place = 6 * np.array([np.sin(azimuth) * np.cos(height), np.sin(height), np.cos(azimuth) * np.cos(height)])
    yield {
        "type": "rectangle",
        "to_world": mi.ScalarTransform4f().look_at(origin=place.tolist(), target=[0, 0.5, 0], up=[0, 1, 0.01])
        @ mi.ScalarTransform4f().scale([half, half, 1]),
        "emitter": {
            "type": "area",
            "radiance": {"type": "rgb", "value": (rng.uniform(6, 22) / half**2 * np.ones(3)).tolist()},
        },
    }
    top = np.linspace(1.4, 0.5, 32)[:, None, None] * np.ones((32, 64, 3))
    top[:, :8] *= float(rng.uniform(1, 4))
    top = np.roll(top, int(rng.integers(64)), 1) * rng.uniform(0.25, 0.9)
    yield {"type": "envmap", "bitmap": mi.Bitmap(np.ascontiguousarray(top, np.float32))}


def _expose(light: np.ndarray, matte: np.ndarray, ground: str, rng: np.random.Generator) -> np.ndarray:
    """White paper comes out nearly white, the rest as it is lit."""
    level = light.mean(-1)
    behind = level[matte < 10]
    if "white" in ground:
        scale = rng.uniform(0.75, 1.1) / max(float(np.quantile(behind, rng.uniform(0.4, 0.9))), 1e-3)
    else:
        scale = min(
            rng.uniform(0.16, 0.4) / float(np.exp(np.log(level + 1e-3).mean())),
            rng.uniform(0.9, 1.4) / float(np.quantile(level, 0.98)),
        )
    return develop(light * scale * (1 + rng.normal(size=3) * 0.03))


def _border(matte: np.ndarray) -> float:
    lines = np.concatenate([matte[0], matte[-1], matte[:, 0], matte[:, -1]])
    return float((lines > 127).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archives", type=Path, required=True, help="folder of BlendSwap-CC-BY, KatorLegaz and Scopia")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--photos", type=int, default=200)
    arguments = parser.parse_args()
    load_variant(None)
    dr.set_thread_count(1)
    shop = Shop(arguments.archives)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for first in range(arguments.first, arguments.first + arguments.photos, PER_SHARD):
        path = arguments.folder / f"shop-{first:04d}.npz"
        if path.exists():
            continue
        found = [one for number in range(first, first + PER_SHARD) if (one := shop.photograph(number)) is not None]
        taken, thirds = zip(*found, strict=True)
        partial = path.with_suffix(".tmp.npz")
        np.savez(partial, rgb=np.stack([one.rgb for one in taken]), alpha=np.stack([one.alpha for one in taken]),
                 names=np.array([one.names for one in taken], "U40"), thirds=np.array(thirds))  # fmt: skip
        partial.rename(path)
        print(path.name, len(taken), flush=True)


if __name__ == "__main__":
    main()
