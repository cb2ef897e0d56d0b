"""Materials as Mitsuba BSDF dicts: matte paint, plastic and lacquer, metal, cloth.

An *albedo*, or reflectance, is ``#rrggbb``, linear RGB (3,), or a texture entry made by ``bitmap``. All materials are
two-sided.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import Texture

Entry = dict[str, object]
"""A part of a Mitsuba scene."""
Reflectance = str | npt.NDArray[np.float32] | Entry
"""A material's albedo, or what a metal reflects in."""
Roughness = Literal["matte", "eggshell", "satin", "semigloss", "gloss", "metal", "mirror"]
"""How a surface reflects: the sheens of paint, from none to nearly a mirror's, bare brushed metal, or a mirror."""

_COATS: Mapping[Roughness, tuple[float, float]] = types.MappingProxyType(
    {"eggshell": (0.35, 1.5), "satin": (0.28, 1.5), "semigloss": (0.12, 1.5), "gloss": (0.06, 1.6)}
)
"""Beckmann alpha and index of refraction of the clear coat of each sheen."""
_BARE: Mapping[Roughness, float] = types.MappingProxyType({"metal": 0.25, "mirror": 0.02})
"""Beckmann alpha of what has no coat."""
_SCATTERED = 0.4  # share of the light that brushed metal scatters


@dataclass(frozen=True, kw_only=True)
class Tiling:
    """How a texture is laid on a surface's (u, v)."""

    scale: tuple[float, float] = (1.0, 1.0)
    """Repeats a unit of u and of v."""
    offset: tuple[float, float] = (0.0, 0.0)
    """Shift in repeats."""
    rotation_deg: float = 0.0
    """Turn of the texture, counter-clockwise."""

    @classmethod
    def drawn(cls, scale: float | tuple[float, float], rng: np.random.Generator, rotation_deg: float = 0.0) -> Tiling:
        """A tiling of ``scale`` at an offset by chance."""
        size = (scale, scale) if isinstance(scale, (int, float)) else scale
        return cls(scale=size, offset=(float(rng.uniform()), float(rng.uniform())), rotation_deg=rotation_deg)


def rgb(color: str | npt.ArrayLike) -> Entry:
    """A colour entry of ``#rrggbb`` or of linear RGB (3,)."""
    value = hex_to_linear(color) if isinstance(color, str) else np.asarray(color, np.float32)
    return {"type": "rgb", "value": [float(channel) for channel in value]}


def bitmap(image: npt.NDArray[np.float32], tiling: Tiling | None = None, *, clamp: bool = False) -> Entry:
    """A texture entry of a linear image (H, W) or (H, W, 3), its row 0 at v = 0; it repeats unless ``clamp``."""
    tiling = tiling or Tiling()
    pixels = np.array(image if image.ndim == 3 else image[..., None], np.float32, order="C")  # Mitsuba asks to own it
    turn = mi.ScalarTransform4f().rotate([0, 0, 1], tiling.rotation_deg)
    to_uv = (
        mi.ScalarTransform4f().translate([*tiling.offset, 0]) @ mi.ScalarTransform4f().scale([*tiling.scale, 1]) @ turn
    )
    return {
        "type": "bitmap",
        "bitmap": mi.Bitmap(pixels),
        "raw": True,
        "wrap_mode": "clamp" if clamp else "repeat",
        "to_uv": to_uv,
    }


def diffuse(albedo: Reflectance) -> Entry:
    """Matte paint, paper, plaster."""
    return _two_sided({"type": "diffuse", "reflectance": _reflectance(albedo)})


def plastic(albedo: Reflectance, roughness: float = 0.3, ior: float = 1.5) -> Entry:
    """Paint under a clear coat: lacquer, plastic, polished stone.

    Args:
        albedo: Colour under the coat.
        roughness: Beckmann alpha of the coat, 0.02 (mirror) to 0.6.
        ior: Its index of refraction; higher reflects more.
    """
    return _two_sided(
        {
            "type": "roughplastic",
            "diffuse_reflectance": _reflectance(albedo),
            "alpha": float(roughness),
            "int_ior": float(ior),
            "nonlinear": False,
        }
    )


