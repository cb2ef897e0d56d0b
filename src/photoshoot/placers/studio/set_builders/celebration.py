"""A coloured sweep with things strewn on its floor and things in the air."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.placement import stand, to_scale
from photoshoot.placers.studio.assets.props.several import holds_light, strew_held
from photoshoot.placers.studio.assets.props.tossed import AIR
from photoshoot.placers.studio.backdrops.bokeh import backdrop_extent, blurred_lights, shining_wall
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_sweep
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, blended, diffuse, finished
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, fill_share, overhead, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets import Light
from photoshoot.sets.celebration import Celebration

_SWEEP_Z = -4.2
_RADIUS = 1.7
_EDGE_Z = -3.4
_WALL_Z = -6.5


def build_celebration(design: Celebration, view: View, rng: np.random.Generator) -> SetParts:
    """Backdrop, floor, props and what is in the air; all of their places and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.92 if design.backdrop == "sweep" else 0.86)
    shapes = _stage(design, view, light, exposure, rng)
    shapes |= stand(to_scale(strew_held(design), view, rng, design.prop_colors), view)
    shapes |= stand(to_scale(AIR[design.air], view, rng, design.prop_colors), view, prefix="air")
    shapes |= build_lights(light, view, Rig(back_z=-2.4, distance=9.5))
    bloom = 0.06 if holds_light(design) else 0.04 * (design.backdrop == "bokeh")
    vignette = 0.2 if design.backdrop == "bokeh" else 0.0
    return SetParts(shapes=shapes, aperture=0.05, exposure=exposure, bloom=bloom, vignette=vignette)


def _stage(
    design: Celebration, view: View, light: Light, exposure: float, rng: np.random.Generator
) -> dict[str, object]:
    if design.backdrop == "sweep":
        back = min(_SWEEP_Z, -view.product_back - _RADIUS)
        paper = to_shape(stage_sweep(view, back=back, radius=_RADIUS), bsdf=_coat(design, view, back))
        return {"paper": paper, **overhead(view, back, 0.22 * fill_share(light))}
    floor = to_shape(
        stage_floor(view, back=min(_EDGE_Z, -view.product_back)), bsdf=finished(design.backdrop_color, design.finish)
    )
    if design.backdrop == "bokeh":
        image = blurred_lights(design.backdrop_color, view, _WALL_Z, rng)
    else:
        image = _pool(design.backdrop_color, view)
    return {"floor": floor, "backdrop": shining_wall(image, view, _WALL_Z, exposure)}


def _coat(design: Celebration, view: View, back: float) -> Entry:
    """Paper whose coat ends where the sweep rises: a curved mirror would show the lamps as streaks."""
    if design.finish == "matte":
        return diffuse(design.backdrop_color)
    rise, near = view.to_pixel([[0.0, 0.0, back + _RADIUS], [0.0, 0.0, 0.4]])[:, 1] / view.height_px
    coated = smoothstep(float(rise), float(near), np.linspace(0, 1, 256)[:, None])
    albedo = finished(design.backdrop_color, design.finish)
    return blended(diffuse(design.backdrop_color), albedo, bitmap(coated, clamp=True))


def _pool(color: str, view: View) -> Float32Array:
    """A pool of light in ``color`` behind the product, falling off to a deep shade of it; display-linear."""
    half, top, bottom = backdrop_extent(view, _WALL_Z)
    x, y = np.meshgrid(np.linspace(-half, half, 320), np.linspace(top, bottom, 200))
    distance = np.hypot((x - view.product_x) / 1.5, y - 0.75 * view.camera_y - 0.3)
    share = np.exp(-((distance / 3.0) ** 1.6))[..., None]
    shade = 0.25 * mix_hex(color, "#08060a", 0.35)
    return np.asarray(shade + (hex_to_linear(color) * 1.15 - shade) * share, np.float32)
