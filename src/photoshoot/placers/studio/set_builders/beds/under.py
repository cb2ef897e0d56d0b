"""What lies between a bed and the product: platforms, a slab among rocks, a board, a rug; and shapes round it.

The fringe of a rug: tufts of thin yarn that lie as they fell, bent, of uneven length.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.props.placement import Patch, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.rocks import box_mapped, slab
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box, sphere
from photoshoot.placers.studio.geometry.terrain import level_terrain
from photoshoot.placers.studio.landscape.boulders import rock_material, set_down
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.platform import solid, stand_surface
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.procedural import linen
from photoshoot.placers.studio.textures.wood import WoodGrain, wood

_TUFT, _YARNS = 0.036, 8  # from tuft to tuft, world units, and yarns of one
_LENGTH, _RADIUS = (0.14, 0.165), (0.0046, 0.006)
_LEAN, _FAN, _BEND = 0.014, 0.005, 0.006  # sideways at a yarn's end: of a whole tuft, of each yarn in it, and its bow
_STEPS, _SIDES = 9, 5
_BOUND = 0.18  # of a yarn's length, in which a tuft is tied
_LOW, _HIGH = -0.035, -0.012  # y where yarns end, on the floor, and where they leave the rug, under its top


def fringe(half: float, rng: np.random.Generator) -> Mesh:
    """Yarns along x from ``-half`` to ``half`` that run from z = 0 to larger z, one mesh; y = 0 is the rug's top."""
    knots = np.arange(-half + 0.5 * _TUFT, half, _TUFT)
    knots = knots + rng.uniform(-0.006, 0.006, len(knots))
    count, lean = len(knots) * _YARNS, rng.normal(0, _LEAN, len(knots)).repeat(_YARNS)
    place = rng.uniform(-1, 1, count)  # of a yarn in its tuft
    length = rng.uniform(*_LENGTH, len(knots)).repeat(_YARNS) * rng.uniform(0.8, 1.06, count)
    along = np.linspace(0, 1, _STEPS)
    free = np.clip((along - _BOUND) / (1 - _BOUND), 0, 1)
    tied = 0.5 + 0.5 * np.abs(along - _BOUND) / _BOUND  # tufts are narrowest where they are tied
    x = knots.repeat(_YARNS)[:, None] + 0.011 * place[:, None] * np.minimum(tied, 1.0)
    x = x + (lean + _FAN * (place + rng.normal(0, 0.6, count)))[:, None] * free**1.2
    x = x + rng.normal(0, _BEND, count)[:, None] * np.sin(np.pi * free) * free
    z = (length * np.cos(np.arctan(lean / length)))[:, None] * along - 0.015
    y = _LOW + (_HIGH - _LOW) * (1 - along) ** 2 + rng.uniform(0, 0.008, count)[:, None] * np.sin(np.pi * along)
    return _rods(np.stack([x, y, z], -1), rng.uniform(*_RADIUS, count))


def _rods(paths: Float64Array, radius: Float64Array) -> Mesh:
    """Round yarns (N, steps, 3) that run about along z, thinner at their ends."""
    turn = 2 * np.pi * np.arange(_SIDES) / _SIDES
    around = np.stack([np.cos(turn), np.sin(turn), 0 * turn], -1)
    taper = np.where(np.arange(_STEPS) == _STEPS - 1, 0.75, 1.0)
    points = paths[:, :, None] + (radius[:, None] * taper)[:, :, None, None] * around
    normals = np.broadcast_to(around, points.shape)
    step, side = np.mgrid[: _STEPS - 1, :_SIDES]
    here, beside = step * _SIDES + side, step * _SIDES + (side + 1) % _SIDES
    quads = np.concatenate(
        [np.stack([here, beside, here + _SIDES], -1), np.stack([beside, beside + _SIDES, here + _SIDES], -1)]
    ).reshape(-1, 3)
    faces = quads + (np.arange(len(paths)) * _STEPS * _SIDES)[:, None, None]
    return Mesh.of(points, faces, np.broadcast_to([0.5, 0.5], (*points.shape[:3], 2)), normals)


_MARGIN, _ROCK_MARGIN, _BOARD_MARGIN, _RUG_MARGIN = 0.22, 0.34, 0.16, 0.3
"""How far what lies under the product reaches past it, world units."""
_SLIVER = 0.2  # of the surface beside a piece, world units: less looks like a fault
_END_SEEN = 0.1  # of the floor past a rug's end, at least, world units
_TREAD_MARGIN, _NOSING = 0.2, 0.045  # the latter: how round a step's edge is
_ROUND_IT = 0.82  # of the picture's half sides: a larger rug would leave next to nothing of the floor round it
_SLAB_SQUARE = 6.0  # exponent of a slab's outline: what lies askew in its box has its ends on the corners
_GRAIN, _REPEATS = "#4d3118", 0.42
_ON_TRAY, _RIM = 0.98, 0.04  # a tray's sides, of the picture's, and half the width of its rim, world units

