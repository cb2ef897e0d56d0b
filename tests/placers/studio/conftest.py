from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import drjit as dr
import mitsuba as mi
import numpy as np
import pytest
from scipy import ndimage

from photoshoot.pixels.imaging import tight_box
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene import shapes
from photoshoot.placers.studio.scene.shapes import compose_scene, to_shape
from photoshoot.placers.studio.variant import SCALAR, is_scalar
from photoshoot.records import Canvas, Category, Cutout, Edge, Product, ProductLayer, Scene, ShotRequest
from photoshoot.sets import SetDesign, hold
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import Stance, StudioSettings

WIDTH, HEIGHT = 420, 160


@functools.cache
def draw_vase(height: int, width: int, base: int, center: int, tall: int = 96) -> np.ndarray:
    """A soft matte (height, width) of a vase with a thin neck and a handle, its base on row ``base``."""
    wide = tall  # on either side: more than it is, its handle and its soft edge included
    box = np.s_[max(base - tall - 8, 0) : min(base + 8, height), max(center - wide, 0) : min(center + wide, width)]
    rows, columns = np.mgrid[tuple(slice(4 * part.start, 4 * part.stop) for part in box)].astype(np.float32) / 4
    up = (base - rows) / tall
    radius = np.where(up < 0.6, 24 + 10 * np.sin(up * 5), 13) * tall / 96
    body = (np.abs(columns - center) < radius) & (up > 0) & (up < 1)
    ring = np.hypot(columns - center - 30 * tall / 96, rows - base + 0.55 * tall)
    handle = (ring < 20 * tall / 96) & (ring > 13 * tall / 96)
    fine = ndimage.gaussian_filter((body | handle).astype(np.float32), 2)
    matte = np.zeros((height, width), np.float32)
    matte[box] = fine.reshape(fine.shape[0] // 4, 4, -1, 4).mean((1, 3))
    matte.setflags(write=False)  # it is drawn once for all who ask for it
    return matte


SMALL = draw_vase(80, 210, 69, 105, 48)
"""The same at half the size, for what does not ask how large it is: a quarter of the pixels take half the time."""


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


@contextmanager
def smooth_plastics() -> Iterator[None]:
    """For what is asked of shapes alone: rough plastics load as smooth ones.

    What a rough one reflects is computed anew each time that one is loaded, for 40 ms, and a set has half a dozen.
    """
    load = shapes._load
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "_load", lambda entry: load(_smooth(entry)))
        yield


@pytest.fixture(scope="module")
def shapes_alone() -> Iterator[None]:
    """The same for a module's tests, none of which looks at what a material reflects."""
    with smooth_plastics():
        yield


def _smooth(entry: Mapping[str, object]) -> dict[str, object]:
    plain = {name: _smooth(value) if isinstance(value, Mapping) else value for name, value in entry.items()}
    if plain.get("type") == "roughplastic":
        return {name: value for name, value in plain.items() if name != "alpha"} | {"type": "plastic"}
    return plain


def hit(mesh: Mesh, view: View, rays: int) -> np.ndarray:
    """Share of the rays (H, W) through each pixel that meet a mesh, whichever of its sides. Needs a variant."""
    scene, sensor = (
        compose_scene({"mesh": to_shape(mesh, bsdf={"type": "diffuse"})}),
        Camera(film=Film(view=view)).load_sensor(),
    )
    depth = mi.load_dict({"type": "depth"})
    met = [np.array(mi.render(scene, sensor=sensor, integrator=depth, spp=1, seed=seed)) > 0 for seed in range(rays)]
    return Film(view=view).to_canvas(np.mean(met, 0).astype(np.float32))[..., 0]


def see_sky(scene: mi.Scene, sensor: mi.Sensor) -> np.ndarray:
    """What the sky of a scene sends straight to each pixel (H, W, 3) in which nothing stands before it.

    A renderer would be compiled for each scene, which takes half a second; a scalar variant compiles nothing.
    """
    if is_scalar():
        path = mi.load_dict({"type": "path", "max_depth": 1})
        return np.array(mi.render(scene, sensor=sensor, integrator=path, spp=1))[..., :3]
    width, height = sensor.film().crop_size()
    sky = scene.environment()
    if sky is None:
        return np.zeros((height, width, 3), np.float32)
    rows, columns = (mi.Float(index.reshape(-1).astype(np.float32)) for index in np.indices((height, width)))
    place = mi.Point2f((columns + 0.5) / width, (rows + 0.5) / height)
    ray, _ = sensor.sample_ray(0.0, 0.5, place, mi.Point2f(0.5, 0.5))  # type: ignore[arg-type]  # of the variant
    behind = dr.zeros(mi.SurfaceInteraction3f, width * height)
    behind.wi = -ray.d
    return np.array(sky.eval(behind)).T.reshape(height, width, 3)


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
