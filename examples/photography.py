"""A small photographer: backdrops, lamps, the camera, the matte and the development of the picture.

One world unit is ten centimetres; products stand on y = 0 and face +z.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import mitsuba as mi
import mitsuba_oidn
import numpy as np
import numpy.typing as npt

from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.shapes import to_shape

Floats = npt.NDArray[np.float32]
Entries = dict[str, object]
"""Parts of a Mitsuba scene by name."""
Part = tuple[Mesh, Entries]
"""A mesh and its material."""

MATTE_SAMPLES = 64
_GUIDE_SAMPLES = 16
_PAD = 12
"""OIDN leaves noise in the outermost rows; the picture is padded by reflection before and cropped after."""


@dataclass(frozen=True, kw_only=True)
class Camera:
    """Where the photo is taken from."""

    origin: tuple[float, float, float]
    """Place of the lens."""
    target: tuple[float, float, float]
    """What it looks at."""
    fov_deg: float
    """Angle of view; the pictures are square."""
    aperture: float = 0.0
    """Radius of the lens; 0 keeps everything sharp."""
    focus: float = 0.0
    """Distance of the sharp plane; 0 means the target's."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """One example: what is photographed, on what, and how."""

    title: str
    """What a shop would call the product."""
    backdrop_title: str
    """The kind of backdrop, for people."""
    build: Callable[[], dict[str, Part]]
    """Makes the product."""
    backdrop: Callable[[], Entries]
    """Makes the backdrop with its lamps."""
    camera: Camera
    """The view."""
    exposure: float = 1.0
    """Times the scene's light."""
    warmth: float = 0.0
    """White balance left in the photo: 0.05 is a warm lamp, -0.05 a cool window."""


def set_variant() -> str:
    """Choose the fastest CPU variant of Mitsuba that works here, and return its name."""
    llvm = Path(sys.prefix, "lib", "libLLVM.so")
    if llvm.exists():
        os.environ.setdefault("DRJIT_LIBLLVM_PATH", str(llvm))
    mi.set_variant("llvm_ad_rgb", "scalar_rgb")
    return str(mi.variant())


def photograph(assignment: Assignment, size_px: int, samples: int, seed: int = 7) -> tuple[mi.Bitmap, Floats]:
    """Take the photo and its true matte.

    Returns:
        The photo, uint8 (size, size, 3) sRGB, and the product's coverage, float32 (size, size) in [0, 1].
    """
    product = {
        f"product_{name}": to_shape(mesh, bsdf=material) for name, (mesh, material) in assignment.build().items()
    }
    scene = mi.load_dict({"type": "scene", **assignment.backdrop(), **product})
    light = _render(scene, {"type": "path", "max_depth": 9, "rr_depth": 5}, assignment.camera, size_px, (samples, seed))
    guide = {"type": "aov", "aovs": "albedo:albedo,normal:sh_normal"}
    guides = _render(scene, guide, assignment.camera, size_px, (_GUIDE_SAMPLES, seed))
    alone = mi.load_dict({"type": "scene", **product})
    coverage = _render(alone, {"type": "depth"}, assignment.camera, size_px, (MATTE_SAMPLES, seed), alpha=True)
    photo = _develop(_denoise(light, guides), assignment, seed)
    return photo, np.clip(coverage[..., -1], 0, 1)


def _render(
    scene: mi.Scene,
    integrator: Entries,
    camera: Camera,
    size_px: int,
    samples_seed: tuple[int, int],
    *,
    alpha: bool = False,
) -> Floats:
    sensor = mi.load_dict(_sensor(camera, size_px, "rgba" if alpha else "rgb"))
    samples, seed = samples_seed
    pixels = mi.render(scene, sensor=sensor, integrator=mi.load_dict(integrator), spp=samples, seed=seed)
    return np.asarray(pixels, np.float32)


def _sensor(camera: Camera, size_px: int, pixel_format: str) -> Entries:
    film = {
        "type": "hdrfilm",
        "width": size_px,
        "height": size_px,
        "rfilter": {"type": "box"},
        "pixel_format": pixel_format,
        "component_format": "float32",
    }
    sensor: Entries = {
        "type": "thinlens" if camera.aperture else "perspective",
        "fov": camera.fov_deg,
        "to_world": mi.ScalarTransform4f().look_at(camera.origin, camera.target, [0, 1, 0]),
        "film": film,
        "sampler": {"type": "multijitter"},
    }
    if camera.aperture:
        distance = float(np.linalg.norm(np.subtract(camera.target, camera.origin)))
        sensor |= {"aperture_radius": camera.aperture, "focus_distance": camera.focus or distance}
    return sensor


def _denoise(light: Floats, guides: Floats) -> Floats:
    def padded(image: Floats) -> Floats:
        return np.ascontiguousarray(np.pad(np.nan_to_num(image), ((_PAD, _PAD), (_PAD, _PAD), (0, 0)), mode="reflect"))

    albedo, normal = np.clip(guides[..., -6:-3], 0, 1), guides[..., -3:]
    clean = mitsuba_oidn.denoise(padded(light), padded(albedo), padded(normal), hdr=True)
    return np.asarray(clean[_PAD:-_PAD, _PAD:-_PAD], np.float32)


def _develop(light: Floats, assignment: Assignment, seed: int) -> npt.NDArray[np.uint8]:
    """What a telephone makes of the light: white balance, a shoulder, a weak vignette and fine grain."""
    balance = np.array([1 + assignment.warmth, 1.0, 1 - assignment.warmth], np.float32)
    size = light.shape[0]
    row, column = np.mgrid[:size, :size] / (size - 1) * 2 - 1
    vignette = (1 - 0.07 * (row**2 + column**2) / 2)[..., None]
    exposed = light * balance * vignette * assignment.exposure
    over = np.maximum(exposed - 0.7, 0)
    toned = np.minimum(exposed, 0.7) + 0.3 * over / (over + 0.3)
    grain = np.random.default_rng(seed).normal(0, 0.006, (size, size, 1)).astype(np.float32)
    return np.asarray(np.clip(linear_to_srgb(toned) + grain, 0, 1) * 255 + 0.5, np.float32).astype(np.uint8)
