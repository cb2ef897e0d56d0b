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
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.product.proxy import ProductProxy
from photoshoot.placers.studio.renderer.denoise import Guides
from photoshoot.placers.studio.renderer.film import Film
from photoshoot.placers.studio.renderer.integrators import PASS_SAMPLES, look, split_passes, trace
from photoshoot.placers.studio.renderer.refine import CloseUp, with_margin
from photoshoot.placers.studio.renderer.tiling import Part, Where, cover_with_tiles
from photoshoot.placers.studio.renderer.upsample import SharpGuides, find_edges
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.variant import is_scalar
from photoshoot.records import LinearImage
from photoshoot.seeds import AOV, PATCH

_RR_DEPTH = 3
_GUIDE_SAMPLES = 4
_GUIDE_SAMPLES_BLURRED = 8  # out-of-focus edges are noisy
_PATHS_A_GUIDE = 4  # a look along a ray for so many paths: well-sampled light wants well-sampled guides
_EDGE_LOOKS, _MANY_EDGES = 32, 0.15  # more, at an edge of paint; a quarter where edges fill that share of the film
_SHARP_LOOKS = 8  # at a pixel of full size
_SCALAR_GUIDE_SAMPLES = 2
_SCALAR_SHARP_LOOKS = 4
_EMITTED = 0.75  # of the product's own colours; all of it makes dark floors glow visibly round bright products
_PRODUCT_SAMPLING = 0.25  # how often the product is sampled as a lamp, against the set's lamps
_TEXTURE_PX = 384  # side of the product's colours; one size for all, since each size has kernels of its own
_SMALL = 0.12  # share of the picture over which a close-up has half the paths: a coarse pixel's worth is still twice


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
        camera, seed = load_camera(film, aperture), AOV.seed(seed)
        channels = _finite(_accumulate(scene, (self._guides, camera), samples, seed))
        edges = find_edges(channels[..., :3])
        if edges.any() and not is_scalar():
            looks = _EDGE_LOOKS if edges.mean() < _MANY_EDGES else _EDGE_LOOKS // 4
            more = look(scene, (camera, film), np.argwhere(edges).astype(np.float32), looks, seed)
            channels[edges] = (samples * channels[edges] + looks * _finite(more)) / (samples + looks)
        return _as_guides(channels)

    def render_sharp(self, scene: mi.Scene, film: Film, seed: int, where: Where) -> SharpGuides:
        """Paint and distance as a lens without blur sees them, at some pixels (H, W) of the canvas."""
        guides = self._look_at(scene, film, 0.0, where, AOV.seed(seed))
        return SharpGuides(where=where, albedo=guides.albedo, distance=guides.distance)

    def render_close_up(
        self,
        scenes: tuple[mi.Scene, mi.Scene],
        film: Film,
        aperture: float,
        weight: Float32Array,
        paths: int,
        seed: int,
    ) -> CloseUp:
        """Light and guides at full size where they show.

        Args:
            scenes: The lit one, and its surfaces (the same one, or without lights).
            film: Of full size, with a margin of ``MARGIN_PX``.
            aperture: Radius of the lens, world units.
            weight: How much shows of each pixel (H, W).
            paths: As many as a pixel of the coarse film gets.
            seed: Chooses the paths.
        """
        where, seed = with_margin(weight), PATCH.seed(seed)
        paths = paths if where.mean() < _SMALL else max(1, paths // 2)
        lit, surfaces = scenes
        if is_scalar():
            light = _trace_tiles(lit, self._path, film, aperture, where, paths, seed)
        else:
            light = trace(lit, self._path, (load_camera(film, aperture), film), _corners(film, where), paths, seed)
        guides = self._look_at(surfaces, film, aperture, where, seed)
        return CloseUp(weight=weight, where=where, light=np.maximum(_finite(light), 0), guides=guides)

    def _look_at(self, scene: mi.Scene, film: Film, aperture: float, where: Where, seed: int) -> Guides:
        """Guides (N, ...) at some pixels of the canvas and, where the film has one, its margin."""
        if is_scalar():
            seen = _trace_tiles(scene, self._guides, film, aperture, where, _SCALAR_SHARP_LOOKS, seed)
        else:
            seen = look(scene, (load_camera(film, aperture), film), _corners(film, where), _SHARP_LOOKS, seed)
        return _as_guides(_finite(seen))


def _corners(film: Film, where: Where) -> npt.NDArray[np.floating]:
    """Where pixels of the canvas, or of the canvas and the film's margin round it, begin on the film (N, 2)."""
    left, top, _, _ = film.window
    return np.asarray(np.argwhere(where) + np.array([top - film.margin, left - film.margin]))


def _trace_tiles(
    scene: mi.Scene, integrator: mi.Integrator, film: Film, aperture: float, where: Where, samples: int, seed: int
) -> Float32Array:
    """What an integrator finds (N, C) at some pixels, see ``_corners``, by way of the film's tiles that hold them."""
    beyond = [(0, film.height_px - where.shape[0]), (0, film.width_px - where.shape[1])]
    near = ndimage.maximum_filter(np.pad(where, beyond), 5)  # the canvas may lie half a pixel off
    image = np.zeros((film.height_px, film.width_px, 0), np.float32)
    for number, part in enumerate(cover_with_tiles(near)):
        traced = _accumulate(scene, (integrator, load_camera(film, aperture, part)), samples, seed + number)
        if not image.size:
            image = np.zeros((*image.shape[:2], traced.shape[-1]), np.float32)
        image[part] = traced
    height, width = where.shape
    return film.to_canvas(image, (-film.margin, -film.margin, width - film.margin, height - film.margin))[where]


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


def load_camera(film: Film, aperture: float = 0.0, part: Part | None = None) -> mi.Sensor:
    """The camera: its film is a window, shifted up or down, of a taller one that is centred on the optical axis.

    Args:
        film: What it records.
        aperture: Radius of the lens, world units; 0 = all sharp.
        part: Record these rows and columns of the film only.
    """
    rows, columns = part or (slice(0, film.height_px), slice(0, film.width_px))
    view = film.view
    half_height = max(abs(film.axis_row_px), abs(film.height_px - film.axis_row_px)) + 1
    recorded = {
        "type": "hdrfilm",
        "width": film.width_px,
        "height": 2 * half_height,
        "crop_offset_x": columns.start,
        "crop_offset_y": half_height - film.axis_row_px + rows.start,
        "crop_width": columns.stop - columns.start,
        "crop_height": rows.stop - rows.start,
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
        "sampler": {"type": "multijitter", "sample_count": PASS_SAMPLES},
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
    total = np.zeros((), np.float64)
    for count, pass_seed in split_passes(samples, seed):
        traced = mi.render(scene, integrator=integrator, sensor=camera, spp=count, seed=pass_seed)
        total = total + np.array(traced) * count
    return np.asarray(total / samples, np.float32)


def _diffuse(color: npt.NDArray[np.floating]) -> dict[str, object]:
    return {"type": "diffuse", "reflectance": {"type": "rgb", "value": [float(channel) for channel in color]}}
