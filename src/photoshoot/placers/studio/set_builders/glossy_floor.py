"""A mirror-like floor under a glow."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_oklab, oklab_to_hex
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.bokeh import backdrop_aspect, backdrop_extent, glow_image, shining_wall
from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, plastic
from photoshoot.placers.studio.scene.emitters import Rig, build_lights, softbox, unit_luminance, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.gradients import mix_colors
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets import Light
from photoshoot.sets.glossy_floor import GlossyFloor

_BACK_Z = -8.0
_NEAREST_Z = -2.2  # of the wall behind what reaches no farther back than its base
_FLOOR_SHARE = 0.68  # of the picture's height over the product's base: as much of the floor is seen at most
_EXPOSURE = 1.0
_LACQUER, _WORN = (0.035, 1.9), (0.09, 1.5)
"""Roughness and index of refraction: of a mirror, and of a floor on which light shows."""
_POOL, _POOL_EDGE, _POOL_PX = 2.0, 0.3, 256
"""Radius of a spotlight's pool in the product's half sides; share of it where fading begins; the texture's side."""
_POOL_LIT, _DARKEST = 0.35, 0.1
"""Share of the way to white that the pool lightens a floor; OKLab lightness that it takes a floor for at least."""


def build_glossy_floor(design: GlossyFloor, view: View, rng: np.random.Generator) -> SetParts:
    """Dark lacquer that mirrors the product and the glow; the glow's place and size vary."""
    light = vary(design.light, rng)
    back = _back_z(view)
    glow = shining_wall(_glow(design, view, light, rng, back), view, back, _EXPOSURE)
    floor = to_shape(stage_floor(view, back=back, uv_scale=1.0), bsdf=_floor(design, view))
    dim = Light(
        azimuth_deg=light.azimuth_deg,
        elevation_deg=light.elevation_deg,
        softness=light.softness,
        color=light.color,
        fill=0.03,
        rim=light.rim,
    )
    rig = Rig(back_z=-2.0)
    lights = build_lights(dim, view, rig)
    lights |= _strips(view, light)
    return SetParts(shapes={"floor": floor, "glow": glow, **lights, **beside(design, view, rng)}, exposure=_EXPOSURE)


def _floor(design: GlossyFloor, view: View) -> Entry:
    """Lacquer; under a spotlight, which no mirror shows, it is duller, and paler where the light falls."""
    if design.light.gobo != "spot":
        return plastic(design.floor_color, *_LACQUER)
    across = 2 * _POOL * max(view.product_half_width, 0.5 * view.product_height)
    at = np.linspace(-1, 1, _POOL_PX)
    share = smoothstep(_POOL_EDGE, 1.0, np.hypot(*np.meshgrid(at, at)))
    dark = hex_to_oklab(design.floor_color)
    lit = oklab_to_hex(dark * (1 + _POOL_LIT * (1 - dark[0]) / max(float(dark[0]), _DARKEST)))
    to_pool = Tiling(scale=(1 / across, 1 / across), offset=(0.5 - view.product_x / across, 0.5))
    return plastic(bitmap(mix_colors((lit, design.floor_color), share), to_pool, clamp=True), *_WORN)


def _back_z(view: View) -> float:
    """Depth of the wall that glows: nearer where the camera looks down, since else the floor alone would be seen."""
    seen = _FLOOR_SHARE * view.top
    if view.camera_y <= seen:
        return _BACK_Z
    nearer = -seen * view.distance / (view.camera_y - seen)  # its foot is at height ``seen`` in the picture
    return float(np.clip(nearer, _BACK_Z, _NEAREST_Z - view.product_back))


def _glow(design: GlossyFloor, view: View, light: Light, rng: np.random.Generator, back: float) -> Float32Array:
    half, top, bottom = backdrop_extent(view, back)
    scale = (view.distance - back) / view.distance
    x = view.product_x * scale + float(rng.uniform(-0.5, 0.5))
    y = view.camera_y + (0.55 * view.product_height - view.camera_y) * scale
    center = (0.5 + 0.5 * x / half, (top - y) / (top - bottom))
    spread = float(rng.uniform(0.46, 0.58)) * (4.2 + view.product_half_width) / (top - bottom)
    return glow_image(design.glow_color, backdrop_aspect(view, back), center, spread) * np.float32(light.intensity)


def _strips(view: View, light: Light) -> dict[str, object]:
    """Strip lights at both sides: they draw the edges of whatever stands here."""
    tint = unit_luminance(light.color)
    strips: dict[str, object] = {}
    for name, sign in (("strip_left", -1.0), ("strip_right", 1.0)):
        position = (sign * (view.half_width_at(-0.5) + 1.0), 2.0, -0.5)
        strips[name] = softbox(position, (view.product_x, 1.0, 0.0), half_size=(0.25, 2.0), irradiance=tint * 0.25)
    return strips
