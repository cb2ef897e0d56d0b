"""Shallow water under a plain sky: it mirrors the product, and rings run out from what stands in it."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.props.placement import Patch
from photoshoot.placers.studio.backdrops.night_sky import night_aperture, night_sky
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.rocks import parted
from photoshoot.placers.studio.geometry.terrain import Terrain, level_terrain, relief
from photoshoot.placers.studio.landscape.boulders import Slab, rock_material
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points
from photoshoot.placers.studio.landscape.mountains import rising
from photoshoot.placers.studio.landscape.sea_cliff import FALL, SeaCliff
from photoshoot.placers.studio.landscape.water import depth_albedo, facing_camera, waves
from photoshoot.placers.studio.lighting.sky import Sky, open_air, top_elevation
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap
from photoshoot.placers.studio.scene.emitters import albedo_exposure, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.jetty import Jetty
from photoshoot.placers.studio.set_builders.platform import stand_surface
from photoshoot.placers.studio.set_builders.stands import Stand
from photoshoot.placers.studio.set_builders.strewn_rocks import draw_sizes, strew_rocks
from photoshoot.sets.water import Water

_IOR = 1.55  # a little over water's, so that the mirror image is clear from above, too
_SLAB_HEIGHT = 0.16
_DAMP = 0.035  # how far over the water stones are wet
_ROCKS = 7
_FOAM = 0.82  # what foam scatters
_FROM_ABOVE = 0.55  # of the height of waves, what is seen of them from a cliff
_APERTURE = 0.02  # what lies far off is out of focus
_AFLOAT = 0.02  # how deep what lies on the water is in it
_UNDER_JETTY = Footprint(x=0.0, half_width=0.05, reach=0.1)  # of rings there are none to be seen beside it


def build_water(design: Water, view: View, rng: np.random.Generator) -> SetParts:
    """Water out to the horizon, its sky and, where asked for, stones in it; waves, clouds and light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.92, facing=(0.0, 0.7, 0.3))
    night = design.night_sky != "none"
    sky = Sky(
        colors=design.sky_colors, top_deg=top_elevation(view), clouds=0.0 if night else 0.3, seed=int(rng.integers(4))
    )
    shapes = open_air(light, view, sky, exposure)
    foot, level, laid, cliff = Footprint.of(view), 0.0, dict[str, object](), None
    if design.support == "water":
        laid = beside(design, view, rng, ground=level_terrain(-_AFLOAT))
    elif design.support == "stone":
        base = Slab.under(view, _SLAB_HEIGHT)
        foot, level = _outline(base), -base.height
        stones, rocks = _stones(design, view, base, rng)
        laid = beside(design, view, rng, ground=_resting(base), among=rocks, taken=base.rim())
        shapes |= stones
    elif design.support == "cliff":
        cliff = SeaCliff.under(view, rng.spawn(1)[0])
        foot, level = _UNDER_JETTY, -FALL
        laid = beside(design, view, rng, ground=cliff.resting, taken=cliff.slab.rim())
        shapes |= _cliff_shapes(design, cliff, view, rng)
    elif design.support == "jetty":
        jetty = Jetty.under(view)
        foot, level = _UNDER_JETTY, -jetty.height
        laid = beside(design, view, rng, ground=_over(jetty), taken=jetty.rim())
        shapes |= jetty.shapes(stand_surface(design.support_material, design.stone_color), exposure, rng)
    else:
        look = stand_surface(design.support_material, design.stone_color)
        if design.support == "table":
            on = Stand.table(look, view, rng)
        else:
            on = Stand.platform(look, view, exposure, rng, design.support)
        foot, level = on.foot, -on.height
        laid = beside(design, view, rng, ground=on.resting(level_terrain(level - _AFLOAT)), taken=on.rim)
        shapes |= on.shapes
    shapes |= night_sky(design.night_sky, sky, view, exposure, side=light.azimuth_deg, seed=sky.seed)
    shapes |= rising(design.far, view, design.sky_colors[0], level, sky.seed)
    x, z = ground_points(view)
    heights = level + waves(x, z, design.ripples * (_FROM_ABOVE if cliff else 1.0), foot, rng)
    surface = facing_camera(relief(np.stack([x, heights, z], -1)), view)
    foam = cliff.foam(view, x, z) if cliff is not None else None
    shapes["water"] = to_shape(surface, bsdf=_material(design, x, z, foam))
    return SetParts(
        shapes={**shapes, **laid},
        aperture=night_aperture(design.far) if night else _APERTURE,
        exposure=exposure,
        tone_curve="studio",
    )