BOULDERS = "boulders"
"""Name of the rocks round a slab, among the shapes of what lies under a product."""


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """Something that lies under a product."""

    height: float
    """How high it is, world units."""
    margin: float
    """How far it reaches past the product, world units."""
    build: Callable[[Lying, Lying], dict[str, object]]
    """Of the product's place on it and of the bed round it."""


def lay_under(lying: Lying) -> tuple[Lying, dict[str, object]]:
    """The bed, lowered by what the design says lies between it and the product, and that, as shapes."""
    kind = _KINDS.get(lying.design.under)
    if kind is None:
        return lying, {}
    wide, deep = (_half_sizes if lying.design.under in ("rug", "slab", "tread") else _piece)(lying, kind.margin)
    if lying.design.under == "disc":
        wide = deep = _radius(lying)
    beside = wide - lying.view.product_half_width, deep - 0.5 * lying.view.product_height
    bed = lying.lowered(kind.height, beside)
    return bed, kind.build(lying, bed)


def lay_shapes(lying: Lying) -> dict[str, object]:
    """Blocks, discs and balls on the surface, clear of the product."""
    colors, rng, view = lying.design.shape_colors, lying.rng, lying.view
    if not colors:
        return {}
    sizes = np.concatenate([[0.42, 0.36, 0.3, 0.3], rng.uniform(0.13, 0.26, 8)]) * min(
        1.0, 0.55 + 0.14 * view.half_width
    )
    spots, share = fit_spots(
        view, [Thing(radius=float(size), height=float(size)) for size in sizes], rng, Patch(gap=0.1)
    )
    kinds, turns, dyes = rng.integers(3, size=12), rng.uniform(0, 90, 12), rng.integers(len(colors), size=12)
    things: Things = []
    for index, place in spots.items():
        size, color = share * float(sizes[index]), colors[int(dyes[index])]
        shape = (
            sphere(size, rings=24, segments=48).moved(0, size),
            bevelled_cylinder(size, 0.8 * size, 0.03, segments=64),
            rounded_box((0.8 * size, 0.45 * size, 0.8 * size), 0.03).turned(float(turns[index])).moved(0, 0.45 * size),
        )[int(kinds[index])]
        x, _, z = (float(part) for part in place)
        things.append(painted(color, "eggshell", lying.placed(shape.moved(x, 0.0, z))))
    return {f"shape_{name}": entry for name, entry in thing_shapes(things, lying.exposure).items()}


def _half_sizes(lying: Lying, margin: float) -> tuple[float, float]:
    return lying.view.product_half_width + margin, 0.5 * lying.view.product_height + margin


def _piece(lying: Lying, margin: float) -> tuple[float, float]:
    """Half sizes of a piece under the product, which ends in the picture or well past it: no sliver is left beside it.

    It does so in one direction at most, or it would be all that is seen.
    """
    (wide, deep), (x, z), view = _half_sizes(lying, margin), _middle(lying), lying.view
    half_height, middle = 0.5 * (view.top - view.bottom), -0.5 * (view.top + view.bottom)
    beside, along = view.half_width - abs(x) - wide, half_height - abs(z - middle) - deep
    if min(beside, along) > _SLIVER:
        return wide, deep
    return (wide, deep + half_height) if along < beside else (wide + view.half_width, deep)


def _middle(lying: Lying) -> tuple[float, float]:
    """The product's middle: x and z."""
    return lying.view.product_x, -(lying.view.product_bottom + 0.5 * lying.view.product_height)


def _radius(lying: Lying) -> float:
    """Of a round platform: the product's corners lie on it, but for the tips."""
    return max(1.0, 0.96 * float(np.hypot(*_half_sizes(lying, 0.0))) + 0.06)


def _platform(lying: Lying, bed: Lying) -> dict[str, object]:
    design, (x, z), height = lying.design, _middle(lying), bed.drop
    (wide, deep), low = _piece(lying, _MARGIN), list[Mesh]()
    body = rounded_box((wide, height / 2, deep), 0.03).moved(x, -height / 2, z)
    if design.under == "disc":
        body = bevelled_cylinder(_radius(lying), height, 0.03).moved(x, -height, z)
    if design.under == "steps":
        across = 0.3 * float(lying.rng.choice([-1.0, 1.0]))
        low = [rounded_box((wide + 0.3, height / 4, deep * 0.86), 0.03).moved(x + across, -0.75 * height, z + 0.16)]
    if (material := design.under_material) != "plain":
        coat = solid(stand_surface(material, design.under_color), lying.rng)
        whole = lying.placed(box_mapped(merged([body, *low]), 1.0, (x, z) if design.under == "disc" else None))
        return {"under": to_shape(whole, bsdf=coat)}
    things: Things = [painted(design.under_color, "eggshell", lying.placed(body))]
    lower = tint(design.under_color, design.colors[0], 0.35)
    things += [painted(lower, "eggshell", lying.placed(mesh)) for mesh in low]
    return {f"under_{name}": entry for name, entry in thing_shapes(things, lying.exposure).items()}


