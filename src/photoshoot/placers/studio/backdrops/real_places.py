"""Real places out of focus behind a set: their panoramas, and how each is exposed."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import LUMINANCE, hex_to_oklab, linear_to_oklab, oklab_to_linear
from photoshoot.pixels.bands import in_bands
from photoshoot.placers.studio.backdrops.starlight import MARGIN, SkyCard, lights_of
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import wall
from photoshoot.placers.studio.horizons import horizon_drop
from photoshoot.placers.studio.lighting.environment import Window, blurred_view, place_gains
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, Entry, area_emitter, bitmap
from photoshoot.placers.studio.scene.emitters import unit_luminance
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.gradients import tint
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets import Light
from photoshoot.sets.strewn import NightSky

PLACE_Z = -16.0
"""Depth of the picture of a place."""
_WIDER = 1.7  # the place is seen this much wider than the lens sees: more of it, and as sharp as its pixels allow
_WIDEST = 3.0  # most tangent of the angle to the side of what is seen of a place that is shown wider still
_BLUR = 0.085  # radius of a point's disc, world units at the product
_LEAST_BLUR = 0.016  # tangent; a little more than a texel of the panorama, whose squares would be seen under it
_PX_PER_UNIT = 130.0  # of the picture behind the set; it is out of focus
_MOST_COLUMNS = 1800
_LEAST_SEEN = 0.5  # of the place's picture, world units at the product
_GROUND_BAND, _GROUND_SOFT = 0.015, (0.006, 0.1)  # of the picture's height and width, that its ground is softened over
_GROUND_PEAK = 1.3  # of the ground's median, that it is nowhere brighter than
_FARTHER = 0.4  # power of a world unit's metres by which the place behind vehicles and furniture is seen wider: as near
# as behind a bottle, its blur would make toys of them
_LEAF_DEG, _LEAF_CHROMA = (92.0, 106.0, 150.0, 178.0), 0.02
"""OKLab hues between which what grows is green, fully so between the inner ones; and chroma from which on."""
_RUST_DEG, _RUSTED = (50.0, 80.0), (0.45, 0.75)
"""OKLab hues in autumn of dark greens and of pale ones, as of dry grass; and lightnesses between which they go over."""
_BRIGHTER, _MOST_CHROMA, _PALER = 1.5, 0.11, 0.06
"""Factor on the chroma of leaves, the most that it becomes, and how much more lightness they have."""
_STARRY: Final = 0.42
"""Share of the picture's height over the horizon, of a place whose sky has stars."""
_HIGH, _OF_SKY, _STARS = 0.12, (0.55, 0.85), 4
"""Share of a picture's height that is sky where any is; brightness to that where stars come out; their seed."""
_BELOW = 0.35  # how far the picture goes on behind the table, world units


@dataclass(frozen=True, kw_only=True)
class Mood:
    """How a place is exposed, as a photographer would on the spot."""

    level: float
    """Display-linear middle tone of the place behind the set."""
    white: float = 1.02
    """Display-linear value of a white surface in the set."""
    balance: float = 0.2
    """How far the place's colour is evened out, 0 = not at all, 1 = grey on average."""
    tint: str = "#ffffff"
    """Colour that the place takes on then."""
    ceiling: float | None = None
    """Display-linear value that its windows are held under, None = as bright as they are."""
    wider: float = _WIDER
    """How much wider the place is seen than the lens sees it."""
    horizon: float = 0.0
    """Share of the picture's height that lies over its horizon at least, 0 = any: what hangs high comes in."""
    autumn: bool = False
    """Whether what is green in it has turned to gold and rust."""
    night_sky: NightSky = "none"
    """What shines in its sky, where that is dark."""


