"""Path tracing with Mitsuba, such that the same seed gives the same bytes.

The order in which threads add samples to a pixel is not fixed, and float sums depend on it. So at most four samples a
pixel are taken in one pass: Dr.Jit traces them side by side in one vector and adds them as one. Passes are summed here,
in order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import mitsuba as mi
import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.placers.studio.denoise import Guides
from photoshoot.placers.studio.detail import SharpGuides, find_blurred_edges
from photoshoot.placers.studio.film import Film
from photoshoot.placers.studio.looking import look
from photoshoot.placers.studio.proxy import ProductProxy
from photoshoot.placers.studio.shapes import to_shape
from photoshoot.placers.studio.variant import is_scalar
from photoshoot.records import LinearImage

_PASS_SAMPLES = 4  # no wider than the narrowest vector unit (SSE), see above
_RR_DEPTH = 3
_GUIDE_SAMPLES = 4
_GUIDE_SAMPLES_BLURRED = 8  # out-of-focus edges are noisy
_PATHS_A_GUIDE = 4  # a look along a ray for so many paths: well-sampled light wants well-sampled guides
_BLURRED_LOOKS = 16  # more, where an edge is out of focus
_SHARP_LOOKS = 8  # at a pixel of full size
_SCALAR_GUIDE_SAMPLES = 2
_EMITTED = 0.75  # of the product's own colours; all of it makes dark floors glow visibly round bright products
_PRODUCT_SAMPLING = 0.25  # how often the product is sampled as a lamp, against the set's lamps
_TEXTURE_PX = 384  # side of the product's colours; one size for all, since each size has kernels of its own
_GUIDE_SEED = 7919  # apart from the path's seeds


class Renderer:
    """Mitsuba's integrators, loaded once. The variant is set before. Not thread-safe.

    Args:
        max_depth: Longest light path.
    """

    def __init__(self, max_depth: int) -> None:
        self._path = mi.load_dict({"type": "path", "max_depth": max_depth, "rr_depth": _RR_DEPTH})
        # on its own: nested round the path tracer it would more than double the cost
        self._guides = mi.load_dict({"type": "aov", "aovs": "albedo:albedo,normal:sh_normal,distance:depth"})

    def render(self, scene: mi.Scene, camera: mi.Sensor, samples: int, seed: int) -> LinearImage:
        """Radiance (H, W, 3) on a camera's film."""
        light = _accumulate(scene, (self._path, camera), samples, seed)
        return np.maximum(_finite(light), 0)

    def render_guides(self, scene: mi.Scene, film: Film, aperture: float, seed: int, paths: int) -> Guides:
        """Albedo and normals for the denoiser of light that was traced with ``paths`` a pixel."""
        fewest = _guide_samples(_GUIDE_SAMPLES_BLURRED if aperture > 0 else _GUIDE_SAMPLES)
        samples = max(fewest, paths // _PATHS_A_GUIDE)
        camera, seed = load_camera(film, aperture), seed ^ _GUIDE_SEED
        channels = _finite(_accumulate(scene, (self._guides, camera), samples, seed))
        edges = find_blurred_edges(_as_guides(channels), film, aperture)
        if edges.any() and not is_scalar():
            more = look(scene, (camera, film), np.argwhere(edges).astype(np.float32), _BLURRED_LOOKS, seed)
            channels[edges] = (samples * channels[edges] + _BLURRED_LOOKS * _finite(more)) / (samples + _BLURRED_LOOKS)
        return _as_guides(channels)

    def render_sharp(self, scene: mi.Scene, film: Film, seed: int, where: npt.NDArray[np.bool_]) -> SharpGuides:
        """Paint and distance as a lens without blur sees them, at some pixels (H, W) of the canvas."""
        camera, seed = load_camera(film, 0.0), seed ^ _GUIDE_SEED
        if is_scalar():
            seen = film.to_canvas(_accumulate(scene, (self._guides, camera), _SCALAR_GUIDE_SAMPLES, seed))[where]
        else:
            left, top, _, _ = film.window
            seen = look(scene, (camera, film), np.argwhere(where) + np.array([top, left]), _SHARP_LOOKS, seed)
        guides = _as_guides(_finite(seen))
        return SharpGuides(where=where, albedo=guides.albedo, distance=guides.distance)


def _as_guides(channels: npt.NDArray[np.float32]) -> Guides:
    return Guides(albedo=np.clip(channels[..., :3], 0, 1), normals=channels[..., 3:6], distance=channels[..., 6])


def _finite(image: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The image with zeros for what is no number."""
    return image if np.isfinite(image).all() else np.nan_to_num(image, posinf=0, neginf=0)


def _guide_samples(samples: int) -> int:
    """Few in scalar variants, where looking along a ray costs half as much as tracing a path."""
    return _SCALAR_GUIDE_SAMPLES if is_scalar() else samples


def load_shapes(entries: Mapping[str, object]) -> dict[str, object]:
    """Load scene entries, so that several scenes can share them."""
    return {name: mi.load_dict(entry) if isinstance(entry, dict) else entry for name, entry in entries.items()}


def compose_scene(shapes: Mapping[str, object]) -> mi.Scene:
    """A scene of loaded shapes."""
    scene: mi.Scene = mi.load_dict({"type": "scene", **shapes})
    return scene


def product_shapes(proxy: ProductProxy, exposure: float) -> dict[str, mi.Object]:
    """The stand-in as shapes: under ``exposure`` its front shines as the product's pixels look, whatever the light."""
    radiance = _resampled(proxy.colors) * np.float32(_EMITTED / exposure)
    texture = {"type": "bitmap", "bitmap": mi.Bitmap(radiance), "raw": True, "wrap_mode": "clamp"}
    lamp = {"type": "area", "radiance": texture, "sampling_weight": _PRODUCT_SAMPLING}
    return {
        "product_front": to_shape(proxy.front, bsdf=_diffuse(np.zeros(3)), emitter=lamp),
        "product_back": to_shape(proxy.back, bsdf={"type": "twosided", "material": _diffuse(proxy.body_color)}),
    }


def load_camera(film: Film, aperture: float = 0.0) -> mi.Sensor:
    """The camera: its film is a window, shifted up or down, of a taller one that is centred on the optical axis.

    Args:
        film: What it records.
        aperture: Radius of the lens, world units; 0 = all sharp.
    """
    view = film.view
    half_height = max(abs(film.axis_row_px), abs(film.height_px - film.axis_row_px)) + 1
    recorded = {
        "type": "hdrfilm",
        "width": film.width_px,
        "height": 2 * half_height,
        "crop_offset_x": 0,
        "crop_offset_y": half_height - film.axis_row_px,
        "crop_width": film.width_px,
        "crop_height": film.height_px,
        "rfilter": {"type": "box"},
        "pixel_format": "rgb",
        "component_format": "float32",
    }
    eye = [0.0, view.camera_y, view.distance]
    entry: dict[str, object] = {
        "type": "thinlens" if aperture > 0 else "perspective",
        "fov": 2 * math.degrees(math.atan(film.half_width / view.distance)),
        "fov_axis": "x",
        "near_clip": 0.05,
        "far_clip": 500.0,
        "to_world": mi.ScalarTransform4f().look_at(origin=eye, target=[0.0, view.camera_y, 0.0], up=[0, 1, 0]),
        "film": recorded,
        "sampler": {"type": "multijitter", "sample_count": _PASS_SAMPLES},
    }
    if aperture > 0:
        entry |= {"aperture_radius": aperture, "focus_distance": view.distance}
    camera: mi.Sensor = mi.load_dict(entry)
    return camera


def _resampled(colors: LinearImage) -> LinearImage:
    size = (_TEXTURE_PX, _TEXTURE_PX)
    planes = [Image.fromarray(np.ascontiguousarray(colors[..., channel])) for channel in range(3)]
    return np.dstack([np.asarray(plane.resize(size, Image.Resampling.BOX)) for plane in planes])


def _accumulate(
    scene: mi.Scene, how: tuple[mi.Integrator, mi.Sensor], samples: int, seed: int
) -> npt.NDArray[np.float32]:
    integrator, camera = how
    passes = [_PASS_SAMPLES] * (samples // _PASS_SAMPLES)
    passes += [1 << bit for bit in (1, 0) if samples % _PASS_SAMPLES & 1 << bit]
    seeds = np.random.SeedSequence(seed).generate_state(len(passes))
    total = np.zeros((), np.float64)
    for count, pass_seed in zip(passes, seeds, strict=True):
        traced = mi.render(scene, integrator=integrator, sensor=camera, spp=count, seed=int(pass_seed))
        total = total + np.array(traced) * count
    return np.asarray(total / samples, np.float32)


def _diffuse(color: npt.NDArray[np.floating]) -> dict[str, object]:
    return {"type": "diffuse", "reflectance": {"type": "rgb", "value": [float(channel) for channel in color]}}