def _rocks(lying: Lying, bed: Lying) -> dict[str, object]:
    """A flat rock under the product, and boulders that stand round it in the corners."""
    rng, (x, z), (wide, deep) = lying.rng, _middle(lying), _half_sizes(lying, _ROCK_MARGIN)
    base = slab(wide, deep, bed.drop + 0.15, seed=lying.chance(1000), uneven=0.03, square=_SLAB_SQUARE)
    base = box_mapped(base.moved(x, 0.0, z), _REPEATS)
    shapes: dict[str, object] = {
        "slab": to_shape(lying.placed(base), bsdf=rock_material(lying.design.under_color, rng))
    }
    sizes = np.concatenate([[0.62, 0.5, 0.42, 0.36, 0.3], np.sort(rng.uniform(0.1, 0.26, 16))[::-1]])
    sizes = sizes * min(1.0, 0.55 + 0.14 * bed.view.half_width)
    things = [Thing(radius=float(size), height=0.8 * float(size)) for size in sizes]
    spots = find_spots(bed.view, things, rng, Patch(gap=0.07, spread=1.5))
    if spots:
        places = np.array([place[[0, 2]] for place in spots.values()])
        stones = set_down(places, sizes[list(spots)], level_terrain(0.0), rng, sunk=0.3)
        shapes[BOULDERS] = to_shape(bed.placed(stones), bsdf=rock_material(lying.design.under_color, rng))
    return shapes


def _tray(lying: Lying, bed: Lying) -> dict[str, object]:
    """A wooden tray with a low rim, nearly as large as the picture: all that lies there lies on it."""
    view = lying.view
    wide, deep = _tray_half(view)
    z = -0.5 * (view.top + view.bottom)
    base = rounded_box((wide, bed.drop / 2, deep), 0.03, uv_scale=1.0).moved(0.0, -bed.drop / 2, z)
    ends = [rounded_box((_RIM, _RIM, deep), _RIM / 2, uv_scale=1.0).moved(s * (wide - _RIM), 0, z) for s in (-1, 1)]
    sides = [
        rounded_box((wide, _RIM, _RIM), _RIM / 2, uv_scale=1.0).moved(0, 0, z + s * (deep - _RIM)) for s in (-1, 1)
    ]
    texture = wood(lying.design.under_color, _GRAIN, WoodGrain(planks=1, seed=lying.chance(4), contrast=0.8))
    coat = textured(texture, Tiling.drawn(0.24, lying.rng, 90.0), "satin", 0.003)
    return {"tray": to_shape(lying.placed(merged([base, *ends, *sides])), bsdf=coat)}


def on_tray(view: View) -> View:
    """The view, in which nothing is laid over the rim of its tray."""
    wide, deep, middle = *_tray_half(view), -0.5 * (view.top + view.bottom)
    across, along = (np.arange(-half, half, _RIM) for half in (wide, deep))
    rooms = [(float(x), middle + side * deep, 2 * _RIM) for x in across for side in (-1.0, 1.0)]
    rooms += [(side * wide, middle + float(z), 2 * _RIM) for z in along for side in (-1.0, 1.0)]
    return replace(view, taken=(*view.taken, *rooms))


def _tray_half(view: View) -> tuple[float, float]:
    return _ON_TRAY * view.half_width, _ON_TRAY * 0.5 * (view.top - view.bottom)


def _board(lying: Lying, bed: Lying) -> dict[str, object]:
    """A wooden board, turned a little."""
    (x, z), (wide, deep), height = _middle(lying), _piece(lying, _BOARD_MARGIN), bed.drop
    body = rounded_box((wide, height / 2, deep), 0.04, uv_scale=1.0)
    body = body.turned(float(lying.rng.uniform(-4, 4))).moved(x, -height / 2, z)
    texture = wood(lying.design.under_color, _GRAIN, WoodGrain(planks=3, seed=lying.chance(4), contrast=0.8))
    coat = textured(texture, Tiling.drawn(0.3, lying.rng, 90.0), "satin", 0.003)
    return {"board": to_shape(lying.placed(body), bsdf=coat)}


