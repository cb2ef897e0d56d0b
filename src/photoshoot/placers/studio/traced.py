"""A shot between tracing and finishing, which runs beside the next shot's tracing; and what of it needs no light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.pixels.bands import in_bands
from photoshoot.pixels.imaging import resize_plane
from photoshoot.pixels.photo_texture import PhotoTexture, choose_texture
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.product.contact import contact_shade
from photoshoot.placers.studio.renderer.exposure import ToneMapping
from photoshoot.placers.studio.renderer.haze import add_haze
from photoshoot.placers.studio.renderer.plate import RawChange
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.records import LinearImage, ShotRequest
from photoshoot.records.light_map import LightMap
from photoshoot.settings import StudioSettings


@dataclass(frozen=True, kw_only=True, eq=False)
class Unlit:
    """What of a shot no light decides: drawn while its set is built and traced."""

    shade: Float32Array
    """What the set's light is multiplied by where the product meets it (H, W), see ``contact_shade``."""
    texture: PhotoTexture | None
    """How grainy and how sharp the set is to be; None where it is pure white, which has neither."""

    @classmethod
    def of(cls, request: ShotRequest, view: View, settings: StudioSettings) -> Unlit:
        """Of a shot, or of a draft of one, whose set is seen so."""
        full = request.draft_of or request
        return cls(
            shade=contact_shade(full.layer, full.canvas, view, mirrored=full.scene.design.mirrors),
            texture=None if full.scene.design.pure_white else choose_texture(settings, request.layer),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Traced:
    """A shot between tracing and reconstruction; holds no shapes."""

    raw: RawRender | RawChange
    """What the film recorded: the picture, or what the product changes in the set's plate."""
    tone_mapping: ToneMapping
    """How its light becomes a picture."""
    unlit: Unlit | None = None
    """What no light decides; None of a set without a product."""
    light: LightMap | None = None
    """What the product is lit with; None where its pixels stay its own."""
    through: LinearImage | None = None
    """What light through the product changes of the picture's; None where there is none."""
    bare: RawRender | None = None
    """The set without the product, where only the product's shadow is to be seen of it."""
    distance: Float32Array | None = None
    """How far away the canvas shows something (H, W), where haze is asked for; see ``haze.distance_of``."""
    hidden: tuple[str, ...] = ()
    """The kinds of things of its set that are not to be seen in it; see ``sightings``."""
    shared_set: str | None = None
    """The name of a set that products of nearly one size share."""

    def shaded(self, light: LinearImage) -> LinearImage:
        """Clean light (h, w, 3), shaded where the product meets its set."""
        if self.unlit is None:
            return light
        shade = resize_plane(self.unlit.shade, light.shape[:2])[..., None]
        return np.asarray(in_bands(np.multiply, light, shade), np.float32)

    def through_air(self, light: LinearImage, haze: float, seed: int) -> LinearImage:
        """Clean light (H, W, 3) through the haze behind the product; see ``haze.add_haze``."""
        if self.distance is None:
            return light
        nearest, exposure = self.raw.camera.film.view.distance, self.tone_mapping.exposure
        return add_haze(light, self.distance, haze=haze, nearest=nearest, exposure=exposure, seed=seed)