def metal(albedo: Reflectance, roughness: float = 0.15) -> Entry:
    """Bare metal that reflects in the colours of ``albedo``; roughness as in ``plastic``."""
    return _two_sided(
        {
            "type": "roughconductor",
            "material": "none",
            "specular_reflectance": _reflectance(albedo),
            "alpha": float(roughness),
        }
    )


def brushed(albedo: Reflectance, roughness: float) -> Entry:
    """Metal of thin and small things, which scatters a part of its light as brushed and worn metal does.

    Bare metal has no albedo, so nothing mends its rims on a film of half the picture's size, which are ragged.
    """
    return blended(metal(albedo, roughness), diffuse(albedo), _SCATTERED)


def sheen_cloth(color: str, share: float, roughness: float) -> Entry:
    """Silk: a matte body, and ``share`` (0 to 1) of a broad sheen in a paler shade of ``color``."""
    body: Entry = {"type": "diffuse", "reflectance": rgb(color)}
    sheen: Entry = {
        "type": "roughconductor",
        "material": "none",
        "specular_reflectance": rgb(mix_hex(color, "#ffffff", 0.45)),
        "alpha": float(roughness),
    }
    return _two_sided({"type": "blendbsdf", "weight": float(share), "a": body, "b": sheen})


def finished(albedo: Reflectance, roughness: Roughness) -> Entry:
    """A material of one of the roughnesses."""
    if roughness == "matte":
        return diffuse(albedo)
    return metal(albedo, _BARE[roughness]) if roughness in _BARE else plastic(albedo, *_COATS[roughness])


def blended(first: Entry, second: Entry, share: float | Entry) -> Entry:
    """``share`` of the second material, the rest of the first; a texture entry as share varies over the surface."""
    return _two_sided({"type": "blendbsdf", "weight": share, "a": first["bsdf"], "b": second["bsdf"]})


def textured(texture: Texture, tiling: Tiling, roughness: Roughness, relief: float = 0.0) -> Entry:
    """A textured surface of one of the roughnesses.

    Args:
        texture: Albedo and relief.
        tiling: How it is laid.
        roughness: How it reflects.
        relief: Depth of the relief, 0 (flat) to about 0.02: deeper ones sparkle under a low rim light.
    """
    material = finished(bitmap(texture.color, tiling), roughness)
    return embossed(material, texture, tiling, relief) if relief else material


def embossed(material: Entry, texture: Texture, tiling: Tiling, relief: float) -> Entry:
    """``material`` with the relief of ``texture``."""
    inner = material["bsdf"]
    return _two_sided(
        {"type": "bumpmap", "arbitrary": bitmap(texture.height, tiling), "scale": float(relief), "bsdf": inner}
    )


MET = 1e-4
"""Sampling weight of what shines and is all but never asked for its light: paths meet it.

For pictures that shine, the product's front among them, and faint lamps. Mitsuba finds the place on a mesh that a
texture's point belongs to by a ray in a scene of its own, so asking one takes longer than asking any lamp, and what is
large or faint chance meets as well. Asking them took 7 to 50 % of what 20 sets took to as little noise.
"""


def area_emitter(radiance: npt.ArrayLike | Entry, sampling_weight: float = 1.0) -> Entry:
    """An area emitter of linear RGB radiance (3,), or of a texture entry."""
    light = radiance if isinstance(radiance, dict) else rgb(radiance)
    return {"type": "area", "radiance": light, "sampling_weight": float(sampling_weight)}


BLACK: Entry = {"type": "diffuse", "reflectance": {"type": "rgb", "value": [0.0, 0.0, 0.0]}}
"""Reflects nothing: the body of lamps."""


def _two_sided(material: Entry) -> Entry:
    return {"type": "twosided", "bsdf": material}


def _reflectance(albedo: Reflectance) -> Entry:
    return albedo if isinstance(albedo, dict) else rgb(albedo)
