"""A room with tatami mats and shoji screens, one of which is open to a garden, and a bonsai before the paper."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.japanese import DARK_WOOD, bonsai, floor_cushion, paper_lamp
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.backdrops.bokeh import Bokeh, backdrop_aspect, bokeh_image, shining_wall
from photoshoot.placers.studio.backdrops.shoji import Paper, paper_image
from photoshoot.placers.studio.backdrops.table_tops import table_back
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, grid, merged, wall
from photoshoot.placers.studio.scene.batching import Things, painted, wooden
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, Tiling, area_emitter, bitmap, textured
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of
from photoshoot.placers.studio.textures.plaited import tatami

_METRE = 2.2
_FLOOR, _ON_FLOOR = -0.36 * _METRE, -0.04  # under a low table's top, and where the product stands on the mats
_WALL_Z, _CUSHION_Z, _GARDEN_Z = -10.5, -7.2, -34.0
_MAT = (0.9 * _METRE, 1.8 * _METRE)
_BORDER = 0.045 * _METRE  # half the width of two mats' cloth borders, side by side
_PANEL, _CELLS = 0.92 * _METRE, (3, 7)  # width of a screen; panes across and up
_LINTEL = 1.78 * _METRE  # over the floor, where it does not come down for a low picture
_SHARE = 0.8  # of the picture's height at the screens under which the lintel stays
_OPEN = 1.15  # panels that the gap to the garden is wide
_KERB = 0.3  # height of a screen's boards at its foot, of a metre
_MATS, _CLOTH, _WALL = "#c3b884", "#33402f", "#d8c9ab"
_GARDEN = "#a9bf94"


def build_tatami_room(setting: Setting) -> dict[str, object]:
    """Paper in the colour, lit from behind by day and by a lamp of paper by night."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    ground = _ON_FLOOR if setting.ground else _FLOOR
    lintel = min(ground + _LINTEL, _SHARE * view.top_at(_WALL_Z))
    side = float(rng.choice([-1.0, 1.0]))
    depth = (view.distance - _WALL_Z) / view.distance
    reach, near = view.half_width_at(_WALL_Z), view.half_width_at(_CUSHION_Z)
    middle = view.product_x * depth
    gap = middle + side * float(np.clip(0.62 * reach, 0.5 * _PANEL, 2.2 * _PANEL))
    opening = (gap - _OPEN * _PANEL / 2, gap + _OPEN * _PANEL / 2)
    panels = _panels(opening, reach + _PANEL)
    shapes = named_shapes(
        "room",
        [
            *_screens(panels, ground, lintel),
            *_frame(opening, ground, lintel, view),
            *_borders(ground, table_back(view) if setting.ground else None, reach),
            *bonsai(middle - side * min(0.6 * reach, 1.9 * _PANEL), _WALL_Z + 1.3, ground, rng),
            *floor_cushion(setting.color, middle + side * 0.5 * near, _CUSHION_Z, ground, rng),
            *paper_lamp(middle - side * 0.9 * reach, _WALL_Z + 1.1, ground, night),
        ],
        setting,
    )
    shapes["paper"] = _paper(panels, ground, lintel, setting, night)
    mats = tatami(setting.ground or _MATS, int(rng.integers(3)))
    shapes["mats"] = to_shape(
        floor(y=ground, half_width=reach + 3, front=-2.2, back=_WALL_Z - 0.4),
        bsdf=textured(mats, Tiling.drawn(5.0, rng), "matte", 0.004),
    )
    garden = bokeh_image(
        Bokeh(color=_GARDEN, aspect=round(backdrop_aspect(view, _GARDEN_Z), 2), seed=int(rng.integers(6)))
    )
    shapes["garden"] = shining_wall(garden * np.float32(0.86 - 0.78 * night), view, _GARDEN_Z, setting.exposure)
    lit = -1.0 if setting.light.azimuth_deg < 0 else 1.0
    shapes["daylight"] = softbox(
        (lit * (reach + 4.0), max(7.0, view.top_at(-6.0) + 2.0), -5.0),
        (0.0, ground, _WALL_Z),
        half_size=(3.0, 3.0),
        irradiance=np.array([1.0, 0.95, 0.86]) * (0.42 - 0.24 * night),
    )
    return shapes


def _panels(opening: tuple[float, float], reach: float) -> list[tuple[float, float]]:
    """(left, right) of each screen, outwards from the opening."""
    left = [(x - _PANEL, x) for x in np.arange(opening[0], -reach, -_PANEL)]
    right = [(x, x + _PANEL) for x in np.arange(opening[1], reach, _PANEL)]
    return [(float(a), float(b)) for a, b in (*left, *right)]


