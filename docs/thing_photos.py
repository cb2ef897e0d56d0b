"""Photographs CC0 things in a soft studio: python docs/thing_photos.py BlendSwap-CC-0.sh3f.

Seven of the things that ``bench_relight`` lights, each before a seamless white sweep, under a large soft box on the
left, a weaker one on the right, and light from all round. They stand in for products that can't be shown here.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import mitsuba as mi
import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the benchmarks are beside the documentation, not installed

from benchmarks.relight_things import load_thing  # noqa: E402

from photoshoot.color.space import linear_to_srgb  # noqa: E402
from photoshoot.placers.studio.camera import View  # noqa: E402
from photoshoot.placers.studio.geometry.mesh import grid  # noqa: E402
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline  # noqa: E402
from photoshoot.placers.studio.scene.bsdfs import diffuse  # noqa: E402
from photoshoot.placers.studio.scene.shapes import load_shapes, to_shape  # noqa: E402
from photoshoot.placers.studio.variant import load_variant  # noqa: E402
from photoshoot.records import Box, Canvas  # noqa: E402
from photoshoot.settings import Stance, StudioSettings  # noqa: E402

FOLDER = ROOT / "docs" / "images" / "things"
TURNS = {
    "desklamp": 0,
    "coffeeBrewer": 0,
    "handbag": 0,
    "cactus": 0,
    "cupcake": 0,
    "woodToy": 0,
    "briefcase": 0,
}
"""Things, and the seed of the turn that each is seen at."""
SIDE_PX, TEXTURE_PX = 1000, 1024
_TALL, _BASE = 1.8, 0.9  # world units over the picture's height; where things stand, share of it
_CAMERA_Y = 0.95
_WHITE = 0.92  # radiance that is shown as white


def main() -> None:
    """Write a JPEG of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, help="BlendSwap-CC-0.sh3f of Debian's sweethome3d-furniture")
    parser.add_argument("--things", nargs="*", default=list(TURNS))
    parser.add_argument("--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    load_variant(None)
    pipeline = RenderPipeline(StudioSettings(samples=32))
    view = build_view()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name in arguments.things:
        thing = load_thing(arguments.archive, name, TURNS.get(name, 0), texture_px=TEXTURE_PX)
        shapes = {**build_studio(), **thing.shapes()}
        raw = pipeline.render(shapes, pipeline.camera(view, 0), np.zeros((SIDE_PX, SIDE_PX), np.float32), 1)
        shown = np.clip(linear_to_srgb(np.clip(pipeline.reconstruct(raw) / _WHITE, 0, 1)), 0, 1)
        Image.fromarray(np.round(shown * 255).astype(np.uint8)).save(arguments.folder / f"{name}.jpg", quality=90)


def build_view() -> View:
    """The camera: a little higher than the middle of what it sees."""
    scale, base = SIDE_PX / _TALL, round(SIDE_PX * _BASE)
    half, tall = round(0.75 * scale), round(1.4 * scale)
    whole = Box(left=0, top=0, right=SIDE_PX, bottom=SIDE_PX)
    box = Box(left=SIDE_PX // 2 - half, top=base - tall, right=SIDE_PX // 2 + half, bottom=base)
    canvas = Canvas(
        label="x", width_px=SIDE_PX, height_px=SIDE_PX, product_box=box, safe_area=whole, stance=Stance.UPRIGHT
    )
    return replace(View.of(canvas, _CAMERA_Y), px_per_unit=scale, axis_row_px=base - round(_CAMERA_Y * scale))


def build_studio() -> dict[str, object]:
    """Paper that goes from floor to wall in a curve, and lamps."""
    turn = np.linspace(0, np.pi / 2, 24)
    depth = np.concatenate([[9.0], -3 - 3 * np.sin(turn), [-6.0]])
    height = np.concatenate([[0.0], 3 - 3 * np.cos(turn), [14.0]])
    across = np.linspace(-16, 16, 2)
    sweep = np.stack(
        [
            np.broadcast_to(across, (len(depth), 2)),
            np.broadcast_to(height[:, None], (len(depth), 2)),
            np.broadcast_to(depth[:, None], (len(depth), 2)),
        ],
        -1,
    )
    paper = to_shape(grid(sweep).smoothed(), bsdf=diffuse(np.full(3, 0.85, np.float32)))
    return load_shapes(
        {
            "paper": paper,
            "key": _lamp((-6, 7, 6), (3.2, 3.2), 5.0),
            "fill": _lamp((8, 4, 5), (2.5, 3.5), 1.5),
            "round": {"type": "constant", "radiance": {"type": "rgb", "value": 0.5}},
        }
    )


def _lamp(place: tuple[float, float, float], half: tuple[float, float], light: float) -> dict[str, object]:
    """A soft box that faces what is photographed."""
    aim = mi.ScalarTransform4f().look_at(origin=list(place), target=[0, 0.6, 0], up=[0, 1, 0])
    emitter = {"type": "area", "radiance": {"type": "rgb", "value": light}}
    return {"type": "rectangle", "to_world": aim.scale([*half, 1]), "emitter": emitter}


if __name__ == "__main__":
    main()
