"""What is handed from tracing a shot to finishing it, beside the next shot's tracing."""

from __future__ import annotations

from dataclasses import dataclass

from photoshoot.arrays import Float32Array
from photoshoot.light_map import LightMap
from photoshoot.placers.studio.renderer.exposure import ToneMapping
from photoshoot.placers.studio.renderer.haze import add_haze
from photoshoot.placers.studio.renderer.plate import RawChange
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.records import LinearImage


@dataclass(frozen=True, kw_only=True, eq=False)
class Traced:
    """A shot between tracing and reconstruction; holds no shapes."""

    raw: RawRender | RawChange
    """What the film recorded: the picture, or what the product changes in the set's plate."""
    tone_mapping: ToneMapping
    """How its light becomes a picture."""
    light: LightMap | None
    """What the product is lit with; None where its pixels stay its own."""
    through: LinearImage | None = None
    """What light through the product changes of the picture's; None where there is none."""
    bare: RawRender | None = None
    """The set without the product, where only the product's shadow is to be seen of it."""
    distance: Float32Array | None = None
    """How far away the canvas shows something (H, W), where haze is asked for; see ``haze.distance_of``."""
    shared_set: str | None = None
    """The name of a set that products of nearly one size share."""

    def through_air(self, light: LinearImage, haze: float, seed: int) -> LinearImage:
        """Clean light (H, W, 3) through the haze behind the product; see ``haze.add_haze``."""
        if self.distance is None:
            return light
        nearest, exposure = self.raw.camera.film.view.distance, self.tone_mapping.exposure
        return add_haze(light, self.distance, haze=haze, nearest=nearest, exposure=exposure, seed=seed)