def _paving(lying: Lying, bed: Lying) -> dict[str, object]:
    """A slab of cut stone."""
    (x, z), (wide, deep), height = _middle(lying), _piece(lying, _MARGIN), bed.drop
    body = rounded_box((wide, height / 2, deep), 0.05, uv_scale=1.0).moved(x, -height / 2, z)
    color = lying.design.under_color
    surface = surface_texture(Surface(material="stone", color=color, vein_color=tint(color, "#6f675c", 0.3)), 1)
    coat = textured(surface, Tiling.drawn(0.3, lying.rng, 90.0), "matte", 0.012)
    return {"paving": to_shape(lying.placed(body), bsdf=coat)}


def _tread(lying: Lying, bed: Lying) -> dict[str, object]:
    """The step that the product lies on; its edge runs where the picture has most room, over the next step down."""
    design, view, (x, z), height = lying.design, lying.view, _middle(lying), bed.drop
    wide, deep = _half_sizes(lying, _TREAD_MARGIN)
    beyond = 2 * (view.half_width + view.top - view.bottom)  # past the picture's other edges
    side = -1.0 if x > 0 else 1.0
    body = rounded_box((beyond / 2, height / 2, beyond / 2), _NOSING, uv_scale=1.0)
    if view.half_width + abs(x) - wide > -view.bottom - z - deep + _TREAD_MARGIN:
        body = body.moved(x + side * (wide - beyond / 2), -height / 2, z)
    else:
        body = body.moved(x, -height / 2, z + deep - beyond / 2)
    material = design.surface if design.surface == "wood" else "concrete"
    vein = _GRAIN if material == "wood" else design.vein_color
    texture = surface_texture(Surface(material=material, color=design.under_color, vein_color=vein), lying.chance(4))
    coat = textured(texture, Tiling.drawn(0.32, lying.rng, 90.0), "matte", 0.008)
    return {"tread": to_shape(lying.placed(body), bsdf=coat)}


def _rug(lying: Lying, bed: Lying) -> dict[str, object]:
    """A woven rug with a fringe at both ends, turned a little; of one that would fill the picture an end is seen."""
    (x, z), (wide, deep), height = _middle(lying), _half_sizes(lying, _RUG_MARGIN), bed.drop
    view, turn = lying.view, float(lying.rng.uniform(-5, 5))
    half_height = 0.5 * (view.top - view.bottom)
    if wide > _ROUND_IT * view.half_width or deep > _ROUND_IT * half_height:
        side = float(lying.rng.choice([-1.0, 1.0]))
        wide, deep = 1.3 * half_height, 1.2 * view.half_width
        end = min(view.product_half_width + _RUG_MARGIN, view.half_width - _END_SEEN)  # what hung over it would float
        x, turn = x + side * (end - deep), 90.0 + 2 * turn
    body = rounded_box((wide, height / 2, deep), 0.018, uv_scale=1.0)
    coat = textured(linen(lying.design.under_color, lying.chance(4), 120), Tiling.drawn(0.8, lying.rng), "matte", 0.012)
    yarns = [fringe(wide - 0.02, lying.rng).moved(0, 0, deep).turned(half_turn) for half_turn in (0.0, 180.0)]
    shapes: dict[str, object] = {
        "rug": to_shape(lying.placed(body.moved(0, -height / 2, 0).turned(turn).moved(x, 0.0, z)), bsdf=coat)
    }
    tassels = painted(tint(lying.design.under_color, "#000000", 0.15), "matte", *yarns)
    placed = painted(tassels.color, "matte", lying.placed(tassels.mesh.turned(turn).moved(x, 0.0, z)))
    return shapes | {f"fringe_{name}": entry for name, entry in thing_shapes([placed], lying.exposure).items()}


_KINDS: Mapping[str, _Kind] = types.MappingProxyType(
    {
        "disc": _Kind(height=0.34, margin=_MARGIN, build=_platform),
        "block": _Kind(height=0.3, margin=_MARGIN, build=_platform),
        "steps": _Kind(height=0.36, margin=_MARGIN, build=_platform),
        "paving": _Kind(height=0.3, margin=_MARGIN, build=_paving),
        "tread": _Kind(height=0.7, margin=_TREAD_MARGIN, build=_tread),
        "slab": _Kind(height=0.2, margin=_ROCK_MARGIN, build=_rocks),
        "board": _Kind(height=0.1, margin=_BOARD_MARGIN, build=_board),
        "tray": _Kind(height=0.12, margin=0.0, build=_tray),
        "rug": _Kind(height=0.04, margin=_RUG_MARGIN, build=_rug),
    }
)