MOODS: Mapping[str, Mood] = types.MappingProxyType(
    {
        "apartment": Mood(level=0.50, balance=0.3),
        "bridge": Mood(level=0.46),
        "city": Mood(level=0.50),
        "clear_sky": Mood(level=0.42, balance=0.0),
        "dawn": Mood(level=0.30, white=0.86),
        "esplanade": Mood(level=0.19, white=0.86, balance=0.4),
        "forest": Mood(level=0.36),
        "forest_at_night": Mood(level=0.045, white=0.60, balance=0.9, tint="#7d97e0", ceiling=0.16),
        "hall": Mood(level=0.10, white=0.84, balance=0.6, tint="#ffdfb6", ceiling=0.90, wider=2.7, horizon=0.70),
        "lobby": Mood(level=0.42, balance=0.3),
        "night": Mood(level=0.036, white=0.60, balance=1.0, tint="#7d97e0"),
        "park": Mood(level=0.40),
        "park_at_night": Mood(level=0.05, white=0.60, balance=0.9, tint="#7d97e0", ceiling=0.12),
        "sky": Mood(level=0.55),
        "sunrise": Mood(level=0.34, white=0.95),
        "sunset": Mood(level=0.32, white=0.90),
        "venice": Mood(level=0.28, white=0.86),
        "warehouse": Mood(level=0.30, white=0.92, ceiling=0.85, wider=2.2, horizon=0.52),
        "workshop": Mood(level=0.36, white=0.96),
    }
)
"""How each place is exposed."""
_BY_DAY = frozenset({"apartment", "bridge", "city", "forest", "lobby", "park", "sky", "warehouse", "workshop"})
_GOLDEN: Final = (0.042, 0.08)
"""Chroma (OKLab) of a key between which a place by day goes over into its evening."""
_EVENING = Mood(level=0.74, white=0.94, balance=0.75)
"""What it is exposed like then: ``level`` and ``white`` are factors."""


def under_stars(mood: Mood, kind: NightSky) -> Mood:
    """The mood of a place in whose sky that shines: so much sky is seen, too, from high up."""
    return mood if kind == "none" else replace(mood, night_sky=kind, horizon=max(mood.horizon, _STARRY))


def mood_of(place: str, light: Light) -> Mood:
    """How a place is exposed in a set's light: one by day is dimmed and tinted by a low sun or a blue hour."""
    mood = MOODS[place]
    if place not in _BY_DAY:
        return mood
    share = evening_share(light)
    return replace(
        mood,
        level=mood.level * (1 - share * (1 - _EVENING.level)),
        white=mood.white * (1 - share * (1 - _EVENING.white)),
        balance=mood.balance + share * (_EVENING.balance - mood.balance),
        tint=tint("#ffffff", light.color, share),
    )


def evening_share(light: Light) -> float:
    """How far a place by day has gone over into its evening, 0 to 1, by how its light is tinted."""
    chroma = float(np.hypot(*hex_to_oklab(light.color)[1:]))
    return float(np.clip((chroma - _GOLDEN[0]) / (_GOLDEN[1] - _GOLDEN[0]), 0, 1))


