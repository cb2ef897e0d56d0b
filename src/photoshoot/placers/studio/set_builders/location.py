"""A table or a piece of ground in a real place that is out of focus."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.placers.studio.assets.props.placement import stand, to_scale
from photoshoot.placers.studio.assets.props.several import strew_held
from photoshoot.placers.studio.backdrops.night_sky import PLACE_APERTURE
from photoshoot.placers.studio.backdrops.real_places import Panorama, mood_of, under_stars
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.lawn_and_sand import Support, lawn, sand_bank
from photoshoot.placers.studio.landscape.spread_cloth import OVER_GROUND, SpreadCloth, spread_shape
from photoshoot.placers.studio.lighting.environment import sky_light
from photoshoot.placers.studio.scene.emitters import (
    IRRADIANCE,
    Rig,
    albedo_exposure,
    build_lights,
    fill_share,
    vary,
)
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.set_builders.bench import park_bench
from photoshoot.placers.studio.set_builders.stands import platform_on_table
from photoshoot.placers.studio.textures.by_name import Surface, with_pattern
from photoshoot.placers.studio.textures.gradients import tint
from photoshoot.sets import Light
from photoshoot.sets.location import GROUND_COLORS, Location
from photoshoot.sets.outdoor_ground import OutdoorGround

_CHECKS = 0.5, 0.35  # of the way to other shades, that a blanket's thin lines and its bands go
_LINES = {True: ("#6b5236", "#a5632f"), False: ("#f2e8d4", "#0e1014")}
"""Shades that the lines and the bands of pale and of dark blankets go to."""
_PALE = 0.62  # OKLab lightness


_OF_AUTUMN = ("autumn", "autumn_leaves")  # props with which the leaves of the place have turned
Look: TypeAlias = Callable[[tuple[float, float]], Panorama]
"""The place behind a support whose far edge has such a depth, and lies so far under the product's base."""


def build_location(design: Location, view: View, rng: np.random.Generator) -> SetParts:
    """Table or ground, the place behind it, and one light over both; heading, grain, props and light vary a little."""
    aperture = 0.1 if design.material == "grass" else 0.065  # of a lawn only what is beside the product is sharp
    return build_in_place(design, view, rng, partial(_support, design, view, rng), aperture=aperture, bloom=0.05)


def build_in_place(
    design: Location | OutdoorGround,
    view: View,
    rng: np.random.Generator,
    support: Callable[[Look], Support],
    *,
    aperture: float,
    bloom: float,
) -> SetParts:
    """A support, the real place behind it and its light; where the camera looks and the light vary a little.

    ``support`` is told how to look at the place over its far edge: what the ground there goes over into.
    """
    light = vary(design.light, rng, 0.6)
    autumn = isinstance(design, Location) and design.props in _OF_AUTUMN
    mood = under_stars(replace(mood_of(design.place, light), autumn=autumn), design.night_sky)
    heading = design.heading_deg + 3.0 * int(rng.integers(-2, 3))
    exposure = albedo_exposure(light, mood.white)

    def look(edge: tuple[float, float]) -> Panorama:
        return Panorama.behind(design.place, heading, view, mood, edge, exposure / light.intensity)

    shapes, back, drop = support(look)
    shapes["place"] = look((back, drop)).shape()
    shapes |= place_lights(design.place, heading, light, view)
    aperture = aperture if design.night_sky == "none" else PLACE_APERTURE
    return SetParts(
        shapes=shapes,
        aperture=aperture,
        exposure=exposure,
        bloom=bloom,
        tone_curve="studio",
        lawn=isinstance(design, Location) and "grass" in shapes,
    )


def _support(design: Location, view: View, rng: np.random.Generator, _: Look) -> Support:
    """What the product stands on, and props."""
    if design.stand != "none":
        return platform_on_table(design, view, rng)
    shapes, back, drop = _ground(design, view, rng)
    return (
        {**shapes, **stand(to_scale(strew_held(design), view, rng, design.prop_colors), view)},
        back,
        drop,
    )


def _ground(design: Location, view: View, rng: np.random.Generator) -> Support:
    """What the product stands on."""
    if design.bench:
        return park_bench(design.surface_color, design.vein_color, view, rng)
    if design.material == "grass":
        return lawn(design.surface_color, view, rng)
    if design.material == "sand":
        return sand_bank(design.surface_color, view, rng)
    if design.material == "blanket":
        return _blanket(design, view, rng)
    surface = Surface(material=design.material, color=design.surface_color, vein_color=design.vein_color)
    return {"table": table_top(with_pattern(surface, design, view), design.finish, view, rng)}, table_back(view), 0.0


def _blanket(design: Location, view: View, rng: np.random.Generator) -> Support:
    """A cloth spread on a lawn; one that has no other pattern is checked in shades of its colour, as blankets are."""
    cloth = SpreadCloth.under(view, rng)
    if design.pattern == "none":
        color, away = design.surface_color, _LINES[hex_to_oklab(design.surface_color)[0] > _PALE]
        shades = tint(color, away[0], _CHECKS[0]), tint(color, away[1], _CHECKS[1])
        design = replace(design, pattern="plaid", pattern_colors=shades)
    shapes, back, drop = lawn(GROUND_COLORS["lawn"], view, rng, OVER_GROUND, cloth.covers)
    return {**shapes, "blanket": spread_shape(cloth, design, design.surface_color, view, rng)}, back, drop


def place_lights(place: str, heading: float, light: Light, view: View) -> dict[str, object]:
    """The key, and the place's own light instead of an even fill."""
    fill = sky_light(place, heading, IRRADIANCE * fill_share(light))
    return {**build_lights(light, view, Rig(back_z=-2.4)), "fill": fill}