def _cliff_shapes(design: Water, cliff: SeaCliff, view: View, rng: np.random.Generator) -> dict[str, object]:
    """The rock of a cliff and the slab on it."""
    slab = cliff.slab.mesh(int(rng.integers(1000)))
    stone = rock_material(design.stone_color, rng, wet=design.wet)
    shapes: dict[str, object] = {"cliff": to_shape(cliff.mesh(view), bsdf=stone), "stones": to_shape(slab, bsdf=stone)}
    return shapes | cliff.headlands(view, design.stone_color, design.sky_colors[0])


def _material(design: Water, x: Float64Array, z: Float64Array, foam: Float64Array | None) -> Entry:
    color = depth_albedo(design.water_color, x, z)
    if foam is not None:
        color = color + (foam[..., None] * (_FOAM - color)).astype(np.float32)
    albedo = bitmap(color, clamp=True)
    coat: Entry = {"type": "plastic", "diffuse_reflectance": albedo, "int_ior": _IOR, "nonlinear": False}
    return {"type": "twosided", "bsdf": coat}


def _over(jetty: Jetty) -> Terrain:
    """Height of what a thing lies on: the jetty, or the water."""
    return lambda x, z: np.where(jetty.covers(x, z), 0.0, -jetty.height - _AFLOAT)


def _outline(base: Slab) -> Footprint:
    """Where the slab rises out of the water, a little inside its sides."""
    return Footprint(
        x=base.x, half_width=0.9 * base.reach, reach=0.9 * (base.front - base.back), front=0.95 * base.front
    )


def _stones(design: Water, view: View, base: Slab, rng: np.random.Generator) -> tuple[dict[str, object], list[Mesh]]:
    """The slab and a few rocks beside it, dark and shining where the water wets them; and those rocks."""
    slab, rocks = base.mesh(int(rng.integers(1000))), _rocks(view, base, rng)
    body = merged([slab, *rocks])
    dry, wet = parted(body, _DAMP - base.height, seed=int(rng.integers(64)))
    place = int(rng.integers(2**31))  # the same one of the texture, dry and wet

    def shaped(part: Mesh, *, wet: bool) -> object:
        return to_shape(part, bsdf=rock_material(design.stone_color, np.random.default_rng(place), wet=wet))

    return {"stones": shaped(dry, wet=design.wet), "wet_stones": shaped(wet, wet=True)}, rocks


def _rocks(view: View, base: Slab, rng: np.random.Generator) -> list[Mesh]:
    """Low rocks in the water to both sides."""
    sizes, patch = draw_sizes(view, _ROCKS, 0.5, rng), Patch(back=-2.4, front=0.6, gap=0.3, spread=1.3)
    slab, bottom = (np.array([base.x, 0.0, 0.0]), base.reach), level_terrain(-base.height)
    rocks = strew_rocks(view, sizes, rng, patch, bottom, height=0.5, sunk=0.12, taken=[slab])
    return [] if rocks is None else [rocks]


def _resting(base: Slab) -> Terrain:
    """Height of what a thing lies on: the slab, or the water."""

    def height(x: Float64Array, z: Float64Array) -> Float64Array:
        return np.where(base.covers(x, z, 1.0), 0.0, -base.height - _AFLOAT)

    return height
