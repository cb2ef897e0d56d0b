"""A gallery: large pictures under spotlights on a plain wall, and a plinth that follows the product."""

import numpy as np

from photoshoot.placers.studio.assets.framed_art import COMPOSITIONS, Half, abstract_picture, framed
from photoshoot.placers.studio.assets.furniture.seats import bench
from photoshoot.placers.studio.assets.furniture.style import Spot, Style, tint
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, plastic
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, spotlight, unit_luminance, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.unrepeating import laid_texture
from photoshoot.sets import Light
from photoshoot.sets.gallery import Gallery

_WALL_Z = -15.0
_FLOOR_Y = -2.0
_PICTURE_Y = 2.1
_UNDER_TOP = 0.75  # of their middle under the picture's upper edge at least: from high up they hang lower
_SIZES: tuple[Half, ...] = ((1.45, 1.85), (2.3, 1.6), (1.6, 1.6), (1.25, 1.75))
_GAP = 2.6
_DIM = 0.75  # of the room's light against the spotlights
_POOL = 0.7  # irradiance of a spotlight on the wall, in units of a full exposure


def build_gallery(design: Gallery, view: View, rng: np.random.Generator) -> SetParts:
    """Plinth, room, pictures and spotlights; what is on the pictures, where they hang, and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.97)
    shapes: dict[str, object] = {"floor": _floor(design, view, rng)}
    things: Things = [
        painted(design.wall_color, "matte", stage_wall(view, z=_WALL_Z, bottom=_FLOOR_Y - 0.5)),
        painted(design.plinth_color, "eggshell", _plinth(view)),
    ]
    hung, y = _hang(view, rng), min(_PICTURE_Y, view.top_at(_WALL_Z) - _UNDER_TOP)
    kinds = rng.permutation(COMPOSITIONS)
    for index, (x, half) in enumerate(hung):
        sheet = abstract_picture(int(kinds[index % COMPOSITIONS]), _palette(design), half, rng)
        things += framed(sheet, half, "#8d6b47", (x, y, _WALL_Z), mat=0.28)
    things += _benches(design, view, rng)
    shapes |= thing_shapes(things, exposure)
    shapes |= build_lights(light, view, Rig(back_z=-3.0, fill_scale=_DIM))
    shapes |= {f"spot_{index}": _spot(light, (x, y)) for index, (x, _) in enumerate(hung)}
    return SetParts(shapes=shapes, aperture=0.03, exposure=exposure, bloom=0.03)


def _plinth(view: View) -> Mesh:
    """A block under the product; its front shows down to the picture's lower edge."""
    spread = (view.distance + view.product_back) / view.distance
    half = max(0.85, view.product_half_width * spread + 0.28)
    front = max(0.45, min(0.85, 0.7 * half))
    depth = front + max(0.9, view.product_back + 0.3)
    tall = -view.bottom_at(front) + 1.2
    block = rounded_box((half, tall / 2, depth / 2), 0.02)
    return block.moved(view.product_x, -tall / 2, front - depth / 2)


def _floor(design: Gallery, view: View, rng: np.random.Generator) -> object:
    surface = Surface(
        material=design.floor, color=design.floor_color, vein_color=tint(design.floor_color, "#3a2414", 0.6)
    )
    texture, repeats = laid_texture(surface, int(rng.integers(3)), 0.16)
    tiling = Tiling.drawn(repeats, rng)
    coat: Entry = plastic(bitmap(texture.color, tiling), 0.16)
    return to_shape(stage_floor(view, y=_FLOOR_Y, back=_WALL_Z, uv_scale=1.0), bsdf=coat)


def _hang(view: View, rng: np.random.Generator) -> list[tuple[float, Half]]:
    """Middle and size of each picture, from beside the product out past the picture's edge on both sides."""
    middle, clear = view.product_at(_WALL_Z)
    reach = view.half_width_at(_WALL_Z)
    order = rng.permutation(len(_SIZES))
    hung: list[tuple[float, Half]] = []
    for side, start in ((-1.0, 0), (1.0, 2)):
        away = clear + float(rng.uniform(0.6, 1.4))
        for index in range(20):
            half = _SIZES[order[(start + index) % len(_SIZES)]]
            x = middle + side * (away + half[0])
            if abs(x) - half[0] > reach:
                break
            hung.append((x, half))
            away += 2 * half[0] + _GAP
    return hung


def _palette(design: Gallery) -> tuple[str, ...]:
    """Paper, the accent, a pale and a deep shade of it, ink and sand."""
    accent = design.accent_color
    return ("#f3eee4", accent, tint(accent, "#f3eee4", 0.55), tint(accent, "#1d1f26", 0.55), "#23262e", "#d8c3a0")


def _benches(design: Gallery, view: View, rng: np.random.Generator) -> Things:
    style = Style(wood="#26221f", accent=tint(design.accent_color, "#2a2624", 0.65))
    scale = (view.distance - _WALL_Z - 5) / view.distance
    side = float(rng.choice([-1.0, 1.0]))
    x = view.product_x * scale + side * (view.product_half_width * scale + 4.6)
    spot = Spot(x=x, wall_z=_WALL_Z, floor_y=_FLOOR_Y, ceiling_y=view.top_at(_WALL_Z))
    return bench(spot, style, rng)


def _spot(light: Light, at: tuple[float, float]) -> Entry:
    """A warm lamp on the ceiling that draws a pool of light round a picture."""
    x, y = at
    return spotlight(
        [x, y + 9.0, _WALL_Z + 5.2],
        [x, y + 0.2, _WALL_Z],
        irradiance=unit_luminance("#fff8f0") * unit_luminance(light.color) * np.float32(_POOL),
        spread_deg=30.0,
    )
