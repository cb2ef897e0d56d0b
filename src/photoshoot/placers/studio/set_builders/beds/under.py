"""What lies between a bed and the product: platforms, a slab among rocks, a board, a rug; and shapes round it."""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.props.placement import Patch, Thing, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.rocks import box_mapped, slab
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box, sphere
from photoshoot.placers.studio.geometry.terrain import level_terrain
from photoshoot.placers.studio.landscape.boulders import rock_material
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Tiling
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.beds.rug import RUG_MARGIN, lay_rug
from photoshoot.placers.studio.set_builders.platform import body_shapes, stand_surface
from photoshoot.placers.studio.set_builders.strewn_rocks import strew_rocks
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.wood import WoodGrain, wood

_MARGIN, _ROCK_MARGIN, _BOARD_MARGIN = 0.22, 0.34, 0.16
"""How far what lies under the product reaches past it, world units."""
_SLIVER = 0.2  # of the surface beside a piece, world units: less looks like a fault
_TREAD_MARGIN, _NOSING = 0.2, 0.045  # the latter: how round a step's edge is
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
    fixed = lying.design.under in ("rug", "slab", "tread")
    wide, deep = lying.half_sizes(kind.margin) if fixed else _piece(lying, kind.margin)
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


def _piece(lying: Lying, margin: float) -> tuple[float, float]:
    """Half sizes of a piece under the product, which ends in the picture or well past it: no sliver is left beside it.

    It does so in one direction at most, or it would be all that is seen.
    """
    (wide, deep), (x, z), view = lying.half_sizes(margin), lying.middle, lying.view
    half_height, middle = 0.5 * (view.top - view.bottom), -0.5 * (view.top + view.bottom)
    beside, along = view.half_width - abs(x) - wide, half_height - abs(z - middle) - deep
    if min(beside, along) > _SLIVER:
        return wide, deep
    return (wide, deep + half_height) if along < beside else (wide + view.half_width, deep)


def _radius(lying: Lying) -> float:
    """Of a round platform: the product's corners lie on it, but for the tips."""
    return max(1.0, 0.96 * float(np.hypot(*lying.half_sizes(0.0))) + 0.06)


def _platform(lying: Lying, bed: Lying) -> dict[str, object]:
    design, (x, z), height = lying.design, lying.middle, bed.drop
    (wide, deep), low = _piece(lying, _MARGIN), list[Mesh]()
    body = rounded_box((wide, height / 2, deep), 0.03).moved(x, -height / 2, z)
    if design.under == "disc":
        body = bevelled_cylinder(_radius(lying), height, 0.03).moved(x, -height, z)
    if design.under == "steps":
        across = 0.3 * float(lying.rng.choice([-1.0, 1.0]))
        low = [rounded_box((wide + 0.3, height / 4, deep * 0.86), 0.03).moved(x + across, -0.75 * height, z + 0.16)]
    if (material := design.under_material) != "plain":
        look = stand_surface(material, design.under_color)
        whole = lying.placed(box_mapped(merged([body, *low]), 1.0, (x, z) if design.under == "disc" else None))
        return body_shapes(look, whole, lying.rng, "under")
    things: Things = [painted(design.under_color, "eggshell", lying.placed(body))]
    lower = tint(design.under_color, design.colors[0], 0.35)
    things += [painted(lower, "eggshell", lying.placed(mesh)) for mesh in low]
    return {f"under_{name}": entry for name, entry in thing_shapes(things, lying.exposure).items()}


def _rocks(lying: Lying, bed: Lying) -> dict[str, object]:
    """A flat rock under the product, and boulders that stand round it in the corners."""
    design, rng, (x, z), (wide, deep) = lying.design, lying.rng, lying.middle, lying.half_sizes(_ROCK_MARGIN)
    base = slab(wide, deep, bed.drop + 0.15, seed=lying.chance(1000), uneven=0.03, square=_SLAB_SQUARE)
    base = box_mapped(base.moved(x, 0.0, z), _REPEATS)
    shapes: dict[str, object] = {
        "slab": to_shape(lying.placed(base), bsdf=rock_material(design.under_color, rng, wet=design.wet))
    }
    sizes = np.concatenate([[0.62, 0.5, 0.42, 0.36, 0.3], np.sort(rng.uniform(0.1, 0.26, 16))[::-1]])
    sizes = sizes * min(1.0, 0.55 + 0.14 * bed.view.half_width)
    patch = Patch(gap=0.07, spread=1.5)
    stones = strew_rocks(bed.view, sizes, rng, patch, level_terrain(0.0), height=0.8, sunk=0.3)
    if stones is not None:
        shapes[BOULDERS] = to_shape(bed.placed(stones), bsdf=rock_material(design.under_color, rng, wet=design.wet))
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
    coat = lying.coat(texture, Tiling.drawn(0.24, lying.rng, 90.0), "satin", 0.003)
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
    (x, z), (wide, deep), height = lying.middle, _piece(lying, _BOARD_MARGIN), bed.drop
    body = rounded_box((wide, height / 2, deep), 0.04, uv_scale=1.0)
    body = body.turned(float(lying.rng.uniform(-4, 4))).moved(x, -height / 2, z)
    texture = wood(lying.design.under_color, _GRAIN, WoodGrain(planks=3, seed=lying.chance(4), contrast=0.8))
    coat = lying.coat(texture, Tiling.drawn(0.3, lying.rng, 90.0), "satin", 0.003)
    return {"board": to_shape(lying.placed(body), bsdf=coat)}


def _paving(lying: Lying, bed: Lying) -> dict[str, object]:
    """A slab of cut stone."""
    (x, z), (wide, deep), height = lying.middle, _piece(lying, _MARGIN), bed.drop
    body = rounded_box((wide, height / 2, deep), 0.05, uv_scale=1.0).moved(x, -height / 2, z)
    color = lying.design.under_color
    surface = surface_texture(Surface(material="stone", color=color, vein_color=tint(color, "#6f675c", 0.3)), 1)
    coat = lying.coat(surface, Tiling.drawn(0.3, lying.rng, 90.0), "matte", 0.004)
    return {"paving": to_shape(lying.placed(body), bsdf=coat)}


def _tread(lying: Lying, bed: Lying) -> dict[str, object]:
    """The step that the product lies on; its edge runs where the picture has most room, over the next step down."""
    design, view, (x, z), height = lying.design, lying.view, lying.middle, bed.drop
    wide, deep = lying.half_sizes(_TREAD_MARGIN)
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
    coat = lying.coat(texture, Tiling.drawn(0.32, lying.rng, 90.0), "matte", 0.008)
    return {"tread": to_shape(lying.placed(body), bsdf=coat)}


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
        "rug": _Kind(height=0.04, margin=RUG_MARGIN, build=lay_rug),
    }
)
