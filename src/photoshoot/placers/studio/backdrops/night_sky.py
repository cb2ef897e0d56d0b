"""The sky by night far behind an open set, over the sky's own colours."""

from typing import Final, Literal

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.backdrops.starlight import MARGIN, SkyCard, lights_of
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import wall
from photoshoot.placers.studio.lighting.sky import Sky, sky_colors
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, area_emitter, bitmap
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets.strewn import NightSky

PLACE_APERTURE: Final = 0.014
"""Of a camera before a real place with stars in its sky: they stay small."""
_APERTURE: Final = {"none": 0.005, "mountains": 0.011, "hills": 0.011}
_FAR: Final = -250.0  # depth, behind the farthest mountains
_TEXELS: Final = 1.6  # canvas pixels for one of the card's
_MOST: Final = 1600  # texels, either way
_HAZE: Final = (5.0, 0.35)  # where stars go out over the horizon, at most: degrees, and of the sky that is seen


def night_sky(kind: NightSky, sky: Sky, view: View, exposure: float, *, side: float, seed: int) -> dict[str, object]:
    """The sky that is seen over an open set by night, before the dome that lights it; nothing by day.

    Args:
        kind: What is in it.
        sky: Its colours.
        view: The camera.
        exposure: Factor on radiance at which it looks as asked.
        side: Where the moon is: under 0 to the left, else to the right.
        seed: Chooses the stars.
    """
    if kind == "none":
        return {}
    card = _card(view)
    image = _picture(kind, sky, card, side < 0, seed)
    mesh = wall(z=_FAR, half_width=card.right, bottom=card.bottom, top=card.top)
    radiance = bitmap(np.asarray(image / np.float32(exposure), np.float32), clamp=True)
    return {"night_sky": to_shape(mesh, bsdf=BLACK, emitter=area_emitter(radiance, MET))}


def night_aperture(far: Literal["none", "mountains", "hills"]) -> float:
    """Of a camera in an open set by night: stars are points; what rises before them stays a little out of focus."""
    return _APERTURE[far]


def _card(view: View) -> SkyCard:
    half, top = view.half_width_at(_FAR) * MARGIN, view.top_at(_FAR)
    up = max(top - view.camera_y, 1.0) * MARGIN
    longer = 2 * half / MARGIN * max(1.0, view.height_px / view.width_px)
    texel = _TEXELS * longer / max(view.width_px, view.height_px)
    columns, rows = (int(np.clip(size / texel, 16, _MOST)) for size in (2 * half, 1.2 * up))
    return SkyCard(
        left=-half,
        right=half,
        bottom=view.camera_y - 0.2 * up,
        top=view.camera_y + up,
        rows=rows,
        columns=columns,
        longer=longer,
        eye=view.camera_y,
        distance=view.distance - _FAR,
    )


@SHELF.keep
def _picture(kind: NightSky, sky: Sky, card: SkyCard, left: bool, seed: int) -> Float32Array:
    """(rows, columns, 3), display-linear."""
    plain = np.repeat(sky_colors(sky, card.elevation_deg[:, 0])[:, None], card.columns, 1)
    haze_deg, share_of_sky = _HAZE
    clear = smoothstep(0.0, min(haze_deg, share_of_sky * sky.top_deg), card.elevation_deg)[..., None]
    return np.asarray(plain + clear * lights_of(kind, card, left=left, seed=seed), np.float32)
