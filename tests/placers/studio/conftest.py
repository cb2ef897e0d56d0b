from __future__ import annotations

from collections.abc import Iterator

import mitsuba as mi
import numpy as np
import pytest
from scipy import ndimage

from photoshoot.pixels.imaging import tight_box
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.shapes import compose_scene, to_shape
from photoshoot.placers.studio.variant import SCALAR
from photoshoot.records import Canvas, Category, Cutout, Edge, Product, ProductLayer, Scene, ShotRequest
from photoshoot.sets import SetDesign, hold
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import Stance, StudioSettings

WIDTH, HEIGHT = 420, 160


def draw_vase(height: int, width: int, base: int, center: int, tall: int = 96) -> np.ndarray:
    """A soft matte (height, width) of a vase with a thin neck and a handle, its base on row ``base``."""
    rows, columns = np.mgrid[: height * 4, : width * 4].astype(np.float32) / 4
    up = (base - rows) / tall
    radius = np.where(up < 0.6, 24 + 10 * np.sin(up * 5), 13) * tall / 96
    body = (np.abs(columns - center) < radius) & (up > 0) & (up < 1)
    ring = np.hypot(columns - center - 30 * tall / 96, rows - base + 0.55 * tall)
    handle = (ring < 20 * tall / 96) & (ring > 13 * tall / 96)
    fine = ndimage.gaussian_filter((body | handle).astype(np.float32), 2)
    return np.asarray(fine.reshape(height, 4, width, 4).mean((1, 3)), np.float32)


def make_layer(alpha: np.ndarray) -> ProductLayer:
    rows, columns = np.indices(alpha.shape)
    rgb = np.stack([170 + 60 * np.sin(columns / 9), 60 + rows % 40, 60 + 0 * rows], -1)
    return ProductLayer(rgb=rgb.astype(np.uint8), alpha_matte=alpha)


def make_canvas(alpha: np.ndarray, stance: Stance = Stance.UPRIGHT, snapped: frozenset[Edge] = frozenset()) -> Canvas:
    box = tight_box(alpha)
    assert box is not None
    height, width = alpha.shape
    whole = tight_box(np.ones_like(alpha))
    assert whole is not None
    return Canvas(
        label="test",
        width_px=width,
        height_px=height,
        product_box=box,
        safe_area=whole,
        stance=stance,
        snapped=snapped,
    )


def make_request(
    design: SetDesign | None = None,
    seed: int = 5,
    *,
    alpha: np.ndarray | None = None,
    stance: Stance = Stance.UPRIGHT,
    snapped: frozenset[Edge] = frozenset(),
) -> ShotRequest:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210) if alpha is None else alpha
    layer, canvas = make_layer(alpha), make_canvas(alpha, stance, snapped)
    cutout = Cutout(
        rgb=layer.rgb,
        alpha_matte=alpha,
        box=canvas.product_box,
        touches=snapped,
        confidence=1,
        segmenter="alpha",
        photo_name="vase",
        photo_sha256="0" * 64,
    )
    product = Product(
        cutout=cutout, name="vase", description="A vase.", category=Category.HOME, palette=(), confidence=1
    )
    scene = Scene(
        text="on paper",
        full_text="vase on paper",
        negative_text="",
        preset_id=None,
        design=hold(design or Cyclorama(), stance),
        style_reference=None,
        reading="test",
    )
    return ShotRequest(product=product, layer=layer, canvas=canvas, scene=scene, seed=seed, prompt_index=0)


def see(mesh: Mesh, view: View, samples: int = 16) -> np.ndarray:
    """Share of each pixel (H, W) that a mesh covers, seen through the studio's camera. Needs a variant."""
    black = {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.0}}
    lamp = {"type": "area", "radiance": {"type": "rgb", "value": 1.0}}
    scene = compose_scene({"silhouette": to_shape(mesh, bsdf=black, emitter=lamp)})
    direct = mi.load_dict({"type": "direct", "emitter_samples": 0, "bsdf_samples": 1})
    film = Film(view=view)
    seen = mi.render(scene, sensor=Camera(film=film).load_sensor(), integrator=direct, spp=samples, seed=0)
    return film.to_canvas(np.array(seen))[..., 0]


@pytest.fixture(params=[False, True], ids=["at once", "ray by ray"])
def scalar(request: pytest.FixtureRequest, variant: str) -> bool:
    """Whether to trace as a scalar variant does: the others can, too, while it can do nothing else."""
    if variant == SCALAR and not request.param:
        pytest.skip("a scalar variant traces ray by ray")
    return bool(request.param)


@pytest.fixture(scope="session")
def placer() -> Iterator[StudioPlacer]:
    built = StudioPlacer(StudioSettings(samples=1))
    yield built
    built.close()
