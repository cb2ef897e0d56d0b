"""A sea of clouds under a clear sky, with the product on one of them."""

import numpy as np

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.night_sky import night_sky
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.terrain import relief
from photoshoot.placers.studio.landscape.cloud_sea import cloud_sea, level_cloud
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points
from photoshoot.placers.studio.lighting.sky import Sky, balanced_key, open_air, top_elevation
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.stands import Stand
from photoshoot.sets import Light
from photoshoot.sets.dunes import Dunes

_APERTURE = 0.02
_BACK = -6.0  # depth to which the cloud under the product reaches


def build_clouds(design: Dunes, view: View, light: Light, exposure: float, rng: np.random.Generator) -> SetParts:
    """Puffs out to the horizon, hazier the farther they are, and their sky."""
    sky = Sky(colors=design.sky_colors, top_deg=top_elevation(view), clouds=0.0, seed=int(rng.integers(4)))
    light = balanced_key(light, sky)
    base = Stand.of(design, view, exposure, rng)
    white, haze = hex_to_linear(design.ground_color), hex_to_linear(design.sky_colors[0])
    shapes: dict[str, object] = dict(base.shapes)
    x, z = ground_points(view, _BACK, 0.4)
    mesh = relief(np.stack([x, level_cloud(x, z, base.foot) - base.height, z], -1), np.stack([x, z], -1))
    shapes["ground"] = to_shape(mesh, bsdf=diffuse(white))
    for number, (puffs, far) in enumerate(cloud_sea(view, base.foot, rng)):
        color = white * (1 - far) + haze * far
        shapes[f"puffs_{number}"] = to_shape(puffs, bsdf=diffuse(color))
    shapes |= open_air(light, view, sky, exposure)
    shapes |= night_sky(design.night_sky, sky, view, exposure, side=light.azimuth_deg, seed=int(rng.integers(40)))
    return SetParts(shapes=shapes, exposure=exposure, tone_curve="studio", aperture=_APERTURE)