@dataclass(frozen=True, kw_only=True)
class Panorama:
    """The view of a place, upright behind a set; its horizon is the camera's."""

    place: str
    """Its file in ``presets/environments``."""
    heading: float
    """Which way the camera looks in it, degrees."""
    mood: Mood
    """How it is exposed."""
    exposure: float
    """Factor on radiance, for a light of usual brightness."""
    camera_y: float
    """Height of the camera, world units."""
    distance: float
    """Camera to the product, world units."""
    bottom: float
    """Lower edge of its picture, world units at its depth."""
    top: float
    """Upper edge of it, likewise."""
    half: float
    """Half its width, likewise."""
    horizon: float
    """Height of its horizon, likewise."""
    window: Window
    """What of the place is seen there."""
    rows: int
    """Height of the picture, px."""

    @classmethod
    def behind(
        cls, place: str, heading: float, view: View, mood: Mood, edge: tuple[float, float], exposure: float
    ) -> Self:
        """The view behind what the product stands on.

        Args:
            place: Its panorama's name.
            heading: Which way the camera looks in it, degrees.
            view: The camera.
            mood: How it is exposed.
            edge: Depth of the far edge of what the product stands on, and how far that lies under the product's base.
            exposure: Factor on radiance, for a light of usual brightness.
        """
        depth = view.distance - PLACE_Z
        (edge_z, drop), scale = edge, depth / view.distance
        bottom = view.camera_y - (view.camera_y + drop) * depth / (view.distance - edge_z) - _BELOW * scale
        horizon = horizon_drop(view, mood.horizon) * scale
        top, half = view.top_at(PLACE_Z) + _BELOW * scale, view.half_width_at(PLACE_Z) + _BELOW * scale
        bottom = min(bottom, top - _LEAST_SEEN * scale)  # from high up its edge hides all of it
        usual = _WIDER * max(1.0, (view.unit_m or 0.0) ** _FARTHER)
        wide = max(_WIDER, min(max(mood.wider, usual), _WIDEST * depth / half)) / depth
        window = Window(
            left=round(-half * wide, 4),
            right=round(half * wide, 4),
            bottom=round((bottom - view.camera_y + horizon) * wide, 4),
            top=round((top - view.camera_y + horizon) * wide, 4),
            blur=max(_LEAST_BLUR, round(_BLUR * scale * wide, 4)),
        )
        rows = round(min((top - bottom) / scale * _PX_PER_UNIT, _MOST_COLUMNS / max(window.aspect, 1.0)))
        return cls(
            place=place,
            heading=heading,
            mood=mood,
            exposure=exposure,
            camera_y=view.camera_y,
            distance=view.distance,
            bottom=bottom,
            top=top,
            half=half,
            horizon=view.camera_y - horizon,
            window=window,
            rows=rows,
        )

    def shape(self) -> object:
        """Its picture, as a shape that shines."""

        def shine() -> Entry:
            return area_emitter(bitmap(self._radiance(), clamp=True), MET)

        return to_shape(
            wall(z=PLACE_Z, half_width=self.half, bottom=self.bottom, top=self.top), bsdf=BLACK, emitter=shine
        )

    def ground_at(self, edge_z: float) -> tuple[Float32Array, Float32Array]:
        """Radiance, (W, 3) each, of the picture right over the far edge of level ground: as it is, and of its ground.

        Lamps that stand at the edge are no part of the ground.
        """
        picture = self._radiance()
        y = self.camera_y * (1 - (self.distance - PLACE_Z) / (self.distance - edge_z))
        row = int(np.clip(round((self.top - y) / (self.top - self.bottom) * len(picture)), 1, len(picture)))
        band = picture[max(0, row - max(1, round(_GROUND_BAND * len(picture)))) : row].mean(0)
        calm = np.minimum(band, _GROUND_PEAK * np.median(band, axis=0))
        own, ground = (
            np.asarray(ndimage.gaussian_filter1d(of, share * len(band), axis=0, mode="nearest"), np.float32)
            for of, share in zip((band, calm), _GROUND_SOFT, strict=True)
        )
        return own, ground

    def _radiance(self) -> Float32Array:
        mood = self.mood
        gains = mood.level * place_gains(self.place, mood.balance)
        ceiling = mood.ceiling and mood.ceiling / mood.level
        picture = blurred_view(self.place, self.heading, self.window, self.rows, ceiling) * gains
        picture = in_bands(turn_leaves, picture) if mood.autumn else picture
        picture = picture * unit_luminance(mood.tint)
        picture = picture if mood.night_sky == "none" else self._under_stars(picture, mood.night_sky)
        return np.asarray(picture / self.exposure, np.float32)

    def _under_stars(self, picture: Float32Array, kind: NightSky) -> Float32Array:
        """A place's picture with stars in its sky: over the horizon, where it is as bright as high up; no tree is."""
        rows, columns = picture.shape[:2]
        card = SkyCard(
            left=-self.half,
            right=self.half,
            bottom=self.bottom,
            top=self.top,
            rows=rows,
            columns=columns,
            longer=max(2 * self.half, self.top - self.bottom) / MARGIN,
            eye=self.horizon,
            distance=self.distance - PLACE_Z,
        )
        light = picture @ LUMINANCE
        sky = float(np.median(light[: max(1, round(_HIGH * rows))]))
        clear = smoothstep(*_OF_SKY, light / max(sky, 1e-6)) * (card.y > 0)
        left = self.heading % 2 < 1
        return picture + clear[..., None] * lights_of(kind, card, left=left, seed=_STARS)


def place_picture(
    place: str, heading: float, view: View, mood: Mood, edge: tuple[float, float], exposure: float
) -> object:
    """The view of a place as a shape that shines; the arguments are those of ``Panorama.behind``."""
    return Panorama.behind(place, heading, view, mood, edge, exposure).shape()


def turn_leaves(picture: Float32Array) -> Float32Array:
    """A picture (H, W, 3), linear, whose greens are gold and rust, as in autumn; sky, stone and earth stay."""
    lab = linear_to_oklab(picture)
    chroma, hue = np.hypot(lab[..., 1], lab[..., 2]), np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    share = np.interp(hue, _LEAF_DEG, (0, 1, 1, 0)) * np.minimum(chroma / _LEAF_CHROMA, 1)
    away = np.radians(np.interp(lab[..., 0], _RUSTED, _RUST_DEG))
    strong = np.minimum(_BRIGHTER * chroma, _MOST_CHROMA)[..., None]
    turned = strong * np.stack([np.cos(away), np.sin(away)], -1)
    lab[..., 1:] += share[..., None] * (turned - lab[..., 1:])
    lab[..., 0] *= 1 + _PALER * share
    return np.maximum(oklab_to_linear(lab), 0)