def _screens(panels: list[tuple[float, float]], ground: float, lintel: float) -> Things:
    """Frames and lattices before the paper, and boards at their feet."""
    kerb = ground + _KERB * _METRE
    tall, middle = (lintel - kerb) / 2, (lintel + kerb) / 2
    bars: list[Mesh] = []
    boards: list[Mesh] = []
    columns, rows = _CELLS
    for number, (left, right) in enumerate(panels):
        z = _WALL_Z + 0.12 * (number % 2)  # neighbours slide past each other
        x, half = (left + right) / 2, (right - left) / 2
        bars += [box((0.07, (lintel - ground) / 2, 0.05)).moved(x + s * (half - 0.07), (lintel + ground) / 2, z)
                 for s in (-1, 1)]  # fmt: skip
        bars += [box((half, 0.07, 0.05)).moved(x, y, z) for y in (ground + 0.07, kerb, lintel - 0.07)]
        inner = np.linspace(-half + 0.14, half - 0.14, columns + 1)[1:-1]
        bars += [box((0.02, tall, 0.025), 0.005).moved(x + float(dx), middle, z) for dx in inner]
        bars += [box((half, 0.02, 0.025), 0.005).moved(x, float(y), z)
                 for y in np.linspace(kerb, lintel, rows + 1)[1:-1]]  # fmt: skip
        boards.append(box((half, (kerb - ground) / 2, 0.02)).moved(x, (kerb + ground) / 2, z - 0.02))
    return [wooden(DARK_WOOD, "satin", *bars), wooden(tint(DARK_WOOD, "#c69a6a", 0.45), "satin", *boards)]


def _frame(opening: tuple[float, float], ground: float, lintel: float, view: View) -> Things:
    """The lintel and the sill, plaster over them with an upper rail, posts, and a veranda's boards outside."""
    reach, top = view.half_width_at(_WALL_Z) + 3.0, view.top_at(_WALL_Z) + 1.0
    beams = [
        box((reach, 0.14, 0.16)).moved(0, lintel + 0.14, _WALL_Z),
        box((reach, 0.05, 0.16)).moved(0, ground, _WALL_Z),
    ]
    beams += [box((reach, 0.1, 0.12)).moved(0, y, _WALL_Z) for y in np.arange(lintel + 1.9, top, 1.9)]
    beams += [box((0.13, (top - ground) / 2, 0.15)).moved(x, (top + ground) / 2, _WALL_Z + 0.02)
              for x in (opening[0] - 2 * _PANEL, opening[1] + 2 * _PANEL)]  # fmt: skip
    veranda = box((reach, 0.06, 1.0)).moved(0, ground - 0.05, _WALL_Z - 1.2)
    plaster = wall(z=_WALL_Z - 0.02, half_width=reach, bottom=lintel + 0.1, top=top)
    return [wooden(DARK_WOOD, "satin", *beams), wooden("#8a6a4a", "satin", veranda), painted(_WALL, "matte", plaster)]


def _borders(ground: float, edge: float | None, reach: float) -> Things:
    """Cloth along the mats' long sides: mats that lead to the screens, and one row that lies across before them.

    ``edge`` is the depth where the mat ends that the product stands on; None: it stands on a table.
    """
    across = _WALL_Z + 0.3 + _MAT[0]
    strips = [
        box((_BORDER, 0.012, (-2.2 - across) / 2), 0.005).moved(float(x), ground + 0.004, (across - 2.2) / 2)
        for x in np.arange(-np.ceil(reach / _MAT[0]) - 0.5, reach / _MAT[0] + 1.5) * _MAT[0]
    ]
    strips += [box((reach + 3, 0.012, 0.7 * _BORDER), 0.005).moved(0, ground + 0.005, z)
               for z in (across, across - _MAT[0])]  # fmt: skip
    if edge is not None:
        strips.append(box((reach + 3, 0.03, 1.2 * _BORDER), 0.01).moved(0, 0.0, edge))
    return [painted(_CLOTH, "matte", *strips)]


def _paper(panels: list[tuple[float, float]], ground: float, lintel: float, setting: Setting, night: float) -> object:
    """The screens' paper as one shining sheet that leaves the opening out."""
    low, kerb = min(left for left, _ in panels), ground + _KERB * _METRE
    wide = max(right for _, right in panels) - low
    sheets = []
    for left, right in panels:
        corners = [[(left, lintel), (right, lintel)], [(left, kerb), (right, kerb)]]
        points = [[(x, y, _WALL_Z - 0.05) for x, y in row] for row in corners]
        sheets.append(
            grid(points, [[((x - low) / wide, (lintel - y) / (lintel - kerb)) for x, y in row] for row in corners])
        )
    paper = Paper(
        aspect=round(wide / (lintel - kerb), 2),
        color=setting.color,
        light=setting.light.color,
        night=round(night, 2),
        seed=int(setting.rng.integers(6)),
    )
    radiance = bitmap(paper_image(paper) / np.float32(setting.exposure), clamp=True)
    return to_shape(merged(sheets), bsdf=BLACK, emitter=area_emitter(radiance, MET))
