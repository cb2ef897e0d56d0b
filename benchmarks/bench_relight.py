"""How near does light on the product come to the product in that light? Models that are photographed, then rendered.

Each model is rendered in a photo studio, whose lamps nobody tells the library of, and laid into a set as a photo; the
same model is rendered in the set as a thing. CIEDE2000 over the product's pixels, of the photo as pasted and as lit,
against that truth; "level matched" is after the mean lightness was made the truth's. The light's own constants were
chosen by eye on photos, before this was first run. Shapes were mended on the normals of seeds 0 to 3: no seed under 4
is held out of them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import mitsuba as mi
import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.color.space import linear_to_srgb
from photoshoot.pixels.relighting import light_product
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box_sides, sphere
from photoshoot.placers.studio.product.inflation import InflationEstimator
from photoshoot.placers.studio.product.relief import build_relief
from photoshoot.placers.studio.product.relight import Bounds, choose_light
from photoshoot.placers.studio.renderer.exposure import read_card, tone_map
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import compose_scene, load_shapes, to_shape
from photoshoot.placers.studio.scene_cache import SceneCache, SetKey
from photoshoot.placers.studio.variant import load_variant
from photoshoot.presets import PresetRegistry
from photoshoot.records import Box, Canvas, Category, ProductLayer, RgbImage
from photoshoot.settings import Stance, StudioSettings

ROOT = Path(__file__).resolve().parents[1]
SIDE, BASE = 320, 270
_ENOUGH = 60  # pairs; fewer are a trial, and leave the page as it is
PRESETS = (
    "neon_ring_amber",
    "gel_light_teal_violet",
    "sunset_beach_sand",
    "white_room_morning_window",
    "candlelit_dark_table",
    "snowy_winter_pines",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """A thing to photograph; it stands on y = 0 and its front is at z = 0."""

    kind: str
    seed: int
    category: Category
    mesh: Mesh
    shape: dict[str, object]
    half_width: float
    height: float


def bottle(rng: np.random.Generator) -> Mesh:
    radius, neck, tall = rng.uniform(0.25, 0.42), rng.uniform(0.35, 0.6), rng.uniform(1.2, 1.7)
    shoulder, soft = rng.uniform(0.55, 0.75) * tall, rng.uniform(0.08, 0.2) * tall
    up = np.linspace(tall, 0, 60)
    mix = np.clip((up - shoulder) / soft, 0, 1)
    profile = radius * (1 - (1 - neck) * mix * mix * (3 - 2 * mix))
    return lathe(np.concatenate([[[0, tall]], np.stack([profile, up], 1), [[0, 0]]]))


def bowl(rng: np.random.Generator) -> Mesh:
    tall, wide = rng.uniform(0.8, 1.2), rng.uniform(0.45, 0.7)
    up = np.linspace(1, 0, 40)
    profile = wide * (rng.uniform(0.35, 0.7) + 0.5 * np.sin(up * rng.uniform(1.6, 2.6)))
    return lathe(np.concatenate([[[0, tall]], np.stack([profile, up * tall], 1), [[0, 0]]]))


def carton(rng: np.random.Generator) -> Mesh:
    half = (rng.uniform(0.3, 0.55), rng.uniform(0.5, 0.8), rng.uniform(0.12, 0.3))
    turn = rng.choice([0.0, rng.uniform(-35, 35)])
    return merged(rounded_box_sides(half, 0.02).values()).moved(0, half[1], 0).turned(float(turn))


def cushion(rng: np.random.Generator) -> Mesh:
    half, thick = rng.uniform(0.55, 0.7), rng.uniform(0.18, 0.3)
    at = np.linspace(-1, 1, 61)
    x, y = np.meshgrid(at, at)
    pinch = 1 - rng.uniform(0.05, 0.12) * np.cos(np.stack([y, x]) * np.pi / 2)
    depth = thick * ((1 - x**2) * (1 - y**2)) ** 0.4
    flat = [x * half * pinch[0], -y * half * pinch[1]]
    front, back = (np.stack([*flat, side * depth], -1) for side in (1, -1))
    return merged([grid(front), grid(back[:, ::-1])]).moved(0, half, 0)


def last(rng: np.random.Generator) -> Mesh:
    """Something like a shoe: a long round body, low at one end."""
    body = sphere(1.0)
    x, y, z = body.vertices.T
    high = np.where(y > 0, rng.uniform(0.5, 0.8) * (1 - 0.45 * np.clip(x, -0.4, 1)), 0.12)
    squared = np.sign(x) * np.abs(x) ** 0.8
    moved = np.stack([squared * rng.uniform(0.8, 0.95), y * high + 0.12, z * rng.uniform(0.26, 0.36)], 1)
    return Mesh(vertices=moved.astype(np.float32), faces=body.faces, uv=body.uv).smoothed()


KINDS: dict[str, tuple[Category, Callable[[np.random.Generator], Mesh]]] = {
    "bottle": (Category.DRINK, bottle),
    "bowl": (Category.TABLEWARE, bowl),
    "carton": (Category.BOX, carton),
    "cushion": (Category.HOME, cushion),
    "shoe": (Category.FOOTWEAR, last),
}


def build_model(kind: str, seed: int) -> Model:
    """A model with a print on it, matt or glossy."""
    category, make = KINDS[kind]
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    mesh = make(rng)
    mesh = mesh.moved(0, 0, -float(mesh.vertices[:, 2].max()))
    if mesh.uv is None:
        low, span = mesh.vertices[:, :2].min(0), np.ptp(mesh.vertices[:, :2], axis=0)
        mesh = replace(mesh, uv=((mesh.vertices[:, :2] - low) / span).astype(np.float32))
    print_ = bitmap(draw_print(rng))
    material = diffuse(print_) if rng.random() < 0.5 else plastic(print_, float(rng.uniform(0.15, 0.4)))
    extent = np.abs(mesh.vertices[:, 0]).max(), mesh.vertices[:, 1].max()
    return Model(
        kind=kind,
        seed=seed,
        category=category,
        mesh=mesh,
        shape={"thing": to_shape(mesh, bsdf=material)},
        half_width=float(extent[0]),
        height=float(extent[1]),
    )


def draw_print(rng: np.random.Generator) -> np.ndarray:
    """Reflectance (128, 128, 3): a ground, bars, and a field of lines as fine as writing."""
    ground, ink, field = rng.uniform(0.03, 0.85, (3, 3)) ** rng.choice([1.0, 0.3])
    image = np.broadcast_to(ground, (128, 128, 3)).copy()
    for _ in range(rng.integers(2, 6)):
        row, column = rng.integers(0, 110, 2)
        image[row : row + rng.integers(4, 40), column : column + rng.integers(4, 60)] = field
    row = int(rng.integers(30, 80))
    image[row : row + 30 : 6, 30:100] = ink
    return np.clip(image, 0.02, 0.9).astype(np.float32)


def photo_studio(rng: np.random.Generator) -> dict[str, object]:
    """Lamps that the library is not told of: a box somewhere before the thing, and light from all round."""
    azimuth, height = np.radians(rng.uniform(-55, 55)), np.radians(rng.uniform(10, 60))
    place = 5 * np.array([np.sin(azimuth) * np.cos(height), np.sin(height), np.cos(azimuth) * np.cos(height)])
    to_world = mi.ScalarTransform4f().look_at(origin=place.tolist(), target=[0, 0.6, 0], up=[0, 1, 0])
    size = float(rng.uniform(0.8, 2.0))
    light = {"type": "area", "radiance": {"type": "rgb", "value": 8.0 / size**2}}
    floor = {
        "type": "rectangle",
        "to_world": mi.ScalarTransform4f().rotate([1, 0, 0], -90).scale([9, 9, 1]),
        "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.8}},
    }
    return load_shapes(
        {
            "box": {"type": "rectangle", "to_world": to_world.scale([size, size, 1]), "emitter": light},
            "round": {"type": "constant", "radiance": {"type": "rgb", "value": float(rng.uniform(0.2, 0.6))}},
            "floor": floor,
        }
    )


def lay_out(model: Model, camera_y: float) -> tuple[Canvas, View]:
    scale = SIDE / 2.8
    wide, tall = 2 * model.half_width * scale, model.height * scale
    box = Box(left=round(SIDE / 2 - wide / 2), top=round(BASE - tall), right=round(SIDE / 2 + wide / 2), bottom=BASE)
    safe = Box(left=0, top=0, right=SIDE, bottom=SIDE)
    canvas = Canvas(label="x", width_px=SIDE, height_px=SIDE, product_box=box, safe_area=safe, stance=Stance.UPRIGHT)
    return canvas, View.of(canvas, camera_y)


class Bench:
    """Renders pairs."""

    def __init__(self, samples: int) -> None:
        load_variant(None)
        self.pipeline = RenderPipeline(StudioSettings(samples=samples))
        self.renderer = Renderer(6)
        self.cache = SceneCache(self.pipeline)
        self.registry = PresetRegistry.load()

    def measure(self, model: Model, presets: tuple[str, ...]) -> Iterator[dict[str, object]]:
        """What comes of a model in each preset's set."""
        empty = np.zeros((SIDE, SIDE), np.float32)
        for number, preset in enumerate(presets):
            design = self.registry.get(preset).design
            canvas, view = lay_out(model, design.camera_y)
            alone = self.renderer.render_aovs(compose_scene(model.shape), self.pipeline.camera(view, 0), 16, 1)
            camera = self.pipeline.camera(view, 0)
            normals = camera.film.to_canvas(alone.normals)
            alpha = (np.linalg.norm(normals, axis=2) > 0.5).astype(np.float32)
            rows, columns = (np.flatnonzero(alpha.any(axis)) for axis in (1, 0))
            tight = Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)
            canvas = replace(canvas, product_box=tight)
            photo = self.photograph(model, view, empty)
            layer = ProductLayer(rgb=photo, alpha_matte=alpha)
            built = self.cache.build(SetKey(design=design, view=view, seed=model.seed * 31 + number))
            raw = self.pipeline.render({**built.shapes, **model.shape}, built.camera, empty, 5)
            exposure = built.tone_mapping.exposure
            truth = to_bytes(tone_map(self.pipeline.reconstruct(raw), exposure))
            solid = build_relief(layer, canvas, view, InflationEstimator(), model.category)
            white = self.pipeline.measure_light(built.shapes, solid, view, 9) * np.float32(exposure)
            defaults = StudioSettings()
            bounds = Bounds(delta_e=defaults.light_delta_e, hue_deg=defaults.light_hue_deg)
            light = choose_light(layer, solid, white, 1, bounds)
            lit = light_product(layer, light).rgb
            core = ndimage.binary_erosion(alpha > 0.5, iterations=2)
            yield {
                "kind": model.kind,
                "seed": model.seed,
                "preset": preset,
                **{f"{name}_{how}": compare(shown, truth, core, level=how == "level")
                   for name, shown in (("pasted", photo), ("lit", lit)) for how in ("as_is", "level")},
                **angles(normals, solid.normals, solid.box, core),
                "pictures": (photo, lit, truth, alpha),
            }  # fmt: skip

    def photograph(self, model: Model, view: View, empty: np.ndarray) -> RgbImage:
        """The model in its photo studio, exposed such that white paper is 0.8."""
        rng = np.random.default_rng([model.seed, 77])
        lamps = photo_studio(rng)
        card = float(read_card(self.renderer, lamps, view).mean())
        raw = self.pipeline.render({**lamps, **model.shape}, self.pipeline.camera(view, 0), empty, 3)
        return to_bytes(np.clip(self.pipeline.reconstruct(raw) * (0.8 / card), 0, 1))


