"""A woven rug under what lies, and its fringe: tufts of thin yarn that lie as they fell, bent, of uneven length."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.procedural import Texture, linen
from photoshoot.placers.studio.textures.rugs import rug_texture
from photoshoot.sets.patterned import RugPattern

RUG_MARGIN = 0.3
"""How far a rug reaches past the product, world units."""
WOOL = "#d9cdb4"
"""Undyed, of a patterned rug's fringe."""
_END_SEEN, _PAST_END = 0.1, 0.18  # of the floor past a rug's end, at least, and of that past the product; world units
_RUNNER = 0.62  # of the picture's half side: as deep a runner leaves enough of the floor on both its sides
_ROUND_IT = 0.82  # of the picture's half sides: a larger rug would leave next to nothing of the floor round it
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


def _rug_place(lying: Lying) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Half sizes of a rug, its middle and its turn in degrees.

    One that would fill the picture runs right across it where that leaves the floor seen on both sides; else an end of
    it is seen.
    """
    (x, z), (wide, deep), view = lying.middle, lying.half_sizes(RUG_MARGIN), lying.view
    turn = float(lying.rng.uniform(-5, 5))
    half_width, half_height = view.half_width, 0.5 * (view.top - view.bottom)
    if wide <= _ROUND_IT * half_width and deep <= _ROUND_IT * half_height:
        return (wide, deep), (x, z), turn
    past = 1.3 * (half_width + half_height)
    if deep <= _RUNNER * half_height:
        return (deep, past), (x, z), 90.0 + turn
    if wide <= _RUNNER * half_width:
        return (wide, past), (x, z), turn
    side = float(lying.rng.choice([-1.0, 1.0]))
    end = min(view.product_half_width + _PAST_END, half_width - _END_SEEN)  # what hung over it would float
    wide, deep = 1.3 * half_height, 1.2 * half_width
    return (wide, deep), (x + side * (end - deep), z), 90.0 + 2 * turn


def patterned(body: Mesh, pattern: RugPattern, color: str, seed: int) -> tuple[Mesh, Texture]:
    """A rug's body about the origin, its pattern along its longer side, and that as a texture; runners repeat it."""
    wide, _, deep = np.abs(body.vertices).max(0)
    across, along = (0, 2) if deep >= wide else (2, 0)
    short, long = min(wide, deep), max(wide, deep)
    texture = rug_texture(pattern, color, round(float(long / short), 1), seed)
    times = max(1.0, round(float(long / short) * texture.color.shape[1] / texture.color.shape[0]))
    u, v = body.vertices[:, across] / short, body.vertices[:, along] / long
    return body.shaded(0.5 + 0.5 * u, 0.5 + 0.5 * v * times), texture


def lay_rug(lying: Lying, bed: Lying) -> dict[str, object]:
    """A woven rug with a fringe at both ends, turned a little."""
    (wide, deep), (x, z), turn = _rug_place(lying)
    height = bed.drop
    body = rounded_box((wide, height / 2, deep), 0.018, uv_scale=1.0)
    seed, tiling = lying.chance(4), Tiling.drawn(0.8, lying.rng)
    if (pattern := lying.design.rug_pattern) == "none":
        coat = lying.coat(linen(lying.design.under_color, seed, 120), tiling, "matte", 0.005)
    else:
        body, texture = patterned(body, pattern, lying.design.under_color, seed)
        coat = textured(texture, Tiling(), "matte")
    yarns = [fringe(wide - 0.02, lying.rng).moved(0, 0, deep).turned(half_turn) for half_turn in (0.0, 180.0)]
    shapes: dict[str, object] = {
        "rug": to_shape(lying.placed(body.moved(0, -height / 2, 0).turned(turn).moved(x, 0.0, z)), bsdf=coat)
    }
    yarn = tint(lying.design.under_color, "#000000", 0.15) if pattern == "none" else WOOL
    tassels = painted(yarn, "matte", *yarns)
    placed = painted(tassels.color, "matte", lying.placed(tassels.mesh.turned(turn).moved(x, 0.0, z)))
    return shapes | {f"fringe_{name}": entry for name, entry in thing_shapes([placed], lying.exposure).items()}
