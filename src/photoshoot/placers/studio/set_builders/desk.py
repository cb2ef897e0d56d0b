"""A desk before a wall: a screen on one side of the product, lamp, books and plants on the other."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import Style
from photoshoot.placers.studio.assets.office_things import (
    LAPTOP,
    MONITOR,
    book_pile,
    keyboard,
    laptop,
    monitor,
    pen_cup,
    pot_plant,
    speaker,
    task_lamp,
    trailing_plant,
    wallpaper,
)
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.rows import Row, Ware, line_up, moved, scaled
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.batching import Emissive, Things, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, Tiling, area_emitter, bitmap, textured
from photoshoot.placers.studio.scene.emitters import (
    Rig,
    albedo_exposure,
    ambient,
    build_lights,
    fill_share,
    tube_radiance,
    vary,
)
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.procedural import plaster
from photoshoot.sets import Light
from photoshoot.sets.desk import Desk
from photoshoot.sets.light import NO_LAMP

_BACK = -5.2  # depth of the desk's back edge, at the wall
_SCREEN_Z = -3.4
_LIFELIKE = 1.25  # see ``Row``: what is built stands so large beside headphones
_SCREEN_LIGHT = 0.85  # of white, a screen beside daylight
_STRIP_RADIANCE = 5.0
_DUSK, _SOFT = 0.8, 0.45  # intensity under which no sun comes in, and softness over which none does


def build_desk(design: Desk, view: View, rng: np.random.Generator) -> SetParts:
    """Desk, wall, screen and things; their order, the screen's side, the grain and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.94)
    back = table_back(view, _BACK)
    vein = "#4a2c18"
    material = "wood" if design.material == "wood" else "plain"
    surface = Surface(material=material, color=design.desk_color, vein_color=vein, glued=True)
    wall = textured(plaster(design.wall_color, int(rng.integers(4)), 0.02), Tiling.drawn(0.6, rng), "matte")
    side = 1.0 if light.azimuth_deg < 0 else -1.0  # the screen stands away from the light
    picture, things = (None, []) if design.screen == "none" else _screen(design, view, side)
    along, filled = _things(design, view, side, rng)
    things += along
    things += _strips(design, view, back)
    radiance = _SCREEN_LIGHT * wallpaper(design.screen_colors, int(rng.integers(8))) / np.float32(exposure)
    shapes: dict[str, object] = {
        "desk": table_top(surface, "satin", view, rng, back=_BACK),
        "wall": to_shape(stage_wall(view, z=back - 0.02, bottom=-6.0), bsdf=wall),
    }
    if picture is not None:
        shapes["screen"] = to_shape(picture, bsdf=BLACK, emitter=area_emitter(bitmap(radiance, clamp=True), MET))
    shapes |= thing_shapes(things, exposure)
    shapes |= _lights(design, light, view, back, rng)
    loose = replace(design, beside="none") if filled and _has_its_plants(design) else design
    shapes |= beside(loose, view, rng, among=[thing.mesh for thing in things])
    glow = design.strip_color != NO_LAMP
    dusk = design.light.intensity < _DUSK
    return SetParts(
        shapes=shapes,
        aperture=0.075,
        exposure=exposure,
        bloom=0.06 if glow else 0.03,
        tone_curve="agx" if glow and dusk else "neutral",
        vignette=0.25 if dusk else 0.0,
    )


def _screen(design: Desk, view: View, side: float) -> tuple[Mesh, Things]:
    """The screen's picture and its body, beside the product, turned to it a little."""
    picture, body = monitor() if design.screen == "monitor" else laptop()
    ratio = _row(view).ratio(view)
    picture, body = picture.scaled(1 / ratio), scaled(body, 1 / ratio)
    half, z = _screen_half(design) / ratio, _row(view).z
    scale = (view.distance - z) / view.distance
    x = view.product_x * scale + side * (view.product_half_width * scale + 0.25 + half)
    turn = -9.0 * side
    return picture.turned(turn).moved(x, 0, z), moved(
        [replace(part, mesh=part.mesh.turned(turn)) for part in body], (x, 0, z)
    )


def _things(design: Desk, view: View, side: float, rng: np.random.Generator) -> tuple[Things, bool]:
    """Rows along the wall on both sides, the keyboard before the screen; and whether the first row had room."""
    style = Style(wood="#87654a", accent=design.accent_color)
    wares = {
        build: Ware(half=half, build=build, of=(style,))
        for half, build in (
            (0.75, task_lamp),
            (0.62, pot_plant),
            (0.30, pen_cup),
            (0.85, book_pile),
            (0.50, trailing_plant),
        )
    }
    first = task_lamp if rng.uniform() < 0.6 else pot_plant
    order = [
        wares[first],
        *(wares[build] for build in rng.permutation(np.array([*wares], object)) if build is not first),
    ]
    if _has_its_plants(design):
        order.sort(key=lambda ware: (ware.build not in (pot_plant, trailing_plant), -ware.half))  # where one peeks in
    row = _row(view)
    things = line_up(view, replace(row, z=row.z + 0.1, side=-side, gaps=(0.1, 0.4), peeks=True), order, rng)
    filled = any(thing.seen for thing in things)
    screen = 0.0 if design.screen == "none" else (2 * _screen_half(design) + 0.6) / min(1.0, row.ratio(view))
    beyond = [Ware(half=0.5, build=speaker, of=(style,)), *order[::-1]]
    things += line_up(view, replace(row, side=side, clear=0.3 + screen), beyond, rng)
    if design.screen == "monitor":
        board = Ware(half=1.85, build=keyboard, of=(style,))
        before = replace(row, z=row.z + 1.35, side=side, clear=0.2, gaps=(0.0, 0.3), most=1)
        things += line_up(view, before, [board], rng)
    return things, filled


def _has_its_plants(design: Desk) -> bool:
    """Whether the plants that are asked for are those in pots along the wall: no twigs lie about on a desk."""
    return design.beside == "leaves" and not design.also


def _row(view: View) -> Row:
    """Along the wall, in line with the screen."""
    z = min(_SCREEN_Z, -view.product_back - 1.4)
    return Row(z=z, side=1.0, clear=0.3, gaps=(0.1, 0.5), lifelike=_LIFELIKE)


def _screen_half(design: Desk) -> float:
    """Half a screen's width as it is built."""
    return (MONITOR if design.screen == "monitor" else LAPTOP)[0]


def _strips(design: Desk, view: View, back: float) -> Things:
    """Light strips along the foot of the wall."""
    if design.strip_color == NO_LAMP:
        return []
    half = view.half_width_at(back) + 3.0
    light = tube_radiance(design.strip_color, _STRIP_RADIANCE)
    bar = rounded_box((half, 0.035, 0.03), 0.02, steps=1)
    return [Emissive(mesh=bar.moved(0, y, back + 0.1), light=np.tile(light, (2, 1)), asked=True) for y in (0.06, 5.2)]


def _lights(design: Desk, light: Light, view: View, back: float, rng: np.random.Generator) -> dict[str, object]:
    """By day the sun through a window on wall and desk, else lamps; which of them, no chance decides."""
    if light.intensity < _DUSK or design.strip_color != NO_LAMP or design.light.softness > _SOFT:
        return build_lights(light, view, Rig(target=(0.0, 0.7, -1.0), back_z=-2.0))
    plane = GoboPlane.across(view, back, bottom=-1.0)
    sun = sun_through("panes", light, view, plane, rng, 1 - fill_share(light))
    return {**sun, "fill": ambient(light, Rig(fill_color="#eef2ff", fill_scale=0.9))}