def to_bytes(linear: np.ndarray) -> RgbImage:
    return np.round(np.clip(linear_to_srgb(linear), 0, 1) * 255).astype(np.uint8)


def compare(shown: RgbImage, truth: RgbImage, core: np.ndarray, *, level: bool) -> float:
    """Mean CIEDE2000; with ``level``, after lightness was shifted to the truth's mean."""
    first, second = rgb_to_lab(shown[core]), rgb_to_lab(truth[core])
    if level:
        first = first + np.array([1.0, 0, 0]) * (second[:, 0].mean() - first[:, 0].mean())
    return float(delta_e(first, second).mean())


def angles(true: np.ndarray, found: np.ndarray, box: Box, core: np.ndarray) -> dict[str, float]:
    rows, columns = np.nonzero(core)
    row = np.clip(((rows + 0.5 - box.top) / box.height * found.shape[0]).astype(int), 0, found.shape[0] - 1)
    column = np.clip(((columns + 0.5 - box.left) / box.width * found.shape[1]).astype(int), 0, found.shape[1] - 1)
    real = true[core] / np.maximum(np.linalg.norm(true[core], axis=1, keepdims=True), 1e-6)
    off = np.degrees(np.arccos(np.clip((real * found[row, column]).sum(1), -1, 1)))
    return {"normal_deg": float(off.mean()), "under_20_deg": float((off < 20).mean())}


