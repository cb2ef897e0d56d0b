"""Where the camera of a scene stands, what of its photo is the product, and the photo itself."""

from __future__ import annotations

from functools import cache

import drjit as dr
import mitsuba as mi
import numpy as np
from mitsuba_oidn import Device, DeviceType
from scipy import ndimage

from photoshoot.color.space import linear_to_srgb

SIDE, SPP, FINE = 320, 8, 2
_LEAST, _MOST = 0.03, 0.72  # of a photo, that a product covers
_RIVAL = 0.3  # of the product's area: other things that are whole and larger would be products, too


def place_camera(points: np.ndarray, rng: np.random.Generator) -> dict[str, object]:
    """A camera by chance that has most of some points (N, 3) before it."""
    low, high = points.min(0), points.max(0)
    middle, radius = (low + high) / 2, float(np.linalg.norm(high - low)) / 2
    pitch = float(rng.choice([rng.uniform(2, 15), rng.uniform(12, 40), rng.uniform(40, 82)], p=[0.45, 0.42, 0.13]))
    yaw = float(rng.uniform(-30, 30))
    fov = float(rng.uniform(18, 55))
    fill = float(rng.uniform(0.45, 1.25) if rng.random() < 0.9 else rng.uniform(1.25, 1.7))
    far = radius / fill / np.tan(np.radians(fov / 2)) + radius * 0.3
    a, b = np.radians(yaw), np.radians(pitch)
    toward = np.array([np.sin(a) * np.cos(b), np.sin(b), np.cos(a) * np.cos(b)])
    target = middle + rng.uniform(-0.3, 0.3, 3) * radius
    eye = target + toward * far
    eye[1] = max(eye[1], 0.06)
    pose = mi.ScalarTransform4f().look_at(origin=eye.tolist(), target=target.tolist(), up=[0, 1, 0.001])
    return {
        "fov": fov,
        "to_world": pose,
        "focus": far,
        "aperture": float(rng.choice([0.001, rng.uniform(0.01, 0.06) * far / 4])),
    }


def _sensor(camera: dict[str, object], kind: str, side: int, spp: int, seed: int = 0) -> mi.Sensor:
    lens = {"aperture_radius": camera["aperture"], "focus_distance": camera["focus"]} if kind == "thinlens" else {}
    film = {"type": "hdrfilm", "width": side, "height": side, "rfilter": {"type": "box"}, "pixel_format": "rgb"}
    sensor: mi.Sensor = mi.load_dict(
        {"type": kind, "fov": camera["fov"], "to_world": camera["to_world"], "near_clip": 0.02, "film": film,
         "sampler": {"type": "independent", "sample_count": spp, "seed": seed}, **lens}
    )  # fmt: skip
    if lens:  # as variables, so that one compiled kernel serves all photos
        told = mi.traverse(sensor)
        for name, value in lens.items():
            told[name] = dr.opaque(mi.Float, float(value))
        told.update()
    return sensor


def shape_numbers(shapes: list[mi.Mesh]) -> list[int]:
    """The numbers by which ``shape_index`` knows some shapes."""
    return [int(dr.reinterpret_array(mi.UInt32, mi.ShapePtr(shape))[0]) for shape in shapes]


def find_matte(
    scene: mi.Scene, camera: dict[str, object], own: list[int], known: list[int], side: int = SIDE
) -> np.ndarray | None:
    """The matte, (side, side) uint8; None where another thing is as much a product, or too little of it is seen."""
    sensor = _sensor(camera, "perspective", side * FINE, 1)
    integrator = mi.load_dict({"type": "aov", "aovs": "s:shape_index"})
    plane = np.array(mi.render(scene, sensor=sensor, integrator=integrator, spp=1))[..., -1]
    index = np.round(plane).astype(int)
    mine = np.isin(index, own) & ~np.isnan(plane)
    share = float(mine.mean())
    if not _LEAST < share < _MOST:
        return None
    other = np.isin(index, known)
    labels, count = ndimage.label(other[::FINE, ::FINE])
    if count:
        sizes = np.bincount(labels.ravel())
        rim = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
        whole = [sizes[label] for label in range(1, count + 1) if label not in rim]
        if max([*whole, 0]) * FINE**2 > _RIVAL * mine.sum() or sizes[1:].sum() * FINE**2 > 1.2 * mine.sum():
            return None
    alpha = mine.reshape(side, FINE, side, FINE).mean((1, 3))
    return np.round(alpha * 255).astype(np.uint8)


def trace(scene: mi.Scene, camera: dict[str, object], side: int = SIDE) -> np.ndarray:
    """The light that comes to the photo, (side, side, 3), linear."""
    sensor = _sensor(camera, "thinlens", side, SPP)
    light = np.array(
        mi.render(scene, sensor=sensor, integrator=mi.load_dict({"type": "path", "max_depth": 4}), spp=SPP)
    )
    guides = mi.load_dict({"type": "aov", "aovs": "a:albedo,n:sh_normal"})
    planes = np.nan_to_num(np.array(mi.render(scene, sensor=sensor, integrator=guides, spp=SPP)))[..., -6:]
    return _denoise(np.clip(np.nan_to_num(light), 0, 40), planes[..., :3], planes[..., 3:])


def develop(light: np.ndarray) -> np.ndarray:
    """The photo, uint8, of light whose white is 1; highlights are bent."""
    shown = np.where(light > 0.8, 0.8 + 0.25 * (1 - np.exp(-(light - 0.8) / 0.25)), light)
    return np.round(255 * linear_to_srgb(np.clip(shown, 0, 1))).astype(np.uint8)


def shoot(scene: mi.Scene, camera: dict[str, object], rng: np.random.Generator) -> np.ndarray:
    """The photo, (SIDE, SIDE, 3) uint8, exposed by chance."""
    light = trace(scene, camera)
    key = float(np.exp(np.log(light.mean(-1) + 1e-3).mean()))
    level = rng.uniform(0.16, 0.5) / max(key, 1e-3)
    bright = np.quantile(light.mean(-1), 0.98) * level
    level *= min(1.0, rng.uniform(0.9, 1.6) / bright)
    return develop(light * level)


@cache
def _device() -> object:
    device = Device(DeviceType.CPU)
    device.commit()
    return device


def _denoise(noisy: np.ndarray, albedo: np.ndarray, normals: np.ndarray) -> np.ndarray:
    output = np.empty_like(noisy, order="C")
    one = _device().new_filter("RT")  # type: ignore[attr-defined]
    for name, image in (("color", noisy), ("albedo", np.clip(albedo, 0, 1)), ("normal", normals)):
        one.set_image(name, np.ascontiguousarray(image, np.float32))
    one.set_image("output", output)
    one.hdr = True
    one.commit()
    one.execute()
    return output