def summarize(found: list[dict[str, object]]) -> list[str]:
    lines = ["| models | pairs | pasted | lit | ratio | better | worse by > 1 | level matched | normals | under 20° |"]
    lines.append("|---|---|---|---|---|---|---|---|---|---|")
    groups = [("all", found), ("seeds from 4 on", [one for one in found if int(str(one["seed"])) >= 4])]
    groups += [(kind, [one for one in found if one["kind"] == kind]) for kind in KINDS]
    groups += [(preset, [one for one in found if one["preset"] == preset]) for preset in PRESETS]
    for name, group in groups:
        if not group:
            continue
        take = lambda key: np.array([float(str(one[key])) for one in group])  # noqa: B023, E731
        pasted, lit = take("pasted_as_is"), take("lit_as_is")
        matched = f"{take('pasted_level').mean():.1f} → {take('lit_level').mean():.1f}"
        lines.append(
            f"| {name} | {len(group)} | {pasted.mean():.1f} | {lit.mean():.1f} | {lit.mean() / pasted.mean():.2f} | "
            f"{(lit < pasted).mean():.0%} | {(lit > pasted + 1).mean():.0%} | {matched} | "
            f"{take('normal_deg').mean():.0f}° | {take('under_20_deg').mean():.0%} |"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2, 3])
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--samples", type=int, default=24)
    parser.add_argument("--presets", nargs="*", default=list(PRESETS))
    parser.add_argument("--pictures", type=Path, help="a folder for photo, lit, truth side by side")
    arguments = parser.parse_args()
    bench, found = Bench(arguments.samples), []
    for seed in arguments.seeds:
        for kind in arguments.kinds:
            for one in bench.measure(build_model(kind, seed), tuple(arguments.presets)):
                pictures = one.pop("pictures")
                if arguments.pictures:
                    alpha = pictures[3][..., None] > 0.5
                    row = np.hstack([np.where(alpha, picture, 40) for picture in pictures[:2]] + [pictures[2]])
                    Image.fromarray(row.astype(np.uint8)).save(arguments.pictures / f"{kind}{seed}-{one['preset']}.png")
                found.append(one)
                print(json.dumps(one), flush=True)
    lines = summarize(found)
    print("\n".join(lines))
    if len(found) >= _ENOUGH:
        (ROOT / "benchmarks" / "results" / "relight.md").write_text(write_page(found), encoding="utf-8")


def write_page(found: list[dict[str, object]], note: str = "") -> str:
    """The page of results: findings, how they were come by, and a table."""
    pasted, lit, off, near = (
        np.array([float(str(one[key])) for one in found])
        for key in ("pasted_as_is", "lit_as_is", "normal_deg", "under_20_deg")
    )
    sets = len({one["preset"] for one in found})
    head = [
        "# Light on the product",
        "",
        f"- Models that are photographed, then rendered in {sets} sets: mean CIEDE2000 {pasted.mean():.1f} as pasted, "
        f"{lit.mean():.1f} as lit ({lit.mean() / pasted.mean():.2f}); better in {(lit < pasted).mean():.0%} of "
        f"{len(found)} pairs, worse by more than 1 in {(lit > pasted + 1).mean():.0%}.",
        f"- Normals that are read from outlines are {off.mean():.0f}° off on average, under 20° over {near.mean():.0%} "
        "of the product.",
        "",
    ]
    return "\n".join([*head, (__doc__ or "").strip(), *(["", note] if note else []), "", *summarize(found), ""])


if __name__ == "__main__":
    main()
